"""Markdown into the plain text it stands for."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"\A\s*(\S.*)\n=+[ \t]*$", re.MULTILINE)
_LINES = re.compile(r"^(?: {0,3}(?:[-*_][ \t]*){3,}| {0,3}(?:```|~~~).*|\[[^\]]+\]:[ \t]+\S+.*)$", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE)
_INLINE = (
    (re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])"), ""),
    (re.compile(r"\[([^\]]+)\]\((?:[^()]|\([^()]*\))*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"<!--.*?-->|</?(?:br|em|strong|b|i|u|sup|sub|span|a|p|div|small)\b[^>]*>", re.DOTALL), ""),
    (re.compile(r"(\*\*\*|\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=[^\s_])(.+?)(?<=[^\s_])_(?!\w)"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>|~-])"), r"\1"),
)


def plain(markdown: str) -> tuple[str | None, str]:
    """The headline, where the text opens with one, and the rest without its marks."""
    text = _UNDERLINED.sub(r"# \1", markdown, count=1).lstrip()
    first = _HEADING.match(text)
    title = _without_marks(first[2]) if first is not None and first[1] == "#" else None
    body = text[first.end() :] if first is not None and title else text
    body = _HEADING.sub(r"\n\2\n", _QUOTE.sub("", _LINES.sub("", body)))
    return title, _without_marks(body)


def _without_marks(text: str) -> str:
    for mark, plainly in _INLINE:
        text = mark.sub(plainly, text)
    return text

"""Plain text into paragraphs: blank lines, one paragraph a line, or lines wrapped by hand."""

from __future__ import annotations

import re
from itertools import pairwise

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BULLET = re.compile(r"[-*•‣▪●◦·]\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:;…][”\"’')\]]*$")
_WRAP_WIDTHS = range(45, 131)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs in order, white space single, bullets as "- "."""
    blocks = _blocks(text)
    width = _wrap_width(blocks)
    paragraphs: list[str] = []
    for block in blocks:
        paragraphs.extend(_unwrapped(block, width) if width else block)
    return [_BULLET.sub("- ", words, count=1) if _BULLET.match(words) else words for words in paragraphs]


def _blocks(text: str) -> list[list[str]]:
    """Runs of lines between blank lines, white space normalised."""
    blocks: list[list[str]] = [[]]
    for line in _INVISIBLE.sub("", text).splitlines():
        words = " ".join(line.split())
        if words:
            blocks[-1].append(words)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _wrap_width(blocks: list[list[str]]) -> int | None:
    """The width lines were wrapped at; None where each line stands for itself."""
    pairs = (pair for block in blocks for pair in pairwise(block))
    inner = [(line, after) for line, after in pairs if not _BULLET.match(after)]
    width = max((len(line) for block in blocks for line in block), default=0)
    if not inner or width not in _WRAP_WIDTHS:
        return None
    open_ended = sum(not _SENTENCE_END.search(line) for line, _ in inner)
    full = sum(_is_full(line, after, width) for line, after in inner)
    return width if open_ended >= 0.6 * len(inner) and full >= 0.6 * len(inner) else None


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word had no room here, with some slack for ragged wrapping."""
    return len(line) + 1 + len(after.split(" ", 1)[0]) > 0.9 * width


def _unwrapped(block: list[str], width: int) -> list[str]:
    """A wrapped block joined again; a bullet, and what follows a line that had room left, begin a new paragraph."""
    joined = [block[0]]
    for line, after in pairwise(block):
        closed = _SENTENCE_END.search(line) is not None or len(line) < 0.6 * width
        if _BULLET.match(after) or (closed and not _is_full(line, after, width)):
            joined.append(after)
        else:
            joined[-1] += " " + after
    return joined

"""Site furniture off plain text: captions, credits, promotion, navigation and the like, each with the reason.

Precision first: a line goes only where its shape or its place says so; all that reads as prose stays word for word.
"""

from __future__ import annotations

import re

from sayso.articles.layout import paragraphs_of
from sayso.articles.shapes import DATE_LINE, NAME, REPORTS, reason_for
from sayso.records import Removed

_RUNNING_TIME = re.compile(r"\(\d{1,2}:[0-5]\d(?::\d\d)?\)$")
_PROSE_END = re.compile(r"[.!?…][”\"’')\]]*$")
_MORE_HEADING = re.compile(
    r"(?:related(?: \w+)?|see all related|read (?:more|next|also)|more (?:on this(?: story)?|stories|news|like this)|"
    r"more from [\w ’'&]{2,30}|you (?:may|might) also (?:like|be interested in)|most (?:read|popular|viewed)|"
    r"recommended(?: for you)?|top stories|trending(?: now)?|what to read next|further reading|"
    r"elsewhere on [\w ’']{2,20})\s?[:.…]*",
    re.IGNORECASE,
)
_TRADE = r"(?:writer|reporter|correspondent|journalist|editor|columnist|contributor|blogger|producer)"
_AUTHOR_BOX = re.compile(
    rf"(?P<name>{NAME}) (?:(?:is|was) (?:an? |the |[A-Z][\w’' ]*[’']s? )(?:[\w’'&-]+ ){{0,6}}?{_TRADE} "
    r"(?:for|at|with|based|covering|who (?:covers|writes)|and|on)\b|"
    r"(?:covers|writes about|reports on) [\w ,’'&-]+? (?:for|at) )"
)
_BYLINE = re.compile(
    rf"(?:By|BY|By:|Written by|Words by|Words:|Author:) (?P<author>{NAME}(?:(?:,| and| &) {NAME})*)"
    rf"(?: in {NAME}| at {NAME}| ?[,|–-] .{{2,50}})?"
)


def take_off(text: str, *, title: str | None = None) -> tuple[str, tuple[Removed, ...]]:
    """The text without site furniture, one blank line between paragraphs, and what was taken off with the reason.

    A line equal to `title` stays whatever it looks like.
    """
    paragraphs = paragraphs_of(text)
    found = _by_place(paragraphs)
    for at, words in enumerate(paragraphs):
        reason = reason_for(words)
        if reason is not None:
            found[at] = reason
    if title is not None:
        found = {at: reason for at, reason in found.items() if not same_words(paragraphs[at], title)}
    kept = "\n\n".join(words for at, words in enumerate(paragraphs) if at not in found)
    return kept, tuple(Removed(paragraphs[at], found[at]) for at in sorted(found))


def byline_author(removed: tuple[Removed, ...]) -> str | None:
    """The name in the first byline among what was taken off."""
    bylines = (_BYLINE.fullmatch(item.text) for item in removed if item.reason == "byline")
    return next((match["author"] for match in bylines if match), None)


def same_words(one: str, other: str) -> bool:
    """Whether two lines say the same, case and punctuation aside."""
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


def _by_place(paragraphs: list[str]) -> dict[int, str]:
    """What goes because of where it stands or what stands around it."""
    found: dict[int, str] = {}
    # Bylines and bare dates stand above the text; further down, "19 April 2025" may head a part of a timeline.
    head = next((at for at, words in enumerate(paragraphs) if _is_prose(words)), 0)
    for at, words in enumerate(paragraphs):
        if words.lower() in ("play", "play video"):
            found.update(dict.fromkeys(_video_block(paragraphs, at), "video caption"))
        elif _MORE_HEADING.fullmatch(words):
            found.update(dict.fromkeys(_link_list(paragraphs, at), "read more"))
        elif _is_author_box(paragraphs, at):
            found[at] = "author box"
        elif at < head and len(words) < 120 and _BYLINE.fullmatch(words):
            found[at] = "byline"
        elif at < head and DATE_LINE.fullmatch(words):
            found[at] = "date line"
    return found


def _video_block(paragraphs: list[str], mark: int) -> list[int]:
    """Title and description after a play mark, as far as a running time vouches for them."""
    near = range(mark + 1, min(mark + 3, len(paragraphs)))
    timed = [at for at in near if _RUNNING_TIME.search(paragraphs[at])]
    return list(range(mark + 1, timed[-1] + 1)) if timed else []


def _link_list(paragraphs: list[str], heading: int) -> list[int]:
    """A "read more" heading with its bullets, or with all that follows where no prose follows any more."""
    rest = range(heading + 1, len(paragraphs))
    if not any(_is_prose(paragraphs[at]) for at in rest):
        return [heading, *rest]
    ends = next(at for at in rest if not paragraphs[at].startswith("- ") or _is_prose(paragraphs[at]))
    return list(range(heading, ends))


def _is_prose(words: str) -> bool:
    return words.count(" ") >= 9 and _PROSE_END.search(words) is not None


def _is_author_box(paragraphs: list[str], at: int) -> bool:
    """A line on who wrote this; a reporter whom the other paragraphs speak of is part of the story."""
    words = paragraphs[at]
    match = _AUTHOR_BOX.match(words)
    if match is None or at == 0 or words.count(" ") > 60 or REPORTS.search(words):
        return False
    surname = match["name"].split()[-1]
    others = (other for i, other in enumerate(paragraphs) if i != at and other.count(" ") >= 8)
    return not any(surname in other for other in others)

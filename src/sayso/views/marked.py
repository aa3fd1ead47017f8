"""An article's text with source, cue and content of its claims marked: stretches that lie in one another as they do in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.records import Claim
from sayso.views.timeline import ArticlePage

Part = Literal["content", "source", "cue", "own"]
_DEPTH: dict[Part, int] = {"own": 0, "content": 1, "source": 2, "cue": 3}  # of equal stretches, the later lies within


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch: which part of which claims (numbers from 1), its name in the address, and what is in it."""

    part: Part
    claims: tuple[int, ...]
    anchor: str
    inside: tuple[Mark | str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `heading` where it is the headline that the article has as its title."""

    inside: tuple[Mark | str, ...]
    heading: bool


@dataclass(slots=True)
class _Stretch:
    start: int
    end: int
    part: Part
    claims: tuple[int, ...]
    anchor: str


def marked(page: ArticlePage) -> tuple[Paragraph, ...]:
    """The paragraphs of an article with its marks."""
    text = page.article.text
    stretches = _stretches([line.claim for line in page.lines])
    made: list[Paragraph] = []
    for found in re.finditer(r"[^\n]+", text):
        start, end = found.span()
        here = [_clipped(one, start, end) for one in stretches if one.start < end and start < one.end]
        heading = not made and bool(page.article.title) and found.group().strip() == (page.article.title or "").strip()
        made.append(Paragraph(_nested(text, start, end, _uncrossed(here)), heading))
    return tuple(made)


def _stretches(claims: Sequence[Claim]) -> list[_Stretch]:
    """Every marked stretch once, with the numbers of the claims it belongs to; a content's name is `e-START-END`."""
    held: dict[tuple[int, int, Part], list[int]] = {}
    for number, claim in enumerate(claims, 1):
        body: Part = "content" if claim.cue else "own"
        spans = [(s.start, s.end, body) for s in claim.evidence]
        if claim.source.span and claim.cue:
            spans.append((claim.source.span.start, claim.source.span.end, "source"))
        if claim.cue:
            spans.append((claim.cue.start, claim.cue.end, "cue"))
        for key in spans:
            held.setdefault(key, []).append(number)
    named = set[tuple[int, int]]()
    made: list[_Stretch] = []
    for (start, end, part), numbers in held.items():
        name = f"e-{start}-{end}" if part in ("content", "own") and (start, end) not in named else ""
        if name:
            named.add((start, end))
        made.append(_Stretch(start, end, part, tuple(numbers), name))
    return made


def _clipped(one: _Stretch, start: int, end: int) -> _Stretch:
    """The piece in one paragraph; only the first keeps the name."""
    name = one.anchor if one.start >= start else ""
    return _Stretch(max(one.start, start), min(one.end, end), one.part, one.claims, name)


def _uncrossed(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Stretches none of which cross: one that would is cut where the other ends."""
    waiting = sorted(stretches, key=_order)
    done: list[_Stretch] = []
    open_: list[_Stretch] = []
    while waiting:
        one = waiting.pop(0)
        while open_ and open_[-1].end <= one.start:
            open_.pop()
        if open_ and open_[-1].end < one.end:
            cut = open_[-1].end
            waiting.append(_Stretch(cut, one.end, one.part, one.claims, ""))
            waiting.sort(key=_order)
            one = _Stretch(one.start, cut, one.part, one.claims, one.anchor)
        done.append(one)
        open_.append(one)
    return done


def _order(one: _Stretch) -> tuple[int, int, int]:
    return one.start, -one.end, _DEPTH[one.part]


def _nested(text: str, start: int, end: int, stretches: list[_Stretch]) -> tuple[Mark | str, ...]:
    """The words from start to end, with the stretches (none crossing, outer ones first) as marks."""
    made: list[Mark | str] = []
    at, i = start, 0
    while i < len(stretches):
        one, i = stretches[i], i + 1
        within = []
        while i < len(stretches) and stretches[i].start < one.end:
            within.append(stretches[i])
            i += 1
        if at < one.start:
            made.append(text[at : one.start])
        made.append(Mark(one.part, one.claims, one.anchor, _nested(text, one.start, one.end, within)))
        at = one.end
    if at < end:
        made.append(text[at:end])
    return tuple(made)

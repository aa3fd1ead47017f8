"""Plain cases the tagger is apt to miss, by pattern: "… - sources" in a headline, "The Athletic report that", "reportedly", "his plan is to".

Only where the tagger found no cue itself; each pattern is one that a reader would mark without a second look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sayso.reading.decode import Found
from sayso.reading.mentions import find_outlet, looks_like_outlet

_SURE = 0.75
_STOP = r"(?=[.;!?]?\s*$|[.;!?][”\"]?\s|\n|,\s+(?:but|and|which|who|although|though|with|while)\b)"
_HEADLINE = re.compile(
    r"\A(?P<content>[^\n]{12,160}?)\s+(?P<cue>[-–—])\s+(?P<source>(?:[a-z]+ ){0,2}(?:sources?|reports?|agent|insiders?))(?=\n|\Z)"
)
_RELAY = re.compile(
    r"(?P<source>(?:[Tt]he\s+)?[A-Z][\w’'&.+-]*(?:\s+[A-Z][\w’'&.+-]*){0,3})\s+"
    r"(?P<cue>(?:have |has )?(?:also )?(?:report|reports|reported|relay|relays|relayed|claim|claims|claimed|understand|understands|write|writes|wrote))"
    rf"\s+(?P<content>that\s[^\n]+?){_STOP}"
)
_ADVERB = re.compile(
    rf"(?P<before>[^.;:!?\n]*?)\s?\b(?P<cue>reportedly|allegedly|supposedly)\s(?P<after>[^\n]+?){_STOP}"
)
#: the adverbs alone: a sentence is looked at from its beginning only where one of them stands in it
_ADVERBS = re.compile(r"\b(?:reportedly|allegedly|supposedly)\s")
_BREAKS = ".;:!?\n"
_PLAN = re.compile(
    rf"(?P<source>\b(?:[A-Z][\w-]+(?:\s[A-Z][\w-]+)?[’']s|[Hh]is|[Hh]er|[Tt]heir))\s(?P<cue>(?:plan|aim|intention|hope)\s(?:is|was|remains))\s(?P<content>to\s[^\n]+?){_STOP}"
)


def plain_cases(text: str, found: Iterable[Found]) -> list[Found]:
    """Attributions by pattern, those left out whose cue stands in or on one that was found."""
    taken = [one.cue for one in found]
    made: list[Found] = []
    for one in _all(text):
        if not any(a < one.cue[1] and one.cue[0] < b for a, b in taken):
            taken.append(one.cue)
            made.append(one)
    return made


def _all(text: str) -> Iterator[Found]:
    if match := _HEADLINE.match(text):
        yield _found(match, kind="anonymous" if "agent" not in match["source"] else "person")
    for match in _RELAY.finditer(text):
        if start := _outlet_start(match["source"]):
            source = (match.end("source") - len(start), match.end("source"))
            yield Found((source,), match.span("cue"), (match.span("content"),), _SURE, "outlet")
    for match in _PLAN.finditer(text):
        yield _found(match, kind="person")
    for match in _adverbs(text):
        before = match.span("before")
        lead = len(match["before"]) - len(match["before"].lstrip(" ,—-"))
        pieces = [(before[0] + lead, before[1]), match.span("after")]
        yield Found((), match.span("cue"), tuple(p for p in pieces if p[1] - p[0] > 2), _SURE, "unnamed", 1.0, 3.0)


def _adverbs(text: str) -> Iterator[re.Match[str]]:
    """What `_ADVERB.finditer` gives, without trying every place of a long text as a beginning."""
    at = 0
    for adverb in _ADVERBS.finditer(text):
        if adverb.start() < at:
            continue
        edge = adverb.start() - (
            text[adverb.start() - 1 : adverb.start()] == "\n"
        )  # a blank before it may be a line's end
        start = max(at, *(text.rfind(mark, at, edge) + 1 for mark in _BREAKS))
        if match := _ADVERB.match(text, start):
            yield match
            at = match.end()


def _outlet_start(words: str) -> str | None:
    """The outlet at the end of the capitalised words before a cue ("However The Athletic" → "The Athletic")."""
    parts = words.split()
    tails = (" ".join(parts[i:]) for i in range(len(parts)))
    return next((tail for tail in tails if find_outlet(tail) or looks_like_outlet(tail)), None)


def _found(match: re.Match[str], *, kind: str) -> Found:
    return Found((match.span("source"),), match.span("cue"), (match.span("content"),), _SURE, kind, 0.0, 0.0)

"""Whether an event is told as done: its verb in the past or the perfect, nothing before it that puts it ahead."""

from __future__ import annotations

import re
from typing import Final

from sayso.reading.events.inflection import is_past
from sayso.records import Claim, Event

_AHEAD: Final = frozenset(
    "will 'll ’ll shall would 'd ’d to can could may might must should if whether once unless before until cannot won't won’t be about".split()
)
_ENDED: Final = frozenset(
    "abandoned scrapped dropped cancelled canceled withdrew withdrawn rejected failed blocked vetoed axed aborted ended refused declined".split()
)
_PERFECT: Final = frozenset("has have had having was were been".split())
_WORD: Final = re.compile(r"['’]?[\w-]+(?:n['’]t)?|[,;:.!?…\n]")
_NEAR: Final = 4  # words before a verb that can still put it ahead: "will in all likelihood leave"


def told_as_done(claim: Claim, event: Event) -> bool:
    """Whether this claim tells one of its events as having come about (or, where it is denied, as having been given up)."""
    piece = next((p for p in claim.evidence if p.start <= event.span[0] < p.end), None)
    if piece is None or _lies_ahead(claim, event):
        return False
    before = _clause(piece.text[: event.span[0] - piece.start])
    if event.certainty == -3:
        return bool(_ENDED & set(before)) and not _AHEAD & set(before[: _first(before)])
    first = event.text.split()[0].lower()
    near = before[-_NEAR:]
    if event.certainty != 3 or (_AHEAD & set(near) and not {"been", "was", "were"} & set(near[-2:])):
        return False
    if is_past(first) or (first in _PERFECT and len(event.text.split()) > 1):
        return True
    # A headline tells in the present what has just been done: "Venturi leaves Almenara".
    headline = claim.cue is None and piece.start == 0 and claim.source.kind == "own"
    return headline and first.endswith("s") and not first.endswith("ss")


def _lies_ahead(claim: Claim, event: Event) -> bool:
    if event.time is None or event.time.start is None:
        return False
    return claim.said is None or event.time.start > claim.said[1]


def _clause(words: str) -> list[str]:
    """The words since the last mark, in lower case."""
    found = [word.lower() for word in _WORD.findall(words)]
    last = max((n for n, word in enumerate(found) if not word[-1].isalnum()), default=-1)
    return found[last + 1 :]


def _first(before: list[str]) -> int:
    """Where the word of giving up stands."""
    return next(n for n, word in enumerate(before) if word in _ENDED)

"""How a question may have ended: what reports state as done on record. A proposal, never an outcome: the user decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from sayso.questions import stance
from sayso.reading.done import told_as_done
from sayso.records import Claim, Question, Stance

FULL: Final = 0.99  # a stance of full strength: said for certain, of the question's own matter
_ENDS: Final[dict[str, Literal["yes", "no"]]] = {"for": "yes", "against": "no"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a question seems to have ended, on which day at the latest, and the claims that state it as done; whose word they are."""

    question: str
    status: Literal["yes", "no"]
    on: date | None
    claims: tuple[str, ...]
    origins: tuple[str, ...]


def proposals(question: Question, stances: Iterable[Stance], claims: Mapping[str, Claim]) -> tuple[Proposal, ...]:
    """One for each end that a report states as done, of full strength, from one origin or more; the better founded first.

    Where both ends are stated, both are given: that the reports contradict one another is for the user to see.
    """
    told: dict[str, list[Stance]] = {"for": [], "against": []}
    for one in stances:
        claim = claims.get(one.claim)
        if claim and one.origin and one.stance in told and one.strength >= FULL and _is_done(question, claim, one):
            told[one.stance].append(one)
    made = [_proposal(question, side, found) for side, found in told.items() if found]
    return tuple(sorted(made, key=lambda p: (-len(p.origins), -len(p.claims), p.status != "yes")))


def _is_done(question: Question, claim: Claim, held: Stance) -> bool:
    """Whether one of the claim's events takes the stance's side by itself, and is told as done."""
    for event in claim.events:
        alone = stance(question, replace(claim, events=(event,)))
        if alone and alone.stance == held.stance and alone.strength >= FULL and told_as_done(claim, event):
            return True
    return False


def _proposal(question: Question, side: str, found: Sequence[Stance]) -> Proposal:
    ordered = sorted(found, key=lambda s: (s.on or date.max, s.claim))
    days = [s.on for s in ordered if s.on]
    origins = tuple(dict.fromkeys(s.origin for s in ordered if s.origin))
    return Proposal(question.id, _ENDS[side], min(days) if days else None, tuple(s.claim for s in ordered), origins)

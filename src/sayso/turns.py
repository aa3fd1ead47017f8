"""Where origins changed their word on a question, and where they contradict one another. Pure functions over records; rules: docs/belief.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Final

from sayso.belief import Pooling, Word, words
from sayso.records import Claim, Outcome, Question, Stance, Time

REACH: Final = timedelta(days=14)  # opposite words further apart than this are news, not contradiction


@dataclass(frozen=True, slots=True)
class Reversal:
    """An origin that changed its side: its last firm stance before, and its first after, said `on` that day."""

    question: str
    origin: str
    before: Stance
    after: Stance
    on: date


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two origins on opposite sides of a question, within reach of each other: since when both were on record, and the day on which one
    of them changed sides (None: it stands).
    """

    question: str
    yes: Stance
    no: Stance
    on: date
    ended: date | None


def reversals(
    question: Question, stances: Iterable[Stance], *, as_of: date | None = None, pooling: Pooling | None = None
) -> tuple[Reversal, ...]:
    """Where an origin firmly took the other side than before, in order of day."""
    found = []
    for told in words(question.id, stances, as_of=as_of, pooling=pooling).values():
        firm = [word for word in told if word.firm]
        for before, after in pairwise(firm):
            if before.lean * after.lean < 0:
                found.append(Reversal(question.id, after.origin, before.stances[0], after.stances[0], after.on))
    return tuple(sorted(found, key=lambda one: (one.on, one.origin)))


def contradictions(
    question: Question,
    stances: Iterable[Stance],
    claims: Iterable[Claim] = (),
    *,
    as_of: date | None = None,
    outcome: Outcome | None = None,
    pooling: Pooling | None = None,
) -> tuple[Contradiction, ...]:
    """Origins that firmly hold opposite sides, in order of day; each pair once for the sides it takes.

    The later word must come within REACH of the other's latest. It is news where `claims` show that the two speak of times that do not
    meet, or where it comes on the day of the outcome or after it.
    """
    told = words(question.id, stances, as_of=as_of, pooling=pooling)
    times = {claim.id: claim.speaks_of for claim in claims}
    firm = sorted((word.on, key) for key, said in told.items() for word in said if word.firm)
    at = {(key, word.on): word for key, said in told.items() for word in said}
    latest: dict[str, Word] = {}
    found: dict[tuple[str, str], Contradiction] = {}
    for on, same_day in groupby(firm, key=lambda pair: pair[0]):
        if outcome and outcome.status != "open" and outcome.on and on >= outcome.on:
            break
        spoke = [key for _, key in same_day]
        latest |= {key: at[key, on] for key in spoke}
        for one in spoke:
            for other, word in latest.items():
                if word.lean * latest[one].lean < 0 and on - word.on <= REACH:
                    pro, con = (one, other) if latest[one].lean > 0 else (other, one)
                    yes, no = latest[pro].stances[0], latest[con].stances[0]
                    if (pro, con) not in found and _meet(times.get(yes.claim), times.get(no.claim)):
                        ended = min(filter(None, (_turned(told[pro], on), _turned(told[con], on))), default=None)
                        found[pro, con] = Contradiction(question.id, yes, no, on, ended)
    return tuple(sorted(found.values(), key=lambda one: (one.on, one.yes.claim, one.no.claim)))


def _turned(said: Sequence[Word], on: date) -> date | None:
    """The first day after `on` with a firm word on the other side than the one that stood then."""
    stood = next(word for word in reversed(said) if word.firm and word.on <= on)
    return next((word.on for word in said if word.firm and word.on > on and word.lean * stood.lean < 0), None)


def _meet(one: Time | None, other: Time | None) -> bool:
    """Whether the times that two claims speak of can be the same; where one has none, they can."""
    if one is None or other is None:
        return True
    return not (
        (one.end is not None and other.start is not None and one.end < other.start)
        or (other.end is not None and one.start is not None and other.end < one.start)
    )

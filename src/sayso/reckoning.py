"""What one question adds to track records: the calls on it once it is settled, how each wording came true, and who spoke to it at all.

It hangs on that question alone: its outcome, the stances to it and its alternatives, and what their claims repeat. So it can be kept until one of
these changes, packed as JSON; `scores` adds up. Pure functions over records.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Literal

from sayso.belief import Pooling, Word, words
from sayso.origins import plain
from sayso.records import Outcome, Question, Stance

#: raised where a question comes to something else than before, by what stands here or by `belief.words`: what was counted by other rules is
#: counted anew
RULES: Final = 1
CERTAIN: Final = 5 / 6  # lean from which a wording is called certain: half way from "expected" (2/3) to "will" (1)

Wording = Literal["certain", "probable", "observing"]
WORDINGS: Final[tuple[Wording, ...]] = ("certain", "probable", "observing")


@dataclass(frozen=True, slots=True)
class Call:
    """What an origin had said to a question when it was settled: its last firm side, and what came of it.

    `p` is the probability of yes as worded, `claims` those of its last unbroken run on that side with the last word first, `since` the
    day that run began (`exact`: known to the day, not only as the last possible). `lead` counts the days from then to the outcome, `ahead`
    those to the first other origin that was right and stayed so (negative: behind it); None where wrong, where a day is not known, or
    where there is no other.
    """

    question: str
    origin: str
    said: Literal["yes", "no"]
    p: float
    right: bool
    since: date
    exact: bool
    on: date
    claims: tuple[str, ...]
    lead: int | None
    ahead: int | None


@dataclass(frozen=True, slots=True)
class Settled:
    """A settled question: its outcome, the calls on it (the right ones first, earliest first), and the outlets that printed others' word
    and had none of their own.
    """

    question: str
    outcome: Outcome
    calls: tuple[Call, ...]
    carriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that is not scored, and why."""

    question: str
    why: Literal["open", "ambiguous", "no day"]


@dataclass(frozen=True, slots=True)
class Said:
    """The claims on a question that are an origin's own word, with that origin as it is spelt there and the last day on which each was said
    (None: not known). Three columns: a row of each is a claim.
    """

    origins: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    days: tuple[date | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What one question adds to track records. `ended` is None where the question itself is not known; `wordings` are those used of it by
    its end: an origin's plain name, the wording, whether it came true, the claim; `others` the spellings that `said` does not have.
    """

    question: str
    ended: Settled | LeftOut | None
    said: Said
    wordings: tuple[tuple[str, Wording, bool, str], ...]
    others: tuple[str, ...]

    @property
    def origins(self) -> set[str]:
        """Everyone whose word it is said to be, in each spelling."""
        return {*self.said.origins, *self.others}


# --- reckoning ----------------------------------------------------------------------------------------------------------------


def reckon(
    question: Question, outcome: Outcome, stances: Sequence[Stance], *, taken: frozenset[str], pooling: Pooling
) -> Reckoning:
    """What a question adds: `stances` are those to it, `taken` the claims against it that count for an alternative (`belief.elsewhere`)."""
    heard = spoken(question.id, stances, pooling)
    day = settled_on(question, outcome)
    if day is None or outcome.status not in ("yes", "no"):
        return replace(heard, ended=LeftOut(question.id, _why(outcome)))
    told = words(question.id, stances, as_of=day - timedelta(days=1), pooling=pooling)
    calls = _compared([c for w in told.values() if (c := _call(question.id, w, outcome, day, taken))])
    wordings = tuple((key, *one) for key, word in told.items() for one in _wordings(word, outcome, taken))
    return replace(heard, ended=Settled(question.id, outcome, calls, _carriers(stances)), wordings=wordings)


def spoken(question: str, stances: Sequence[Stance], pooling: Pooling) -> Reckoning:
    """Who spoke to a question (by id) of which nothing else is known."""
    names: dict[str, str] = {}
    claims: dict[str, dict[str, date | None]] = defaultdict(dict)
    for key, told in words(question, stances, pooling=pooling).items():
        names[key] = told[-1].origin
        claims[key] = {one.claim: word.on for word in told for one in word.stances}
    for one in stances:
        if one.origin and not (one.on or pooling.days.get(one.claim)):
            names.setdefault(plain(one.origin), one.origin)
            claims[plain(one.origin)].setdefault(one.claim, None)
    rows = [(names[key], claim, day) for key, found in claims.items() for claim, day in found.items()]
    others = {one.origin for one in stances if one.origin}.difference(names.values())
    return Reckoning(question, None, Said(*zip(*rows, strict=True)), (), tuple(sorted(others)))


def settled_on(question: Question, outcome: Outcome) -> date | None:
    """The day a question was settled: the outcome's own; a no without one came when the window closed; None where nothing tells."""
    if outcome.status not in ("yes", "no"):
        return None
    return outcome.on or (question.end + timedelta(days=1) if outcome.status == "no" and question.end else None)


def _why(outcome: Outcome) -> Literal["open", "ambiguous", "no day"]:
    if outcome.status == "open" or outcome.status == "ambiguous":
        return outcome.status
    return "no day"


def _call(question: str, said: Sequence[Word], outcome: Outcome, day: date, taken: frozenset[str]) -> Call | None:
    """An origin's call; None where it took no firm side, or left this question for another alternative, where it is scored."""
    firm = [word for word in said if word.firm]
    if not firm or _only_elsewhere(firm[-1], taken):
        return None
    last = firm[-1]
    run = [last]
    for word in reversed(firm[:-1]):
        if word.lean * last.lean < 0 or _only_elsewhere(word, taken):
            break
        run.append(word)
    right = (last.lean > 0) == (outcome.status == "yes")
    exact = run[-1].stances[0].on is not None
    return Call(
        question,
        last.origin,
        "yes" if last.lean > 0 else "no",
        (1 + last.lean) / 2,
        right,
        run[-1].on,
        exact,
        last.on,
        tuple(one.claim for word in run for one in word.stances if one.stance == last.stances[0].stance),
        (day - run[-1].on).days if right and exact and outcome.on else None,
        None,
    )


def _only_elsewhere(word: Word, taken: frozenset[str]) -> bool:
    """Whether a word is against a question only by being for one of its alternatives."""
    return word.lean < 0 and all(one.claim in taken for one in word.stances if one.stance == "against")


def _compared(calls: Sequence[Call]) -> tuple[Call, ...]:
    """The calls of one question with the days each right one was ahead of the first other, in order."""
    right = [call for call in calls if call.right]
    made = []
    for call in calls:
        others = [other for other in right if other is not call]
        first = min((other.since for other in others), default=None)
        sure = call.right and call.exact and all(other.exact for other in others if other.since == first)
        ahead = (first - call.since).days if first and sure else None
        made.append(replace(call, ahead=ahead))
    return tuple(sorted(made, key=lambda c: (not c.right, c.since, c.origin)))


def _wordings(said: Sequence[Word], outcome: Outcome, taken: frozenset[str]) -> Iterator[tuple[Wording, bool, str]]:
    """Each wording an origin used of a question, by its latest word: whether it came true, and the claim.

    What only observes ("in talks", "interested") came true where the question ended with yes; it is no call.
    """
    latest: dict[Wording, tuple[bool, str]] = {}
    for word in said:
        if word.firm and not _only_elsewhere(word, taken):
            wording: Wording = "certain" if abs(word.lean) >= CERTAIN else "probable"
            latest[wording] = ((word.lean > 0) == (outcome.status == "yes"), word.stances[0].claim)
        elif all(one.stance == "observing" for one in word.stances):
            latest["observing"] = (outcome.status == "yes", word.stances[0].claim)
    yield from ((wording, true, claim) for wording, (true, claim) in latest.items())


def _carriers(stances: Iterable[Stance]) -> tuple[str, ...]:
    """The outlets that printed others' word on a question and had none of their own."""
    outlets: dict[str, str] = {}
    own = set()
    for one in stances:
        if one.outlet:
            outlets.setdefault(plain(one.outlet), one.outlet)
            if one.origin and plain(one.origin) == plain(one.outlet):
                own.add(plain(one.outlet))
    return tuple(sorted(name for key, name in outlets.items() if key not in own))


# --- kept ---------------------------------------------------------------------------------------------------------------------


def packed(one: Reckoning, question: Question, outcome: Outcome) -> str:
    """As it is kept: JSON, with the outcome that it was counted for."""
    ended = None
    if isinstance(one.ended, Settled):
        ended = [[_call_row(call) for call in one.ended.calls], one.ended.carriers]
    said = [one.said.origins, one.said.claims, [_iso(on) for on in one.said.days]]
    row = [outcome.status, _iso(settled_on(question, outcome)), ended, said, one.wordings, one.others]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def opened(kept: str, question: Question, outcome: Outcome) -> Reckoning | None:
    """What was packed; None where the question had another outcome then."""
    status, day, ended, (origins, claims, days), wordings, others = json.loads(kept)
    if (status, day) != (outcome.status, _iso(settled_on(question, outcome))):
        return None
    return Reckoning(
        question.id,
        _settled(ended, question.id, outcome) if ended else LeftOut(question.id, _why(outcome)),
        Said(tuple(origins), tuple(claims), tuple(date.fromisoformat(on) if on else None for on in days)),
        tuple(map(tuple, wordings)),
        tuple(others),
    )


def _call_row(call: Call) -> list[Any]:
    days = (_iso(call.since), call.exact, _iso(call.on))
    return [call.origin, call.said == "yes", call.p, *days, call.claims, call.lead, call.ahead]


def _settled(ended: Sequence[Any], question: str, outcome: Outcome) -> Settled:
    rows, carriers = ended
    calls = []
    for origin, yes, p, since, exact, on, claims, lead, ahead in rows:
        side: Literal["yes", "no"] = "yes" if yes else "no"
        days = (date.fromisoformat(since), exact, date.fromisoformat(on))
        calls.append(
            Call(question, origin, side, p, side == outcome.status, *days, tuple(claims), lead=lead, ahead=ahead)
        )
    return Settled(question, outcome, tuple(calls), tuple(carriers))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

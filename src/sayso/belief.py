"""Where a question stands as of a day, and the words of each origin that it rests on.

Belief is pooled in log-odds from the word that stands of each independent origin; relays move nothing, and neither does silence.
The contributions add up to the figure. Pure functions over records; rules and a worked example: docs/belief.md.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Final, Literal

from sayso.errors import InputError
from sayso.origins import plain
from sayso.records import Claim, Question, Stance

FIRM: Final = 0.5  # lean from which a word takes back an earlier one: "expected" does, the denial of one way among several does not

_ADDED: Final[Callable[[Contribution], float]] = attrgetter("log_odds")

#: a question on which an origin took a side, the day it was settled, and whether the origin was right
Past = tuple[str, date, bool]


@dataclass(frozen=True, slots=True)
class Pooling:
    """What belief goes by beside the stances.

    `prior` is the probability of yes before anyone spoke; `right` how often an origin without a record is right when it is certain;
    `shrink` the number of settled questions that this assumption weighs as much as. By claim: `days`, the last day on which it may have
    been said, for stances without a day (`last_days`); `recorded`, when the ledger had it, for belief as it stood on record; `relays`,
    the claim it repeats (`origins.tie`); `stands`, the first day on which the version that has it stood, and the day on which another took
    its place (None: no such day). By origin: `records`, how it fared. Raises InputError for numbers outside their bounds.
    """

    prior: float = 0.5
    right: float = 0.75
    shrink: float = 5.0
    days: Mapping[str, date] = field(default_factory=dict)
    recorded: Mapping[str, date] | None = None
    relays: Mapping[str, str] = field(default_factory=dict)
    stands: Mapping[str, tuple[date | None, date | None]] = field(default_factory=dict)
    records: Mapping[str, Sequence[Past]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 < self.prior < 1:
            raise InputError(f"prior is {self.prior}; give a probability between 0 and 1, without the ends")
        if not 0.5 <= self.right < 1:
            raise InputError(f"right is {self.right}; give a share from 0.5 to under 1")
        if not self.shrink > 0:
            raise InputError(f"shrink is {self.shrink}; give a number above 0")


@dataclass(frozen=True, slots=True)
class Word:
    """What an origin said on one day: its stances with the deciding one first, and how far they lean (−1 against … 1 for)."""

    origin: str
    on: date
    lean: float
    stances: tuple[Stance, ...]

    @property
    def firm(self) -> bool:
        """Whether it takes a side firmly enough to take back an earlier word."""
        return abs(self.lean) >= FIRM


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one origin adds to the log-odds, and all it said: the word that stands, its other words, and who relayed it.

    `lean` is what counts of the word (0 where an alternative counts it), `hit_rate` how often the origin is taken to be right.
    """

    origin: str
    word: Word
    lean: float
    hit_rate: float
    log_odds: float
    others: tuple[Stance, ...]
    relays: tuple[Stance, ...]

    @property
    def stance(self) -> Stance:
        """The stance that decides."""
        return self.word.stances[0]


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A stance that is shown but moves nothing, and why."""

    stance: Stance
    why: Literal["undated", "no origin", "relay"]


@dataclass(frozen=True, slots=True)
class Belief:
    """The probability of yes as of a day (None: of all that is on record).

    `log_odds` is the sum of `prior`, the contributions and `rivals`, the share that the alternatives take (0 without them). `outlets`
    are those that print something, `contributions` the independent origins it rests on, the weightiest first.
    """

    question: str
    as_of: date | None
    p: float
    log_odds: float
    prior: float
    rivals: float
    contributions: tuple[Contribution, ...]
    uncounted: tuple[Uncounted, ...]
    outlets: tuple[str, ...]

    @property
    def origins(self) -> tuple[str, ...]:
        """The independent origins on record, the weightiest first."""
        return tuple(one.origin for one in self.contributions)


# --- belief -------------------------------------------------------------------------------------------------------------------


def belief(
    question: Question,
    stances: Iterable[Stance],
    *,
    as_of: date | None = None,
    rivals: Iterable[Question] = (),
    pooling: Pooling | None = None,
) -> Belief:
    """The probability of yes from what was on record by the end of `as_of`; from all of it where that is None.

    `rivals` may be any questions: those of the same group are the alternatives, and their stances are looked for among `stances`.
    """
    group = (question, *_alternatives(question, rivals))
    return next(_pooled(_recorded(group, stances, pooling or Pooling()), (as_of,), pooling or Pooling()))


def beliefs(
    questions: Sequence[Question],
    stances: Iterable[Stance],
    *,
    as_of: date | None = None,
    pooling: Pooling | None = None,
) -> tuple[Belief, ...]:
    """Where each question stands, in their order; those of one group add up to at most one."""
    pooling, told = pooling or Pooling(), dict[str, list[Stance]]()
    for stance in stances:
        told.setdefault(stance.question, []).append(stance)
    made: dict[str, Belief] = {}
    for one in questions:
        if one.id not in made:
            group = (one, *_alternatives(one, questions))
            held = [stance for member in group for stance in told.get(member.id, ())]
            made |= _together(_recorded(group, held, pooling), as_of, pooling)
    return tuple(made[one.id] for one in questions)


def curve(
    question: Question,
    stances: Iterable[Stance],
    *,
    rivals: Iterable[Question] = (),
    until: date | None = None,
    pooling: Pooling | None = None,
) -> tuple[tuple[date, Belief], ...]:
    """Belief over time: the first day on which something was on record, and every later one on which it or its counts changed."""
    return course(question, stances, rivals=rivals, until=until, pooling=pooling)[1]


def course(
    question: Question,
    stances: Iterable[Stance],
    *,
    rivals: Iterable[Question] = (),
    until: date | None = None,
    pooling: Pooling | None = None,
) -> tuple[Belief, tuple[tuple[date, Belief], ...]]:
    """Where a question stands at the end of `until` (None: of all days), as `belief` says it, and its curve up to there: in one go."""
    pooling = pooling or Pooling()
    records = _recorded((question, *_alternatives(question, rivals)), stances, pooling)
    entries = [entry for one in records for entry in one.entries]
    told = {day for entry in entries for day in (entry.since, entry.repeats, entry.until) if day}
    # A record that grows moves belief on a day without news; before the first word there is nothing that it could move.
    names = {entry.key for entry in entries}
    settled = {on for name, past in pooling.records.items() if plain(name) in names for _, on, _ in past}
    days = sorted(told | {day for day in settled if told and day > min(told)})
    days = [day for day in days if until is None or day <= until]
    *beliefs, now = _pooled(records, [*days, until], pooling)
    points: list[tuple[date, Belief]] = []
    for day, one in zip(days, beliefs, strict=True):
        if not points or _figures(points[-1][1]) != _figures(one):
            points.append((day, one))
    return now, tuple(points)


def points(curve: Iterable[tuple[date, Belief]]) -> tuple[tuple[date, float], ...]:
    """A curve as days and probabilities, for charts: each holds until the next."""
    return tuple((day, one.p) for day, one in curve)


def last_days(claims: Iterable[Claim]) -> dict[str, date]:
    """The last day on which each claim may have been said: from then on it counts. Claims without any day are not in it."""
    return {claim.id: claim.said[1] for claim in claims if claim.said}


def weigh(lean: float, hit_rate: float) -> float:
    """What a word adds to the log-odds: ln((1 + t·lean) / (1 − t·lean)) with t = 2·hit_rate − 1, so that an origin certain of yes lifts
    even odds to its hit rate. One that is wrong more often than right adds nothing: a bad record silences, it does not turn round.
    """
    trust = max(0.0, 2 * hit_rate - 1)
    return 2 * math.atanh(trust * lean)


def hit_rate(past: Iterable[Past], pooling: Pooling) -> float:
    """How often an origin is taken to be right: its record, shrunk towards what is assumed of one without."""
    marks = [right for _, _, right in past]
    return (pooling.right * pooling.shrink + sum(marks)) / (pooling.shrink + len(marks))


def elsewhere(question: Question, rivals: Iterable[Question], stances: Iterable[Stance]) -> frozenset[str]:
    """The claims against a question that are for one of its alternatives. They lower it there; here they would do so twice."""
    others = {one.id for one in _alternatives(question, rivals)}
    return frozenset(one.claim for one in stances if one.question in others and one.stance == "for")


def _alternatives(question: Question, rivals: Iterable[Question]) -> tuple[Question, ...]:
    fitting = (one for one in rivals if one.group is not None and one.group == question.group)
    return tuple({one.id: one for one in fitting if one.id != question.id}.values())


def _figures(belief: Belief) -> tuple[float, int, int]:
    return round(belief.p, 9), len(belief.outlets), len(belief.contributions)


def _pooled(records: Sequence[_Record], days: Sequence[date | None], pooling: Pooling) -> Iterator[Belief]:
    """Belief in the first of these questions as of each day, days in order (None: the end of all days); the others are its alternatives."""
    question, prior = records[0].question.id, _log_odds(pooling.prior)
    ids = frozenset(one.question.id for one in records)
    standing = [_standing(one, days, pooling, ids) for one in records]
    for day, (state, *others) in zip(days, zip(*standing, strict=True), strict=True):
        yield _belief(question, day, prior, state, others)


def _together(records: Sequence[_Record], day: date | None, pooling: Pooling) -> dict[str, Belief]:
    """Belief in each of these questions, alternatives to one another, as of one day."""
    ids, prior = frozenset(one.question.id for one in records), _log_odds(pooling.prior)
    states = {one.question.id: next(_standing(one, (day,), pooling, ids)) for one in records}
    return {
        key: _belief(key, day, prior, state, [other for name, other in states.items() if name != key])
        for key, state in states.items()
    }


def _belief(question: str, day: date | None, prior: float, state: _State, others: Iterable[_State]) -> Belief:
    """What a question's state comes to beside those of its alternatives."""
    share = -math.log1p(math.fsum(math.exp(min(one.log_odds, 700.0)) for one in others))
    total = math.fsum((state.log_odds, share))
    return Belief(
        question, day, _probability(total), total, prior, share, state.contributions, state.uncounted, state.outlets
    )


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def _probability(log_odds: float) -> float:
    small = math.exp(-abs(log_odds))
    return 1 / (1 + small) if log_odds >= 0 else small / (1 + small)


# --- what is on record --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """A stance on record: its origin's plain name and whether the origin printed it itself, the day it was said (the last possible), since
    when it is there, since when what it repeats is too, and the day on which the article was changed and it went.
    """

    stance: Stance
    key: str
    own: bool
    on: date
    since: date
    repeats: date | None
    until: date | None = None

    def there(self, day: date | None) -> bool:
        """Whether it is on record at the end of a day (None: of all days)."""
        if day is None:
            return self.until is None
        return self.since <= day and (self.until is None or day < self.until)

    def repeated(self, day: date | None) -> bool:
        """Whether what it repeats is on record at the end of a day (None: of all days)."""
        return self.repeats is not None and (day is None or self.repeats <= day)


@dataclass(frozen=True, slots=True)
class _Record:
    """What is on record of a question: the stances that can count, those that have no day, and the claims that count for an alternative."""

    question: Question
    entries: list[_Entry]
    undated: list[Uncounted]
    elsewhere: frozenset[str]


@dataclass(frozen=True, slots=True)
class _State:
    """What a question rests on as of one day; the sum of its contributions and the prior."""

    contributions: tuple[Contribution, ...]
    uncounted: tuple[Uncounted, ...]
    outlets: tuple[str, ...]
    log_odds: float


def _recorded(group: Sequence[Question], stances: Iterable[Stance], pooling: Pooling) -> list[_Record]:
    """What is on record of each of these questions, which are alternatives to one another."""
    held: dict[str, list[Stance]] = {one.id: [] for one in group}
    for stance in stances:
        if stance.question in held:
            held[stance.question].append(stance)
    every = [stance for found in held.values() for stance in found]
    return [_Record(one, *_entries(held[one.id], pooling), elsewhere(one, group, every)) for one in group]


def _entries(stances: Iterable[Stance], pooling: Pooling) -> tuple[list[_Entry], list[Uncounted]]:
    """The stances that can count, and those that have no day. Those without an origin are entries: their outlets print something."""
    dated: dict[tuple[str, str], tuple[Stance, date, date]] = {}
    undated: dict[tuple[str, str], Stance] = {}
    for one in stances:
        on = one.on or pooling.days.get(one.claim)
        since = on if pooling.recorded is None else pooling.recorded.get(one.claim)
        if on and since:
            since = max(since, pooling.stands.get(one.claim, (None, None))[0] or since)
            dated[one.question, one.claim] = (one, on, since)
        else:
            undated[one.question, one.claim] = one
    there = {key: since for key, (stance, _, since) in dated.items() if stance.origin}
    entries = []
    for one, on, since in dated.values():
        key = plain(one.origin or "")
        own = bool(one.outlet) and plain(one.outlet or "") == key
        until = pooling.stands.get(one.claim, (None, None))[1]
        entries.append(_Entry(one, key, own, on, since, _repeated(one, there, pooling.relays), until))
    entries.sort(key=lambda entry: (entry.on, entry.stance.claim, entry.stance.question))
    return entries, [Uncounted(undated[key], "undated") for key in sorted(undated)]


def _repeated(stance: Stance, there: Mapping[tuple[str, str], date], relays: Mapping[str, str]) -> date | None:
    """Since when a claim that this one repeats is on record for the same question; None where it speaks itself."""
    if stance.claim not in relays:
        return None
    path = [stance.claim]
    while (source := relays.get(path[-1])) is not None and source not in path:
        path.append(source)
    held = [(there[stance.question, one], one) for one in path[1:] if (stance.question, one) in there]
    mine = (there.get((stance.question, stance.claim), date.max), stance.claim)
    # Two reports of a day may each name the other: then the first on record speaks.
    if not held or (source == stance.claim and mine < min(held)):
        return None
    return min(held)[0]


def _standing(record: _Record, days: Sequence[date | None], pooling: Pooling, ids: frozenset[str]) -> Iterator[_State]:
    """The state of one question as of each day; an origin is looked at again only where something of it or its record is new."""
    entries, undated = record.entries, record.undated
    records: dict[str, list[Past]] = defaultdict(list)
    for name, past in pooling.records.items():
        records[plain(name)] += [mark for mark in past if mark[0] not in ids]
    by_origin: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_origin[entry.key].append(entry)
    news = [(day, entry.key) for entry in entries for day in (entry.since, entry.repeats, entry.until) if day]
    news += [(mark[1], key) for key in by_origin for mark in records[key]]
    news_by_day, printed_by_day = deque(sorted(news)), deque(sorted(_printed(entries)))
    unknown = hit_rate((), pooling)
    shown, alone = _Shown(), set[str]()
    outlets: dict[str, str] = {}
    printed: tuple[str, ...] = ()
    edited = any(entry.until for entry in entries)
    state: _State | None = None
    for day in days:
        printing, speaking = list(_until(printed_by_day, day)), {*_until(news_by_day, day)}
        if state and not printing and not speaking:  # a day on which only an alternative has news
            yield state
            continue
        for outlet in printing:
            outlets[plain(outlet)] = min(outlet, outlets.get(plain(outlet), outlet))
        if printing or edited:
            there = _printing(entries, day) & outlets.keys() if edited else outlets
            printed = tuple(sorted(map(outlets.__getitem__, there)))
        for key in speaking - {""}:
            marks = records.get(key)
            rate = hit_rate((mark for mark in marks if day is None or mark[1] <= day), pooling) if marks else unknown
            now = _contribution(by_origin[key], day, rate, record.elsewhere)
            shown.put(key, now)
            (alone.discard if now else alone.add)(key)
        contributions = tuple(shown.ranked)
        log_odds = math.fsum((_log_odds(pooling.prior), *map(_ADDED, contributions)))
        state = _State(contributions, (*undated, *_silent(by_origin, alone, day)), printed, log_odds)
        yield state


class _Shown:
    """The contributions of a question, the weightiest first, as they come and go."""

    def __init__(self) -> None:
        self.ranked: list[Contribution] = []
        self._ranks: list[tuple[float, date, str, str]] = []
        self._rank_of: dict[str, tuple[float, date, str, str]] = {}

    def put(self, key: str, now: Contribution | None) -> None:
        """What an origin (by plain name) comes to from now on; None where nothing."""
        if before := self._rank_of.pop(key, None):
            at = bisect_left(self._ranks, before)
            del self._ranks[at], self.ranked[at]
        if now:
            self._rank_of[key] = rank = _rank(now, key)
            at = bisect_left(self._ranks, rank)
            self._ranks.insert(at, rank)
            self.ranked.insert(at, now)


def _rank(one: Contribution, key: str) -> tuple[float, date, str, str]:
    """The weightiest first; then by day and name."""
    return -abs(one.log_odds), one.word.on, one.origin, key


def _printed(entries: Iterable[_Entry]) -> Iterator[tuple[date, str]]:
    """The first day of each outlet, in each spelling."""
    first: dict[str, date] = {}
    for entry in entries:
        if name := entry.stance.outlet:
            first[name] = min(entry.since, first.get(name, entry.since))
    yield from ((since, name) for name, since in first.items())


def _printing(entries: Iterable[_Entry], day: date | None) -> set[str]:
    """The outlets, by plain name, that print something as of a day: an article that was changed may have lost what it said."""
    return {plain(entry.stance.outlet) for entry in entries if entry.stance.outlet and entry.there(day)}


def _until(waiting: deque[tuple[date, str]], day: date | None) -> Iterator[str]:
    """Takes what is due by the end of a day."""
    while waiting and (day is None or waiting[0][0] <= day):
        yield waiting.popleft()[1]


def _silent(by_origin: Mapping[str, Sequence[_Entry]], alone: Iterable[str], day: date | None) -> Iterator[Uncounted]:
    """What is on record under no origin, or only as a relay of another's word."""
    for entry in _there(by_origin.get("", ()), day):
        yield Uncounted(entry.stance, "no origin")
    for key in sorted(alone):
        for entry in _there(by_origin[key], day):
            yield Uncounted(entry.stance, "relay")


def _there(entries: Iterable[_Entry], day: date | None) -> list[_Entry]:
    return [entry for entry in entries if entry.there(day)]


def _contribution(
    entries: Sequence[_Entry], day: date | None, rate: float, counted_elsewhere: frozenset[str]
) -> Contribution | None:
    """What an origin's entries come to; None where none of them is there yet, or all are relays of others."""
    words, relays = _said(entries, day)
    if not words:
        return None
    word = _stands(words)
    lean = _lean([one for one in word.stances if one.stance != "against" or one.claim not in counted_elsewhere])
    others = tuple(one for other in reversed(words) if other is not word for one in other.stances)
    return Contribution(word.origin, word, lean, rate, weigh(lean, rate), others, relays)


def _said(entries: Sequence[_Entry], day: date | None) -> tuple[tuple[Word, ...], tuple[Stance, ...]]:
    """An origin's words by day, and the relays among what is on record of it.

    A relay is a claim that is known to repeat one on record, and one that another outlet prints after the origin said the same itself:
    reports go on telling what someone said long after he took it back.
    """
    there = _there(entries, day)
    if len(there) == 1:  # most origins speak to a question once
        return _said_once(there[0], day)
    itself: dict[str, date] = {}
    for entry in there:
        if entry.own:
            itself.setdefault(entry.stance.stance, entry.on)
    said, relays = list[_Entry](), list[Stance]()
    for entry in there:
        if entry.repeated(day) or (not entry.own and itself.get(entry.stance.stance, date.max) <= entry.on):
            relays.append(entry.stance)
        else:
            said.append(entry)
    name = _name(entry.stance.origin or "" for entry in said)
    words = [
        _word(name, on, [entry.stance for entry in group]) for on, group in groupby(said, key=lambda entry: entry.on)
    ]
    return tuple(words), tuple(relays)


def _said_once(entry: _Entry, day: date | None) -> tuple[tuple[Word, ...], tuple[Stance, ...]]:
    one = entry.stance
    if entry.repeated(day):
        return (), (one,)
    return (Word(one.origin or "", entry.on, _lean((one,)), (one,)),), ()


def _name(spelt: Iterable[str]) -> str:
    """The spelling used most often."""
    return min(Counter(spelt).items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))[0]


def _word(origin: str, on: date, stances: Sequence[Stance]) -> Word:
    lean = _lean(stances)
    side = "for" if lean > 0 else "against"
    ranked = sorted(stances, key=lambda s: (s.stance != side, s.stance == "observing", -s.strength, s.claim))
    return Word(origin, on, lean, tuple(ranked))


def _lean(stances: Iterable[Stance]) -> float:
    """The strongest for less the strongest against; observing leans nowhere."""
    best = {"for": 0.0, "against": 0.0, "observing": 0.0}
    for one in stances:
        best[one.stance] = max(best[one.stance], one.strength)
    return best["for"] - best["against"]


def _stands(words: Sequence[Word]) -> Word:
    """The latest firm word; where there is none the latest that leans, else the latest."""
    firm = [word for word in words if word.firm] or [word for word in words if word.lean]
    return (firm or words)[-1]


def words(
    question: str, stances: Iterable[Stance], *, as_of: date | None = None, pooling: Pooling | None = None
) -> dict[str, tuple[Word, ...]]:
    """Each origin's words on a question (by id) in order of day, relays left out, by the origin's plain name."""
    by_origin: dict[str, list[_Entry]] = defaultdict(list)
    for entry in _entries((one for one in stances if one.question == question), pooling or Pooling())[0]:
        if entry.stance.origin:
            by_origin[entry.key].append(entry)
    said = {key: _said(by_origin[key], as_of)[0] for key in sorted(by_origin)}
    return {key: told for key, told in said.items() if told}

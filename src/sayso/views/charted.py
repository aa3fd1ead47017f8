"""A story as a picture needs it: claims by origin and day with what they say to the questions, copies folded, relays tied; belief over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.belief import Belief
from sayso.ledger import ClaimFilter, Followed, Ledger, Tied
from sayso.origins import plain
from sayso.records import Article, Claim, Side, Stance, Story
from sayso.views.questions import curves
from sayso.views.timeline import Line, line

NOBODY = "nobody who can be told"
MOST: Final = (
    400  # claims that a picture on a page has; more of one story would neither be made in time nor be told apart
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim on the day it counts from (the last on which it may have been said). `sides` is what it says to each question (by number),
    the plainest first; `copies` are the outlets that printed the same words, `relays` the id of the claim that it passes on.
    """

    line: Line
    day: date
    sides: tuple[tuple[int, Side], ...]
    copies: tuple[str, ...]
    relays: str | None

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        return self.line.claim

    @property
    def side(self) -> Side | None:
        """What it says to the question that it speaks to most plainly; None where it speaks to none."""
        return self.sides[0][1] if self.sides else None


@dataclass(frozen=True, slots=True)
class Row:
    """One origin with its marks in order of day. `weight` is how much its word counts (log-odds, over all questions)."""

    origin: str
    marks: tuple[Mark, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A question of the story with its belief: each point holds until the next."""

    followed: Followed
    points: tuple[tuple[date, Belief], ...]


@dataclass(frozen=True, slots=True)
class Charted:
    """A story as a picture: a curve for each question, a row for each origin, the weightiest first. `days` are all days with a report or
    an outcome, whatever `as_of`; `undated` counts the claims that have no day and so no place, `left_out` those beyond the `most` asked for.
    """

    story: Story
    as_of: date | None
    days: tuple[date, ...]
    curves: tuple[Curve, ...]
    rows: tuple[Row, ...]
    undated: int
    left_out: int = 0


def charted(ledger: Ledger, reference: str, *, as_of: date | None = None, most: int | None = None) -> Charted:
    """A story as of a day (None: all of it). `reference` is the beginning of its id, or words of its name. Of a long story `most` claims, those
    that speak to a question before others, the latest before earlier ones.
    """
    found = ledger.stories.find(reference)
    grounds = ledger.tallies.grounds([found.id])[found.id]
    gone = ledger.versions.gone_in([found.id], as_of)
    members = frozenset(one.article for one in grounds.articles if one.article not in gone)
    told = [(one, points) for one, points in curves(ledger, story=found.id)]
    stances = _stances([one for one, _ in told], ledger)
    every = _ids(ledger, members, stances, as_of)
    kept = sorted(every, key=lambda key: key in stances)[len(every) - most :] if most and len(every) > most else every
    shown = {r.claim.id: r.claim for r in ledger.claims(ClaimFilter(ids=frozenset(kept), standing=as_of))}
    articles = {a.id: a for a in ledger.articles(ids={one.article for one in shown.values()})}
    ties, copied = ledger.stories.ties(shown), frozenset(ledger.copies.all(members))
    marks, undated = _marks(shown, articles, ties, copied, stances, as_of)
    drawn = tuple(Curve(one, tuple(p for p in points if as_of is None or p[0] <= as_of)) for one, points in told)
    days = {date.fromisoformat(d) for a in grounds.articles if a.article in members and (d := a.end or a.start)}
    days |= {one.outcome.on for one, _ in told if one.outcome.on}
    days |= {day for _, points in told for day, _ in points}
    return Charted(found, as_of, tuple(sorted(days)), drawn, _rows(marks, drawn), undated, len(every) - len(kept))


def _ids(ledger: Ledger, members: frozenset[str], stances: Collection[str], as_of: date | None) -> list[str]:
    """The claims of these articles that are put down to someone or speak to a question, in order of day."""
    attributed = ledger.claim_ids(ClaimFilter(articles=members, own=False, standing=as_of))
    own = set(stances).difference(attributed)
    if not own:
        return attributed
    within = ledger.claims(ClaimFilter(ids=frozenset(own), articles=members, standing=as_of))
    return [*attributed, *(one.claim.id for one in within)]


def _stances(asked: Iterable[Followed], ledger: Ledger) -> dict[str, list[tuple[int, Stance]]]:
    """What each claim says to the questions, the plainest first."""
    found: dict[str, list[tuple[int, Stance]]] = defaultdict(list)
    for one in asked:
        for stance in ledger.questions.stances(one.question.id):
            found[stance.claim].append((one.number, stance))
    for held in found.values():
        held.sort(key=lambda pair: (pair[1].stance == "observing", -pair[1].strength, pair[0]))
    return found


def _marks(
    claims: Mapping[str, Claim],
    articles: Mapping[str, Article],
    ties: Mapping[str, Tied],
    copied: frozenset[str],
    stances: Mapping[str, Sequence[tuple[int, Stance]]],
    as_of: date | None,
) -> tuple[list[tuple[str, Mark]], int]:
    """Origin and mark of every claim that is no copy, in order of day; how many have no day."""
    there = {key: c for key, c in claims.items() if c.said and (as_of is None or c.said[1] <= as_of)}
    undated = sum(c.said is None for c in claims.values())
    root = {key: _root(key, there, ties, copied) for key in there}
    copies: dict[str, list[str]] = defaultdict(list)
    for key, original in root.items():
        if key != original:
            copies[original].append(articles[claims[key].article].outlet.name or "unknown outlet")
    made = []
    for key, claim in there.items():
        if root[key] != key or claim.said is None:
            continue
        tie, said = ties.get(key), stances.get(key, ())
        passed_on = root.get(tie.said_as) if tie and tie.said_as else None
        origin = next((s.origin for _, s in said if s.origin), None) or (tie and tie.origin) or claim.origin
        mark = Mark(
            line(articles[claim.article], claim, tie),
            claim.said[1],
            tuple((number, one.stance) for number, one in said),
            tuple(sorted(copies.get(key, ()))),
            passed_on if passed_on != key else None,
        )
        made.append((origin or NOBODY, mark))
    return sorted(made, key=lambda pair: (pair[1].day, pair[1].claim.id)), undated


def _root(key: str, claims: Mapping[str, Claim], ties: Mapping[str, Tied], copied: frozenset[str]) -> str:
    """The claim that a copied one stands in, through copies of copies."""
    seen = {key}
    while claims[key].article in copied and (tie := ties.get(key)):
        if tie.said_as is None or tie.said_as not in claims or tie.said_as in seen:
            break
        key = tie.said_as
        seen.add(key)
    return key


def _rows(marks: Iterable[tuple[str, Mark]], drawn: Sequence[Curve]) -> tuple[Row, ...]:
    weight: dict[str, float] = defaultdict(float)
    for curve in drawn:
        for one in curve.points[-1][1].contributions if curve.points else ():
            weight[plain(one.origin)] += abs(one.log_odds)
    names, held = dict[str, str](), defaultdict[str, list[Mark]](list)
    for origin, mark in marks:
        names.setdefault(plain(origin), origin)
        held[plain(origin)].append(mark)
    rows = (Row(names[key], tuple(found), weight[key]) for key, found in held.items())
    return tuple(sorted(rows, key=_importance))


def _importance(row: Row) -> tuple[bool, float, int, int, str]:
    sided = sum(mark.side is not None for mark in row.marks)
    return row.origin == NOBODY, -row.weight, -sided, -len(row.marks), row.origin

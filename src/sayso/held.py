"""Questions with all that their pages are made from, without a word of any claim; and who turned out right, from what is kept of each question.

What a question adds to track records is counted when it changes (`keep_reckonings`), not when it is looked at. Where it is not kept it is
counted on the spot, and both agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sayso.belief import Pooling
from sayso.ledger import ClaimFilter, Followed, Known, Ledger
from sayso.reckoning import RULES, Reckoning, opened, packed, settled_on
from sayso.records import Outcome, Question, Stance
from sayso.scores import Scores, merge, reckonings, score


@dataclass(frozen=True)
class Held:
    """Some questions with every stance to them; of the origins in `known` it is known of what kind they are."""

    followed: tuple[Followed, ...]
    stances: tuple[Stance, ...]
    pooling: Pooling
    known: tuple[Known, ...] = ()

    @property
    def questions(self) -> list[Question]:
        """The questions themselves."""
        return [one.question for one in self.followed]

    def beside(self, question: Question) -> tuple[list[Stance], list[Question]]:
        """The stances to a question and to its alternatives, and which questions these are: all that its belief goes by."""
        group = question.group
        rivals = [q for q in self.questions if q.id == question.id or (group is not None and q.group == group)]
        return [stance for one in rivals for stance in self._by_question.get(one.id, ())], rivals

    @cached_property
    def _by_question(self) -> dict[str, list[Stance]]:
        found: dict[str, list[Stance]] = {}
        for one in self.stances:
            found.setdefault(one.question, []).append(one)
        return found

    def as_of(self, day: date | None) -> Held:
        """As it stood at the end of a day (None: now): what was said by then, and questions that were settled later still open."""
        if day is None:
            return self
        followed = tuple(replace(one, outcome=_by(one, day)) for one in self.followed)
        return replace(self, followed=followed, stances=tuple(s for s in self.stances if self._said_by(s, day)))

    def _said_by(self, stance: Stance, day: date) -> bool:
        since, until = self.pooling.stands.get(stance.claim, (None, None))
        said = stance.on or self.pooling.days.get(stance.claim)
        there = (since is None or since <= day) and (until is None or day < until)
        return said is not None and said <= day and there

    def scores(self) -> Scores:
        """Who turned out right."""
        ended = [one.outcome for one in self.followed]
        return score(self.questions, self.stances, ended, claims=self.known, pooling=self.pooling)


def _by(one: Followed, day: date) -> Outcome:
    """How a question had ended by a day."""
    settled = settled_on(one.question, one.outcome)
    return one.outcome if settled is not None and settled <= day else Outcome(one.question.id, "open")


def hold(ledger: Ledger, wanted: Iterable[Followed], *, kinds: bool = False) -> Held:
    """These questions, as they are on record; with the kinds of the origins where asked for."""
    followed = tuple(wanted)
    heard = ledger.heard([one.question.id for one in followed])
    relays = {one.stance.claim: one.relays for one in heard if one.relays}
    stands = {one.stance.claim: one.stood for one in heard if one.stood}
    days = {one.stance.claim: one.last for one in heard if one.last}
    pooling = Pooling(days=days, relays=relays, stands=stands)
    known = ledger.kinds({one.stance.origin for one in heard if one.stance.origin}) if kinds else ()
    return Held(followed, tuple(one.stance for one in heard), pooling, tuple(known))


def with_rivals(wanted: Collection[Followed], every: Iterable[Followed]) -> list[Followed]:
    """These questions, with all that are alternatives to one of them."""
    ids = {one.question.id for one in wanted}
    groups = {one.question.group for one in wanted if one.question.group}
    return [one for one in every if one.question.id in ids or one.question.group in groups]


def track_records(ledger: Ledger, *, as_of: date | None = None) -> Scores:
    """The track record of every origin that spoke to a question, and the questions that are settled, as of a day (None: now)."""
    every = ledger.questions.followed()
    if as_of is not None:
        return hold(ledger, every, kinds=True).as_of(as_of).scores()
    made = _kept(ledger, every)
    made |= _counted(ledger, [one for one in every if one.question.id not in made], every)
    origins = {name for one in made.values() for name in one.origins}
    return merge([made[one.question.id] for one in every], claims=ledger.kinds(origins))


def keep_reckonings(ledger: Ledger) -> None:
    """Count what each question adds to track records where that changed since it was kept. Whatever changes questions ends with this."""
    if not ledger.reckonings.missing(RULES):
        return
    with ledger.as_one():  # what is counted is what is on record when it is kept
        every, missing = ledger.questions.followed(), ledger.reckonings.missing(RULES)
        wanted = [one for one in every if one.question.id in missing]
        made = _counted(ledger, wanted, every)
        rows = {one.question.id: packed(made[one.question.id], one.question, one.outcome) for one in wanted}
        ledger.reckonings.save(rows, rules=RULES)


def _kept(ledger: Ledger, every: Iterable[Followed]) -> dict[str, Reckoning]:
    """What these questions add, of those of which it is kept."""
    rows = ledger.reckonings.get(RULES)
    made = (opened(rows[q.id], q, one.outcome) for one in every if (q := one.question).id in rows)
    return {one.question: one for one in made if one is not None}


def _counted(ledger: Ledger, wanted: Collection[Followed], every: Iterable[Followed]) -> dict[str, Reckoning]:
    """What these questions add, from the stances to them and to their alternatives."""
    if not wanted:
        return {}
    held = hold(ledger, with_rivals(wanted, every))
    relays = _beyond(ledger, held.pooling.relays, {one.claim for one in held.stances})
    ended = [one.outcome for one in held.followed]
    made = reckonings(held.questions, held.stances, ended, pooling=replace(held.pooling, relays=relays))
    ids = {one.question.id for one in wanted}
    return {one.question: one for one in made if one.question in ids}


def _beyond(ledger: Ledger, relays: Mapping[str, str], heard: Collection[str]) -> dict[str, str]:
    """What each claim repeats, and what that repeats in turn where it speaks to other questions only: as if these were held too."""
    found, known = dict(relays), set(heard)
    while beyond := set(found.values()) - known:
        known |= beyond
        told = frozenset(one.claim for one in ledger.questions.stances_of(beyond))
        standing = ledger.claim_ids(ClaimFilter(ids=told, every_version=True)) if told else ()
        found |= {one.claim: one.said_as for one in ledger.stories.ties(standing).values() if one.said_as}
    return found

"""Questions with all that their pages are made from, without a word of any claim; the lines of those that a page shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sayso.belief import Pooling
from sayso.ledger import ClaimFilter, Followed, Known, Ledger
from sayso.records import Claim, Outcome, Question, Stance
from sayso.scores import Scores, score, settled_on
from sayso.views.edited import marks
from sayso.views.timeline import Line, line


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


def lines_of(ledger: Ledger, claims: Collection[str]) -> tuple[dict[str, Claim], dict[str, Line]]:
    """These claims as a page shows them, of whatever version of their article; by id."""
    if not claims:
        return {}, {}
    found = [r.claim for r in ledger.claims(ClaimFilter(ids=frozenset(claims), every_version=True))]
    ties = ledger.stories.ties([one.id for one in found])
    articles = {a.id: a for a in ledger.articles(ids={one.article for one in found})}
    edits = marks(ledger, articles).claims
    lines = {c.id: line(articles[c.article], c, ties.get(c.id), edited=edits.get(c.id)) for c in found}
    return {c.id: c for c in found}, lines

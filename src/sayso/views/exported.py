"""What leaves the house: the records of one kind, all of them or those of a story or question, as the export promises them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sayso import exports
from sayso.held import track_records
from sayso.ledger import ClaimFilter, Followed, Ledger, Recorded, first_of
from sayso.records import Article, Stance
from sayso.views.questions import curves


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records are wanted: those of a story, of a question, of both; all where neither is named (by its reference)."""

    story: str | None = None
    question: str | None = None


class Chosen:
    """The records of a selection, looked up as they are asked for."""

    def __init__(self, ledger: Ledger, wanted: Selection) -> None:
        self.ledger = ledger
        self._members = ledger.stories.find(wanted.story).articles if wanted.story else None
        self._story = ledger.stories.find(wanted.story).id if wanted.story else None
        self._asked = ledger.questions.find(wanted.question) if wanted.question else None
        self._stances: list[Stance] | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self._members is None and self._asked is None

    def questions(self) -> list[Followed]:
        """The questions followed: the one that is named, or those of the story."""
        every = [self._asked] if self._asked else self.ledger.questions.followed()
        return [one for one in every if self._story is None or one.question.story == self._story]

    def stances(self) -> list[Stance]:
        """What was said to the questions that are wanted, in the articles that are."""
        if self._stances is None:
            asked = [self._asked] if self._asked else self.ledger.questions.followed()
            found = [s for one in asked for s in self.ledger.questions.stances(one.question.id)]
            if self._members is not None and found:
                ids, members = frozenset(s.claim for s in found), frozenset(self._members)
                wanted = ClaimFilter(ids=ids, articles=members, every_version=True)
                there = {r.claim.id for r in self.ledger.claims(wanted)}
                found = [s for s in found if s.claim in there]
            self._stances = found
        return self._stances

    def claims(self) -> list[Recorded]:
        """The claims in these articles; of a question, those that speak to it. Earlier versions of a report have theirs too."""
        ids = frozenset(s.claim for s in self.stances()) if self._asked else None
        members = frozenset(self._members) if self._members is not None else None
        if (ids is not None and not ids) or (members is not None and not members):
            return []
        return self.ledger.claims(ClaimFilter(ids=ids, articles=members, every_version=True))

    def articles(self) -> list[Article]:
        """The articles of the story; of a question, those with a claim that speaks to it."""
        if self._asked:
            return self.ledger.articles(ids={r.claim.article for r in self.claims()})
        return self.ledger.articles(ids=self._members)


def exported(ledger: Ledger, what: exports.What, wanted: Selection | None = None) -> list[dict[str, Any]]:
    """The rows of `what`: articles, claims, questions, stances or sources."""
    chosen = Chosen(ledger, wanted or Selection())
    if what == "questions":
        ids = {one.question.id for one in chosen.questions()}
        return [
            exports.question_json(one.question, one.outcome, points, number=one.number)
            for one, points in curves(ledger)
            if one.question.id in ids
        ]
    if what == "stances":
        return [exports.stance_json(one) for one in chosen.stances()]
    if what == "sources":
        said = {s.claim for s in chosen.stances()}
        records = track_records(ledger).records
        return [exports.source_json(one) for one in records if chosen.everything or said.intersection(one.claims)]
    if what == "claims":
        recorded = chosen.claims()
        story_of = ledger.stories.story_of({r.claim.article for r in recorded})
        return [exports.claim_json(r.claim, recorded=r.recorded, story=story_of.get(r.claim.article)) for r in recorded]
    return _articles(ledger, chosen.articles())


def _articles(ledger: Ledger, articles: Iterable[Article]) -> list[dict[str, Any]]:
    held = list(articles)
    ids = [one.id for one in held]
    story_of, known, versions = ledger.stories.story_of(ids), ledger.copies.all(), _versions(ledger)
    return [
        exports.article_json(
            one,
            story=story_of.get(one.id),
            copy_of=first_of(one.id, known) if one.id in known else None,
            version=versions.get(one.id),
        )
        for one in held
    ]


def _versions(ledger: Ledger) -> Mapping[str, dict[str, Any]]:
    """Of each article that was edited, which version it is."""
    made, seen = dict[str, dict[str, Any]](), dict[str, list[dict[str, Any]]]()
    for line in (line for line in ledger.versions.all().values() if len(line) > 1):
        for number, one in enumerate(line, 1):
            came = seen.setdefault(one.article, [])
            came.append(exports.seen_json(one.number, recorded=one.recorded, told=one.told, note=one.note))
            made[one.article] = exports.version_json(
                one.first, number, recorded=one.recorded, since=one.since, until=one.until, seen=came
            )
    return made

"""Edits: what an article said before and says now, and whether its readers were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sayso.edits import Change, Kind, Manner, changes, manner
from sayso.errors import InputError
from sayso.ledger import ClaimFilter, Ledger, Version
from sayso.records import Article, Claim
from sayso.views.timeline import REFERENCE, Line, line


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A claim before and after an edit; None where it was not there yet, or is no more. `kinds` says what changed, the gravest first."""

    kinds: tuple[Kind, ...]
    before: Line | None
    after: Line | None

    @property
    def telling(self) -> bool:
        """Whether more than the wording changed."""
        return self.kinds != ("words",)


@dataclass(frozen=True, slots=True)
class Edit:
    """One version of an article beside the one before: `on` is the day from which it stood, `manner` how readers were told (corrected,
    updated, silent), `note` in what words. Without changed claims only words that claim nothing changed.
    """

    before: Article
    after: Article
    on: date | None
    manner: Manner
    note: str | None
    lines: tuple[ChangedLine, ...]

    @property
    def telling(self) -> bool:
        """Whether a claim vanished, appeared, or changed its certainty or source."""
        return any(one.telling for one in self.lines)


@dataclass(frozen=True, slots=True)
class EditedArticle:
    """An article that was edited: its title, outlet and address as they are now, how many versions there are, and each edit in order."""

    reference: str
    article: Article
    versions: int
    edits: tuple[Edit, ...]


def edits(ledger: Ledger, reference: str | None = None) -> list[EditedArticle]:
    """Every edited article, the one last edited first; of a story or of one article where `reference` names it."""
    found = ledger.versions.all(None if reference is None else _named(ledger, reference))
    several = [line for line in found.values() if len(line) > 1]
    ids = {version.article for line in several for version in line}
    articles = {a.id: a for a in ledger.articles(ids=ids)} if ids else {}
    held = {one: list[Claim]() for one in ids}
    if ids:
        for recorded in ledger.claims(ClaimFilter(articles=frozenset(ids), every_version=True)):
            held[recorded.claim.article].append(recorded.claim)
    made = [_edited(line, articles, held) for line in several]
    return sorted(made, key=lambda one: (one.edits[-1].on or date.min, one.reference), reverse=True)


def _named(ledger: Ledger, reference: str) -> Sequence[str]:
    try:
        return ledger.stories.find(reference).articles
    except InputError:
        return (ledger.article(reference).id,)


def _edited(versions: Sequence[Version], articles: dict[str, Article], held: dict[str, list[Claim]]) -> EditedArticle:
    made = []
    for before, after in pairwise(versions):
        one, other = articles[before.article], articles[after.article]
        found = changes(_read(held[one.id]), _read(held[other.id]))
        lines = tuple(_line(change, one, other) for change in found)
        made.append(Edit(one, other, after.since, manner(after.note), after.note, lines))
    last = articles[versions[-1].article]
    return EditedArticle(last.id[:REFERENCE], last, len(versions), tuple(made))


def _read(claims: Sequence[Claim]) -> list[Claim]:
    """Claims in reading order."""
    return sorted(claims, key=lambda c: (c.evidence[0].start, c.id))


def _line(change: Change, before: Article, after: Article) -> ChangedLine:
    return ChangedLine(
        change.kinds,
        line(before, change.before) if change.before else None,
        line(after, change.after) if change.after else None,
    )

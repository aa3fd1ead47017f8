"""Stories: what runs, over which days, on how many outlets and independent origins it rests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.ledger import ClaimFilter, Followed, Ledger, Tied
from sayso.origins import Count, Tie, count
from sayso.records import Article, Claim, Copy, Story
from sayso.views.timeline import REFERENCE, TimelinePage, page


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a list: how many articles it has, and what it rests on."""

    reference: str
    story: Story
    articles: int
    counted: Count


@dataclass(frozen=True, slots=True)
class Episode:
    """A burst of a story: its days, its articles, and what it rests on."""

    start: date | None
    end: date | None
    articles: int
    counted: Count


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One story: episodes, the questions followed in it, and its timeline."""

    reference: str
    story: Story
    counted: Count
    episodes: tuple[Episode, ...]
    questions: tuple[Followed, ...]
    timeline: TimelinePage


def stories(ledger: Ledger) -> list[StoryLine]:
    """Every story, the one with the last report first."""
    articles = {a.id: a for a in ledger.articles()}
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for recorded in ledger.claims():
        by_article[recorded.claim.article].append(recorded.claim)
    ties = ledger.stories.ties([c.id for found in by_article.values() for c in found])
    return [
        StoryLine(
            one.id[:REFERENCE], one, len(one.articles), counted(_claims(one.articles, by_article), articles, ties)
        )
        for one in ledger.stories.all()
    ]


def story(ledger: Ledger, reference: str, *, own: bool = False) -> StoryPage:
    """One story. `reference` is the beginning of its id, or words of its name."""
    found = ledger.stories.find(reference)
    members = frozenset(found.articles)
    articles = {a.id: a for a in ledger.articles(ids=members)}
    recorded = ledger.claims(ClaimFilter(articles=members))
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for one in recorded:
        by_article[one.claim.article].append(one.claim)
    ties = ledger.stories.ties([r.claim.id for r in recorded])
    episodes = tuple(
        Episode(start, end, len(held), counted(_claims(held, by_article), articles, ties))
        for start, end, held in found.episodes
    )
    asked = tuple(f for f in ledger.questions.followed() if f.question.story == found.id)
    every = counted(_claims(found.articles, by_article), articles, ties)
    shown = page(list(articles.values()), recorded, own=own, ties=ties, copies=ledger.copies.all(members))
    return StoryPage(found.id[:REFERENCE], found, every, episodes, asked, shown)


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A copy with its original."""

    copy: Copy
    article: Article
    original: Article


def copies(ledger: Ledger) -> list[CopyLine]:
    """Every copy, those of one original together, the originals by date."""
    known = ledger.copies.all()
    articles = {a.id: a for a in ledger.articles(ids={*known, *(c.original for c in known.values())})}
    order = {article: number for number, article in enumerate(articles)}
    made = [CopyLine(one, articles[one.article], articles[one.original]) for one in known.values()]
    return sorted(made, key=lambda line: (order[line.copy.original], order[line.copy.article]))


def counted(claims: Sequence[Claim], articles: Mapping[str, Article], ties: Mapping[str, Tied]) -> Count:
    """Outlets and independent origins of what these claims put down to someone."""
    said = [claim for claim in claims if claim.cue is not None]
    joined = [Tie(t.claim, t.article, t.said_as, t.origin, t.reason) for t in ties.values()]
    return count(said, articles, joined)


def _claims(articles: Sequence[str], by_article: Mapping[str, Sequence[Claim]]) -> list[Claim]:
    return [claim for article in articles for claim in by_article.get(article, ())]

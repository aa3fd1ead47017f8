"""Stories: what runs, over which days, on how many outlets and independent origins it rests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.ledger import ClaimFilter, Ledger, Said
from sayso.origins import Count, rests_on
from sayso.records import Article, Copy, Story
from sayso.views.questions import QuestionLine, questions
from sayso.views.timeline import REFERENCE, TimelinePage, page


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a list: how many articles it has, what it rests on, and how many came on record since the moment asked about."""

    reference: str
    story: Story
    articles: int
    counted: Count
    fresh: int = 0


@dataclass(frozen=True, slots=True)
class Episode:
    """A burst of a story: its days, its articles, and what it rests on."""

    start: date | None
    end: date | None
    articles: int
    counted: Count


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One story as of a day (None: all on record): episodes, where its questions stand, its timeline.

    `articles` are those on record by then, `days` all by which a report was out, later ones too; `left_out` counts the articles that a
    day leaves out because their own is not known, or not known to be that early.
    """

    reference: str
    story: Story
    counted: Count
    episodes: tuple[Episode, ...]
    questions: tuple[QuestionLine, ...]
    timeline: TimelinePage
    articles: int
    as_of: date | None = None
    days: tuple[date, ...] = ()
    left_out: int = 0


def stories(
    ledger: Ledger,
    *,
    as_of: date | None = None,
    since: str | None = None,
    archived: bool | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[StoryLine]:
    """Every story, the one with the last report first, or `limit` of them after the first `offset`; as of a day only what was published by
    then. `since` (UTC, ISO) is the moment from which articles count as fresh; `archived` asks for those that are closed, or are not.
    """
    found = ledger.stories.all(out_by=as_of, archived=archived, limit=limit, offset=offset)
    members = {article for one in found for article in one.articles}
    out = members if as_of is None else ledger.out_by(members, as_of)
    there = out - ledger.versions.gone(members, as_of)
    fresh = ledger.read_since(members, since) if since is not None else frozenset()
    counts = _counts(ledger, [one.id for one in found], as_of)
    made = []
    for one in found:
        if held := there.intersection(one.articles):
            made.append(StoryLine(one.id[:REFERENCE], one, len(held), counts[one.id], len(fresh & held)))
    return made


def _counts(ledger: Ledger, stories: Sequence[str], as_of: date | None) -> dict[str, Count]:
    """What each story rests on: as counted when it last changed, where that is what is asked."""
    kept = ledger.tallies.get(stories) if as_of is None else {}
    said: dict[str, list[Said]] = {one: [] for one in stories if one not in kept}
    for word in ledger.tallies.said(said, as_of=as_of):
        said[word.story].append(word)
    counted = {story: rest(words) for story, words in said.items()}
    return {story: Count(*counts) for story, counts in kept.items()} | counted


def rest(words: Iterable[Said]) -> Count:
    """What these words rest on."""
    return rests_on((word.outlet, word.origin, word.claims) for word in words)


def story(
    ledger: Ledger,
    reference: str,
    *,
    own: bool = False,
    as_of: date | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> StoryPage:
    """One story as of a day (None: now), its timeline in full, or `limit` of its articles after the first `offset`. `reference` is the
    beginning of its id, or words of its name.
    """
    found = ledger.stories.find(reference)
    members = {a.id: a for a in ledger.articles(ids=found.articles)}
    # Several versions of an article are one report: the one that stood then.
    for key in ledger.versions.gone(members, as_of):
        del members[key]
    articles = {key: a for key, a in members.items() if out_by(a, as_of)}
    words = ledger.tallies.said([found.id], by_article=True, as_of=as_of)
    episodes = tuple(
        Episode(start, _earlier(end, as_of), len(there), rest(w for w in words if w.article in there))
        for start, end, held in found.episodes
        if (there := articles.keys() & set(held))
    )
    shown = tuple(articles.values())[offset : None if limit is None else offset + limit]
    told = page(ledger, shown, ClaimFilter(standing=as_of), own=own, more=offset + len(shown) < len(articles))
    asked = tuple(questions(ledger, as_of=as_of, story=found.id))
    days = tuple(sorted({a.published.end for a in members.values() if a.published.end}))
    unsure = sum(a.published.day is None for key, a in members.items() if key not in articles)
    return StoryPage(
        found.id[:REFERENCE], found, rest(words), episodes, asked, told, len(articles), as_of, days, unsure
    )


def out_by(article: Article, day: date | None) -> bool:
    """Whether an article was surely out by the end of a day (None: any)."""
    return day is None or (article.published.end is not None and article.published.end <= day)


def _earlier(one: date | None, other: date | None) -> date | None:
    known = [day for day in (one, other) if day]
    return min(known) if known else None


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A copy with its original."""

    copy: Copy
    article: Article
    original: Article


def copies(ledger: Ledger, *, limit: int | None = None, offset: int = 0) -> list[CopyLine]:
    """Every copy, those of one original together, the originals by date; or `limit` of them after the first `offset`."""
    found = ledger.copies.in_order(limit=limit, offset=offset)
    articles = {a.id: a for a in ledger.articles(ids={x for one in found for x in (one.article, one.original)})}
    return [CopyLine(one, articles[one.article], articles[one.original]) for one in found]

"""Stories: what runs, over which days, on how many outlets and independent origins it rests."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from sayso.ledger import ClaimFilter, Grounds, Ledger
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
    ids = [one.id for one in found]
    gone = ledger.versions.gone_in(ids, as_of)
    fresh = ledger.read_since(ids, since) if since is not None else frozenset()
    kept = ledger.tallies.get(ids) if as_of is None else {}
    grounds = ledger.tallies.grounds([one for one in ids if one not in kept])
    made = []
    for one in found:
        there = set(one.articles) if as_of is None else out(grounds[one.id], as_of)
        if there := there - gone:
            counted = Count(*kept[one.id]) if one.id in kept else rest(grounds[one.id], there)
            made.append(StoryLine(one.id[:REFERENCE], one, len(there), counted, len(fresh & there)))
    return made


def out(grounds: Grounds, day: date | None) -> set[str]:
    """The articles of a story that were surely out by the end of a day (None: any)."""
    last = day.isoformat() if day else None
    return {one.article for one in grounds.articles if last is None or (one.end is not None and one.end <= last)}


def rest(grounds: Grounds, articles: Container[str]) -> Count:
    """What these articles of a story rest on."""
    return rests_on(grounds.said(articles))


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
    grounds = ledger.tallies.grounds([found.id])[found.id]
    # Several versions of an article are one report: the one that stood then.
    gone = ledger.versions.gone_in([found.id], as_of)
    members = [one for one in grounds.articles if one.article not in gone]
    there = out(grounds, as_of) - gone
    episodes = tuple(
        Episode(start, _earlier(end, as_of), len(then), rest(grounds, then))
        for start, end, held in found.episodes
        if (then := there & set(held))
    )
    ordered = [one.article for one in members if one.article in there]
    shown = ledger.articles(ids=ordered[offset : None if limit is None else offset + limit])
    told = page(ledger, shown, ClaimFilter(standing=as_of), own=own, more=offset + len(shown) < len(ordered))
    asked = tuple(questions(ledger, as_of=as_of, story=found.id))
    days = tuple(date.fromisoformat(day) for day in sorted({one.end for one in members if one.end}))
    unsure = sum(one.article not in there and (one.start is None or one.start != one.end) for one in members)
    counted = next((one.counted for one in episodes if one.articles == len(there)), None) or rest(grounds, there)
    return StoryPage(found.id[:REFERENCE], found, counted, episodes, asked, told, len(there), as_of, days, unsure)


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

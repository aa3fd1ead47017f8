"""How like articles and stories are: vectors of terms, the profile of a story, and when two go together."""

from __future__ import annotations

import heapq
import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sayso.reading.terms import Terms

#: the dials, chosen once for all sets on the parts at hand (GVC, ECB+, SEESAW + BASIL; docs/stories.md)
STRONGEST = 150  # terms of an article that are compared
PRIOR = 400  # articles without any of the terms, as if read before: a small ledger cannot tell what is rare
NAME, FULL_NAME = 1.5, 0.5  # a full name counts besides its words, so it adds half
ENOUGH = 2 / 3  # of the likeness within
SINGLE, DOUBT = 0.15, 2.0  # the likeness within a group of one, and how many pairs of articles it is worth
TIGHT = 0.4  # the likeness within counts up to this
FADE, FADE_DAYS, FADED, UNDATED = 0.1, 2.0, 0.6, 0.9  # a tenth each time the days double; a month and more is all one
KEPT = 600  # terms of a profile
HANDLES = 40  # terms that a story can be found by
LOOKUPS = 20  # terms that an article looks for its story by
CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class Background:
    """How many articles there are, and how many of them hold each term: kept up to date, the article to be placed included."""

    articles: int
    counts: Mapping[str, int]

    def idf(self, term: str) -> float:
        """How much a term tells: log of all articles over those that hold it, `PRIOR` more in the first."""
        return math.log((self.articles + PRIOR) / (self.counts.get(term, 0) + 1))


@dataclass(frozen=True, slots=True)
class Profile:
    """A story as the next article sees it: the sum of its articles' unit vectors (`KEPT` strongest terms), how many there are, the
    likeness of its pairs summed (`inner`), first and last day (None: no article is dated).
    """

    story: str
    articles: int
    sums: Mapping[str, float]
    inner: float
    start: date | None
    end: date | None

    def packed(self) -> str:
        """As JSON, for the ledger; `unpacked` gives the same Profile back, but for the seventh digit."""
        days = [day and day.isoformat() for day in (self.start, self.end)]
        sums = {term: round(value, 6) for term, value in self.sums.items()}
        return json.dumps([self.story, self.articles, sums, round(self.inner, 6), *days], ensure_ascii=False)

    @classmethod
    def unpacked(cls, data: str) -> Profile:
        """What `packed` made. Raises ValueError where it did not make it."""
        story, articles, sums, inner, *days = json.loads(data)
        start, end = (date.fromisoformat(day) if day else None for day in days)
        return cls(story, articles, sums, inner, start, end)


def vector(terms: Terms, background: Background) -> dict[str, float]:
    """The strongest terms of an article, as a vector of length one (empty where it has none)."""
    weights = {}
    for term, count in terms.counts.items():
        kind = FULL_NAME if " " in term else NAME if term in terms.names else 1.0
        weights[term] = (1 + math.log(count)) * background.idf(term) * kind
    kept = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:STRONGEST]
    length = math.sqrt(sum(weight * weight for _, weight in kept))
    return {term: weight / length for term, weight in kept} if length else {}


def profile(story: str, articles: Iterable[Terms], background: Background) -> Profile:
    """The profile of a story with these articles."""
    made = Profile(story, 0, {}, 0.0, None, None)
    for terms in articles:
        made = merged(made, Profile(story, 1, vector(terms, background), 0.0, *span(terms)))
    return made


def fit(one: Profile, other: Profile) -> float:
    """How well two stories (or an article and a story) go together: from 1 on they are one story."""
    if not one.articles or not other.articles:
        return 0.0
    between = dot(one.sums, other.sums) / (one.articles * other.articles)
    inside = math.sqrt(within(one.inner, one.articles) * within(other.inner, other.articles))
    return between * faded(_gap(one, other)) / (ENOUGH * inside)


def handles(story: Profile) -> tuple[str, ...]:
    """The terms a story is found by: its strongest."""
    return _top(story.sums, HANDLES)


def lookups(article: Profile) -> tuple[str, ...]:
    """The terms an article looks for its story by."""
    return _top(article.sums, LOOKUPS)


def candidates(article: Profile, found: Mapping[str, Collection[str]]) -> list[str]:
    """Of the stories that its look-ups led to, the `CANDIDATES` with most of its weight, best first."""
    weight: dict[str, float] = {}
    for term, stories in found.items():
        for story in stories:
            weight[story] = weight.get(story, 0.0) + article.sums.get(term, 0.0)
    best = heapq.nlargest(CANDIDATES, ((value, story) for story, value in weight.items()))
    return [story for _, story in best]


def place(article: Profile, stories: Iterable[Profile]) -> str | None:
    """The story an article (as a profile of one) belongs to, or None: it opens a new one."""
    fits = [(fit(article, story), story.story) for story in stories]
    best = max(fits, key=lambda pair: (pair[0], pair[1]), default=(0.0, ""))
    return best[1] if best[0] >= 1 else None


def span(terms: Terms) -> tuple[date | None, date | None]:
    """First and last day of an article; where one is open, the other stands for it."""
    return terms.start or terms.end, terms.end or terms.start


def merged(one: Profile, other: Profile) -> Profile:
    """Two stories as one, under the first one's id."""
    sums = dict(one.sums)
    for term, value in other.sums.items():
        sums[term] = sums.get(term, 0.0) + value
    if len(sums) > KEPT:
        sums = {term: sums[term] for term in _top(sums, KEPT)}
    days = [day for day in (one.start, one.end, other.start, other.end) if day]
    return Profile(
        one.story,
        one.articles + other.articles,
        sums,
        one.inner + other.inner + dot(one.sums, other.sums),
        min(days, default=None),
        max(days, default=None),
    )


def dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The sum of products over common terms."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return sum(value * long.get(term, 0.0) for term, value in short.items())


def _top(sums: Mapping[str, float], most: int) -> tuple[str, ...]:
    return tuple(sorted(sums, key=lambda term: (-sums[term], term))[:most])


def within(inner: float, articles: float) -> float:
    """How like the articles of a story are on average, as if `DOUBT` further pairs were as like as `SINGLE`; at most `TIGHT`, lest a
    story that begins with copies keeps everything else out.
    """
    return min(TIGHT, (inner + DOUBT * SINGLE) / (articles * (articles - 1) / 2 + DOUBT))


def _gap(one: Profile, other: Profile) -> float:
    """Days between two stories, 0 where they overlap; not a number where one has no date."""
    if not (one.start and one.end and other.start and other.end):
        return math.nan
    return max(0, (other.start - one.end).days, (one.start - other.end).days)


def faded(days: float) -> float:
    """What remains of a likeness after so many days without a report; `UNDATED` where nobody knows how many."""
    return UNDATED if math.isnan(days) else max(FADED, 1 - FADE * math.log2(1 + days / FADE_DAYS))

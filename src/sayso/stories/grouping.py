"""Articles and stories → groups, by average linkage held to what the user decided."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sayso.reading.terms import Terms
from sayso.stories.likeness import (
    ENOUGH,
    FADE,
    FADE_DAYS,
    FADED,
    UNDATED,
    Background,
    Profile,
    profile,
    span,
    within,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user settled, of articles, so that it outlives every regrouping. `join`: the stories of `articles` are one (one of
    each will do; all of them where a `part` stood between). `part`: `articles` are a story of their own, apart from `others`.
    `name`: the story of `articles` is called `name`. `undo`: the decision of that number (from 1, in the order of the log) no
    longer holds.
    """

    kind: Literal["join", "part", "name", "undo"]
    articles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    name: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Articles, and whole stories by their ids, that are one story."""

    articles: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()


def group(articles: Iterable[Terms], background: Background, decisions: Sequence[Decision] = ()) -> list[Group]:
    """The stories of a batch, in any order the same. Time and memory grow with the square: for some thousands of articles."""
    return regroup(articles, (), background, decisions=decisions)


def regroup(
    articles: Iterable[Terms],
    stories: Iterable[Profile],
    background: Background,
    *,
    decisions: Sequence[Decision] = (),
    homes: Mapping[str, str] | None = None,
) -> list[Group]:
    """Average linkage over articles and whole stories, held to the decisions. `homes`: article → story, for articles inside those
    whole stories that a decision names.
    """
    given = in_order(articles)
    units = [profile("", [terms], background) for terms in given]
    whole = sorted(stories, key=lambda s: s.story)
    at = {terms.article: i for i, terms in enumerate(given)}
    place_of = {story.story: len(units) + i for i, story in enumerate(whole)}
    at |= {article: place_of[story] for article, story in (homes or {}).items() if story in place_of}
    joins, parts = bonds(decisions)
    apart = {
        (i, j)
        for left, right in parts
        for i in {at[a] for a in left if a in at}
        for j in {at[a] for a in right if a in at}
        if i != j
    }
    found = _agglomerate([*units, *whole], apart)
    held = [{at[a] for a in articles if a in at} for articles in joins]
    return [
        Group(
            tuple(given[i].article for i in members if i < len(given)),
            tuple(whole[i - len(given)].story for i in members if i >= len(given)),
        )
        for members in _joined(found, held, apart)
    ]


def bonds(decisions: Sequence[Decision]) -> tuple[list[frozenset[str]], list[tuple[frozenset[str], frozenset[str]]]]:
    """What holds after all decisions: articles that are together, and pairs of sides that are apart. The later one wins. No article is
    in two bonds, and a side takes in what is bound to it, so that likeness draws none of that over to the other side.
    """
    joins: list[frozenset[str]] = []
    parts: list[tuple[frozenset[str], frozenset[str]]] = []
    for decision in standing(decisions):
        if decision.kind == "name":
            continue
        articles = frozenset(decision.articles)
        others = frozenset(decision.others) - articles
        cut = [(join - articles, join & articles) if join & others else (join,) for join in joins]
        joins = [piece for pieces in cut for piece in pieces]
        bound = articles.union(*(join for join in joins if join & articles))
        joins = [*(join for join in joins if not join & articles), bound]
        parts = [(left, right) for left, right in parts if not (bound & left and bound & right)]
        if decision.kind == "part":
            parts.append((articles, others))
    grown = [tuple(side.union(*(join for join in joins if join & side)) for side in sides) for sides in parts]
    return [join for join in joins if len(join) > 1], [(left, right) for left, right in grown]


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that no later one undoes."""
    undone = {decision.undoes for decision in decisions if decision.kind == "undo"}
    return [d for number, d in enumerate(decisions, 1) if d.kind != "undo" and number not in undone]


def in_order(articles: Iterable[Terms]) -> list[Terms]:
    """Articles by their first possible day, undated ones last; of one day by id."""
    return sorted(articles, key=lambda terms: (span(terms)[0] or date.max, terms.article))


def _agglomerate(units: Sequence[Profile], apart: Collection[tuple[int, int]]) -> list[list[int]]:
    """The best fitting two become one until nothing fits any more. Each row remembers its best partner, so that a merge looks at few."""
    size = len(units)
    groups: list[list[int]] = [[i] for i in range(size)]
    if size < 2:
        return groups
    products = _products(units)
    count = np.array([max(unit.articles, 1) for unit in units], dtype=float)
    inner = np.array([unit.inner for unit in units])
    inside = np.array([within(unit.inner, unit.articles) for unit in units])
    first = np.array([unit.start.toordinal() if unit.start else math.nan for unit in units])
    last = np.array([unit.end.toordinal() if unit.end else math.nan for unit in units])
    barred = np.eye(size, dtype=bool)
    for i, j in apart:
        barred[i, j] = barred[j, i] = True

    def fits(a: int) -> Floats:
        gap = np.maximum(0, np.maximum(first - last[a], first[a] - last))
        faded = np.where(np.isnan(gap), UNDATED, np.maximum(FADED, 1 - FADE * np.log2(1 + gap / FADE_DAYS)))
        row = products[a] / (count[a] * count) * faded / (ENOUGH * np.sqrt(inside[a] * inside))
        return np.asarray(np.where(barred[a], -1.0, row))

    scores = np.array([fits(a) for a in range(size)])
    best, partner = scores.max(axis=1), scores.argmax(axis=1)
    while best[a := int(best.argmax())] >= 1:
        b = int(partner[a])
        groups[a] += groups[b]
        groups[b] = []
        inner[a] += inner[b] + products[a, b]
        count[a] += count[b]
        products[a] += products[b]
        products[:, a] = products[a]
        first[a], last[a] = np.fmin(first[a], first[b]), np.fmax(last[a], last[b])
        inside[a] = within(inner[a], count[a])
        barred[a] |= barred[b]
        barred[:, a] = barred[a]
        barred[b] = barred[:, b] = True
        scores[b] = scores[:, b] = -1.0
        scores[a] = scores[:, a] = fits(a)
        best[b] = -1.0
        stale = np.flatnonzero((partner == a) | (partner == b) | (np.arange(size) == a))
        best[stale], partner[stale] = scores[stale].max(axis=1), scores[stale].argmax(axis=1)
        better = np.flatnonzero(scores[:, a] > best)
        best[better], partner[better] = scores[better, a], a
    return [members for members in groups if members]


def _products(units: Sequence[Profile]) -> Floats:
    """The dot products of all pairs, 0 on the diagonal; term by term, since most pairs share little."""
    held: dict[str, tuple[list[int], list[float]]] = {}
    for i, unit in enumerate(units):
        for term, value in unit.sums.items():
            where, values = held.setdefault(term, ([], []))
            where.append(i)
            values.append(value)
    products = np.zeros((len(units), len(units)))
    for where, values in held.values():
        if len(where) > 1:
            products[np.ix_(where, where)] += np.outer(values, values)
    np.fill_diagonal(products, 0.0)
    return products


def _joined(groups: list[list[int]], held: Iterable[set[int]], apart: Collection[tuple[int, int]]) -> list[list[int]]:
    """The groups with those joined that hold parts of one bond, save where that would bring together what is apart."""
    for bond in held:
        touched = [members for members in groups if not bond.isdisjoint(members)]
        whole = sorted(i for members in touched for i in members)
        if len(touched) > 1 and not any(i in whole and j in whole for i, j in apart):
            groups = [members for members in groups if members not in touched] + [whole]
    return groups

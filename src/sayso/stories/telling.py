"""What a story is called, who is in it, and its episodes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sayso.reading.terms import Terms, root
from sayso.records import Story
from sayso.stories.grouping import Decision, in_order, standing
from sayso.stories.likeness import Background, Profile, dot, profile, span

GAP = timedelta(days=60)  # without a report, after which a new episode begins
VAGUE = timedelta(days=90)  # a report that may be of any day in more than this cannot open an episode or bridge two
PEOPLE = 8
PERSON, FULL = 2.0, 1.5  # a title is rather of persons and of full names


def describe(
    story: str, articles: Iterable[Terms], background: Background, decisions: Sequence[Decision] = ()
) -> Story:
    """The record of a story: its name, people, span and episodes, from the terms of its articles."""
    given = in_order(articles)
    ids = {terms.article for terms in given}
    called = [d.name for d in standing(decisions) if d.kind == "name" and d.name and ids & set(d.articles)]
    people = _people(given)
    days = [day for terms in given for day in span(terms) if day]
    return Story(
        story,
        called[-1] if called else _name(given, people, background),
        tuple(terms.article for terms in given),
        min(days, default=None),
        max(days, default=None),
        tuple(_written(name, given) for name in people[:PEOPLE]),
        episodes(given, background),
    )


def episodes(
    articles: Iterable[Terms], background: Background
) -> tuple[tuple[date | None, date | None, tuple[str, ...]], ...]:
    """The bursts of a story, by date, with more than `GAP` between. A report whose days are too far apart, or that has none, goes to the
    one burst its days allow, else to the one it is most like; where nothing is dated, all is one episode without days.
    """
    given = in_order(articles)
    bursts: list[tuple[date, date, list[Terms]]] = []
    for terms in given:
        if terms.start and terms.end and terms.end - terms.start <= VAGUE:
            if bursts and terms.start - bursts[-1][1] <= GAP:
                first, last, members = bursts.pop()
                bursts.append((first, max(last, terms.end), [*members, terms]))
            else:
                bursts.append((terms.start, terms.end, [terms]))
    if not bursts:
        return ((None, None, tuple(terms.article for terms in given)),) if given else ()
    found = [[terms.article for terms in members] for _, _, members in bursts]
    placed = {article for ids in found for article in ids}
    profiles = [profile("", members, background) for _, _, members in bursts]
    for terms in given:
        if terms.article not in placed:
            likest = _likest(terms, bursts, profiles, background)
            found[likest].append(terms.article)
    return tuple((first, last, tuple(ids)) for (first, last, _), ids in zip(bursts, found, strict=True))


def _likest(
    terms: Terms,
    bursts: Sequence[tuple[date, date, list[Terms]]],
    profiles: Sequence[Profile],
    background: Background,
) -> int:
    start, end = terms.start or date.min, terms.end or date.max
    allowed = [i for i, (first, last, _) in enumerate(bursts) if start - last <= GAP and first - end <= GAP]
    one = profile("", [terms], background)
    return max(allowed or range(len(bursts)), key=lambda i: dot(one.sums, profiles[i].sums) / profiles[i].articles)


def _people(articles: Sequence[Terms]) -> list[str]:
    """The full names of the persons that a good part of the articles name, by how many do; a fuller form of a name is not a second."""
    told = Counter(name for terms in articles for name in terms.people)
    mentions = Counter({name: sum(terms.counts.get(name, 0) for terms in articles) for name in told})
    ranked = sorted(told, key=lambda name: (-told[name], -mentions[name], name))
    chosen: list[str] = []
    for name in ranked:
        words = set(name.split())
        if told[name] >= len(articles) / 4 and not any(
            words <= set(c.split()) or words >= set(c.split()) for c in chosen
        ):
            chosen.append(name)
    return chosen


def _name(articles: Sequence[Terms], people: Sequence[str], background: Background) -> str:
    """Who or what it is about, and the word that sets it apart: "Ada Crane, Norda United: contract"."""
    share = Counter(term for terms in articles for term in terms.counts)
    scores: dict[str, float] = {}
    for terms in articles:
        for term, count in terms.counts.items():
            weight = (1 + math.log(count)) * background.idf(term) * share[term] / len(articles)
            scores[term] = scores.get(term, 0.0) + weight / len(articles)
    named = Counter(term for terms in articles for term in terms.names)
    names = {term for term, times in named.items() if 2 * times >= share[term] and term in scores}
    for term in names:
        if " " in term:
            scores[term] = max(scores.get(root(word), 0.0) for word in term.split()) * share[term] / len(articles)
    heads: list[str] = []
    for term in sorted(names, key=lambda t: (-scores[t] * (PERSON if t in people else FULL if " " in t else 1), t)):
        if len(heads) < 2 and len(term) > 2 and not any(_overlap(term, head) for head in heads):
            heads.append(term)
    plain = (t for t in sorted(scores, key=lambda t: (-scores[t], t)) if t not in named and t.isalpha() and len(t) > 3)
    words = (word for word in (_written(term, articles) for term in plain) if not word.endswith("ly"))
    subject = ", ".join(_written(term, articles) for term in heads)
    return ": ".join(part for part in (subject, next(words, "")) if part) or "untitled"


def _overlap(one: str, other: str) -> bool:
    return not {root(word) for word in one.split()}.isdisjoint(root(word) for word in other.split())


def _written(term: str, articles: Iterable[Terms]) -> str:
    """The commonest way a term is written."""
    ways = Counter(terms.names.get(term) or terms.forms.get(term) or term for terms in articles if term in terms.counts)
    return min(ways, key=lambda way: (-ways[way], way))

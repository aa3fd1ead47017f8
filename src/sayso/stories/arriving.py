"""Articles arrive and users decide: what changes in the stories, from look-ups whose number does not grow with the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from sayso.reading.terms import Terms
from sayso.records import content_id
from sayso.stories.grouping import Decision, Group, bonds, in_order, regroup
from sayso.stories.likeness import Background, Profile, candidates, fit, handles, lookups, merged, place, profile

NEAR = 0.5  # fit from which a story is looked at again beside one that was touched
WHOLE = 40  # articles above which a story is one piece when stories are looked at again
MOST = 1500  # articles looked at together; where neighbours hold more, the largest stories are one piece


class Shelf(Protocol):
    """What grouping asks of whoever keeps the stories: look-ups, none of which reads more than it was asked for."""

    def background(self, terms: Collection[str]) -> Background:
        """The number of articles, and of those that hold each of these terms."""

    def stories_with(self, handles: Collection[str]) -> Mapping[str, Collection[str]]:
        """Handle → the stories it leads to; those of a crowded handle may be left out."""

    def profiles(self, stories: Collection[str]) -> Iterable[Profile]:
        """The profiles of these stories."""

    def articles(self, stories: Collection[str]) -> Mapping[str, Sequence[Terms]]:
        """Story → the terms of its articles."""

    def story_of(self, articles: Collection[str]) -> Mapping[str, str]:
        """Article → its story, of these articles."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a batch changed: article → story for the articles of every story that was built anew (new and moved ones are among
    them), the profiles of the stories that are new or other than before, and the stories that are no more.
    """

    members: Mapping[str, str]
    profiles: tuple[Profile, ...]
    gone: frozenset[str]


def take_in(batch: Iterable[Terms], shelf: Shelf, decisions: Sequence[Decision] = ()) -> Changes:
    """Place each article of a batch, then look again at the stories that were touched, with their neighbours. The articles are new
    to the shelf, and its background counts them already.
    """
    desk = _Desk(shelf)
    for terms in in_order(batch):
        desk.put(terms)
    desk.rejoin(decisions)
    return desk.changes()


def settle(decision: Decision, shelf: Shelf, decisions: Sequence[Decision]) -> Changes:
    """Carry out what the user decided, at once and to the letter; `decisions` is the log, this one at its end. A name changes no
    grouping; an undone decision has its stories looked at again.
    """
    desk = _Desk(shelf)
    if decision.kind == "join":
        desk.join(decision.articles)
    elif decision.kind == "part":
        desk.part(decision.articles)
    elif decision.kind == "undo" and decision.undoes and 0 < decision.undoes <= len(decisions):
        undone = decisions[decision.undoes - 1]
        about = {*undone.articles, *undone.others}
        held = [join for join in bonds(decisions)[0] if not join.isdisjoint(about)]
        desk.touch(about.union(*held))
        desk.rejoin(decisions, held)
    return desk.changes()


class _Once:
    """A shelf that is asked for each term once: what it holds does not change while a batch is worked on, and a batch asks much the same."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.counts: dict[str, int] = {}
        self.leads: dict[str, Collection[str]] = {}
        self.total: int | None = None

    def background(self, terms: Collection[str]) -> Background:
        """The number of articles, and of those that hold each term asked for so far."""
        missing = [term for term in terms if term not in self.counts]
        if missing or self.total is None:
            found = self.shelf.background(missing)
            self.total = found.articles
            self.counts |= {term: found.counts.get(term, 0) for term in missing}
        return Background(self.total, self.counts)

    def stories_with(self, handles: Collection[str]) -> dict[str, Collection[str]]:
        """Handle → the stories it leads to; of a crowded one none."""
        if missing := [handle for handle in handles if handle not in self.leads]:
            found = self.shelf.stories_with(missing)
            self.leads |= {handle: found.get(handle, ()) for handle in missing}
        return {handle: self.leads[handle] for handle in handles}


class _Desk:
    """The stories being worked on: what was fetched from the shelf, and what has changed since."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.once = _Once(shelf)
        self.stories: dict[str, Profile] = {}
        self.leads: dict[str, set[str]] = {}
        self.fresh: dict[str, list[Terms]] = {}
        self.members: dict[str, str] = {}
        self.touched: dict[str, None] = {}
        self.gone: set[str] = set()

    def put(self, terms: Terms) -> None:
        """Place one new article."""
        background = self.once.background(terms.counts)
        article = profile("", [terms], background)
        story = place(article, self.near(article, lookups(article)))
        if story is None:
            story = self.new_id(terms.article)
            self.stories[story] = replace(article, story=story)
        else:
            self.stories[story] = merged(self.stories[story], article)
        self.fresh.setdefault(story, []).append(terms)
        self.mark(story)
        self.members[terms.article] = story

    def near(self, article: Profile, terms: Collection[str]) -> list[Profile]:
        """The candidates for an article or a story, fetched."""
        found = {term: set(stories) - self.gone for term, stories in self.once.stories_with(terms).items()}
        for term in terms:
            found.setdefault(term, set()).update(self.leads.get(term, ()))
        names = [name for name in candidates(article, found) if name != article.story]
        self.fetch(names)
        return [self.stories[name] for name in names if name in self.stories]

    def fetch(self, names: Iterable[str]) -> None:
        missing = [name for name in names if name not in self.stories and name not in self.gone]
        if missing:
            self.stories |= {story.story: story for story in self.shelf.profiles(missing)}

    def mark(self, story: str) -> None:
        self.touched[story] = None
        self.gone.discard(story)
        for term in handles(self.stories[story]):
            self.leads.setdefault(term, set()).add(story)

    def drop(self, story: str) -> None:
        self.gone.add(story)
        self.touched.pop(story, None)
        self.stories.pop(story, None)
        self.fresh.pop(story, None)
        for stories in self.leads.values():
            stories.discard(story)

    def new_id(self, article: str) -> str:
        """An id from the article that opens a story; another where that id is taken by a story the article has left."""
        number = 0
        while True:
            story = content_id("story", article, *([str(number)] if number else []))
            self.fetch([story])
            if story not in self.stories and story not in self.gone:
                return story
            number += 1

    def touch(self, articles: Collection[str]) -> None:
        """Have the stories of these articles looked at again."""
        homes = set(self.shelf.story_of(articles).values())
        self.fetch(homes)
        for story in sorted(homes & set(self.stories)):
            self.mark(story)

    def contents(self, story: str) -> list[Terms]:
        """All articles of a story."""
        kept = self.shelf.articles([story]).get(story, ())
        here = {
            t.article: t for t in (*kept, *self.fresh.get(story, ())) if self.members.get(t.article, story) == story
        }
        return list(here.values())

    def join(self, articles: Collection[str]) -> None:
        """Make the stories of these articles one, under the id of the largest."""
        homes = sorted(set(self.shelf.story_of(articles).values()))
        self.fetch(homes)
        homes.sort(key=lambda s: -self.stories[s].articles)
        for other in homes[1:]:
            self.members |= {terms.article: homes[0] for terms in self.contents(other)}
            self.stories[homes[0]] = merged(self.stories[homes[0]], self.stories[other])
            self.drop(other)
            self.mark(homes[0])

    def part(self, articles: Collection[str]) -> None:
        """Take these articles out of their stories, into one of their own; nothing to do where they are one already."""
        homes = sorted(set(self.shelf.story_of(articles).values()))
        contents = {story: self.contents(story) for story in homes}
        taken = [terms for story in homes for terms in contents[story] if terms.article in articles]
        if not taken or (len(homes) == 1 and len(taken) == len(contents[homes[0]])):
            return
        self.fetch(homes)
        own = self.new_id(min(articles))
        self.build(own, taken)
        for story in homes:
            left = [terms for terms in contents[story] if terms.article not in articles]
            if left:
                self.build(story, left)
            else:
                self.drop(story)

    def build(self, story: str, articles: Sequence[Terms], whole: Iterable[Profile] = ()) -> None:
        """Make a story anew of its articles and of whole stories."""
        background = self.once.background({term for terms in articles for term in terms.counts})
        made = profile(story, articles, background)
        for other in whole:
            made = merged(made, other)
        self.stories[story] = made
        self.mark(story)
        self.members |= {terms.article: story for terms in articles}
        self.fresh.setdefault(story, []).extend(articles)

    def rejoin(self, decisions: Sequence[Decision], held: Iterable[Collection[str]] = ()) -> None:
        """Group the touched stories and their neighbours afresh, neighbourhood by neighbourhood; `held` are articles that an undone
        decision kept from their bond, and that are looked at together.
        """
        for names in self.neighbourhoods([set(self.shelf.story_of(bond).values()) for bond in held]):
            if len(names) > 1 or self.stories[names[0]].articles > 1:
                self.regroup(names, decisions)

    def neighbourhoods(self, bound: Iterable[Collection[str]]) -> list[list[str]]:
        """Touched stories with those that nearly fit them, and those bound together, chained."""
        root: dict[str, str] = {}

        def of(story: str) -> str:
            while root.setdefault(story, story) != story:
                story = root[story]
            return story

        for story in list(self.touched):
            mine = self.stories[story]
            root.setdefault(story, story)
            for other in self.near(mine, handles(mine)):
                if fit(mine, other) >= NEAR:
                    root[of(other.story)] = of(story)
        for stories in bound:
            for one, next_to_it in pairwise(sorted(stories)):
                root[of(next_to_it)] = of(one)
        chained: dict[str, list[str]] = {}
        for story in root:
            chained.setdefault(of(story), []).append(story)
        return list(chained.values())

    def regroup(self, names: Sequence[str], decisions: Sequence[Decision]) -> None:
        """One neighbourhood. A group keeps the id of the story that most of it comes from."""
        whole, loose = dict[str, Profile](), 0
        for story in sorted((self.stories[name] for name in names), key=lambda s: (s.articles, s.story)):
            loose += story.articles
            if story.articles > WHOLE or loose > MOST:
                whole[story.story] = story
        before = {name: self.contents(name) for name in names if name not in whole}
        terms = {t.article: t for contents in before.values() for t in contents}
        origin = {t.article: name for name, contents in before.items() for t in contents}
        decided = {a for d in decisions for a in (*d.articles, *d.others)} - set(terms) if whole else set()
        groups = regroup(
            terms.values(),
            whole.values(),
            self.once.background({term for t in terms.values() for term in t.counts}),
            decisions=decisions,
            homes={a: self.members.get(a, home) for a, home in self.shelf.story_of(decided).items()} if decided else {},
        )
        kept: dict[str, Group] = {}
        for one in sorted(
            groups, key=lambda g: (-len(g.articles) - sum(whole[s].articles for s in g.stories), g.articles)
        ):
            votes = Counter(origin[a] for a in one.articles) + Counter({s: whole[s].articles for s in one.stories})
            free = sorted((name for name in votes if name not in kept), key=lambda name: (-votes[name], name))
            kept[free[0] if free else self.new_id(one.articles[0])] = one
        for name, one in kept.items():
            for other in one.stories:
                if other != name:
                    self.members |= {t.article: name for t in self.contents(other)}
        for name in names:
            if name not in kept:
                self.drop(name)
        for name, one in kept.items():
            same = set(one.articles) == {t.article for t in before.get(name, ())} and one.stories in ((), (name,))
            if not same or (name in before and name in self.touched):
                self.build(name, [terms[a] for a in one.articles], [whole[s] for s in one.stories])

    def changes(self) -> Changes:
        return Changes(self.members, tuple(self.stories[s] for s in self.touched), frozenset(self.gone))

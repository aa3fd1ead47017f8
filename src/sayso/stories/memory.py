"""Stories kept in memory: for a batch that needs no ledger, for the measures and for tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from sayso.reading.terms import Terms
from sayso.stories.arriving import Changes, settle, take_in
from sayso.stories.grouping import Decision
from sayso.stories.likeness import Background, Profile, handles

CROWDED = 100  # stories under a handle from which it leads nowhere: a name that half the news shares tells nothing


class Memory:
    """A Shelf that also takes in: what a ledger does, in dictionaries."""

    def __init__(self) -> None:
        self.terms: dict[str, Terms] = {}
        self.counts: Counter[str] = Counter()
        self.kept: dict[str, Profile] = {}
        self.leads: dict[str, set[str]] = {}
        self.members: dict[str, str] = {}
        self.contents: dict[str, set[str]] = {}
        self.decisions: list[Decision] = []

    def add(self, batch: Iterable[Terms]) -> Changes:
        """Take in a batch; articles already there are passed over."""
        new = {terms.article: terms for terms in batch if terms.article not in self.terms}
        self.terms |= new
        for terms in new.values():
            self.counts.update(terms.counts.keys())
        changes = take_in(new.values(), self, self.decisions)
        self.save(changes)
        return changes

    def decide(self, decision: Decision) -> Changes:
        """Log a decision and carry it out."""
        self.decisions.append(decision)
        changes = settle(decision, self, self.decisions)
        self.save(changes)
        return changes

    def save(self, changes: Changes) -> None:
        """Keep what changed."""
        for story in (*changes.gone, *(p.story for p in changes.profiles)):
            if old := self.kept.pop(story, None):
                for handle in handles(old):
                    self.leads[handle].discard(story)
        for profile in changes.profiles:
            self.kept[profile.story] = profile
            for handle in handles(profile):
                self.leads.setdefault(handle, set()).add(profile.story)
        for article, story in changes.members.items():
            if old_story := self.members.get(article):
                self.contents[old_story].discard(article)
            self.members[article] = story
            self.contents.setdefault(story, set()).add(article)

    def all(self) -> Background:
        """The background with every count."""
        return Background(len(self.terms), self.counts)

    def background(self, terms: Collection[str]) -> Background:
        """As in Shelf."""
        return Background(len(self.terms), {term: self.counts[term] for term in terms})

    def stories_with(self, handles: Collection[str]) -> Mapping[str, Collection[str]]:
        """As in Shelf."""
        found = {handle: self.leads.get(handle, set()) for handle in handles}
        return {handle: stories for handle, stories in found.items() if len(stories) <= CROWDED}

    def profiles(self, stories: Collection[str]) -> Iterable[Profile]:
        """As in Shelf."""
        return [self.kept[story] for story in stories if story in self.kept]

    def articles(self, stories: Collection[str]) -> Mapping[str, Sequence[Terms]]:
        """As in Shelf."""
        return {story: [self.terms[a] for a in sorted(self.contents.get(story, ()))] for story in stories}

    def story_of(self, articles: Collection[str]) -> Mapping[str, str]:
        """As in Shelf."""
        return {article: self.members[article] for article in articles if article in self.members}

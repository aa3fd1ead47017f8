"""Per story: articles into stories, and claims tied to the report or the original they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from sayso.articles.copies import MOST_PER_KEY, copies_of, pack, place, shortlist, sketch, unpack
from sayso.held import keep_reckonings
from sayso.ledger import ClaimFilter, Kept, Ledger, Tied, first_of
from sayso.origins import rests_on, tie
from sayso.reading.terms import Terms
from sayso.records import Article, Story
from sayso.stories import Background, Changes, Decision, Profile, describe, handles, settle, take_in

BATCH = 400  # articles placed at a time
KINDS: Final = ("join", "part", "name", "undo")


class Grouped(NamedTuple):
    """What grouping touched: the stories that are new or changed, and the articles that were placed."""

    stories: frozenset[str]
    articles: frozenset[str]


class LedgerShelf:
    """What grouping asks of whoever keeps the stories, answered by a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._stories = ledger.stories

    def background(self, terms: Collection[str]) -> Background:
        """The number of articles, and of those that hold each of these terms."""
        return Background(*self._stories.background(terms))

    def stories_with(self, handles: Collection[str]) -> Mapping[str, Collection[str]]:
        """Handle → the stories it leads to."""
        return self._stories.led_to(handles)

    def profiles(self, stories: Collection[str]) -> Iterable[Profile]:
        """The profiles of these stories."""
        return [Profile.unpacked(data) for data in self._stories.profiles(stories)]

    def articles(self, stories: Collection[str]) -> Mapping[str, Sequence[Terms]]:
        """Story → the terms of its articles."""
        return {story: [Terms.unpacked(d) for d in held] for story, held in self._stories.terms_of(stories).items()}

    def story_of(self, articles: Collection[str]) -> Mapping[str, str]:
        """Article → its story, of these articles."""
        return self._stories.story_of(articles)


def group(ledger: Ledger) -> Grouped:
    """Find the copies among what is new, place every article that stands in no story yet, and tie and count the claims of the stories that
    changed: by this run, or one that was cut off. Several may run at once; each step is taken by one of them.
    """
    _find_copies(ledger)
    touched, placed = set[str](), set[str]()
    while True:
        with ledger.as_one():
            batch = [Terms.unpacked(data) for data in ledger.stories.unplaced(most=BATCH)]
            if not batch:
                break
            touched |= _keep(ledger, take_in(batch, LedgerShelf(ledger), decisions(ledger)), batch)
            placed.update(terms.article for terms in batch)
    _tie(ledger)
    return Grouped(frozenset(touched), frozenset(placed))


def _find_copies(ledger: Ledger) -> None:
    """Hold every new article against those that share a key with it, one transaction each."""
    waiting = ledger.copies.unsketched()
    for at in range(0, len(waiting), BATCH):
        for article in ledger.articles(ids=waiting[at : at + BATCH]):
            with ledger.as_one():
                _find_copies_of(article, ledger)


def _find_copies_of(article: Article, ledger: Ledger) -> None:
    if ledger.copies.is_sketched(article.id):
        return
    new = sketch(article)
    shared = shortlist(ledger.copies.sharing(new.bands, most=MOST_PER_KEY))
    # A version is no copy of another: they are one report.
    own = {version.article for version in ledger.versions.of(article.id)}
    found = [unpack(data) for data in ledger.copies.sketches(set(shared) - own)]
    made = place(new, found)
    ledger.copies.save(article.id, pack(new), new.bands, [*([made] if made else []), *copies_of(new, found)])


def decide(ledger: Ledger, decision: Decision) -> frozenset[str]:
    """Log what the user settled and carry it out; the stories it touched."""
    with ledger.as_one():
        touched = _decided(ledger, decision)
    _tie(ledger)
    keep_reckonings(ledger)
    return touched


def _decided(ledger: Ledger, decision: Decision) -> frozenset[str]:
    data = {"articles": decision.articles, "others": decision.others, "name": decision.name, "undoes": decision.undoes}
    ledger.stories.decide(decision.kind, data)
    shelf = LedgerShelf(ledger)
    touched = _keep(ledger, settle(decision, shelf, decisions(ledger)), ())
    named = {shelf.story_of(decision.articles).get(a, "") for a in decision.articles} - touched - {""}
    if decision.kind in ("name", "undo") and named:
        _keep(ledger, Changes({}, tuple(shelf.profiles(named)), frozenset()), ())
    return frozenset(touched)


def decisions(ledger: Ledger) -> list[Decision]:
    """The log of what users settled."""
    kinds: dict[str, Literal["join", "part", "name", "undo"]] = {k: k for k in KINDS}
    return [
        Decision(kinds[kind], tuple(d["articles"]), tuple(d["others"]), d["name"], d["undoes"])
        for kind, d in ledger.stories.decisions()
    ]


def _keep(ledger: Ledger, changes: Changes, batch: Sequence[Terms]) -> set[str]:
    shelf = LedgerShelf(ledger)
    renewed = {p.story for p in changes.profiles}
    before = set(shelf.story_of(changes.members).values())
    held = {t.article: (story, t) for story, found in shelf.articles(renewed | before).items() for t in found}
    held |= {t.article: ("", t) for t in batch}
    by_story: dict[str, list[Terms]] = defaultdict(list)
    for article, (story, terms) in held.items():
        by_story[changes.members.get(article, story)].append(terms)
    log, kept = decisions(ledger), []
    for profile in changes.profiles:
        articles = by_story[profile.story]
        background = shelf.background({term for t in articles for term in t.counts})
        told = describe(profile.story, articles, background, log)
        kept.append(Kept(told, profile.packed(), handles(profile)))
    ledger.stories.save(changes.members, kept, changes.gone)
    return renewed


def _tie(ledger: Ledger) -> None:
    """Tie the claims of each story that changed to what they relay, and count what it rests on."""
    for changed in ledger.tallies.untied():
        with ledger.as_one():
            for story in ledger.stories.all(ids=[changed]):
                if len(story.articles) > 1:
                    _tie_within(ledger, frozenset(story.articles))
                _count(ledger, story)


def _tie_within(ledger: Ledger, members: frozenset[str]) -> None:
    articles = {a.id: a for a in ledger.articles(ids=members)}
    claims = [r.claim for r in ledger.claims(ClaimFilter(articles=members))]
    known = ledger.copies.all(members)
    roots = {one: first_of(one, known) for one in known}
    # What was copied may have been edited since: its claims are those of the version that stands.
    standing = ledger.versions.standing(roots.values())
    copies = {one: root for one in known if (root := standing.get(roots[one], roots[one])) in articles}
    ties = [Tied(t.claim, t.article, t.said_as, t.origin, t.reason) for t in tie(articles, claims, copies)]
    ledger.stories.save_ties([c.id for c in claims], ties)


def _count(ledger: Ledger, story: Story) -> None:
    grounds = ledger.tallies.counted([story.id])[story.id]
    counts = rests_on(grounds.said(set(story.articles) - ledger.versions.gone_in([story.id])))
    ledger.tallies.save(story.id, (counts.outlets, counts.origins), grounds)

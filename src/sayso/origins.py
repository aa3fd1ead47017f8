"""One origin is one origin: claims tied across articles to the report or the original they come from.

A relay ("The Athletic report that …") is tied to that outlet's own article where the ledger holds it: by outlet, time and content.
A claim in a copy is tied to the same words in the original. What is tied has the origin of what it is tied to; everything else keeps
its own. Pure functions over records.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from sayso.records import Article, Claim

LIKE = 0.4  # share of the shorter content's telling words that the longer must hold
REACH = timedelta(days=14)  # a relay is seldom later than that after what it relays
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+", re.UNICODE)
_SMALL = frozenset(
    "a an the of in on at to for from by with as and or but nor so if that which who whom whose this these those it its he she they them his her "
    "their we our you your i is are was were be been being has have had do does did will would can could may might must shall should not no "
    "there here than then when while where what how why about after before into over under between up down out off again also just only more "
    "most very said says say told report reports reported according".split()
)


@dataclass(frozen=True, slots=True)
class Tie:
    """A claim and what it comes from: the article, the claim in it where one says the same, the origin it takes, and why."""

    claim: str
    article: str
    said_as: str | None
    origin: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Count:
    """`outlets` that print something, and the independent `origins` it rests on, most claims first."""

    outlets: tuple[str, ...]
    origins: tuple[tuple[str, int], ...]

    @property
    def words(self) -> str:
        """'9 outlets, 2 independent origins'."""
        return counted_words(len(self.outlets), len(self.origins))


def counted_words(outlets: int, origins: int) -> str:
    """'9 outlets, 2 independent origins'; where no report names its outlet, that is said and not counted as none."""
    printed = f"{outlets} outlet{'s' * (outlets != 1)}" if outlets else "outlets unknown"
    rests = f"{origins} independent origin{'s' * (origins != 1)}"
    return f"{printed}, {rests}" if outlets or origins else "nothing on record"


@lru_cache(maxsize=65536)  # the same few thousand names, over and over
def plain(name: str) -> str:
    """A name for comparison: lower case, without article and marks."""
    return " ".join(_WORD.findall(name.lower().removeprefix("the "))) or name.lower()


def words_of(claim: Claim) -> frozenset[str]:
    """The telling words of a claim's content, shorn of the commonest endings."""
    found = (w.lower().replace("’s", "").replace("'s", "") for w in _WORD.findall(claim.content))
    return frozenset(_stem(w) for w in found if w not in _SMALL and len(w) > 1)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller set that the larger holds, 0 … 1; sets under three words are like nothing."""
    least = min(len(one), len(other))
    return len(one & other) / least if least >= 3 else 0.0


def tie(
    articles: Mapping[str, Article], claims: Sequence[Claim], copies: Mapping[str, str] | None = None
) -> tuple[Tie, ...]:
    """The ties among the claims of one story. `copies` says of which article another is a copy."""
    copies = copies or {}
    by_article: dict[str, list[Claim]] = defaultdict(list)
    by_outlet: dict[str, list[Article]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    for article in articles.values():
        if article.outlet.name and article.id not in copies:
            by_outlet[plain(article.outlet.name)].append(article)
    made = []
    for claim in claims:
        article = articles[claim.article]
        found = None
        if article.id in copies and copies[article.id] in articles:
            found = _copied(claim, articles[copies[article.id]], by_article)
        made.append(found or _relayed(claim, article, by_outlet, by_article))
    return tuple(one for one in made if one is not None)


def _copied(claim: Claim, original: Article, by_article: Mapping[str, Sequence[Claim]]) -> Tie | None:
    """The same words in the original."""
    mine = words_of(claim)
    best = max(((likeness(mine, words_of(c)), c) for c in by_article[original.id]), key=lambda p: p[0], default=None)
    if best is None or best[0] < 0.8:
        return None
    name = original.outlet.name or "the original"
    return Tie(claim.id, original.id, best[1].id, best[1].origin, f"copied from {name}")


def _relayed(
    claim: Claim,
    article: Article,
    by_outlet: Mapping[str, Sequence[Article]],
    by_article: Mapping[str, Sequence[Claim]],
) -> Tie | None:
    """The article of an outlet named in the chain, not later than the relay, that says the same."""
    home = plain(article.outlet.name or "")
    named = [plain(link.name) for link in claim.chain if link.name != "?"]
    through = [name for name in named if name != home and name in by_outlet]
    if not through:
        return None
    mine = words_of(claim)
    candidates = [
        (likeness(mine, words_of(one)), one.confidence, one, source)
        for name in through
        for source in by_outlet[name]
        if source.id != article.id and _before(source, article)
        for one in by_article[source.id]
    ]
    best = max(candidates, key=lambda c: (c[0], c[1], c[2].id), default=None)
    if best is None or best[0] < LIKE:
        return None
    return Tie(claim.id, best[3].id, best[2].id, best[2].origin or best[3].outlet.name, f"relays {best[3].outlet.name}")


def _before(source: Article, relay: Article) -> bool:
    """Whether `source` may have been out before `relay`; where a day is missing, it may."""
    first, last = source.published.start, relay.published.end
    if first is None or last is None:
        return True
    return first <= last and _latest(source) >= (relay.published.start or last) - REACH


def _latest(article: Article) -> date:
    return article.published.end or article.published.start or date.max


def count(claims: Iterable[Claim], articles: Mapping[str, Article], ties: Iterable[Tie] = ()) -> Count:
    """How many outlets print these claims, and on how many independent origins they rest."""
    tied = {one.claim: one.origin for one in ties if one.origin}
    return rests_on((articles[claim.article].outlet.name, tied.get(claim.id, claim.origin), 1) for claim in claims)


def rests_on(said: Iterable[tuple[str | None, str | None, int]]) -> Count:
    """The outlets and the independent origins of claims given as (outlet, origin, how many). Of several spellings the commonest is shown."""
    outlets: dict[str, Counter[str]] = defaultdict(Counter)
    origins: dict[str, Counter[str]] = defaultdict(Counter)
    for outlet, origin, number in said:
        if outlet:
            outlets[plain(outlet)][outlet] += number
        if origin:
            origins[plain(origin)][origin] += number
    ranked = sorted(((_spelt(one), one.total()) for one in origins.values()), key=lambda pair: (-pair[1], pair[0]))
    return Count(tuple(sorted(_spelt(one) for one in outlets.values())), tuple(ranked))


def _spelt(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))

"""Words looked for in everything on record: articles, claims, and who is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.ledger import Ledger, Named, Term, fold
from sayso.origins import plain
from sayso.records import Article
from sayso.views.timeline import REFERENCE, Line, line, published_words

AROUND = 90  # characters shown on either side of what was found
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(
    r"(?:ations?|ings?|ed|es|ies|s|y|e)$"
)  # what the index takes off, roughly: only to show where a word stands


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article in which the words were found, with those around the first of them; `start`, `end` are its offsets."""

    reference: str
    title: str
    outlet: str
    day: str
    before: str
    found: str
    after: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NameHit:
    """A person, organisation or outlet whose name has the words; how often it is put on record as a source, or publishes."""

    name: str
    claims: int
    articles: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found, the best first, at most `limit` of each sort; how much there is, counted no further than a thousand."""

    words: str
    names: tuple[NameHit, ...]
    claims: tuple[Line, ...]
    articles: tuple[ArticleHit, ...]
    claims_found: int
    articles_found: int


def search(ledger: Ledger, words: str, *, limit: int = 50) -> SearchPage:
    """Articles and claims that hold all the words in one form or another, and names that do; nothing for no words. Words in quotation marks
    stand together, `beginn*` is the beginning of a word.
    """
    found = ledger.search(words, limit=limit)
    held = {a.id: a for a in ledger.articles(ids={one.claim.article for one in found.claims})}
    ties = ledger.stories.ties([one.claim.id for one in found.claims])
    claims = tuple(line(held[r.claim.article], r.claim, ties.get(r.claim.id)) for r in found.claims)
    hits = tuple(_hit(article, found.terms) for article in found.articles)
    return SearchPage(words, _names(found.names), claims, hits, found.claims_found, found.articles_found)


def _hit(article: Article, terms: Sequence[Term]) -> ArticleHit:
    start, end = place(article.text, terms)
    return ArticleHit(
        article.id[:REFERENCE],
        article.title or article.text.split("\n", 1)[0][:90],
        article.outlet.name or "unknown outlet",
        published_words(article.published),
        article.text[max(0, start - AROUND) : start],
        article.text[start:end],
        article.text[end : end + AROUND],
        start,
        end,
    )


def place(text: str, terms: Sequence[Term]) -> tuple[int, int]:
    """Where in a text to look for the terms: at the first word of one of them that has the most of the others close behind it."""
    wanted = {word: _stem(word) for term in terms for word in term.words}
    found = [
        (match.start(), match.end(), word)
        for match in _WORD.finditer(text)
        for word, stem in wanted.items()
        if fold(match.group()).startswith(stem)
    ]
    ranked = (
        (-len({w for s, _, w in found if start <= s < start + 2 * AROUND}), start, end) for start, end, _ in found
    )
    _, start, end = min(ranked, default=(0, 0, 0))
    return start, end


def _stem(word: str) -> str:
    short = _ENDING.sub("", word)
    return short if len(short) >= 3 else word


def _names(found: Iterable[Named]) -> tuple[NameHit, ...]:
    """Those with a name that fits, different spellings as one, most often on record first."""
    hits: dict[str, NameHit] = {}
    for one in found:
        before = hits.get(plain(one.name), NameHit(one.name, 0, 0))
        hits[plain(one.name)] = NameHit(before.name, before.claims + one.claims, before.articles + one.articles)
    return tuple(sorted(hits.values(), key=lambda hit: (-hit.claims - hit.articles, hit.name)))

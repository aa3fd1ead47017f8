"""schema.org Claim and ClaimReview as JSON-LD, for questions that are settled.

A ClaimReview here says one thing: whether what a source had said is how the question ended, as whoever resolved it put it on record and
on their evidence. It is their review, under their name; Sayso has no verdict of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sayso.errors import InputError
from sayso.exports.names import iri, link
from sayso.exports.tables import json_text
from sayso.reckoning import Call, Settled, settled_on
from sayso.records import Article, Claim, Question, SourceKind

_T = TypeVar("_T")

CONTEXT: Final = "https://schema.org"
BORNE_OUT, NOT_BORNE_OUT = 5, 1  # of 1 … 5, the scale that readers of ClaimReview take for granted
_TYPES: Final[dict[SourceKind, str]] = {
    "person": "Person",
    "organisation": "Organization",
    "outlet": "NewsMediaOrganization",
    "own": "NewsMediaOrganization",
}


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who resolved the question and stands for the review: their name, and the page on which it is published (http or https)."""

    name: str
    page: str


def claim_jsonld(claim: Claim, article: Article, *, base: str | None = None) -> dict[str, Any]:
    """A claim as schema.org Claim: its exact words, whose they are and where they stand. No author where nobody is identified."""
    return {"@context": CONTEXT, **_claim(claim, article, base)}


def claim_reviews(
    question: Question,
    settled: Settled,
    claims: Mapping[str, Claim],
    articles: Mapping[str, Article],
    *,
    reviewer: Reviewer,
    base: str | None = None,
) -> dict[str, Any]:
    """One ClaimReview for each origin's call on a settled question (`scores.score(...).settled`), as a JSON-LD graph, right ones first.

    Reviewed is the last word of its last unbroken run on that side. Raises InputError where a claim or its article is not handed in, the
    outcome is not yes or no, or the reviewer's page is no web address.
    """
    outcome = settled.outcome
    if outcome.status not in ("yes", "no"):
        raise InputError(f"{question.text!r} is {outcome.status}; only what ended with yes or no has reviews")
    page = link(reviewer.page)
    if page is None:
        raise InputError(f"{reviewer.page!r} is no web address; a review names the page on which it is published")
    day = settled_on(question, outcome)
    common = {
        "url": page,
        "author": {"@type": "Organization", "name": reviewer.name, "url": page},
        "about": {"@type": "Thing", "@id": iri("question", question.id, base), "name": question.text},
        "datePublished": day.isoformat() if day else None,
        "citation": _cited(outcome.evidence, claims, articles, base),
    }
    reviews = [_review(call, settled, _held(call, claims, articles), common, base) for call in settled.calls]
    return {"@context": CONTEXT, "@graph": reviews}


def as_graph(documents: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Documents of schema.org as one."""
    nodes: list[Any] = []
    for one in documents:
        nodes += one.get("@graph") or [{key: value for key, value in one.items() if key != "@context"}]
    return {"@context": CONTEXT, "@graph": nodes}


def script(document: Mapping[str, Any]) -> str:
    """JSON-LD as it may stand in an HTML page: nothing in it can end the element."""
    told = json_text(document)
    for sign in "<>&\u2028\u2029":
        told = told.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{told}</script>'


def _held(call: Call, claims: Mapping[str, Claim], articles: Mapping[str, Article]) -> tuple[Claim, Article]:
    claim = claims.get(call.claims[0])
    article = articles.get(claim.article) if claim else None
    if claim is None or article is None:
        raise InputError(f"claim {call.claims[0]} of {call.origin} or its article is not there; hand in both")
    return claim, article


def _review(
    call: Call, settled: Settled, held: tuple[Claim, Article], common: Mapping[str, Any], base: str | None
) -> dict[str, Any]:
    claim, article = held
    ended = settled.outcome.status
    made = {
        "@type": "ClaimReview",
        "@id": iri("review", f"{settled.question}/{claim.id}", base),
        "claimReviewed": claim.content,
        "itemReviewed": _claim(claim, article, base, origin=call.origin),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": BORNE_OUT if call.right else NOT_BORNE_OUT,
            "bestRating": BORNE_OUT,
            "worstRating": NOT_BORNE_OUT,
            "alternateName": "How it ended" if call.right else "Not how it ended",
            "ratingExplanation": f"The question ended with {ended}; what {call.origin} last said came to {call.said}.",
        },
        **common,
    }
    return {key: value for key, value in made.items() if value is not None}


def _claim(claim: Claim, article: Article, base: str | None, *, origin: str | None = None) -> dict[str, Any]:
    """`origin` is whose word it counts as: for an anonymous source the outlet that vouches."""
    whose = origin or claim.origin
    kind = next((hand.kind for hand in claim.chain if hand.name == whose), None)
    spoken = claim.source.name if claim.source.kind in _TYPES else None
    author = _author(claim.source.kind, spoken) if spoken else _author(kind or "outlet", whose)
    said = claim.said[0].isoformat() if claim.said and claim.said[0] == claim.said[1] else None
    made = {
        "@type": "Claim",
        "@id": iri("claim", claim.id, base),
        "identifier": claim.id,
        "text": claim.content,
        "author": author,
        "creditText": claim.source.span.text if claim.source.span else None,
        "datePublished": said,
        "appearance": _appearance(article, base),
        "inLanguage": article.language,
    }
    return {key: value for key, value in made.items() if value is not None}


def _author(kind: SourceKind, name: str | None) -> dict[str, str] | None:
    return {"@type": _TYPES.get(kind, "Thing"), "name": name} if name else None


def _appearance(article: Article, base: str | None) -> dict[str, Any]:
    day, publisher = article.published.day, article.outlet.name
    made = {
        "@type": "NewsArticle",
        "@id": iri("article", article.id, base),
        "url": link(article.url),
        "headline": article.title,
        "datePublished": day.isoformat() if day else None,
        "publisher": {"@type": "NewsMediaOrganization", "name": publisher} if publisher else None,
    }
    return {key: value for key, value in made.items() if value is not None}


def _cited(
    evidence: str | None, claims: Mapping[str, Claim], articles: Mapping[str, Article], base: str | None
) -> dict[str, Any] | str | None:
    """The evidence of an outcome: a page, an article, a claim in its article, or the words as they were given."""
    if evidence is None:
        return None
    if url := link(evidence):
        return {"@type": "CreativeWork", "url": url}
    if article := _beginning(evidence, articles):
        return _appearance(article, base)
    claim = _beginning(evidence, claims)
    if claim and claim.article in articles:
        return _claim(claim, articles[claim.article], base)
    return evidence


def _beginning(reference: str, held: Mapping[str, _T]) -> _T | None:
    found = [one for ident, one in held.items() if len(reference) >= 4 and ident.startswith(reference)]
    return found[0] if len(found) == 1 else None

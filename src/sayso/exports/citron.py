"""Quotes in the annotation format of Citron (BBC R&D): a document's text, and each quote as cue, sources and contents with offsets.

What the article states in its own voice is no quote and is left out. A quote without expressed source has no sources.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sayso.records import Article, Claim, Span


def citron(article: Article, claims: Iterable[Claim]) -> dict[str, Any]:
    """One document: `text` and `quotes` in reading order. Claims of other articles are passed over."""
    said = [claim for claim in claims if claim.article == article.id and claim.cue is not None]
    said.sort(key=lambda claim: (claim.evidence[0].start, claim.id))
    return {"text": article.text, "quotes": [_quote(claim) for claim in said]}


def _quote(claim: Claim) -> dict[str, Any]:
    source = claim.source.span
    return {
        "id": claim.id,
        "cue": _span(claim.cue) if claim.cue else None,
        "sources": [_span(source)] if source else [],
        "contents": [_span(piece) for piece in claim.evidence],
        "confidence": claim.confidence,
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}

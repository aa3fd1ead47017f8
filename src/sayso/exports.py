"""The export is a promise: one JSON object a record, keys as documented in docs/export.md; absent parts are null."""

from __future__ import annotations

from datetime import date
from typing import Any

from sayso.records import Article, Claim, Span


def article_json(article: Article) -> dict[str, Any]:
    """An article as promised; `story` and `copy_of` stay null until grouping is built."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": {"name": article.outlet.name, "basis": article.outlet.basis},
        "author": article.author,
        "url": article.url,
        "published": {
            "start": _iso(article.published.start),
            "end": _iso(article.published.end),
            "basis": article.published.basis,
            "evidence": article.published.evidence,
        },
        "text": article.text,
        "story": None,
        "copy_of": None,
        "removed": [{"text": r.text, "reason": r.reason} for r in article.removed],
        "language": article.language,
        "read_from": article.origin,
    }


def claim_json(claim: Claim, *, recorded: str | None) -> dict[str, Any]:
    """A claim as promised; `event` and `story` stay null until events and stories are built."""
    source, time = claim.source, claim.speaks_of
    place = source.span
    return {
        "id": claim.id,
        "article": claim.article,
        "story": None,
        "evidence": [_span(piece) for piece in claim.evidence],
        "source": {
            "kind": source.kind,
            "name": source.name,
            "text": place.text if place else None,
            "start": place.start if place else None,
            "end": place.end if place else None,
        },
        "cue": _span(claim.cue) if claim.cue else None,
        "quoted": claim.quoted,
        "chain": [{"kind": link.kind, "name": link.name} for link in claim.chain],
        "origin": claim.origin,
        "certainty": claim.certainty,
        "event": None,
        "speaks_of": {"start": _iso(time.start), "end": _iso(time.end), "value": time.value, "text": time.text}
        if time
        else None,
        "said": {"start": _iso(claim.said[0]), "end": _iso(claim.said[1])} if claim.said else None,
        "recorded": recorded,
        "confidence": claim.confidence,
        "reader": claim.reader,
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""Records to rows and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row

from sayso.records import Article, Claim, Event, Link, Outlet, Published, Removed, Source, Span, Time


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@lru_cache(maxsize=8192)  # of many claims few days
def day(words: str | None) -> date | None:
    """The day of a column."""
    return date.fromisoformat(words) if words else None


def article_row(article: Article) -> dict[str, object]:
    """The row of table article, `recorded` left to the store."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet.name,
        "outlet_basis": article.outlet.basis,
        "author": article.author,
        "url": article.url,
        "published_start": _iso(article.published.start),
        "published_end": _iso(article.published.end),
        "published_basis": article.published.basis,
        "published_evidence": article.published.evidence,
        "text": article.text,
        "language": article.language,
        "origin": article.origin,
    }


def article_from(row: Row[Any], removed: Sequence[Row[Any]]) -> Article:
    """The article of a row, with what was taken off its page."""
    return Article(
        id=row.id,
        text=row.text,
        title=row.title,
        outlet=Outlet(row.outlet, row.outlet_basis),
        author=row.author,
        url=row.url,
        published=Published(
            day(row.published_start), day(row.published_end), row.published_basis, row.published_evidence
        ),
        removed=tuple(Removed(r.text, r.reason) for r in removed),
        language=row.language,
        origin=row.origin,
    )


def claim_row(claim: Claim) -> dict[str, object]:
    """The row of table claim; evidence and chain have tables of their own."""
    source, cue, time, said = claim.source, claim.cue, claim.speaks_of, claim.said
    return {
        "id": claim.id,
        "reader": claim.reader,
        "article": claim.article,
        "source_kind": source.kind,
        "source_name": source.name,
        "source_start": source.span.start if source.span else None,
        "source_end": source.span.end if source.span else None,
        "cue_start": cue.start if cue else None,
        "cue_end": cue.end if cue else None,
        "quoted": claim.quoted,
        "origin": claim.origin,
        "certainty": claim.certainty,
        "time_start": _iso(time.start) if time else None,
        "time_end": _iso(time.end) if time else None,
        "time_value": time.value if time else None,
        "time_text": time.text if time else None,
        "said_start": _iso(said[0]) if said else None,
        "said_end": _iso(said[1]) if said else None,
        "confidence": claim.confidence,
        "start": claim.evidence[0].start,
    }


def event_row(event: Event) -> dict[str, object]:
    """The row of table event, claim and place in it left to the store."""
    time = event.time
    return {
        "frame": event.frame,
        "text": event.text,
        "start": event.span[0],
        "end": event.span[1],
        "roles": json.dumps(event.roles, ensure_ascii=False),
        "certainty": event.certainty,
        "time_start": _iso(time.start) if time else None,
        "time_end": _iso(time.end) if time else None,
        "time_value": time.value if time else None,
        "time_text": time.text if time else None,
    }


def event_from(row: Row[Any] | SimpleNamespace) -> Event:
    """The event of a row."""
    roles = tuple((role, name) for role, name in json.loads(row.roles))
    return Event(row.frame, row.text, (row.start, row.end), roles, row.certainty, _time(row))


def event_from_json(row: dict[str, Any]) -> Event:
    """The event of such a JSON object."""
    return event_from(SimpleNamespace(**row))


def _time(row: Row[Any] | SimpleNamespace) -> Time | None:
    if not row.time_text:
        return None
    return Time(day(row.time_start), day(row.time_end), row.time_value, row.time_text)


def claim_from(
    row: Row[Any], text: str, pieces: Sequence[Row[Any]], links: Sequence[Row[Any]], events: Sequence[Row[Any]] = ()
) -> Claim:
    """The claim of a row; the article's text gives the words of source and cue."""
    said = (day(row.said_start), day(row.said_end))
    return Claim(
        id=row.id,
        article=row.article,
        evidence=tuple(Span(p.start, p.end, p.text) for p in pieces),
        source=Source(row.source_kind, row.source_name, _span(text, row.source_start, row.source_end)),
        cue=_span(text, row.cue_start, row.cue_end),
        quoted=row.quoted,
        chain=tuple(Link(x.kind, x.name) for x in links),
        origin=row.origin,
        certainty=row.certainty,
        speaks_of=_time(row),
        said=(said[0], said[1]) if said[0] and said[1] else None,
        confidence=row.confidence,
        reader=row.reader,
        events=tuple(event_from(e) for e in events),
    )


def _span(text: str, start: int | None, end: int | None) -> Span | None:
    return Span(start, end, text[start:end]) if start is not None and end is not None else None

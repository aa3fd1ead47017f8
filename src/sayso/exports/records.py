"""The export is a promise: one JSON object a record, keys as documented in docs/export.md; absent parts are null."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sayso.belief import Belief
from sayso.reckoning import Call
from sayso.records import Article, Claim, Event, Outcome, Question, Span, Stance, Time
from sayso.scores import Mean, Share, TrackRecord

PLACES = 4  # decimals of a probability or score: more would promise what nobody can tell


def article_json(
    article: Article,
    *,
    story: str | None = None,
    copy_of: str | None = None,
    version: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """An article as promised; `story` and `copy_of` are the ids that grouping found, `version` what `version_json` makes where the
    report was edited.
    """
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
        "story": story,
        "copy_of": copy_of,
        "removed": [{"text": r.text, "reason": r.reason} for r in article.removed],
        "language": article.language,
        "read_from": article.origin,
        "version": version,
    }


def version_json(
    of: str,
    number: int,
    *,
    recorded: str,
    since: date | None,
    until: date | None,
    seen: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Which version of a report an article is: that of its first one, seen when, and on which days it stood; `seen` is what `seen_json`
    makes of each time it came: more than one where a page went back to earlier words.
    """
    return {
        "of": of,
        "number": number,
        "recorded": recorded,
        "since": _iso(since),
        "until": _iso(until),
        "seen": list(seen),
    }


def seen_json(number: int, *, recorded: str, told: str | None, note: str | None) -> dict[str, Any]:
    """One time that a version came: as which of all that came, seen when, and the day and words that the page gave for the change."""
    return {"number": number, "recorded": recorded, "told": told, "note": note}


def claim_json(claim: Claim, *, recorded: str | None, story: str | None = None) -> dict[str, Any]:
    """A claim as promised; `event` is the first of `events`, `story` the id that grouping found."""
    source = claim.source
    place = source.span
    events = [_event(event) for event in claim.events]
    return {
        "id": claim.id,
        "article": claim.article,
        "story": story,
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
        "chain": [{"kind": hand.kind, "name": hand.name} for hand in claim.chain],
        "origin": claim.origin,
        "certainty": claim.certainty,
        "event": events[0] if events else None,
        "speaks_of": _time(claim.speaks_of),
        "said": _window(*claim.said) if claim.said else None,
        "recorded": recorded,
        "confidence": claim.confidence,
        "reader": claim.reader,
        "events": events,
    }


def question_json(
    question: Question,
    outcome: Outcome | None = None,
    curve: Sequence[tuple[date, Belief]] = (),
    *,
    number: int | None = None,
) -> dict[str, Any]:
    """A question as promised. `curve` is that of `belief.curve`; `p`, `outlets` and `origins` are its last point (null, none without);
    `number` is what it is called by in its ledger.
    """
    ended = outcome if outcome and outcome.status != "open" else None
    told = [{"on": _iso(day), **_standing(one)} for day, one in curve]
    now = _standing(curve[-1][1]) if curve else {"p": None, "outlets": [], "origins": []}
    return {
        "id": question.id,
        "text": question.text,
        "window": _window(question.start, question.end),
        "status": ended.status if ended else "open",
        "resolved": {"on": _iso(ended.on), "evidence": ended.evidence} if ended else None,
        "belief": told,
        **now,
        "among": question.group,
        "story": question.story,
        "events": [_event(event) for event in question.events],
        "number": number,
    }


def stance_json(stance: Stance) -> dict[str, Any]:
    """A stance as promised."""
    return {
        "question": stance.question,
        "claim": stance.claim,
        "stance": stance.stance,
        "strength": stance.strength,
        "origin": stance.origin,
        "on": _iso(stance.on),
        "outlet": stance.outlet,
        "reason": stance.reason,
    }


def source_json(record: TrackRecord) -> dict[str, Any]:
    """An origin's track record as promised; figures are null where too little is settled. `calls` lead to the claims behind them."""
    return {
        "name": record.origin,
        "kind": record.kind,
        "claims": len(record.claims),
        "resolved": record.resolved,
        "right": record.right,
        "hit_rate": _share(record.hit_rate),
        "brier": _mean(record.brier),
        "lead_days": _mean(record.lead),
        "baseline": _mean(record.baseline),
        "ahead_days": _mean(record.ahead),
        "calibration": [
            {"wording": wording, "right": share.right, "of": share.of} for wording, share in record.calibration
        ],
        "calls": [_call(call) for call in record.calls],
        "claim_ids": list(record.claims),
    }


def _standing(belief: Belief) -> dict[str, Any]:
    return {"p": round(belief.p, PLACES), "outlets": list(belief.outlets), "origins": list(belief.origins)}


def _call(call: Call) -> dict[str, Any]:
    return {
        "question": call.question,
        "said": call.said,
        "p": round(call.p, PLACES),
        "right": call.right,
        "since": _iso(call.since),
        "on": _iso(call.on),
        "lead_days": call.lead,
        "ahead_days": call.ahead,
        "claims": list(call.claims),
    }


def _share(share: Share | None) -> dict[str, float] | None:
    if share is None:
        return None
    return {
        "low": round(share.low, PLACES),
        "mid": round(share.mid, PLACES),
        "high": round(share.high, PLACES),
    }


def _mean(mean: Mean | None) -> float | None:
    return round(mean.value, PLACES) if mean else None


def _event(event: Event) -> dict[str, Any]:
    """Roles are a list: two who meet are both `who`."""
    return {
        "frame": event.frame,
        "text": event.text,
        "roles": [{"role": role, "name": name} for role, name in event.roles],
        "start": event.span[0],
        "end": event.span[1],
        "certainty": event.certainty,
        "speaks_of": _time(event.time),
    }


def _time(time: Time | None) -> dict[str, Any] | None:
    return {**_window(time.start, time.end), "value": time.value, "text": time.text} if time else None


def _window(start: date | None, end: date | None) -> dict[str, str | None]:
    return {"start": _iso(start), "end": _iso(end)}


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""What each promised record is made of, declared once: tables, Parquet and JSON Schema are drawn from it."""

from __future__ import annotations

from typing import Any, Final, Literal

What = Literal["articles", "claims", "questions", "stances", "sources"]

#: a leaf is one of these words, an object a dict, a list of something a list with that one thing in it; anything may be null
Leaf = Literal["text", "whole", "real", "truth", "day", "moment"]
Shape = Leaf | dict[str, Any] | list[Any]

_SPAN: Final[Shape] = {"start": "whole", "end": "whole", "text": "text"}
_TIME: Final[Shape] = {"start": "day", "end": "day", "value": "text", "text": "text"}
_WINDOW: Final[Shape] = {"start": "day", "end": "day"}
_EVENT: Final[Shape] = {
    "frame": "text",
    "text": "text",
    "roles": [{"role": "text", "name": "text"}],
    "start": "whole",
    "end": "whole",
    "certainty": "whole",
    "speaks_of": _TIME,
}

SHAPES: Final[dict[What, dict[str, Any]]] = {
    "articles": {
        "id": "text",
        "title": "text",
        "outlet": {"name": "text", "basis": "text"},
        "author": "text",
        "url": "text",
        "published": {"start": "day", "end": "day", "basis": "text", "evidence": "text"},
        "text": "text",
        "story": "text",
        "copy_of": "text",
        "removed": [{"text": "text", "reason": "text"}],
        "language": "text",
        "read_from": "text",
        "version": {
            "of": "text",
            "number": "whole",
            "recorded": "moment",
            "since": "day",
            "until": "day",
            "seen": [{"number": "whole", "recorded": "moment", "told": "text", "note": "text"}],
        },
    },
    "claims": {
        "id": "text",
        "article": "text",
        "story": "text",
        "evidence": [_SPAN],
        "source": {"kind": "text", "name": "text", "text": "text", "start": "whole", "end": "whole"},
        "cue": _SPAN,
        "quoted": "text",
        "chain": [{"kind": "text", "name": "text"}],
        "origin": "text",
        "certainty": "whole",
        "event": _EVENT,
        "speaks_of": _TIME,
        "said": _WINDOW,
        "recorded": "moment",
        "confidence": "real",
        "reader": "text",
        "events": [_EVENT],
    },
    "questions": {
        "id": "text",
        "text": "text",
        "window": _WINDOW,
        "status": "text",
        "resolved": {"on": "day", "evidence": "text"},
        "belief": [{"on": "day", "p": "real", "outlets": ["text"], "origins": ["text"]}],
        "p": "real",
        "outlets": ["text"],
        "origins": ["text"],
        "among": "text",
        "story": "text",
        "events": [_EVENT],
        "number": "whole",
    },
    "stances": {
        "question": "text",
        "claim": "text",
        "stance": "text",
        "strength": "real",
        "origin": "text",
        "on": "day",
        "outlet": "text",
        "reason": "text",
    },
    "sources": {
        "name": "text",
        "kind": "text",
        "claims": "whole",
        "resolved": "whole",
        "right": "whole",
        "hit_rate": {"low": "real", "mid": "real", "high": "real"},
        "brier": "real",
        "lead_days": "real",
        "baseline": "real",
        "ahead_days": "real",
        "calibration": [{"wording": "text", "right": "whole", "of": "whole"}],
        "calls": [
            {
                "question": "text",
                "said": "text",
                "p": "real",
                "right": "truth",
                "since": "day",
                "on": "day",
                "lead_days": "whole",
                "ahead_days": "whole",
                "claims": ["text"],
            }
        ],
        "claim_ids": ["text"],
    },
}

_LEAVES: Final[dict[Leaf, dict[str, str]]] = {
    "text": {"type": "string"},
    "whole": {"type": "integer"},
    "real": {"type": "number"},
    "truth": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
}


def json_schema(what: What) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one promised record. Keys that it does not know are allowed: fields may be added."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": what, **_object(SHAPES[what])}


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    known = {name: {"anyOf": [_schema(shape), {"type": "null"}]} for name, shape in fields.items()}
    return {"type": "object", "properties": known, "required": list(fields)}


def _schema(shape: Shape) -> dict[str, Any]:
    if isinstance(shape, dict):
        return _object(shape)
    if isinstance(shape, list):
        return {"type": "array", "items": _schema(shape[0])}
    return dict(_LEAVES[shape])

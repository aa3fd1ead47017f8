from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from sayso.exports import citron

SPAN = {
    "type": "object",
    "properties": {
        "start": {"type": "integer"},
        "end": {"type": "integer"},
        "text": {"type": "string", "minLength": 1},
    },
    "required": ["start", "end", "text"],
    "additionalProperties": False,
}
#: Citron's docs/data_format.md
SCHEMA = {
    "type": "object",
    "properties": {
        "text": {"type": "string"},
        "quotes": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "cue": SPAN,
                    "sources": {"type": "array", "items": SPAN},
                    "contents": {"type": "array", "items": SPAN},
                    "confidence": {"type": "number"},
                    "id": {"type": "string"},
                },
                "required": ["cue", "sources", "contents"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["text", "quotes"],
    "additionalProperties": False,
}


def documents(saga) -> list[dict]:
    return [json.loads(json.dumps(citron(one, saga.claims.values()))) for one in saga.articles.values()]


def test_every_document_is_one_by_citrons_format(saga) -> None:
    check = Draft202012Validator(SCHEMA)
    assert [error.message for one in documents(saga) for error in check.iter_errors(one)] == []


def test_every_span_gives_its_words_and_quotes_come_in_reading_order(saga) -> None:
    for made in documents(saga):
        spans = [span for quote in made["quotes"] for span in (quote["cue"], *quote["sources"], *quote["contents"])]
        assert all(made["text"][span["start"] : span["end"]] == span["text"] for span in spans)
        starts = [quote["contents"][0]["start"] for quote in made["quotes"]]
        assert starts == sorted(starts)


def test_pieces_stay_pieces_and_the_articles_own_voice_is_no_quote(saga) -> None:
    post = documents(saga)[0]
    assert [quote["id"] for quote in post["quotes"]] == ["c1ada", "c2anon"]
    assert [one["text"] for one in post["quotes"][0]["contents"]] == ["“Venturi will leave,”", "“and soon.”"]


def test_a_source_that_is_not_expressed_is_no_span(saga) -> None:
    assert documents(saga)[2]["quotes"][0]["sources"] == []

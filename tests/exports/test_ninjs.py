from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from sayso.exports import ninjs

TEXT, URI = {"type": "string"}, {"type": "string", "pattern": '^[a-z][a-z0-9+.-]*:[^\\s<>"{}|\\\\^`]+$'}


def objects(*required: str, **properties: object) -> dict:
    one = {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}
    return {"type": "array", "items": one}


WORDS = objects("value", role=TEXT, contentType=TEXT, value=TEXT)
#: the part of ninjs 3.1 (IPTC, 2024) that text items use; its root takes no property that it does not name
NINJS = {
    "type": "object",
    "properties": {
        "uri": URI,
        "type": {
            "enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]
        },
        "representationType": {"enum": ["full", "partial"]},
        "versionCreated": {"type": "string", "format": "date-time"},
        "language": TEXT,
        "title": TEXT,
        "by": TEXT,
        "headlines": WORDS,
        "bodies": objects(
            "value",
            role=TEXT,
            contentType=TEXT,
            charCount={"type": "integer"},
            wordCount={"type": "integer"},
            value=TEXT,
        ),
        "infoSources": objects(name=TEXT, role=TEXT, uri=URI, literal=TEXT),
        "altIds": objects(role=TEXT, value=TEXT),
        "renditions": objects("name", name=TEXT, href=URI, contentType=TEXT),
        "standard": {
            "type": "object",
            "properties": {"name": TEXT, "version": TEXT, "schema": URI},
            "additionalProperties": False,
        },
        "associations": objects(
            "name", "uri", name=TEXT, rel=TEXT, uri=URI, type=TEXT, altIds=objects(role=TEXT, value=TEXT)
        ),
    },
    "required": ["uri"],
    "additionalProperties": False,
}


def items(saga) -> list[dict]:
    post, relay, copy = saga.articles.values()
    originals = {copy.id: relay}
    return [
        ninjs(
            one, saga.claims.values(), copy_of=originals.get(one.id), ties=saga.ties, articles=saga.articles,
        )
        for one in (post, relay, copy)
    ]  # fmt: skip


def test_every_item_is_one_by_ninjs(saga) -> None:
    check = Draft202012Validator(NINJS)
    assert [error.message for one in items(saga) for error in check.iter_errors(json.loads(json.dumps(one)))] == []


def test_text_is_plain_and_whole(saga) -> None:
    post = items(saga)[0]
    body = post["bodies"][0]
    assert (body["contentType"], body["value"]) == ("text/plain", next(iter(saga.articles.values())).text)
    assert (body["charCount"], post["by"]) == (len(body["value"]), "Ada Quill")


def test_a_relay_and_a_copy_lead_to_the_other_article_once(saga) -> None:
    post, relay, copy = items(saga)
    assert "associations" not in post
    assert [(one["rel"], one["uri"]) for one in relay["associations"]] == [("relays", post["uri"])]
    assert [(one["rel"], one["uri"]) for one in copy["associations"]] == [("copyOf", relay["uri"])]


def test_named_sources_are_listed_once_and_the_unnamed_not(saga) -> None:
    post = items(saga)[0]
    assert [(one["name"], one["role"]) for one in post["infoSources"]] == [
        ("Harbour Post", "publisher"),
        ("Ada Crane", "informationSource"),
    ]


def test_a_day_is_not_made_a_moment(saga) -> None:
    post, relay, copy = items(saga)
    assert not any("created" in key.lower() for one in (post, relay, copy) for key in one)
    assert [one["value"] for one in relay["altIds"][1:]] == ["2031-03-10", "2031-03-12"]
    assert [one["role"] for one in copy["altIds"]] == ["sayso"]


def test_only_a_web_address_is_a_rendition(saga) -> None:
    post, relay, _ = items(saga)
    assert post["renditions"][0]["href"] == "https://harbourpost.example/a?x=1&y=%222%22"
    assert "renditions" not in relay

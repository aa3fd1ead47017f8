from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from jsonschema import Draft202012Validator

from sayso.exports import timelinejs
from sayso.records import Published

DATE = {
    "type": "object",
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
        "display_date": {"type": "string"},
    },
    "required": ["year"],
    "additionalProperties": False,
}
TEXT = {
    "type": "object",
    "properties": {"headline": {"type": "string"}, "text": {"type": "string"}},
    "additionalProperties": False,
}
PARTS = {
    "start_date": DATE,
    "end_date": DATE,
    "text": TEXT,
    "group": {"type": "string"},
    "display_date": {"type": "string"},
    "unique_id": {"type": "string"},
    "autolink": {"type": "boolean"},
}
SLIDE = {"type": "object", "properties": PARTS, "additionalProperties": False}
#: Knight Lab's "TimelineJS JSON data format"
SCHEMA = {
    "type": "object",
    "properties": {
        "title": SLIDE,
        "events": {"type": "array", "items": {**SLIDE, "required": ["start_date"]}},
        "eras": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"start_date": DATE, "end_date": DATE, "text": TEXT},
                "required": ["start_date", "end_date"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["events"],
    "additionalProperties": False,
}


@pytest.fixture(scope="session")
def made(saga) -> dict:
    return json.loads(json.dumps(timelinejs(saga.story, saga.articles, saga.claims.values())[0]))


class Tags(HTMLParser):
    """The tags and links that a browser finds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_timeline_is_one_by_knight_labs_format(made) -> None:
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(made)] == []


def test_slides_stand_in_order_and_each_can_be_pointed_to(made) -> None:
    days = [tuple(one["start_date"].values()) for one in made["events"]]
    assert days == sorted(days)
    assert [one["unique_id"] for one in made["events"]] == ["c1ada", "c2anon", "c4relay", "c5odd"]


def test_what_has_no_day_is_handed_back_with_the_reason(saga) -> None:
    _, left_out = timelinejs(saga.story, saga.articles, saga.claims.values())
    assert [(one.origin, one.reason) for one in left_out] == [("c6copy", "no day is known on which it was said")]


def test_a_day_that_is_known_only_between_others_says_so(made) -> None:
    known, between = made["events"][0], made["events"][2]
    assert (known["display_date"], "end_date" in known) == ("2031-03-09", False)
    assert (between["display_date"], between["end_date"]["day"]) == ("2031-03-10 … 2031-03-12", 12)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(None, date(2031, 3, 5), "until 2031-03-05"), (date(2031, 3, 5), None, "since 2031-03-05")],
)
def test_a_day_known_on_one_side_says_so(saga, start: date | None, end: date | None, words: str) -> None:
    held = {ident: replace(one, published=Published(start, end, "text")) for ident, one in saga.articles.items()}
    made, _ = timelinejs(saga.story, held, [replace(saga.claims["c4relay"], said=None)])
    assert (made["events"][0]["display_date"], made["events"][0]["start_date"]["day"]) == (words, 5)


def test_words_of_others_are_never_markup(made) -> None:
    allowed = {"blockquote", "p", "a"}
    slides = [made["title"], *made["events"]]
    assert all(set(Tags(slide["text"].get("text", "")).found) <= allowed for slide in slides)
    assert all(Tags(slide["text"]["headline"]).found == [] for slide in slides)
    assert Tags(made["events"][0]["text"]["text"]).words.endswith('<script>alert("end")</script>')
    assert Tags(made["title"]["text"]["headline"]).words == "Venturi & <Almenara>"


def test_a_hostile_source_and_hostile_words_stay_words(saga) -> None:
    claim = saga.claims["c1ada"]
    image = "<img src=x onerror=alert(1)>"
    bad = replace(claim, evidence=(replace(claim.evidence[0], text=image),), source=replace(claim.source, name=image))
    text = timelinejs(saga.story, saga.articles, [bad])[0]["events"][0]["text"]
    assert (Tags(text["headline"]).found, Tags(text["headline"]).words) == ([], f"{image}: certain")
    assert "img" not in Tags(text["text"]).found
    assert image in Tags(text["text"]).words


def test_links_lead_to_web_pages_only(made) -> None:
    links = [one for slide in made["events"] for one in Tags(slide["text"]["text"]).links]
    assert set(links) == {"https://harbourpost.example/a?x=1&y=%222%22"}


def test_rows_are_outlets_and_episodes_are_eras(made) -> None:
    assert {one["group"] for one in made["events"]} == {"Harbour Post", "Goal &amp; mouth"}
    assert [(one["start_date"]["day"], one["end_date"]["day"]) for one in made["eras"]] == [(9, 12)]


def test_claims_of_other_stories_are_not_in_it(saga) -> None:
    made, left_out = timelinejs(replace(saga.story, articles=()), saga.articles, saga.claims.values())
    assert (made["events"], left_out) == ([], [])

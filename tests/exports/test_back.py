from __future__ import annotations

import copy
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.exports import (
    article_from_json,
    article_json,
    articles_from_jsonl,
    claim_from_json,
    claim_json,
    claims_from_jsonl,
    jsonl,
    recorded_from_json,
)
from sayso.reading.claims import read_claims
from sayso.reading.reader import Reader
from sayso.records import Article

AT = "2031-03-15T08:00:00+00:00"
TEXT = "Ada Crane told The Ledger on Friday that “Venturi will leave” the club in June. He met Salvatierra.\u2028It rained."


@pytest.fixture
def row(saga) -> dict:
    return claim_json(saga.claims["c1ada"], recorded=AT)


def back(saga, row: dict) -> None:
    claim_from_json(row, saga.articles[saga.claims["c1ada"].article])


def test_jsonl_to_records_to_jsonl_is_identical(saga) -> None:
    articles = jsonl(article_json(one) for one in saga.articles.values())
    claims = jsonl(claim_json(one, recorded=AT) for one in saga.claims.values())
    held, refused = articles_from_jsonl(articles.split("\n"))
    told, also_refused = claims_from_jsonl(claims.split("\n"), held)
    assert (refused, also_refused) == ([], [])
    assert jsonl(article_json(one) for one in held.values()) == articles
    assert jsonl(claim_json(one, recorded=at) for one, at in told) == claims


def test_what_was_read_comes_back_the_same(article, reader: Reader) -> None:
    page = article(TEXT)
    for claim in read_claims(page, reader):
        made = claim_json(claim, recorded=None)
        assert claim_json(claim_from_json(made, page), recorded=None) == made


def test_records_come_back_as_they_were(saga) -> None:
    for one in saga.articles.values():
        assert article_from_json(article_json(one)) == one
    for claim in saga.claims.values():
        assert claim_from_json(claim_json(claim, recorded=None), saga.articles[claim.article]) == claim


def test_words_that_do_not_stand_there_are_refused(saga, row: dict) -> None:
    row["evidence"][1]["text"] = "“and later"
    with pytest.raises(
        InputError, match=r"evidence\[1\] is not word for word in the article: '“and soon.”' stands there"
    ):
        back(saga, row)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"evidence": []}, "evidence is empty"),
        ({"evidence": [{"start": 3, "end": 3, "text": ""}]}, "words are expected"),
        ({"evidence": [{"start": -2, "end": 3, "text": "xx"}]}, "from -2 to 3, in a text of"),
        ({"evidence": [{"start": True, "end": 3, "text": "xx"}]}, "whole number"),
        ({"evidence": [{"start": 0, "end": 10**9, "text": "xx"}]}, "in a text of"),
        ({"evidence": {"start": 0}}, "a list is expected"),
        ({"cue": {"start": 0, "end": 4, "text": "told"}}, "cue is not word for word"),
        (
            {"source": {"kind": "person", "name": "Ada", "text": "Ada", "start": 0, "end": 3}},
            "source is not word for word",
        ),
        (
            {"source": {"kind": "person", "name": "Ada", "text": "Ada", "start": None, "end": None}},
            "source.start is None",
        ),
        ({"source": {"kind": "wizard", "name": None}}, "source.kind is 'wizard'; one of person"),
        ({"source": None}, "source is None; an object"),
        ({"article": "another"}, "article is 'another'"),
        ({"certainty": 4}, "certainty is 4"),
        ({"certainty": 2.0}, "certainty is 2.0; a whole number"),
        ({"confidence": 1.5}, "confidence is 1.5"),
        ({"confidence": None}, "confidence is None"),
        ({"said": {"start": "2031-03-09", "end": None}}, "said has one day only"),
        ({"said": {"start": "2031-03-09", "end": "2031-03-08"}}, "before it begins"),
        ({"said": {"start": "20310309", "end": "20310309"}}, "write the day as"),
        ({"said": {"start": "2031-02-30", "end": "2031-03-08"}}, "write the day as"),
        ({"said": {"start": 5, "end": 6}}, "write the day as"),
        ({"chain": [{"kind": "person", "name": ""}]}, r"chain\[0\].name is ''"),
        ({"quoted": "whispered"}, "direct, indirect, mixed"),
        ({"id": ""}, "id is ''"),
        ({"reader": None}, "reader is None"),
        ({"speaks_of": {"start": None, "end": None, "value": None, "text": None}}, "speaks_of.text is None"),
    ],
)
def test_what_is_out_of_bounds_is_refused_with_the_reason(saga, row: dict, change: dict, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        back(saga, row | change)


def test_an_event_stands_in_the_text_too(saga) -> None:
    claim = saga.claims["c3own"]
    row = claim_json(claim, recorded=None)
    row["events"][0]["text"] = "saw"
    with pytest.raises(InputError, match=r"events\[0\] is not word for word"):
        claim_from_json(row, saga.articles[claim.article])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "an object is expected"),
        ('{"id": NaN}', "NaN is no number"),
        ("[" * 100_000, "not JSON"),
        (
            '{"id": "a", "outlet": {"basis": "given"}, "published": {"basis": "hearsay"}, "text": "", "removed": []}',
            "hearsay",
        ),
        (
            '{"id": "a", "outlet": {"basis": "given"}, "published": {"basis": "given"}, "text": 7, "removed": []}',
            "text is 7",
        ),
    ],
)
def test_a_line_that_is_no_article_is_refused_and_the_rest_read(saga, line: str, reason: str) -> None:
    good = jsonl(article_json(one) for one in saga.articles.values()).split("\n")
    held, refused = articles_from_jsonl([good[0], line, *good[1:]], name="in.jsonl")
    assert held == saga.articles
    assert [one.origin for one in refused] == ["in.jsonl:2"]
    assert reason in refused[0].reason


def test_one_id_for_two_articles_is_refused(saga) -> None:
    one = article_json(next(iter(saga.articles.values())))
    held, refused = articles_from_jsonl([json.dumps(one), json.dumps(one | {"text": "other"})])
    assert (len(held), len(refused)) == (1, 1)


def test_a_claim_without_its_article_is_refused(saga, row: dict) -> None:
    told, refused = claims_from_jsonl([json.dumps(row)], {})
    assert told == []
    assert "hand in the articles too" in refused[0].reason


@pytest.mark.parametrize("told", ["yesterday", "2031-03-15", "2031-03-15T08:00:00", 7])
def test_a_time_of_recording_without_its_zone_is_refused(told: object) -> None:
    with pytest.raises(InputError, match="recorded"):
        recorded_from_json({"recorded": told})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_value_in_any_place_is_taken_or_refused_and_never_breaks(saga, data: st.DataObject) -> None:
    claim = saga.claims["c3own"]
    row = copy.deepcopy(claim_json(claim, recorded=AT))
    field = data.draw(st.sampled_from([row, row["source"], row["evidence"][0], row["events"][0], row["said"]]))
    field[data.draw(st.sampled_from(sorted(field)))] = data.draw(VALUES)
    article: Article = saga.articles[claim.article]
    with suppress(InputError):
        made = claim_from_json(row, article)
        assert all(article.text[one.start : one.end] == one.text for one in made.evidence)

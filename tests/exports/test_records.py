from __future__ import annotations

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from sayso.exports import (
    SHAPES,
    article_json,
    claim_json,
    json_schema,
    question_json,
    source_json,
    stance_json,
)
from sayso.reading.claims import read_claims
from sayso.reading.reader import Reader

TEXT = "Venturi to go - sources\n\nAda Crane told The Ledger on Friday that “Venturi will leave” the club."
PAGE = (Path(__file__).parents[2] / "docs" / "export.md").read_text(encoding="utf-8")

PROMISED = {
    "articles": "id title outlet author url published text story copy_of removed",
    "claims": "id article story evidence source cue quoted chain origin certainty event speaks_of said recorded reader",
    "questions": "id text window status resolved belief",
    "stances": "question claim stance strength origin on",
    "sources": "name kind claims resolved right hit_rate brier lead_days",
}


@pytest.fixture(scope="session")
def rows(saga) -> dict[str, list[dict]]:
    return {
        "articles": [article_json(one, story="s1") for one in saga.articles.values()],
        "claims": [claim_json(one, recorded="2031-03-15T08:00:00+00:00", story="s1") for one in saga.claims.values()],
        "questions": [question_json(saga.question, saga.outcome, saga.curve), question_json(saga.question)],
        "stances": [stance_json(one) for one in saga.stances],
        "sources": [source_json(one) for one in saga.scores.records],
    }


@pytest.mark.parametrize("what", PROMISED)
def test_every_record_has_the_promised_fields(rows, what: str) -> None:
    assert rows[what]
    assert all([f for f in PROMISED[what].split() if f not in row] == [] for row in rows[what])


@pytest.mark.parametrize("what", SHAPES)
def test_every_record_has_its_declared_shape_and_no_more(rows, what: str) -> None:
    check = Draft202012Validator(json_schema(what))
    assert [error.message for row in rows[what] for error in check.iter_errors(row)] == []
    assert all(list(row) == list(SHAPES[what]) for row in rows[what])


def test_the_shape_refuses_what_is_not_of_it(rows) -> None:
    check = Draft202012Validator(json_schema("claims"))
    assert not check.is_valid({**rows["claims"][0], "certainty": "3"})
    assert not check.is_valid({k: v for k, v in rows["claims"][0].items() if k != "said"})


@pytest.mark.parametrize("what", SHAPES)
def test_every_field_is_in_the_page(what: str) -> None:
    part = PAGE.split(f"## {what}", 1)[1].split("\n## ", 1)[0]
    assert [name for name in SHAPES[what] if not re.search(rf"`{name}`", part)] == []


def test_a_claim_as_read_has_the_declared_shape(article, reader: Reader) -> None:
    check = Draft202012Validator(json_schema("claims"))
    claims = read_claims(article(TEXT), reader)
    assert claims
    assert all(check.is_valid(claim_json(one, recorded=None)) for one in claims)


def test_every_offset_gives_its_words(article, reader: Reader) -> None:
    for claim in read_claims(article(TEXT), reader):
        made = claim_json(claim, recorded=None)
        spans = [*made["evidence"], made["source"], made["cue"] or {"text": None}, *made["events"]]
        assert all(s["text"] is None or TEXT[s["start"] : s["end"]] == s["text"] for s in spans)


def test_two_in_one_role_are_both_kept(saga) -> None:
    roles = claim_json(saga.claims["c3own"], recorded=None)["event"]["roles"]
    assert [(one["role"], one["name"]) for one in roles] == [("who", "Luca Venturi"), ("who", "Ernesto Salvatierra")]


def test_an_open_question_has_no_outcome_and_an_unheard_one_no_figure(saga) -> None:
    made = question_json(saga.question)
    assert (made["status"], made["resolved"], made["belief"], made["p"]) == ("open", None, [], None)


def test_a_question_stands_where_its_curve_ends(saga) -> None:
    made = question_json(saga.question, saga.outcome, saga.curve)
    assert {k: made[k] for k in ("p", "outlets", "origins")} == {
        k: made["belief"][-1][k] for k in ("p", "outlets", "origins")
    }
    assert (made["status"], made["resolved"]["on"]) == ("yes", "2031-05-14")


def test_a_source_shows_its_interval_and_the_claims_behind_it(saga) -> None:
    ada = next(source_json(one) for one in saga.scores.records if one.origin == "Ada Crane")
    assert (ada["claims"], ada["resolved"], ada["right"], ada["kind"]) == (1, 1, 1, "person")
    assert (ada["calls"][0]["claims"], ada["lead_days"], ada["hit_rate"]["mid"]) == (["c1ada"], 66.0, 1.0)


def test_a_source_without_enough_settled_has_no_figures(saga) -> None:
    kick = next(source_json(one) for one in saga.scores.records if one.origin == "@Kick")
    assert (kick["resolved"], kick["hit_rate"], kick["brier"], kick["lead_days"]) == (0, None, None, None)

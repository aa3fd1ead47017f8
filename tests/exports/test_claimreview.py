from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from jsonschema import Draft202012Validator
from rdflib import RDF, Graph, Literal, Namespace

from sayso.errors import InputError
from sayso.exports import Reviewer, claim_jsonld, claim_reviews, script
from sayso.records import Outcome

# rdflib reads JSON-LD through a class that it has itself deprecated
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SCHEMA_ORG = Namespace("https://schema.org/")
DESK = Reviewer("The Desk", "https://desk.example/venturi")
THING = {
    "type": "object",
    "properties": {"@type": {"type": "string"}, "name": {"type": "string"}},
    "required": ["@type", "name"],
}
#: what schema.org has for these types, with what readers of ClaimReview require
CLAIM = {
    "type": "object",
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "Claim"},
        "@id": {"type": "string"},
        "identifier": {"type": "string"},
        "text": {"type": "string", "minLength": 1},
        "author": THING,
        "creditText": {"type": "string"},
        "datePublished": {"type": "string", "format": "date"},
        "inLanguage": {"type": "string"},
        "appearance": {
            "type": "object",
            "properties": {
                "@type": {"const": "NewsArticle"},
                "@id": {"type": "string"},
                "url": {"type": "string", "pattern": "^https?://"},
                "headline": {"type": "string"},
                "datePublished": {"type": "string", "format": "date"},
                "publisher": THING,
            },
            "additionalProperties": False,
        },
    },
    "required": ["@type", "text", "appearance"],
    "additionalProperties": False,
}
REVIEW = {
    "type": "object",
    "properties": {
        "@type": {"const": "ClaimReview"},
        "@id": {"type": "string"},
        "url": {"type": "string", "pattern": "^https?://"},
        "author": THING,
        "about": THING,
        "claimReviewed": {"type": "string", "minLength": 1},
        "datePublished": {"type": "string", "format": "date"},
        "itemReviewed": CLAIM,
        "citation": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["@type"]}]},
        "reviewRating": {
            "type": "object",
            "properties": {
                "@type": {"const": "Rating"},
                "ratingValue": {"type": "integer", "minimum": 1, "maximum": 5},
                "bestRating": {"const": 5},
                "worstRating": {"const": 1},
                "alternateName": {"type": "string"},
                "ratingExplanation": {"type": "string"},
            },
            "required": ["@type", "ratingValue", "bestRating", "worstRating", "alternateName"],
            "additionalProperties": False,
        },
    },
    "required": ["@type", "claimReviewed", "reviewRating", "url", "author", "itemReviewed"],
    "additionalProperties": False,
}


def reviews(saga, **change: object) -> dict:
    settled = replace(saga.scores.settled[0], **change)
    return claim_reviews(saga.question, settled, saga.claims, saga.articles, reviewer=DESK)


def test_claims_and_reviews_are_what_schema_org_has(saga) -> None:
    claims = [claim_jsonld(one, saga.articles[one.article]) for one in saga.claims.values()]
    assert [error.message for one in claims for error in Draft202012Validator(CLAIM).iter_errors(one)] == []
    made = reviews(saga)["@graph"]
    assert made
    assert [error.message for one in made for error in Draft202012Validator(REVIEW).iter_errors(one)] == []


def test_an_rdf_reader_finds_who_was_right(saga) -> None:
    text = json.dumps(reviews(saga) | {"@context": {"@vocab": str(SCHEMA_ORG)}})
    graph = Graph().parse(data=text, format="json-ld")
    found = {}
    for review in graph.subjects(RDF.type, SCHEMA_ORG.ClaimReview):
        claim, rating = graph.value(review, SCHEMA_ORG.itemReviewed), graph.value(review, SCHEMA_ORG.reviewRating)
        author = graph.value(claim, SCHEMA_ORG.author)
        found[str(graph.value(author, SCHEMA_ORG.name))] = graph.value(rating, SCHEMA_ORG.ratingValue)
    assert found == {"Ada Crane": Literal(5), "Harbour Post": Literal(5)}


def test_a_no_makes_the_same_words_wrong(saga) -> None:
    calls = tuple(replace(one, right=False) for one in saga.scores.settled[0].calls)
    made = reviews(saga, outcome=Outcome("q1", "no", None, "c2an"), calls=calls)["@graph"]
    assert {one["reviewRating"]["ratingValue"] for one in made} == {1}
    assert made[0]["reviewRating"]["alternateName"] == "Not how it ended"
    assert made[0]["datePublished"] == "2031-09-02"


def test_the_review_is_the_reviewers_and_tells_no_truth(saga) -> None:
    made = reviews(saga)["@graph"][0]
    assert (made["author"]["name"], made["url"]) == ("The Desk", "https://desk.example/venturi")
    assert (
        made["reviewRating"]["ratingExplanation"]
        == "The question ended with yes; what Ada Crane last said came to yes."
    )
    assert not any(word in json.dumps(made).lower() for word in ('"true"', '"false"', "sayso"))


@pytest.mark.parametrize(
    ("evidence", "cited"),
    [
        ("https://club.example/statement", {"@type": "CreativeWork", "url": "https://club.example/statement"}),
        ("the club's own words", "the club's own words"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        (None, None),
    ],
)
def test_evidence_is_cited_as_it_was_given(saga, evidence: str | None, cited: object) -> None:
    made = reviews(saga, outcome=replace(saga.outcome, evidence=evidence))["@graph"][0]
    assert made.get("citation") == cited


def test_evidence_in_the_ledger_is_cited_as_what_it_is(saga) -> None:
    made = reviews(saga, outcome=replace(saga.outcome, evidence="c1ada"))["@graph"][0]
    assert (made["citation"]["@type"], made["citation"]["identifier"]) == ("Claim", "c1ada")
    article = next(iter(saga.articles))
    made = reviews(saga, outcome=replace(saga.outcome, evidence=article[:7]))["@graph"][0]
    assert made["citation"]["@type"] == "NewsArticle"


def test_an_unidentified_source_is_no_author_the_outlet_that_vouches_is(saga) -> None:
    claim = saga.claims["c2anon"]
    made = claim_jsonld(claim, saga.articles[claim.article])
    assert (made["author"]["name"], made["creditText"]) == ("Harbour Post", "A source close to the club")
    nobody = saga.claims["c6copy"]
    assert "author" not in claim_jsonld(nobody, saga.articles[nobody.article])


def test_a_day_that_is_not_known_is_left_out(saga) -> None:
    assert "datePublished" not in claim_jsonld(saga.claims["c4relay"], saga.articles[saga.claims["c4relay"].article])


@pytest.mark.parametrize("status", ["open", "ambiguous"])
def test_what_did_not_end_with_yes_or_no_has_no_review(saga, status: str) -> None:
    with pytest.raises(InputError, match="only what ended with yes or no"):
        reviews(saga, outcome=Outcome("q1", status))


def test_a_reviewer_without_a_page_and_a_claim_that_is_not_there_are_refused(saga) -> None:
    settled = saga.scores.settled[0]
    with pytest.raises(InputError, match="no web address"):
        claim_reviews(saga.question, settled, saga.claims, saga.articles, reviewer=Reviewer("x", "desk"))
    with pytest.raises(InputError, match="hand in both"):
        claim_reviews(saga.question, settled, {}, saga.articles, reviewer=DESK)


class Scripts(HTMLParser):
    """What a browser takes for scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.data: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.data.append(data)


def test_nothing_in_it_ends_the_script_element(saga) -> None:
    hostile = {"text": "</script><script>alert(1)</script><!-- & \u2028"}
    parser = Scripts()
    parser.feed(script(hostile))
    assert parser.tags == ["script"]
    assert json.loads("".join(parser.data)) == hostile
    page = Scripts()
    page.feed(script(reviews(saga)))
    assert json.loads("".join(page.data)) == reviews(saga)

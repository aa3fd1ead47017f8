from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rdflib import RDF, Graph, Namespace

from sayso.articles.extract import extract
from sayso.errors import InputError
from sayso.exports import Anchor, Lost, anchored, annotation
from sayso.reading.claims import read_claims
from sayso.reading.reader import Reader
from sayso.records import Article, RawPage, Span

# rdflib reads JSON-LD through a class that it has itself deprecated
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

OA = Namespace("http://www.w3.org/ns/oa#")
#: the terms used here, as the context of the recommendation maps them (annotation vocabulary, §A)
CONTEXT = {
    "oa": str(OA),
    "rdf": str(RDF),
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "TextualBody": "oa:TextualBody",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "describing": "oa:describing",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "created": {"@type": "xsd:dateTime", "@id": "dcterms:created"},
}
#: what the model (REC 2017-02-23, §3.1, §3.2.4, §4.2.4, §4.2.5) asks of such an annotation
SELECTORS = {
    "type": "array",
    "prefixItems": [
        {
            "type": "object",
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                **{key: {"type": "string"} for key in ("exact", "prefix", "suffix")},
            },
            "required": ["type", "exact", "prefix", "suffix"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {
                "type": {"const": "TextPositionSelector"},
                **{key: {"type": "integer", "minimum": 0} for key in ("start", "end")},
            },
            "required": ["type", "start", "end"],
            "additionalProperties": False,
        },
    ],
    "minItems": 2,
    "maxItems": 2,
}
SCHEMA = {
    "type": "object",
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": {"type": "string", "pattern": "^(https?|urn):"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["describing"]},
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$"},
        "body": {
            "type": "object",
            "properties": {
                "type": {"const": "TextualBody"},
                "format": {"const": "text/plain"},
                "value": {"type": "string"},
            },
            "required": ["type", "value"],
        },
        "target": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {"source": {"type": "string", "pattern": "^(https?|urn):"}, "selector": SELECTORS},
                "required": ["source", "selector"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["@context", "id", "type", "target"],
    "additionalProperties": False,
}
AT = "2031-03-15T08:00:00+00:00"


def made(saga, ident: str) -> dict:
    claim = saga.claims[ident]
    return annotation(claim, saga.articles[claim.article], recorded=AT)


def test_every_annotation_is_one_by_the_model(saga) -> None:
    check = Draft202012Validator(SCHEMA)
    assert [error.message for ident in saga.claims for error in check.iter_errors(made(saga, ident))] == []


def test_an_rdf_reader_finds_words_and_offsets(saga) -> None:
    graph = Graph().parse(data=json.dumps(made(saga, "c1ada") | {"@context": CONTEXT}), format="json-ld")
    words = {str(one) for one in graph.objects(None, OA.exact)}
    assert words == {"“Venturi will leave,”", "“and soon.”"}
    assert len(set(graph.objects(None, OA.hasTarget))) == 2
    assert {one.toPython() for one in graph.objects(None, OA.start)} == {s.start for s in saga.claims["c1ada"].evidence}


def test_offsets_are_code_points_and_the_quote_has_its_surroundings(saga) -> None:
    claim = saga.claims["c1ada"]
    text = saga.articles[claim.article].text
    quote, position = made(saga, "c1ada")["target"][0]["selector"]
    assert text[0] == "🔥"
    assert text[position["start"] : position["end"]] == quote["exact"]
    assert text[: position["start"]].endswith(quote["prefix"])
    assert text[position["end"] :].startswith(quote["suffix"])


def test_the_target_is_the_page_only_where_it_is_one(saga) -> None:
    assert made(saga, "c1ada")["target"][0]["source"] == "https://harbourpost.example/a?x=1&y=%222%22"
    assert made(saga, "c4relay")["target"][0]["source"].startswith("urn:uuid:")


def test_a_base_gives_readable_names(saga) -> None:
    claim = saga.claims["c4relay"]
    one = annotation(claim, saga.articles[claim.article], base="https://desk.example/sayso/")
    assert (one["id"], one["target"][0]["source"]) == (
        "https://desk.example/sayso/claim/c4relay",
        f"https://desk.example/sayso/article/{claim.article}",
    )


def test_the_body_says_whose_word_it_is(saga) -> None:
    assert (
        made(saga, "c1ada")["body"]["value"] == "Ada Crane (person), by way of Harbour Post; certainty +3 of −3 to +3"
    )
    assert made(saga, "c6copy")["body"]["value"].startswith("nobody named (unnamed), by way of Deep Field")


# --- anchoring ----------------------------------------------------------------------------------------------------------------


def test_in_its_own_text_every_claim_stands_where_it_was(saga) -> None:
    for ident, claim in saga.claims.items():
        found = anchored(made(saga, ident), saga.articles[claim.article].text)
        assert found == tuple(Anchor(piece, "in place", sure=True) for piece in claim.evidence)


def noted(text: str, words: str, nth: int = 0) -> dict:
    """An annotation of the nth place of some words in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    quote = {
        "type": "TextQuoteSelector",
        "exact": words,
        "prefix": text[max(0, start - 32) : start],
        "suffix": text[start + len(words) :][:32],
    }
    return {
        "target": {"selector": [quote, {"type": "TextPositionSelector", "start": start, "end": start + len(words)}]}
    }


def test_words_move_with_the_text_before_them(saga) -> None:
    text = next(one.text for one in saga.articles.values() if one.text.startswith("🔥"))
    found = anchored(made(saga, "c1ada"), f"MENU | SPORT\n\n{text}")
    assert [(one.how, one.span.text) for one in found] == [("moved", "“Venturi will leave,”"), ("moved", "“and soon.”")]


def test_another_spelling_of_the_same_words_is_found_as_it_is_spelt_there(saga) -> None:
    other = 'He said so.\n"Venturi\u00a0will\n  le\u00adave," Ada told'
    one = anchored(made(saga, "c1ada"), other)[0]
    assert (one.how, one.span.text, other[one.span.start : one.span.end]) == (
        "respelt",
        '"Venturi\u00a0will\n  le\u00adave,"',
        one.span.text,
    )


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("It is 5-3 – final", "It is 5–3 - final"),
        ("café owners", "cafe\u0301 owners"),
        ("the final office", "the ﬁnal oﬃce"),
        ("wait… what", "wait... what"),
        ("the club’s", "the club's"),
    ],
)
def test_spelling_that_no_reader_hears_is_set_aside(words: str, there: str) -> None:
    one = anchored(noted(words, words), f"Then: {there}.")[0]
    assert isinstance(one, Anchor)
    assert (one.how, one.span.text) == ("respelt", there)


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("up 5% this year", "up 6% this year"),
        ("he left", "she left"),
        ("5 million", "it paid 1.5 million"),
        ("paid 5", "paid 5.2 million"),
        ("paid 5", "paid 52 million"),
        ("cafe owners", "café owners"),
        ("10² metres", "102 metres"),
        ("will leave", "will not leave"),
    ],
)
def test_other_words_are_never_taken_for_the_same(words: str, there: str) -> None:
    assert anchored(noted(words, words), there) == (Lost(words),)


def test_among_equal_words_the_surroundings_decide() -> None:
    text = "Ada Crane said he will stay. Pim Oost said he will stay. Nobody else spoke."
    found = anchored(noted(text, "he will stay", 1), f"{'Furniture. ' * 9}{text}")[0]
    assert (found.sure, found.how) == (True, "moved")
    assert found.span.start == len("Furniture. ") * 9 + text.rindex("he will stay")


def test_where_nothing_decides_the_nearest_is_taken_and_said_to_be_unsure() -> None:
    found = anchored(noted("He stays.", "He stays"), "He stays. He stays. He stays.")[0]
    assert (found.span, found.sure) == (Span(0, 8, "He stays"), False)
    found = anchored(
        {"target": {"selector": {"type": "TextQuoteSelector", "exact": "He stays"}}}, "x He stays, He stays"
    )[0]
    assert (found.span.start, found.sure) == (2, False)


@pytest.mark.parametrize(
    "target",
    [
        None,
        {},
        "urn:x",
        {"selector": []},
        {"selector": {"type": "TextPositionSelector", "start": 1}},
        {"selector": [7]},
    ],
)
def test_without_a_quote_there_is_nothing_to_anchor(target: object) -> None:
    with pytest.raises(InputError, match="TextQuoteSelector"):
        anchored({"target": target}, "any text")


@given(st.text(max_size=40), st.text(min_size=1, max_size=12), st.text(max_size=40))
def test_what_is_anchored_stands_in_the_text(before: str, words: str, after: str) -> None:
    text = before + words + after
    for other in (text, before + " " + words + " " + after, after):
        for one in anchored(noted(text, words), other):
            assert isinstance(one, Lost) or other[one.span.start : one.span.end] == one.span.text


def test_a_new_extraction_of_the_page_keeps_its_claims(saga) -> None:
    """The same report with its headline in capitals, other quotation marks, one paragraph and furniture between."""
    for claim in saga.claims.values():
        article: Article = saga.articles[claim.article]
        other = "HEADLINE\nSubscribe\n" + " ".join(article.text.split()).replace("“", '"').replace("”", '"')
        assert all(isinstance(one, Anchor) for one in anchored(annotation(claim, article), other))


BEFORE = """<html><head><title>Quill to leave Calder Rovers</title></head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Quill to leave Calder Rovers</h1><p>“Marta Quill will leave Calder Rovers in June,” president Ivo Brandt told the Harbour Post on
Monday — a day after the board met.</p><p>Two players said that Quill hadn’t told them. A source close to the board said 40 000 letters had come.</p>
<p>The treasurer denied that the club was for sale, and said the board would meet again before the summer.</p></article></body></html>"""
AFTER = """<html><head><title>Calder Rovers: Quill to go | Harbour Post</title></head><body><header><a href="/">Harbour Post</a></header><main>
<article class="story"><h1>Calder Rovers: Quill to go</h1><div class="byline">By Ada Crane</div><p>A new first paragraph stands here now, about the weather
in Calder, where it rained for most of the week and the pitch was under water.</p><p>&quot;Marta&nbsp;Quill will leave <b>Calder</b> Rovers in
June,&quot; president <a href="/brandt">Ivo Brandt</a> told the Harbour Post on Monday &#8211; a day after the board met.</p><p>Two players said that
Quill hadn't told them. A source close to the board said 40 000 letters had come.</p></article><aside>Most read</aside></main></body></html>"""


def test_claims_are_found_in_what_a_redesigned_page_gives(reader: Reader) -> None:
    first, again = (extract(RawPage("https://harbour.example/q", "html", page)) for page in (BEFORE, AFTER))
    claims = [one for one in read_claims(first, reader) if one.cue is not None]
    found = {one.content: anchored(annotation(one, first), again.text) for one in claims}
    lost = {content for content, anchors in found.items() if any(isinstance(one, Lost) for one in anchors)}
    assert len(found) >= 4
    assert lost == {content for content in found if "for sale" in content or "meet again" in content}
    for one in (one for content in found.keys() - lost for one in found[content]):
        assert isinstance(one, Anchor)
        assert again.text[one.span.start : one.span.end] == one.span.text

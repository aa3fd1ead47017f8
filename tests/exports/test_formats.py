"""Every format out of a ledger, as `sayso export` writes it, read by a reader of that format."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import feedparser
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import PROV, RDF

from sayso import exports, views
from sayso.errors import InputError
from sayso.exports import FORMATS, NOUNS, Reviewer, anchored
from sayso.ledger import Ledger, open_ledger
from sayso.reading.reader import Reader
from sayso.views import Imprint, Selection
from tests.desk import make_desk

# rdflib reads JSON-LD through a class that it has itself deprecated
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

ROOT = Path(__file__).parent.parent.parent
IMPRINT = Imprint(Reviewer("The Desk", "https://desk.example/reviews"))
SCHEMA_ORG = {"https://schema.org": {"@vocab": "https://schema.org/"}}
ANNO = {
    "http://www.w3.org/ns/anno.jsonld": {
        "oa": "http://www.w3.org/ns/oa#",
        "as": "http://www.w3.org/ns/activitystreams#",
        "id": "@id",
        "type": "@type",
        "first": {"@id": "as:first", "@type": "@id"},
        "items": {"@id": "as:items", "@container": "@list"},
        "target": "oa:hasTarget",
        "selector": "oa:hasSelector",
        "exact": "oa:exact",
        "AnnotationCollection": "as:OrderedCollection",
        "AnnotationPage": "as:OrderedCollectionPage",
        "Annotation": "oa:Annotation",
    }
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Ledger:
    with open_ledger(make_desk(tmp_path_factory.mktemp("desk"), reader)) as opened:
        yield opened


def told(ledger: Ledger, what: exports.What, form: str, **wanted: str) -> bytes:
    return views.document(ledger, what, form, Selection(**wanted), imprint=IMPRINT)


def graph(data: bytes, contexts: dict[str, object]) -> Graph:
    """A JSON-LD document as RDF; contexts that stand on the web are given, so that nothing is fetched."""
    document = json.loads(data)
    if isinstance(document["@context"], str):
        document["@context"] = contexts[document["@context"]]
    return Graph().parse(data=json.dumps(document), format="json-ld")


@pytest.mark.parametrize("form", FORMATS, ids=lambda one: one.name)
def test_every_format_goes_out_of_what_it_is_of_and_of_nothing_else(ledger: Ledger, form: exports.Format) -> None:
    if form.name == "parquet":
        pytest.importorskip("pyarrow", reason="the extra sayso[parquet] is not installed")
    for noun in NOUNS:
        if noun in form.of:
            assert told(ledger, noun, form.name, story="Crane", question="1")
        else:
            with pytest.raises(InputError, match=f"not of {noun}; {noun} go out as jsonl, csv"):
                told(ledger, noun, form.name)


def test_an_unknown_format_names_those_that_fit(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="claims go out as jsonl, csv, parquet, citron, webannotation, prov"):
        told(ledger, "claims", "docx")


def test_a_feed_reader_reads_the_question(ledger: Ledger) -> None:
    feed = feedparser.parse(told(ledger, "questions", "atom"))
    assert not feed.bozo
    assert feed.feed.title == "Ada Crane leaves Calder Rovers"
    assert "Settled, yes: Ada Crane leaves Calder Rovers" in [one.title for one in feed.entries]


def test_an_rdf_reader_finds_every_chain_and_claim(ledger: Ledger) -> None:
    claims = len(json.loads(told(ledger, "claims", "schemaorg"))["@graph"])
    chains = graph(told(ledger, "claims", "prov"), {})
    assert len(set(chains.subjects(PROV.value, None))) == claims
    spoken = graph(told(ledger, "claims", "schemaorg"), SCHEMA_ORG)
    assert len([1 for _, _, kind in spoken.triples((None, RDF.type, None)) if str(kind).endswith("/Claim")]) == claims


def test_reviews_name_who_stands_for_them(ledger: Ledger) -> None:
    rows = json.loads(told(ledger, "questions", "claimreview"))["@graph"]
    assert rows
    assert {(row["@type"], row["author"]["name"]) for row in rows} == {("ClaimReview", "The Desk")}
    with pytest.raises(InputError, match="--reviewer NAME --page"):
        views.document(ledger, "questions", "claimreview")


def test_annotations_are_a_collection_that_leads_back_into_the_text(ledger: Ledger) -> None:
    data = told(ledger, "claims", "webannotation")
    collection = json.loads(data)
    items = collection["first"]["items"]
    annotations = graph(data, ANNO).subjects(RDF.type, URIRef("http://www.w3.org/ns/oa#Annotation"))
    assert collection["total"] == len(items) == len(set(annotations))
    # The page was extracted anew: a line more on top, typographic quotation marks, other white space.
    texts = [json.loads(line)["text"] for line in told(ledger, "articles", "jsonl").decode().split("\n")[:-1]]
    joined = "A new line on top.\n" + "\n\n".join(texts).replace("'", "’").replace(" the ", "\u00a0the ")
    found = [one for item in items for one in anchored(item, joined)]
    assert found
    assert all(isinstance(one, exports.Anchor) and one.span.text in joined for one in found)


def test_tables_hold_every_row(ledger: Ledger) -> None:
    rows = told(ledger, "claims", "jsonl").decode().split("\n")[:-1]
    table = csv.reader(io.StringIO(told(ledger, "claims", "csv").decode("utf-8-sig")))
    assert len(list(table)) == len(rows) + 1


def test_a_parquet_file_holds_every_row(ledger: Ledger) -> None:
    tables = pytest.importorskip("pyarrow.parquet", reason="the extra sayso[parquet] is not installed")
    rows = told(ledger, "claims", "jsonl").decode().split("\n")[:-1]
    assert tables.read_table(io.BytesIO(told(ledger, "claims", "parquet"))).num_rows == len(rows)


def test_a_line_of_citron_and_ninjs_is_an_article(ledger: Ledger) -> None:
    for what, form, key in (("claims", "citron", "quotes"), ("articles", "ninjs", "uri")):
        lines = told(ledger, what, form).decode().split("\n")[:-1]
        assert len(lines) == 3
        assert all(json.loads(line)[key] for line in lines)


def test_a_timeline_is_of_one_story(ledger: Ledger) -> None:
    assert json.loads(told(ledger, "claims", "timelinejs", story="Crane"))["events"]
    with pytest.raises(InputError, match="no story"):
        told(ledger, "claims", "timelinejs", story="nothing of that name")


@pytest.mark.parametrize("what", NOUNS)
def test_a_question_narrows_every_kind(ledger: Ledger, what: exports.What) -> None:
    rows = [
        json.loads(line) for line in told(ledger, what, "jsonl", question="1", story="Crane").decode().split("\n")[:-1]
    ]
    assert rows
    if what == "claims":
        said = {one.claim for one in ledger.questions.stances(ledger.questions.find("1").question.id)}
        assert {row["id"] for row in rows} == said


def test_the_page_lists_every_format() -> None:
    page = (ROOT / "docs/export.md").read_text(encoding="utf-8")
    assert [one.name for one in FORMATS if not re.search(rf"`{one.name}`", page)] == []

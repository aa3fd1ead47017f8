from __future__ import annotations

import json
from dataclasses import replace

import pytest
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef

from sayso.exports import provenance
from sayso.records import Link

# rdflib reads JSON-LD through a class that it has itself deprecated
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

PROV = Namespace("http://www.w3.org/ns/prov#")
BASE = "https://desk.example"


@pytest.fixture(scope="session")
def graph(saga) -> Graph:
    made = provenance(saga.claims.values(), saga.articles, saga.ties, base=BASE)
    return Graph().parse(data=json.dumps(made), format="json-ld")


def named(kind: str, ident: str) -> URIRef:
    return URIRef(f"{BASE}/{kind}/{ident}")


def whose(graph: Graph, entity: URIRef) -> set[str]:
    return {str(graph.value(one, RDFS.label)) for one in graph.objects(entity, PROV.wasAttributedTo)}


def test_a_quotation_leads_back_to_its_speaker(graph) -> None:
    first = named("hand", "c1ada%2F0")
    assert (named("claim", "c1ada"), PROV.wasQuotedFrom, first) in graph
    assert (whose(graph, first), whose(graph, named("claim", "c1ada"))) == ({"Ada Crane"}, {"Harbour Post"})
    assert (named("claim", "c1ada"), PROV.hadPrimarySource, first) in graph


def test_what_is_not_quoted_is_derived(graph) -> None:
    assert (named("claim", "c4relay"), PROV.wasDerivedFrom, named("hand", "c4relay%2F0")) in graph
    assert (named("claim", "c4relay"), PROV.wasQuotedFrom, named("hand", "c4relay%2F0")) not in graph


def test_a_quotation_is_quoted_by_the_first_who_passed_it_on_and_then_derived(saga) -> None:
    claim = saga.claims["c1ada"]
    far = replace(claim, chain=(*claim.chain, Link("outlet", "Goal & mouth")))
    data = json.dumps(provenance([far], saga.articles, base=BASE))
    made = Graph().parse(data=data, format="json-ld")
    assert (named("hand", "c1ada%2F1"), PROV.wasQuotedFrom, named("hand", "c1ada%2F0")) in made
    assert set(made.objects(named("claim", "c1ada"), PROV.wasDerivedFrom)) == {named("hand", "c1ada%2F1")}


def test_every_claim_is_quoted_from_its_article(graph, saga) -> None:
    for claim in saga.claims.values():
        assert (named("claim", claim.id), PROV.wasQuotedFrom, named("article", claim.article)) in graph


def test_a_relay_and_a_copy_lead_to_what_they_repeat(graph) -> None:
    assert (named("claim", "c4relay"), PROV.wasDerivedFrom, named("claim", "c1ada")) in graph
    assert (named("claim", "c6copy"), PROV.wasDerivedFrom, named("claim", "c4relay")) in graph


def test_one_outlet_is_one_agent_and_nobody_is_none(graph) -> None:
    labels = [
        str(one) for agent in graph.subjects(RDF.type, PROV.Organization) for one in graph.objects(agent, RDFS.label)
    ]
    assert sorted(labels) == ["Deep Field", "Goal & mouth", "Harbour Post"]
    assert (None, RDFS.label, Literal("?")) not in graph
    assert whose(graph, named("hand", "c6copy%2F0")) == set()


def test_who_is_only_described_is_an_agent_of_that_claim(graph) -> None:
    agent = graph.value(named("hand", "c2anon%2F0"), PROV.wasAttributedTo)
    assert set(graph.objects(agent, RDF.type)) == {PROV.Agent}
    assert str(agent).endswith("/agent/c2anon%2F0")


def test_every_node_is_named_and_typed_and_every_edge_leads_to_one(graph) -> None:
    typed = set(graph.subjects(RDF.type, None))
    edges = [PROV.wasQuotedFrom, PROV.wasDerivedFrom, PROV.wasAttributedTo, PROV.hadPrimarySource]
    assert typed == {one for one in graph.subjects() if isinstance(one, URIRef)}
    assert [(s, p, o) for p in edges for s, o in graph.subject_objects(p) if s not in typed or o not in typed] == []


def test_an_article_leads_to_its_page_only_where_it_has_one(graph, saga) -> None:
    pages = {str(one) for one in graph.objects(None, URIRef("http://purl.org/dc/terms/source"))}
    assert pages == {"https://harbourpost.example/a?x=1&y=%222%22"}


def test_names_stay_the_same_without_a_base(saga) -> None:
    one, two = (provenance(saga.claims.values(), saga.articles, saga.ties) for _ in range(2))
    assert one == two
    assert all(node["@id"].startswith("urn:uuid:") for node in one["@graph"])

"""Chains in the words of W3C PROV-O (REC 2013-04-30), as JSON-LD with its context inside: nothing is fetched to read it.

Each hand that a word went through holds an entity: attributed to that hand, quoted or derived from the one before. The last is the claim
as it stands in the article, which it quotes word for word. Names are as on record; nobody is not made an agent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sayso.exports.names import iri, link
from sayso.origins import Tie, plain
from sayso.records import Article, Claim, Link, SourceKind

CONTEXT: Final[dict[str, Any]] = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{
        f"prov:{name}": {"@type": "@id"}
        for name in ("wasQuotedFrom", "wasDerivedFrom", "wasAttributedTo", "hadPrimarySource")
    },
    "dcterms:issued": {"@type": "xsd:date"},
    "dcterms:source": {"@type": "@id"},
}
NOBODY: Final = "?"  # the name of a hand where nobody is expressed
_AGENTS: Final[dict[SourceKind, str]] = {
    "person": "prov:Person",
    "organisation": "prov:Organization",
    "outlet": "prov:Organization",
    "own": "prov:Organization",
}


def provenance(
    claims: Iterable[Claim], articles: Mapping[str, Article], ties: Iterable[Tie] = (), *, base: str | None = None
) -> dict[str, Any]:
    """The chains of claims as a PROV-O graph. `ties` lead to what a claim relays or copies; those to other claims' articles are kept where
    these are among `articles`.
    """
    tied = {one.claim: one for one in ties}
    nodes: dict[str, dict[str, Any]] = {}
    for claim in claims:
        article = articles[claim.article]
        for node in (_article(article, base), *_hands(claim, base), _claim(claim, tied.get(claim.id), articles, base)):
            _merge(nodes.setdefault(node["@id"], {}), node)
    return {"@context": CONTEXT, "@graph": [_present(nodes[name]) for name in sorted(nodes)]}


def _merge(node: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Lists grow by what they do not hold; of anything else the first that is not empty stays."""
    for key, value in more.items():
        if isinstance(value, list) and key in node:
            node[key] = list(dict.fromkeys([*node[key], *value]))
        elif node.get(key) is None:
            node[key] = value


def _present(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in (None, [])}


def _article(article: Article, base: str | None) -> dict[str, Any]:
    day, outlet = article.published.day, article.outlet.name
    return {
        "@id": iri("article", article.id, base),
        "@type": "prov:Entity",
        "rdfs:label": article.title,
        "dcterms:issued": day.isoformat() if day else None,
        "dcterms:source": link(article.url),
        "prov:wasAttributedTo": _agent_name(Link("outlet", outlet), base) if outlet else None,
    }


def _agent_name(hand: Link, base: str | None) -> str:
    """One agent for one name, whatever article it comes from."""
    return iri("agent", plain(hand.name), base)


def _agent(claim: Claim, position: int, base: str | None) -> dict[str, Any] | None:
    """The agent that a hand is. Who is only described ("a source close to the club") is an agent of this claim alone."""
    hand = claim.chain[position]
    if hand.name == NOBODY:
        return None
    known = hand.kind in _AGENTS
    name = _agent_name(hand, base) if known else iri("agent", f"{claim.id}/{position}", base)
    return {
        "@id": name,
        "@type": ["prov:Agent", _AGENTS[hand.kind]] if known else "prov:Agent",
        "rdfs:label": hand.name,
    }


def _held(claim: Claim, position: int, base: str | None) -> str:
    """The name of what a hand had: for the last one, the claim itself."""
    if position >= len(claim.chain) - 1:
        return iri("claim", claim.id, base)
    return iri("hand", f"{claim.id}/{position}", base)


def _hands(claim: Claim, base: str | None) -> list[dict[str, Any]]:
    """What each hand but the last had, and the agents: a document is an entity of its own and is attributed to nobody."""
    made: list[dict[str, Any]] = []
    for position, hand in enumerate(claim.chain):
        document = hand.kind == "document"
        agent = None if document else _agent(claim, position, base)
        entity: dict[str, Any] = {
            "@id": _held(claim, position, base),
            "@type": "prov:Entity",
            "rdfs:label": hand.name if document else None,
            "prov:wasAttributedTo": agent["@id"] if agent else None,
        }
        if position:
            entity[_relation(claim, position)] = [_held(claim, position - 1, base)]
        made += [agent, entity] if agent else [entity]
    return made


def _relation(claim: Claim, position: int) -> str:
    """Words in quotation marks were quoted by the first who passed them on; everything else is derived."""
    return "prov:wasQuotedFrom" if position == 1 and claim.quoted != "indirect" else "prov:wasDerivedFrom"


def _claim(claim: Claim, tie: Tie | None, articles: Mapping[str, Article], base: str | None) -> dict[str, Any]:
    """What is said of the claim beside its hands: its words, quoted from the article; the origin's own; what it relays or copies."""
    first = next((n for n, hand in enumerate(claim.chain[:-1]) if claim.origin and hand.name == claim.origin), None)
    made: dict[str, Any] = {
        "@id": iri("claim", claim.id, base),
        "@type": "prov:Entity",
        "prov:value": claim.content,
        "prov:wasQuotedFrom": [iri("article", claim.article, base)],
        "prov:hadPrimarySource": [_held(claim, first, base)] if first is not None else [],
    }
    if tie and tie.article in articles:
        whole = iri("claim", tie.said_as, base) if tie.said_as else iri("article", tie.article, base)
        made["prov:wasDerivedFrom"] = [whole]
    return made

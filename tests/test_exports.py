from __future__ import annotations

from sayso.exports import article_json, claim_json
from sayso.reading.claims import read_claims
from sayso.reading.reader import Reader

TEXT = "Venturi to go - sources\n\nAda Crane told The Ledger on Friday that “Venturi will leave” the club."


def test_an_article_has_the_promised_fields(article) -> None:
    promised = "id title outlet author url published text story copy_of removed".split()
    made = article_json(article(TEXT))
    assert [f for f in promised if f not in made] == []
    assert made["published"] == {"start": "2031-03-14", "end": "2031-03-14", "basis": "given", "evidence": "2031-03-14"}


def test_a_claim_has_the_promised_fields(article, reader: Reader) -> None:
    promised = (
        "id article story evidence source cue quoted chain origin certainty event speaks_of said recorded reader "
    ).split()
    claims = read_claims(article(TEXT), reader)
    made = claim_json(claims[0], recorded="2031-03-15T00:00:00+00:00")
    assert [f for f in promised if f not in made] == []
    assert set(made["source"]) == {"kind", "name", "text", "start", "end"}


def test_every_offset_gives_its_words(article, reader: Reader) -> None:
    for claim in read_claims(article(TEXT), reader):
        made = claim_json(claim, recorded=None)
        spans = [*made["evidence"], made["source"], made["cue"] or {"text": None}]
        assert all(s["text"] is None or TEXT[s["start"] : s["end"]] == s["text"] for s in spans)

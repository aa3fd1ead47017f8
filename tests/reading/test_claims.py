from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.reading.claims import read_claims
from sayso.reading.decode import Spans
from sayso.reading.reader import Reader
from sayso.records import Article, Claim, Published


def attributed(claims: tuple[Claim, ...]) -> list[Claim]:
    return [c for c in claims if c.cue is not None]


def test_a_plain_sentence_gives_its_one_claim(article, reader: Reader) -> None:
    (claim,) = attributed(read_claims(article("The mayor said on Friday that the bridge will open in June."), reader))
    assert claim.source.span is not None
    assert (claim.source.span.text, claim.cue and claim.cue.text) == ("The mayor", "said")
    assert "the bridge will open in June" in claim.content


def test_a_quotation_around_its_cue_is_one_content_in_pieces(article, reader: Reader) -> None:
    text = "“We tried everything,” the captain said after the game, “and we still lost.”"
    (claim,) = attributed(read_claims(article(text), reader))
    assert len(claim.evidence) == 2
    assert claim.quoted == "direct"


def test_a_relay_names_the_outlet_it_rests_on(article, reader: Reader) -> None:
    text = "The Athletic reports that Venturi will leave Almenara at the end of the season."
    (claim,) = attributed(read_claims(article(text), reader))
    assert (claim.source.kind, claim.origin) == ("outlet", "The Athletic")


def test_an_anonymous_source_is_vouched_for_by_the_outlet_it_told(article, reader: Reader) -> None:
    text = "Venturi will meet the president in the coming days, a source told ESPN."
    (claim,) = attributed(read_claims(article(text, outlet=None), reader))
    assert (claim.source.kind, claim.origin) == ("anonymous", "ESPN")


def test_two_people_in_one_report_keep_their_own_words(article, reader: Reader) -> None:
    text = "Ada Crane said the plan was dead.\n\nBut Luca Venturi told reporters that he would go on."
    named = {c.source.name: c.content for c in attributed(read_claims(article(text), reader))}
    assert "plan was dead" in named["Ada Crane"]
    assert "would go on" in named["Luca Venturi"]


def test_what_the_article_itself_states_is_its_own_claim(article, reader: Reader) -> None:
    (claim,) = read_claims(article("The bridge was closed in March after a lorry struck one of its piers."), reader)
    assert (claim.source.kind, claim.cue, claim.origin) == ("own", None, "Harbour Post")


def test_the_same_article_gives_the_same_ids(article, reader: Reader) -> None:
    made = article("The mayor said the bridge will open in June.")
    assert [c.id for c in read_claims(made, reader)] == [c.id for c in read_claims(made, reader)]


def test_an_undated_article_says_nothing_about_when(article, reader: Reader) -> None:
    made = article("The mayor said on Friday that the bridge will open in June.", day=None)
    (claim,) = attributed(read_claims(made, reader))
    assert claim.said is None
    assert claim.speaks_of is None or claim.speaks_of.start is None


@pytest.mark.parametrize("text", ["", "\n\n", "?", "Ok", "…" * 50])
def test_texts_with_nothing_in_them_give_nothing(reader: Reader, text: str) -> None:
    assert read_claims(Article(id="x", text=text, published=Published()), reader) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            ["Ada Crane", "said", "“", "”", "that", "he", "\n\n", "🚨", "é", ".", "will leave", "told ESPN", ",", "—"]
        ),
        max_size=60,
    )
)
def test_evidence_is_always_word_for_word(reader: Reader, pieces: list[str]) -> None:
    text = " ".join(pieces)
    for claim in read_claims(Article(id="x", text=text), reader):
        spans = [*claim.evidence, *(s for s in (claim.cue, claim.source.span) if s)]
        assert all(text[s.start : s.end] == s.text and s.text for s in spans)


def test_what_was_once_meant_is_told_because_it_no_longer_stands(article) -> None:
    class Nothing:
        """A reader that finds nothing: all is the article's own."""

        name = "nothing"

        def spans(self, text: str) -> Spans:
            return Spans((), (), (), ())

    text = "The board, which in March had resolved to keep Ada Crane, has come round to the opposite view."
    assert {e.certainty for c in read_claims(article(text), Nothing()) for e in c.events if e.frame == "stay"} == {0}

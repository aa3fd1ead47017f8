from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Article, Claim, Source, Span
from sayso.views import ArticlePage
from sayso.views.marked import Mark, Paragraph, marked
from sayso.views.timeline import line

TEXT = "Quill to go\n\nBrandt said that Quill told him that she will go.\nNorda waited."


def span(text: str, start: int, end: int) -> Span:
    return Span(start, end, text[start:end])


def claim(text: str, content: tuple[int, int], cue: tuple[int, int] | None, source: tuple[int, int] | None) -> Claim:
    return Claim(
        id=f"c{content}",
        article="a",
        evidence=(span(text, *content),),
        source=Source("person", "Somebody", span(text, *source) if source else None),
        cue=span(text, *cue) if cue else None,
        quoted="indirect",
        chain=(),
        origin=None,
        certainty=2,
        speaks_of=None,
        said=(date(2031, 3, 14), date(2031, 3, 14)),
        confidence=0.9,
        reader="test",
    )


def shown(text: str, *claims: Claim) -> tuple[Paragraph, ...]:
    article = Article(id="a", text=text, title=text.split("\n")[0])
    return marked(ArticlePage(article, "undated", tuple(line(article, one) for one in claims)))


def flat(inside: tuple[Mark | str, ...]) -> str:
    return "".join(one if isinstance(one, str) else flat(one.inside) for one in inside)


def every(inside: tuple[Mark | str, ...]) -> list[Mark]:
    marks = [one for one in inside if isinstance(one, Mark)]
    return [*marks, *(deeper for one in marks for deeper in every(one.inside))]


def test_an_attribution_inside_anothers_content_lies_within_it() -> None:
    outer = claim(TEXT, (25, 62), (20, 24), (13, 19))
    inner = claim(TEXT, (44, 62), (36, 40), (30, 35))
    found = {one.anchor: one for one in every(shown(TEXT, outer, inner)[1].inside) if one.anchor}
    assert "e-44-62" in [one.anchor for one in every(found["e-25-62"].inside)]


def test_the_headline_is_told_from_the_text() -> None:
    assert [one.heading for one in shown(TEXT)] == [True, False, False]


def test_a_content_over_two_paragraphs_has_its_name_once() -> None:
    marks = [one for paragraph in shown(TEXT, claim(TEXT, (44, 75), (36, 40), None)) for one in every(paragraph.inside)]
    assert [one.anchor for one in marks if one.part == "content"] == ["e-44-75", ""]


def test_claims_of_the_same_words_share_a_mark() -> None:
    marks = every(shown(TEXT, claim(TEXT, (44, 62), (20, 24), None), claim(TEXT, (44, 62), (36, 40), None))[1].inside)
    assert [one.claims for one in marks if one.part == "content"] == [(1, 2)]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.integers(0, 60), st.integers(1, 9)), max_size=6))
def test_no_word_is_lost_whatever_crosses(places: list[tuple[int, int, int, int]]) -> None:
    n = len(TEXT)
    claims = [claim(TEXT, (a, min(n, a + b)), (c, min(n, c + d)), None) for a, b, c, d in places]
    paragraphs = shown(TEXT, *claims)
    names = [one.anchor for paragraph in paragraphs for one in every(paragraph.inside) if one.anchor]
    assert [flat(one.inside) for one in paragraphs] == TEXT.replace("\n\n", "\n").split("\n")
    assert len(names) == len(set(names))


def test_the_articles_own_voice_is_named_and_not_coloured() -> None:
    marks = every(shown(TEXT, claim(TEXT, (63, 76), None, None))[2].inside)
    assert [(one.part, one.anchor) for one in marks] == [("own", "e-63-76")]


@pytest.mark.parametrize("text", ["", "\n\n", "One line"])
def test_texts_of_no_or_one_paragraph(text: str) -> None:
    assert "".join(flat(one.inside) for one in shown(text)) == text.strip()

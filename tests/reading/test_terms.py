from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from sayso.reading.terms import Terms, root, terms
from sayso.records import Article, Published

REPORT = """Coach Ada Crane To Leave Norda United After Cup Final

Norda United expect Ada Crane to leave in June, the Harbour Post understands. The board met Crane, 47, on Monday. Yesterday
Crane resigned from a second post. Resigning was easy, said Luca Pérez, who advises her.
"""


def read(text: str) -> Terms:
    return terms(Article("a", text))


def test_words_count_under_their_root() -> None:
    found = read(REPORT)
    assert found.counts["resign"] == 2
    assert found.forms["resign"] in ("resigned", "resigning")
    assert found.counts["leav"] == 2


def test_common_words_and_the_calendar_do_not_count() -> None:
    assert {"the", "to", "monday", "june", "said", "yesterday"}.isdisjoint(read(REPORT).counts)


def test_names_are_those_of_running_text() -> None:
    found = read(REPORT)
    assert {found.names[t] for t in ("ada crane", "norda united", "luca perez", root("Crane"))} == {
        "Ada Crane",
        "Norda United",
        "Luca Pérez",
        "Crane",
    }
    assert {"cup", "final", "resign", "yesterday crane"}.isdisjoint(found.names)


def test_a_headline_in_capitals_names_nobody() -> None:
    assert read("Council Votes To Close Old Bridge\n\nthe council will close the old bridge.").names == {}


def test_a_full_name_at_the_start_of_a_sentence_is_found() -> None:
    assert "carlo venturi" in read("Carlo Venturi will go. Nobody else will.").names


def test_the_first_word_of_a_sentence_is_no_part_of_a_name() -> None:
    found = read("Asked on Friday, Venturi shrugged. Later Carlo Venturi left. Prices rose. Bonds fell.")
    assert {key for key in found.names if " " in key} == {"carlo venturi"}
    assert {"price", "bond"}.isdisjoint(found.names)


def test_people_are_told_from_clubs_and_places() -> None:
    found = read(
        REPORT + "They play at the Port Ellis Stadium in South Norda next, and Mr Teodor Wenk of Wenk Holdings agrees."
    )
    assert set(found.people) == {"ada crane", "luca perez", "teodor wenk"}
    assert found.people[0] == "ada crane"


def test_initials_and_particles_stay_within_a_name() -> None:
    found = read("He met Robert J. van der Meer there. They like J. Crane.")
    assert "robert j van der meer" in found.names
    assert "j crane" in found.names


def test_an_abbreviated_title_ends_no_sentence() -> None:
    assert "wenk" in read("They blame Mr. Wenk for it, and wenk is no word.").names


@pytest.mark.parametrize(
    ("one", "other"),
    [("resigns", "resigned"), ("Pérez", "perez"), ("parties", "party"), ("planning", "planned"), ("votes", "vote")],
)
def test_forms_of_one_word_share_a_root(one: str, other: str) -> None:
    assert root(one) == root(other)


@pytest.mark.parametrize(
    ("one", "other"), [("bus", "bu"), ("class", "clas"), ("ring", "r"), ("bed", "b"), ("red", "r")]
)
def test_a_short_word_keeps_its_ending(one: str, other: str) -> None:
    assert root(one) != other


def test_days_come_from_the_article() -> None:
    published = Published(date(2031, 3, 1), date(2031, 3, 9), "text")
    found = terms(Article("a", "Norda won.", published=published))
    assert (found.start, found.end) == (date(2031, 3, 1), date(2031, 3, 9))


@pytest.mark.parametrize("text", ["", "…", "12 34.5", "I. \n\n-", "A", "É É É"])
def test_hardly_any_words_are_no_error(text: str) -> None:
    assert terms(Article("a", text)).people == ()


def test_a_line_of_sixty_thousand_sentences_is_gone_through_once(article: Callable[..., Article]) -> None:
    """It took minutes while every sentence's end was looked for from the line's beginning."""
    assert set(terms(Article("a", "He. cranes. " * 30_000)).counts.values()) == {30_000}


def test_terms_come_back_from_the_ledger(article: Callable[..., Article]) -> None:
    found = terms(article(REPORT))
    assert Terms.unpacked(found.packed()) == found
    assert Terms.unpacked(read("x").packed()) == read("x")


def test_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="values to unpack"):
        Terms.unpacked('["a"]')

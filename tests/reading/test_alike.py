from __future__ import annotations

import pytest

from sayso.reading.alike import common, fits, is_name, mentioned, same_name, told


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Coach Luca Venturi", "Venturi", True),
        ("Coach Venturi", "Luca Venturi", True),
        ("Norda Steel Works", "NSW", True),
        ("Lantern Bay", "Linden Bay", False),
    ],
)
def test_names_are_one_without_what_their_bearers_are_and_by_their_initials(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("wanted", "said", "fit"),
    [
        ("Parliament", "MPs", None),
        ("Luca Venturi", "he", None),
        ("Luca Venturi", "Venturi's sister", False),
        ("the housing bill", "the fishing bill", False),
        ("the housing bill", "the bill on housing", True),
        ("the high court", "the district court", False),
        ("the court", "the judges", None),
    ],
)
def test_a_role_is_filled_left_open_or_filled_by_another(wanted: str, said: str, fit: bool | None) -> None:
    assert fits("what", wanted, said) is fit


def test_what_is_called_by_another_word_is_open_where_the_claim_names_it() -> None:
    text = "Ostrel will go ahead: the carmaker has the money."
    assert fits("by", "Ostrel", "carmaker", told(text)) is None
    assert fits("by", "Skerrick", "bakery", told("The bakery has the money.")) is False


def test_a_word_with_a_capital_at_the_head_of_a_sentence_is_no_name() -> None:
    assert not is_name("Workers")
    assert told("On Monday Venturi spoke. Nobody listened.").names == ("Venturi",)


def test_a_claim_mentions_a_thing_by_a_form_of_its_name_or_by_its_own_words() -> None:
    assert mentioned("Luca Venturi", told("It was Venturi."))
    assert not mentioned("Luca Venturi", told("It was Paolo Venturi."))
    assert mentioned("the housing bill", told("Housing is dear."))


def test_the_share_of_a_question_that_a_claim_speaks_of_counts_names_twice() -> None:
    assert common("Luca Venturi leaves Almenara", told("Venturi met the players.")) == pytest.approx(0.4)

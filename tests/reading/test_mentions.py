from __future__ import annotations

import pytest

from sayso.reading.mentions import Names, bare, find_outlet, looks_like_outlet

TEXT = "Carlo Venturi met Luca Venturi. Later President Ada Crane spoke; Venturi left. Norda United won."


def test_people_are_found_without_their_titles() -> None:
    assert [n.text for n in Names(TEXT).people] == ["Carlo Venturi", "Luca Venturi", "Ada Crane"]


def test_a_surname_stands_for_the_one_who_bears_it() -> None:
    assert Names(TEXT).full("Ms Crane", 0) == "Ada Crane"


def test_of_two_with_one_surname_the_last_named_is_meant() -> None:
    assert Names(TEXT).full("Venturi", TEXT.rindex("Venturi left")) == "Luca Venturi"


def test_a_name_nobody_bears_is_nobody() -> None:
    assert Names(TEXT).full("Smith", 90) is None


@pytest.mark.parametrize(
    ("words", "name"), [("the Italian", "Italian"), ("President Ada Crane’s", "Ada Crane"), ("Mr. Crane", "Crane")]
)
def test_bare_takes_titles_and_endings_off(words: str, name: str) -> None:
    assert bare(words) == name


def test_the_register_knows_an_alias() -> None:
    entry = find_outlet("the Associated Press")
    assert entry is not None
    assert (entry.name, entry.kind) == ("AP", "agency")


@pytest.mark.parametrize(
    ("words", "is_one"),
    [("The Harbour Post", True), ("the Evening Echo", True), ("Harbour Trust", False), ("the post", False)],
)
def test_an_unknown_paper_is_known_by_its_name(words: str, is_one: bool) -> None:
    assert looks_like_outlet(words) is is_one

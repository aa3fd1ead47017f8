from __future__ import annotations

import pytest

from sayso.reading.decode import Found
from sayso.reading.plain import plain_cases


def words(text: str, found: Found) -> tuple[list[str], str, list[str]]:
    return [text[a:b] for a, b in found.source], text[slice(*found.cue)], [text[a:b] for a, b in found.content]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "Venturi to meet president, expected to stay - sources",
            ["sources"],
            "-",
            ["Venturi to meet president, expected to stay"],
        ),
        (
            "However The Athletic relay that he intends to leave. He is 35.",
            ["The Athletic"],
            "relay",
            ["that he intends to leave"],
        ),
        ("The Harbour Post has reported that talks began.", ["The Harbour Post"], "has reported", ["that talks began"]),
        ("The meeting reportedly took place on Friday.", [], "reportedly", ["The meeting", "took place on Friday"]),
        ("His plan is to see out his contract, but few believe it.", ["His"], "plan is", ["to see out his contract"]),
    ],
)
def test_a_plain_case_is_found(text: str, source: list[str], cue: str, content: list[str]) -> None:
    (found,) = plain_cases(text, [])
    assert words(text, found) == (source, cue, content)


@pytest.mark.parametrize(
    "text",
    [
        "The striker reported that morning for training.",
        "Harbour 2 - 1 Westmere",
        "Nobody Knew reported that he left.",
        "The plan is good.",
    ],
)
def test_what_only_looks_like_one_is_left(text: str) -> None:
    assert plain_cases(text, []) == []


def test_what_the_tagger_found_is_not_found_again() -> None:
    text = "The meeting reportedly took place."
    (found,) = plain_cases(text, [])
    assert plain_cases(text, [found]) == []

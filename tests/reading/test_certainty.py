from __future__ import annotations

import pytest

from sayso.reading.certainty import by_rule, certainty


@pytest.mark.parametrize(
    ("content", "cue", "value"),
    [
        ("that he will leave", "said", 3),
        ("he is expected to leave", "said", 2),
        ("he could leave", "said", 1),
        ("his job is not at risk", "said", -3),
        ("he is unlikely to go", "said", -2),
        ("he might not go", "said", -1),
        ("that he had resigned", "denied", -3),
        ("whether he would go", "asked", 0),
        ("that he would be in charge", "wouldn't confirm", 0),
        ("to leave", "intends", 2),
        ("more time", "wants", 0),
    ],
)
def test_plain_wordings_fall_where_a_reader_puts_them(content: str, cue: str, value: int) -> None:
    assert by_rule(content, cue) == value


def test_a_refusal_to_speak_is_open_whatever_the_model_says() -> None:
    assert certainty("whether he would go", "declined to say", modelled=2.6) == 0


def test_a_denial_never_affirms() -> None:
    assert certainty("that he had resigned", "denied", modelled=2.4) == -3


def test_rule_and_model_meet_in_the_middle() -> None:
    assert certainty("he will go", "said", modelled=1.2) == 2


def test_without_a_model_the_rule_decides() -> None:
    assert certainty("he could go", "said", modelled=None) == 1

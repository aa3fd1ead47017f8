"""What a user settles by hand is logged, taken back, and outlives reading again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sayso import pipeline, views
from sayso.errors import InputError
from sayso.ledger import Ledger, open_ledger
from sayso.reading.reader import Reader
from tests.web.visiting import QUESTION, make_desk

DAYS = pipeline.window("2025-01-01..2025-08-31")
SHORT = pipeline.window("2025-01-01..2025-03-03")


@pytest.fixture
def desk(tmp_path: Path, reader: Reader) -> Ledger:
    with open_ledger(make_desk(tmp_path, reader)) as opened:
        yield opened


def log(ledger: Ledger) -> list[str]:
    return [entry.what for entry in views.question(ledger, "1").log]


def test_a_window_set_by_hand_outlives_reading_and_following_again(desk: Ledger) -> None:
    pipeline.set_window(desk, "1", SHORT)
    pipeline.reassess(desk)
    with pytest.raises(InputError, match="set by hand"):
        pipeline.follow(desk, QUESTION, window=DAYS)
    assert desk.questions.find("1").question.end == date(2025, 3, 3)
    assert log(desk) == ["window 2025-01-01..2025-03-03, before 2025-01-01..2025-08-31"]


def test_a_window_is_set_back_with_its_stances(desk: Ledger) -> None:
    before = desk.questions.stances(desk.questions.find("1").question.id)
    pipeline.set_window(desk, "1", SHORT)
    one = pipeline.set_window(desk, "1", DAYS)
    assert desk.questions.stances(one.question.id) == before


def test_two_questions_never_become_one_by_their_windows(desk: Ledger) -> None:
    pipeline.follow(desk, QUESTION, window=SHORT)
    with pytest.raises(InputError, match="question 1 asks the same"):
        pipeline.set_window(desk, "2", DAYS)


def test_a_dropped_question_is_taken_up_with_its_number(desk: Ledger) -> None:
    pipeline.set_window(desk, "1", SHORT)
    pipeline.drop(desk, "1")
    assert pipeline.follow(desk, QUESTION, window=SHORT).number == 1
    assert log(desk)[-2:] == ["dropped", "followed again"]


def test_the_same_outcome_twice_is_logged_once(desk: Ledger) -> None:
    for _ in range(2):
        pipeline.resolve(desk, "1", "yes", on=date(2025, 3, 20))
    assert log(desk) == ["resolved yes on 2025-03-20"]


@pytest.mark.parametrize("words", ["", "2025", "2025-03-01", "x..y", "2025-03-02..2025-03-01", "2025-13-01.."])
def test_what_is_no_window_is_refused(words: str) -> None:
    with pytest.raises(InputError, match="no window"):
        pipeline.window(words)


def test_a_window_may_be_open() -> None:
    assert pipeline.window("2025-03-01..") == (date(2025, 3, 1), None)
    assert pipeline.window("..") == (None, None)


@pytest.mark.parametrize(
    ("verb", "remedy"),
    [
        (lambda desk: pipeline.follow(desk, "  "), "empty"),
        (lambda desk: pipeline.follow(desk, "x" * 400), "short statement"),
        (lambda desk: pipeline.rule(desk, "1", "", "for"), "no claim"),
        (lambda desk: pipeline.rule(desk, "1", "abc", "maybe"), "there are for"),
        (lambda desk: pipeline.resolve(desk, "1", "perhaps"), "there are yes"),
        (lambda desk: pipeline.rename(desk, "quill", " "), "empty"),
        (lambda desk: pipeline.merge(desk, "quill", "quill"), "same story"),
        (lambda desk: pipeline.split(desk, "quill", []), "no article chosen"),
        (lambda desk: pipeline.split(desk, "quill", desk.stories.find("quill").articles), "leave at least one"),
        (lambda desk: pipeline.undo(desk, 3), "no decision 3"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(desk: Ledger, verb: object, remedy: str) -> None:
    with pytest.raises(InputError, match=remedy):
        verb(desk)


def test_an_undo_tells_which_articles_it_was_about(desk: Ledger) -> None:
    found = desk.stories.find("quill")
    number = pipeline.rename(desk, "quill", "The Rovers bench")
    assert pipeline.undo(desk, number) == found.articles[:1]
    with pytest.raises(InputError, match="decide anew"):
        pipeline.undo(desk, number + 1)

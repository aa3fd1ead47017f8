"""Outcomes are proposed from what reports state as done, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from sayso.outcomes import Proposal, proposals
from sayso.questions import stance
from sayso.reading.claims import read_claims
from sayso.reading.events import read_question
from sayso.reading.reader import Reader
from sayso.records import Article, Question

ASKED = Question(
    "q", "Marta Quill leaves Calder Rovers", date(2031, 1, 1), date(2031, 8, 31), read_question("Marta Quill leaves Calder Rovers")
)  # fmt: skip
SALE = Question(
    "q", "Brannick buys Ostvik Ferries", date(2031, 1, 1), None, read_question("Brannick buys Ostvik Ferries")
)


def told(question: Question, article: Article, reader: Reader) -> list[Proposal]:
    claims = {claim.id: claim for claim in read_claims(article, reader)}
    stances = [one for claim in claims.values() if (one := stance(question, claim)) is not None]
    return list(proposals(question, stances, claims))


@pytest.mark.parametrize(
    "text",
    [
        "Marta Quill has left Calder Rovers, the club announced on Thursday.",
        "Calder Rovers have sacked Marta Quill, the club announced on Thursday.",
        "Marta Quill leaves Calder Rovers after four years\n\nThe coach said goodbye to the players on Thursday.",
    ],
)
def test_what_is_told_as_done_is_proposed(text: str, article: Callable[..., Article], reader: Reader) -> None:
    found = told(ASKED, article(text), reader)
    assert [(one.status, one.on) for one in found] == [("yes", date(2031, 3, 14))]
    assert found[0].claims
    assert found[0].origins


@pytest.mark.parametrize(
    "text",
    [
        "Marta Quill will leave Calder Rovers in June, the club announced on Thursday.",
        "Marta Quill is set to leave Calder Rovers, a source told the Harbour Post.",
        "Marta Quill might have left Calder Rovers, a source told the Harbour Post.",
        "Marta Quill is staying at Calder Rovers, the club said on Thursday.",
        "Calder Rovers want to sack Marta Quill, the Norda agency reported.",
        "“I will not leave Calder Rovers,” Marta Quill told reporters.",
        "The club denied that Marta Quill had left Calder Rovers.",
    ],
)
def test_what_lies_ahead_or_is_unsure_is_not(text: str, article: Callable[..., Article], reader: Reader) -> None:
    assert told(ASKED, article(text), reader) == []


def test_giving_up_ends_a_question_with_no(article: Callable[..., Article], reader: Reader) -> None:
    text = "Brannick has abandoned its attempt to buy Ostvik Ferries, the company said on Thursday."
    assert [one.status for one in told(SALE, article(text), reader)] == ["no"]

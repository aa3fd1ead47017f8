"""What judges in the measures of stance and answers: the product's own way from a question and a text to a stance."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gate.stance import SIDES, Judge
from sayso.questions import stance
from sayso.reading.events import events, read_question
from sayso.reading.reader import Reader
from sayso.records import Claim, Question, Source, Span


def judge_of(reader: Reader | None) -> Judge:
    """Frames, as `sayso follow` does; where no frame decides, the model's scores, if a reader is given (the ledger does not take them:
    docs/stance.md).
    """

    @cache
    def asked(words: str) -> Question:
        return Question(words, words, None, None, read_question(words))

    def judge(question: str, text: str) -> Mapping[str, float]:
        found = stance(asked(question), claim_of(text))
        if found is None:
            nothing = dict.fromkeys(SIDES, 0.0) | {"unrelated": 1.0}
            return dict(zip(SIDES, reader.judge(question, text), strict=True)) if reader else nothing
        rest = (1 - found.strength) / 3
        return {side: found.strength + rest if side == found.stance else rest for side in SIDES}

    return judge


def claim_of(text: str) -> Claim:
    """A sentence as a claim of its own."""
    return Claim(
        id="gate",
        article="gate",
        evidence=(Span(0, len(text), text),),
        source=Source("own", None),
        cue=None,
        quoted="indirect",
        chain=(),
        origin=None,
        certainty=None,
        speaks_of=None,
        said=None,
        confidence=1.0,
        reader="gate",
        events=events(text),
    )

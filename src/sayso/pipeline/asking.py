"""Questions: what is followed, and every claim's stance to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from sayso.ledger import Followed, Ledger
from sayso.questions import candidates, keys, stance
from sayso.reading.events import read_question
from sayso.records import Claim, Question, Stance, content_id

AFTER = timedelta(days=92)  # a window that is read off an episode stays open that long after its last report


class Judge(Protocol):
    """Where no frame decides, a model may. Left out by default: the one that ships is wrong too often (docs/stance.md)."""

    def judge(self, question: str, text: str) -> tuple[float, float, float, float]:
        """Probabilities that a text is for, against or observing a question, or has nothing to do with it."""


def follow(
    ledger: Ledger,
    text: str,
    judge: Judge | None = None,
    *,
    window: tuple[date | None, date | None] | None = None,
    group: str | None = None,
) -> Followed:
    """Follow a question and hold every claim on record against it. Without a window, that of the story's last episode."""
    events = read_question(text)
    asked = Question("", text, None, None, events, group)
    met = candidates(asked, [r.claim for r in ledger.met_by(keys(asked))])
    story, episode = window_of(ledger, met)
    start, end = window or episode
    made = Question(content_id("question", text, str(start), str(end)), text, start, end, events, group, story)
    ledger.questions.add(made)
    _assess(ledger, made, met, judge)
    return ledger.questions.find(made.id)


def window_of(ledger: Ledger, claims: Iterable[Claim]) -> tuple[str | None, tuple[date | None, date | None]]:
    """The story that most of these claims stand in, and the days of its last episode, three months on."""
    held = ledger.stories.story_of({claim.article for claim in claims})
    counted = Counter(held.values())
    if not counted:
        return None, (None, None)
    story = ledger.stories.find(max(counted, key=lambda s: (counted[s], s)))
    if not story.episodes:
        return story.id, (story.start, story.end)
    start, end, _ = story.episodes[-1]
    return story.id, (start, end + AFTER if end else None)


def reassess(ledger: Ledger, judge: Judge | None = None, *, articles: Collection[str] | None = None) -> int:
    """Hold claims against every question that is followed: all on record, or those of these articles; how many stances there are."""
    made = 0
    for one in ledger.questions.followed():
        met = [r.claim for r in ledger.met_by(keys(one.question))]
        if articles is not None:
            met = [claim for claim in met if claim.article in articles]
        made += _assess(ledger, one.question, candidates(one.question, met), judge, only=articles is not None)
    return made


def _assess(
    ledger: Ledger, question: Question, claims: Sequence[Claim], judge: Judge | None, *, only: bool = False
) -> int:
    outlets = {a.id: a.outlet.name for a in ledger.articles(ids={c.article for c in claims})}
    ties = ledger.stories.ties([c.id for c in claims])
    found: list[Stance] = []
    for claim in claims:
        one = stance(question, claim, outlet=outlets.get(claim.article), model=judge.judge if judge else None)
        if one is not None:
            tied = ties.get(claim.id)
            found.append(one if tied is None or not tied.origin else replace(one, origin=tied.origin))
    ledger.questions.save_stances(question.id, found, only=[c.id for c in claims] if only else None)
    return len(found)

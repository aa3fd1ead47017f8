"""Questions: what is followed, and every claim's stance to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from sayso.errors import InputError
from sayso.held import keep_reckonings
from sayso.ledger import Followed, Ledger
from sayso.questions import candidates, keys, stance
from sayso.reading.events import read_question
from sayso.records import Claim, Question, Stance, content_id

LONGEST = 300  # characters of a question: a statement, not an article
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
    """Follow a question and hold every claim on record against it. Without a window, that of the story's last episode.

    One that was dropped is taken up again. Raises InputError where the question is empty, or is followed over other days by now.
    """
    text = " ".join(text.split())
    if not text:
        raise InputError("the question is empty; word it as a short statement")
    if len(text) > LONGEST:
        raise InputError(f"a question of {len(text)} characters; word it as a short statement of {LONGEST} at most")
    with ledger.as_one():  # an article that comes in meanwhile is either met here or meets the question itself
        made = _follow(ledger, text, judge, window=window, group=group)
    keep_reckonings(ledger)
    return made


def _follow(
    ledger: Ledger,
    text: str,
    judge: Judge | None,
    *,
    window: tuple[date | None, date | None] | None,
    group: str | None,
) -> Followed:
    events = read_question(text)
    asked = Question("", text, None, None, events, group)
    met = candidates(asked, [r.claim for r in ledger.met_by(keys(asked))])
    story, episode = window_of(ledger, met)
    start, end = window or episode
    held_as = ledger.questions.known(text, start, end) or content_id("question", text, str(start), str(end))
    made = Question(held_as, text, start, end, events, group, story)
    before = next((f for f in ledger.questions.followed() if f.question.id == made.id), None)
    if before and window and (before.question.start, before.question.end) != window:
        raise InputError(f"question {before.number} began as this one; its window was set by hand: `sayso window`")
    ledger.questions.add(made)
    held = ledger.questions.find(made.id)
    if window and (held.question.start, held.question.end) != window:
        ledger.questions.set_window(made.id, *window)
        held = ledger.questions.find(made.id)
    _assess(ledger, held.question, met, judge)
    return held


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


def reassess(
    ledger: Ledger, judge: Judge | None = None, *, articles: Collection[str] | None = None, only: str | None = None
) -> int:
    """Hold claims against every question that is followed, or `only` this one: all claims on record, or those of these articles; how many
    stances there are.
    """
    made = 0
    for one in ledger.questions.followed():
        if only is not None and one.question.id != only:
            continue
        with ledger.as_one():
            met = [r.claim for r in ledger.met_by(keys(one.question), articles=articles)]
            made += _assess(ledger, one.question, candidates(one.question, met), judge, only=articles is not None)
    keep_reckonings(ledger)
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

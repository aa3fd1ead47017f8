"""What a user settles by hand: questions, stances, outcomes and stories. Every verb is logged, can be taken back, and outlives reading again.

The command line and the pages call these; each takes references as a user gives them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from sayso.errors import InputError
from sayso.held import keep_reckonings
from sayso.ledger import RULINGS, Followed, Ledger
from sayso.pipeline.asking import follow, reassess
from sayso.pipeline.grouping import decide, decisions
from sayso.records import Outcome, Question, Status
from sayso.scores import read_outcomes
from sayso.stories import Decision

AS_READ: Final = "read"
SIDES: Final = (*RULINGS, AS_READ)
STATUSES: Final[dict[str, Status]] = {"yes": "yes", "no": "no", "ambiguous": "ambiguous", "open": "open"}
LONGEST_NAME: Final = 200
LONGEST_EVIDENCE: Final = 2000


class Ruled(NamedTuple):
    """A question, and the claim whose stance to it was set."""

    followed: Followed
    claim: str


def window(words: str) -> tuple[date | None, date | None]:
    """FROM..TO as two days, either side left out. Raises InputError where it is no such thing."""
    first, dots, last = words.strip().partition("..")
    try:
        start, end = (date.fromisoformat(side.strip()) if side.strip() else None for side in (first, last))
    except ValueError:
        dots, start, end = "", None, None
    if not dots or (start and end and end < start):
        raise InputError(
            f"{words!r} is no window; give FROM..TO as 2025-03-01..2025-06-30, either side may be left out"
        )
    return start, end


def set_window(ledger: Ledger, reference: str, days: tuple[date | None, date | None]) -> Followed:
    """Give a question another window, and hold every claim against it anew."""
    one = ledger.questions.find(reference)
    if (one.question.start, one.question.end) == days:
        return one
    twin = next((f for f in ledger.questions.followed() if _same(f.question, one.question.text, days)), None)
    if twin is not None:
        raise InputError(f"question {twin.number} asks the same over these days; drop one of the two")
    ledger.questions.set_window(one.question.id, *days)
    reassess(ledger, only=one.question.id)
    return ledger.questions.find(str(one.number))


def _same(question: Question, text: str, days: tuple[date | None, date | None]) -> bool:
    return question.text.lower() == text.lower() and (question.start, question.end) == days


def drop(ledger: Ledger, reference: str) -> Followed:
    """Stop following a question; its log stays, and following it again takes it up where it was."""
    one = ledger.questions.find(reference)
    ledger.questions.drop(one.question.id)
    keep_reckonings(ledger)
    return one


def decline(ledger: Ledger, text: str, days: tuple[date | None, date | None]) -> None:
    """Drop a question that was only proposed, so that it is not proposed again."""
    drop(ledger, str(follow(ledger, text, window=days).number))


def rule(ledger: Ledger, reference: str, claim: str, side: str) -> Ruled:
    """Set what a claim says to a question; `read` takes the hand off again. `claim` is the beginning of its id."""
    if side not in SIDES:
        raise InputError(f"no stance {side!r}; there are {', '.join(RULINGS)}, and {AS_READ}")
    one = ledger.questions.find(reference)
    fitting = [s.claim for s in ledger.questions.read_stances(one.question.id) if claim and s.claim.startswith(claim)]
    if len(fitting) != 1:
        raise InputError(
            f"{'several claims' if fitting else 'no claim'} {claim!r} on question {one.number}; "
            f"`sayso question {one.number}` lists them"
        )
    ledger.questions.rule(one.question.id, fitting[0], None if side == AS_READ else side)
    keep_reckonings(ledger)
    return Ruled(one, fitting[0])


def resolve(
    ledger: Ledger, reference: str, status: str, *, on: date | None = None, evidence: str | None = None
) -> Followed:
    """Say how a question ended, on which day and on what evidence; `open` takes the last outcome back."""
    if status not in STATUSES:
        raise InputError(f"no outcome {status!r}; there are {', '.join(STATUSES)}")
    if evidence and len(evidence) > LONGEST_EVIDENCE:
        raise InputError(f"evidence of over {LONGEST_EVIDENCE} characters; give an address or a reference")
    one = ledger.questions.find(reference)
    ended = Outcome(one.question.id, STATUSES[status], on, evidence or None)
    if ended != one.outcome:
        ledger.questions.resolve(ended)
    keep_reckonings(ledger)
    return ledger.questions.find(str(one.number))


def take_outcomes(ledger: Ledger, table: Path) -> int:
    """Take in a table of outcomes; how many were new."""
    asked = [one.question for one in ledger.questions.followed()]
    known = ledger.questions.outcomes()
    fresh = [one for one in read_outcomes(table, asked) if known.get(one.question) != one]
    for one in fresh:
        ledger.questions.resolve(one)
    keep_reckonings(ledger)
    return len(fresh)


def merge(ledger: Ledger, reference: str, other: str) -> int:
    """Say that two stories are one; the number of the decision. It holds when new articles come."""
    one, two = ledger.stories.find(reference), ledger.stories.find(other)
    if one.id == two.id:
        raise InputError(f"{reference!r} and {other!r} are the same story ({one.name})")
    return _settled(ledger, Decision("join", one.articles + two.articles))


def split(ledger: Ledger, reference: str, articles: Sequence[str]) -> int:
    """Say that these articles are a story of their own; the number of the decision. It holds when new articles come."""
    found = ledger.stories.find(reference)
    chosen = tuple(dict.fromkeys(ledger.article(one).id for one in articles))
    if not chosen:
        raise InputError(f"no article chosen; name those of {found.name!r} that are a story of their own")
    if strangers := [one for one in chosen if one not in found.articles]:
        raise InputError(f"article {strangers[0][:7]} does not stand in {found.name!r}; `sayso story` lists them")
    rest = tuple(one for one in found.articles if one not in chosen)
    if not rest:
        raise InputError(f"these are all the articles of {found.name!r}; leave at least one")
    return _settled(ledger, Decision("part", chosen, rest))


def rename(ledger: Ledger, reference: str, name: str) -> int:
    """Give a story a name of the user's own; the number of the decision."""
    name = " ".join(name.split())
    if not name:
        raise InputError("the name is empty; say what the story is to be called")
    if len(name) > LONGEST_NAME:
        raise InputError(f"a name of {len(name)} characters; {LONGEST_NAME} at most")
    found = ledger.stories.find(reference)
    return _settled(ledger, Decision("name", found.articles[:1], name=name))


def undo(ledger: Ledger, number: int) -> tuple[str, ...]:
    """Take back a merge, a split or a new name by its number in the log; the articles it was about."""
    log = decisions(ledger)
    if not 0 < number <= len(log):
        raise InputError(f"there is no decision {number}; the log has {len(log)}")
    settled = log[number - 1]
    if settled.kind == "undo" or any(one.undoes == number for one in log):
        raise InputError(
            f"decision {number} is taken back already"
            if settled.kind != "undo"
            else f"decision {number} took another back; decide anew"
        )
    decide(ledger, Decision("undo", undoes=number))
    return settled.articles


def _settled(ledger: Ledger, decision: Decision) -> int:
    decide(ledger, decision)
    return len(ledger.stories.decisions())

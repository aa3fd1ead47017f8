"""Questions, stances and outcomes in the ledger. Stances as read may be replaced; what a user rules or resolves is only added to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from sayso.errors import InputError
from sayso.ledger import schema
from sayso.ledger.rows import event_from_json, event_row
from sayso.records import Outcome, Question, Side, Stance

_CHUNK = 500
RULINGS = ("for", "against", "observing", "unrelated")


@dataclass(frozen=True, slots=True)
class Followed:
    """A question as it stands in the ledger: with its number, its outcome so far, and when it was recorded."""

    number: int
    question: Question
    outcome: Outcome
    recorded: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a question's log: when, and what was done by hand."""

    recorded: str
    what: str


Door = Callable[[], AbstractContextManager[Connection]]


class Questions:
    """The questions of a ledger."""

    def __init__(self, read: Door, write: Door) -> None:
        self._read, self._write = read, write

    def add(self, question: Question) -> int:
        """Follow a question; its number. One that was dropped is taken up again."""
        q = schema.question
        with self._write() as connection:
            held = connection.execute(select(q.c.number).where(q.c.id == question.id)).scalar()
            if held is not None:
                connection.execute(update(q).where(q.c.id == question.id).values(dropped=None, **_row(question)))
                return int(held)
            number = int(connection.execute(select(func.coalesce(func.max(q.c.number), 0))).scalar_one()) + 1
            row = _row(question) | {"id": question.id, "number": number, "dropped": None, "recorded": now()}
            connection.execute(q.insert(), [row])
            return number

    def drop(self, question: str) -> None:
        """Let a question go; its log stays."""
        q = schema.question
        with self._write() as connection:
            connection.execute(update(q).where(q.c.id == question).values(dropped=now()))

    def followed(self) -> list[Followed]:
        """Every question that is followed, by number."""
        q = schema.question
        with self._read() as connection:
            rows = connection.execute(select(q).where(q.c.dropped.is_(None)).order_by(q.c.number)).all()
        ended = self.outcomes()
        return [Followed(r.number, _question(r), ended.get(r.id, Outcome(r.id, "open")), r.recorded) for r in rows]

    def find(self, reference: str) -> Followed:
        """The question with this number, beginning of an id, or words. Raises InputError where none or several fit."""
        every = self.followed()
        fitting = [
            f
            for f in every
            if reference == str(f.number) or (len(reference) > 3 and f.question.id.startswith(reference))
        ]
        if not fitting:
            words = reference.lower().split()
            fitting = [f for f in every if all(w in f.question.text.lower() for w in words)]
            fitting = [f for f in fitting if f.question.text.lower() == reference.lower()] or fitting
        if not fitting:
            raise InputError(f"no question {reference!r}; `sayso questions` lists them, `sayso follow` adds one")
        if len(fitting) > 1:
            several = "; ".join(f"{f.number} {f.question.text} {window(f.question)}" for f in fitting[:4])
            raise InputError(f"{reference!r} fits several questions ({several}); give the number")
        return fitting[0]

    def save_stances(self, question: str, stances: Iterable[Stance], *, only: Sequence[str] | None = None) -> None:
        """Replace a question's stances as read: all of them, or those of the claims `only`."""
        s = schema.stance
        with self._write() as connection:
            if only is None:
                connection.execute(delete(s).where(s.c.question == question))
            for at in range(0, len(only or ()), _CHUNK):
                part = (only or ())[at : at + _CHUNK]
                connection.execute(delete(s).where(s.c.question == question, s.c.claim.in_(part)))
            if rows := [_stance_row(one) for one in stances]:
                connection.execute(s.insert(), rows)

    def stances(self, question: str) -> list[Stance]:
        """A question's stances by day said, with what was ruled by hand in place of what was read."""
        ruled = self.rulings(question)
        kept = [_ruled(one, ruled[one.claim]) if one.claim in ruled else one for one in self.read_stances(question)]
        return [one for one in kept if one is not None]

    def read_stances(self, question: str) -> list[Stance]:
        """A question's stances as read, by day said."""
        s = schema.stance
        query = select(s).where(s.c.question == question).order_by(s.c.on_day.is_(None), s.c.on_day, s.c.claim)
        with self._read() as connection:
            return [_stance(r) for r in connection.execute(query)]

    def rule(self, question: str, claim: str, side: str | None) -> None:
        """Set a claim's stance by hand; None takes the hand off again."""
        with self._write() as connection:
            row = {"question": question, "claim": claim, "stance": side, "recorded": now()}
            connection.execute(schema.ruling.insert(), [row])

    def rulings(self, question: str) -> dict[str, str]:
        """What holds by hand: the last ruling on each claim."""
        r = schema.ruling
        query = select(r.c.claim, r.c.stance).where(r.c.question == question).order_by(r.c.number)
        last: dict[str, str | None] = {}
        with self._read() as connection:
            for claim, side in connection.execute(query):
                last[claim] = side
        return {claim: side for claim, side in last.items() if side}

    def resolve(self, outcome: Outcome) -> None:
        """Add how a question ended; `open` undoes the one before."""
        row = {
            "question": outcome.question,
            "status": outcome.status,
            "on_day": outcome.on.isoformat() if outcome.on else None,
            "evidence": outcome.evidence,
            "recorded": now(),
        }
        with self._write() as connection:
            connection.execute(schema.outcome.insert(), [row])

    def outcomes(self) -> dict[str, Outcome]:
        """The last outcome of every question that has one."""
        o = schema.outcome
        with self._read() as connection:
            rows = connection.execute(select(o).order_by(o.c.number)).all()
        return {r.question: Outcome(r.question, r.status, _day(r.on_day), r.evidence) for r in rows}

    def log(self, question: str) -> list[Entry]:
        """What was done by hand, in order."""
        r, o = schema.ruling.c, schema.outcome.c
        with self._read() as connection:
            ruled = connection.execute(
                select(r.recorded, r.claim, r.stance).where(r.question == question).order_by(r.number)
            ).all()
            ended = connection.execute(
                select(o.recorded, o.status, o.on_day, o.evidence).where(o.question == question).order_by(o.number)
            ).all()
        entries = [
            Entry(at, f"claim {claim[:7]} set to {side}" if side else f"claim {claim[:7]} as read again")
            for at, claim, side in ruled
        ]
        for at, status, day, evidence in ended:
            words = "opened again" if status == "open" else f"resolved {status}" + (f" on {day}" if day else "")
            entries.append(Entry(at, words + (f" ({evidence})" if evidence else "")))
        return sorted(entries, key=lambda entry: entry.recorded)


def now() -> str:
    """UTC, ISO, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def window(question: Question) -> str:
    """'2025-03-01..2025-06-30'; open where a side is open."""
    return f"{question.start or ''}..{question.end or ''}"


def _row(question: Question) -> dict[str, object]:
    return {
        "text": question.text,
        "start": question.start.isoformat() if question.start else None,
        "end": question.end.isoformat() if question.end else None,
        "events": json.dumps([event_row(e) for e in question.events], ensure_ascii=False),
        "alternatives": question.group,
        "story": question.story,
    }


def _question(row: Row[Any]) -> Question:
    return Question(
        id=row.id,
        text=row.text,
        start=_day(row.start),
        end=_day(row.end),
        events=tuple(event_from_json(e) for e in json.loads(row.events)),
        group=row.alternatives,
        story=row.story,
    )


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def _stance_row(stance: Stance) -> dict[str, object]:
    return {
        "question": stance.question,
        "claim": stance.claim,
        "stance": stance.stance,
        "strength": stance.strength,
        "origin": stance.origin,
        "outlet": stance.outlet,
        "on_day": stance.on.isoformat() if stance.on else None,
        "reason": stance.reason,
    }


def _stance(row: Row[Any]) -> Stance:
    return Stance(
        row.question, row.claim, row.stance, row.strength, row.origin, row.outlet, _day(row.on_day), row.reason
    )


def _ruled(stance: Stance, side: str) -> Stance | None:
    if side == "unrelated":
        return None
    sides: dict[str, Side] = {"for": "for", "against": "against", "observing": "observing"}
    return replace(stance, stance=sides[side], strength=max(stance.strength, 0.5), reason="by hand")

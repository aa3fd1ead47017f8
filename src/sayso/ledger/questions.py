"""Questions, stances and outcomes in the ledger. Stances as read may be replaced; what a user rules or resolves is only added to."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from sayso.errors import InputError
from sayso.ledger import schema
from sayso.ledger.reckonings import forget, forget_of, forget_whole
from sayso.ledger.rows import day, event_from_json, event_row
from sayso.ledger.statements import Door, among, chunks, insert
from sayso.records import Outcome, Question, Side, Stance

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


class Questions:
    """The questions of a ledger."""

    def __init__(self, read: Door, write: Door) -> None:
        self._read, self._write = read, write

    def add(self, question: Question) -> int:
        """Follow a question; its number. One that was dropped is taken up again; the window that was last set by hand holds."""
        q = schema.question
        with self._write() as connection:
            held = connection.execute(select(q.c.number, q.c.dropped).where(q.c.id == question.id)).first()
            if held is not None:
                fresh = {k: v for k, v in _row(question).items() if k not in ("start", "end")}
                forget_whole(connection, question.id)  # alternatives of before
                connection.execute(update(q).where(q.c.id == question.id).values(dropped=None, **fresh))
                forget(connection, [question.id])  # and of now
                if held.dropped is not None:
                    _log(connection, question.id, "follow")
                return int(held.number)
            number = int(connection.execute(select(func.coalesce(func.max(q.c.number), 0))).scalar_one()) + 1
            row = _row(question) | {"id": question.id, "number": number, "dropped": None, "recorded": now()}
            connection.execute(q.insert(), [row])
            forget(connection, [question.id])
            return number

    def texts(self) -> set[str]:
        """What every question asks that is followed or was dropped."""
        with self._read() as connection:
            return set(connection.execute(select(schema.question.c.text)).scalars())

    def known(self, text: str, start: date | None, end: date | None) -> str | None:
        """The id of the question that asks this over these days, followed or dropped."""
        q = schema.question
        query = select(q.c.id).where(
            q.c.text == text,
            q.c.start.is_not_distinct_from(start.isoformat() if start else None),
            q.c.end.is_not_distinct_from(end.isoformat() if end else None),
        )
        with self._read() as connection:
            return connection.execute(query.order_by(q.c.number)).scalars().first()

    def drop(self, question: str) -> None:
        """Let a question go; its log stays."""
        q = schema.question
        with self._write() as connection:
            connection.execute(update(q).where(q.c.id == question).values(dropped=now()))
            forget_whole(connection, question)
            _log(connection, question, "drop")

    def set_window(self, question: str, start: date | None, end: date | None) -> None:
        """Give a question another window; the one before stays in the log."""
        q = schema.question
        days = {"start": start.isoformat() if start else None, "end": end.isoformat() if end else None}
        with self._write() as connection:
            before = connection.execute(select(q.c.start, q.c.end).where(q.c.id == question)).one()
            connection.execute(update(q).where(q.c.id == question).values(**days))
            forget(connection, [question])
            _log(connection, question, "window", **days, was_start=before.start, was_end=before.end)

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
        s, fresh = schema.stance, {one.claim: _stance_row(one) for one in stances}
        mine = select(s).where(s.c.question == question)
        with self._write() as connection:
            parts = [mine] if only is None else [mine.where(among(s.c.claim, chunk)) for chunk in chunks(only)]
            before = {row.claim: dict(row._mapping) for part in parts for row in connection.execute(part)}
            changed = {one for one in before.keys() | fresh.keys() if before.get(one) != fresh.get(one)}
            for chunk in chunks(changed & before.keys()):
                connection.execute(delete(s).where(s.c.question == question, among(s.c.claim, chunk)))
            insert(connection, s, [fresh[one] for one in sorted(changed & fresh.keys())])
            if changed:
                forget(connection, [question])
                forget_of(connection, changed)

    def stances(self, question: str) -> list[Stance]:
        """A question's stances by day said, with what was ruled by hand in place of what was read."""
        ruled = self.rulings(question)
        kept = [_ruled(one, ruled[one.claim]) if one.claim in ruled else one for one in self.read_stances(question)]
        return [one for one in kept if one is not None]

    def all_stances(self, questions: Collection[str]) -> list[Stance]:
        """The stances to all these questions, as `stances` has those to one."""
        s, found = schema.stance.c, list[Stance | None]()
        query = select(schema.stance).order_by(s.question, s.on_day.is_(None), s.on_day, s.claim)
        with self._read() as connection:
            for chunk in chunks(questions):
                ruled = by_hand(connection, chunk)
                found += [
                    stance_of(row, ruled) for row in connection.execute(query.where(among(s.question, chunk))).all()
                ]
        return [one for one in found if one is not None]

    def spoken_to(self) -> dict[str, set[str]]:
        """Origin, as written, → the questions that claims of its word speak to: a row an origin, as most claims of one speak to the same few."""
        s = schema.stance.c
        query = select(s.origin, func.aggregate_strings(s.question, " ")).where(s.origin.is_not(None))
        with self._read() as connection:
            rows = connection.execute(query.group_by(s.origin)).all()
        return {origin: set(questions.split(" ")) for origin, questions in rows}

    def stances_of(self, claims: Collection[str]) -> list[Stance]:
        """What these claims say to questions that are followed, by the number of the question."""
        s, q = schema.stance.c, schema.question.c
        query = select(s.question, q.number).join(schema.question, q.id == s.question).where(q.dropped.is_(None))
        asked: dict[str, int] = {}
        with self._read() as connection:
            for chunk in chunks(claims):
                asked.update(
                    (question, number) for question, number in connection.execute(query.where(among(s.claim, chunk)))
                )
        held = [one for one in self.all_stances(asked) if one.claim in set(claims)]
        return sorted(held, key=lambda one: asked[one.question])

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
            forget(connection, [question])
            forget_of(connection, [claim])

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
            forget(connection, [outcome.question])

    def outcomes(self) -> dict[str, Outcome]:
        """The last outcome of every question that has one."""
        o = schema.outcome
        with self._read() as connection:
            rows = connection.execute(select(o).order_by(o.c.number)).all()
        return {r.question: Outcome(r.question, r.status, day(r.on_day), r.evidence) for r in rows}

    def log(self, question: str) -> list[Entry]:
        """What was done by hand, in order."""
        r, o, c = schema.ruling.c, schema.outcome.c, schema.change.c
        with self._read() as connection:
            changed = connection.execute(select(schema.change).where(c.question == question).order_by(c.number)).all()
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
        for at, status, on, evidence in ended:
            words = "opened again" if status == "open" else f"resolved {status}" + (f" on {on}" if on else "")
            entries.append(Entry(at, words + (f" ({evidence})" if evidence else "")))
        entries += [Entry(row.recorded, _changed(row)) for row in changed]
        return sorted(entries, key=lambda entry: entry.recorded)


def _log(connection: Connection, question: str, kind: str, **days: str | None) -> None:
    connection.execute(schema.change.insert(), [{"question": question, "kind": kind, "recorded": now(), **days}])


def _changed(row: Row[Any]) -> str:
    """A change by hand in words."""
    if row.kind == "window":
        return f"window {row.start or ''}..{row.end or ''}, before {row.was_start or ''}..{row.was_end or ''}"
    return "dropped" if row.kind == "drop" else "followed again"


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
        start=day(row.start),
        end=day(row.end),
        events=tuple(event_from_json(e) for e in json.loads(row.events)),
        group=row.alternatives,
        story=row.story,
    )


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


def by_hand(connection: Connection, questions: Collection[str]) -> dict[tuple[str, str], str | None]:
    """Question and claim → what holds by hand, the last ruling on them; None where the hand was taken off again."""
    r = schema.ruling.c
    query = select(r.question, r.claim, r.stance).where(among(r.question, questions)).order_by(r.number)
    return {(question, claim): side for question, claim, side in connection.execute(query).all()}


def stance_of(row: Sequence[Any], ruled: Mapping[tuple[str, str], str | None]) -> Stance | None:
    """The stance of a row of the table, as ruled by hand; None where that says that it has nothing to do with the question."""
    question, claim, side, strength, origin, outlet, on, reason = row
    read = Stance(question, claim, side, strength, origin, outlet, day(on), reason)
    set_by_hand = ruled.get((question, claim))
    return _ruled(read, set_by_hand) if set_by_hand else read


def _stance(row: Row[Any]) -> Stance:
    return Stance(
        row.question, row.claim, row.stance, row.strength, row.origin, row.outlet, day(row.on_day), row.reason
    )


def _ruled(stance: Stance, side: str) -> Stance | None:
    if side == "unrelated":
        return None
    sides: dict[str, Side] = {"for": "for", "against": "against", "observing": "observing"}
    return replace(stance, stance=sides[side], strength=max(stance.strength, 0.5), reason="by hand")

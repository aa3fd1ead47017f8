"""Stances with what belief and track records go by beside them, and without a word of their claims: in few look-ups, however many there are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, case, select

from sayso.ledger import schema
from sayso.ledger.questions import by_hand, stance_of
from sayso.ledger.rows import day
from sayso.ledger.statements import among, chunks, in_force
from sayso.records import Link, SourceKind, Stance


class Heard(NamedTuple):
    """A stance; the last day on which its claim may have been said, and the claim that it relays. `stood` is since when and until when the
    version stood that has it, where there are several.
    """

    stance: Stance
    last: date | None
    relays: str | None
    stood: tuple[date | None, date | None] | None


class Known(NamedTuple):
    """An origin, of what kind it is."""

    origin: str
    kind: SourceKind

    @property
    def chain(self) -> tuple[Link, ...]:
        """The one hand that tells."""
        return (Link(self.kind, self.origin),)


def hear(connection: Connection, questions: Collection[str]) -> list[Heard]:
    """Every stance to these questions, what was ruled by hand in place of what was read."""
    s, c, t, v = schema.stance.c, schema.claim.c, schema.tie.c, schema.stands.c
    last = case((c.said_start.is_not(None), c.said_end))
    query = (
        select(*schema.stance.columns, last, t.said_as, v.article, v.since, v.until)
        .join(schema.claim, (c.id == s.claim) & in_force(c.superseded))
        .outerjoin(schema.tie, t.claim == s.claim)
        .outerjoin(schema.stands, v.article == c.article)
        .order_by(s.question, s.on_day.is_(None), s.on_day, s.claim)
    )
    found = []
    for chunk in chunks(questions):
        ruled = by_hand(connection, chunk)
        for *row, end, relays, several, since, until in connection.execute(query.where(among(s.question, chunk))).all():
            if (one := stance_of(row, ruled)) is not None:
                found.append(Heard(one, day(end), relays, (day(since), day(until)) if several else None))
    return found


def kinds(connection: Connection, origins: Collection[str]) -> list[Known]:
    """Of what kind these origins are, those of which it is known."""
    n = schema.name.c
    query = select(n.name, n.kind).where(n.kind.is_not(None)).order_by(n.name)
    return [
        Known(*row) for chunk in chunks(origins) for row in connection.execute(query.where(among(n.name, chunk))).all()
    ]

"""What was told to whoever follows a story, so that it is told once; and where belief stood when it was last told."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from sayso.ledger import schema
from sayso.ledger.statements import Door, among, chunks, insert

_BEGUN = ""  # instead of a question: since when alerts are looked for


@dataclass(frozen=True, slots=True)
class Told:
    """An alert on record. `quiet`: it was so before anybody asked to be told, and is remembered so as not to be told; `sent` is when the
    webhook took it (UTC, ISO).
    """

    id: str
    number: int
    kind: str
    data: Mapping[str, Any]
    quiet: bool
    sent: str | None
    recorded: str


@dataclass(frozen=True, slots=True)
class News:
    """What may be told, by an id that the same news has again; what is `quiet` is only remembered."""

    id: str
    kind: str
    data: Mapping[str, Any]
    quiet: bool = False


class Alerts:
    """The alerts of a ledger."""

    def __init__(self, read: Door, write: Door) -> None:
        self._read, self._write = read, write

    def begun(self) -> bool:
        """Whether alerts were looked for before."""
        return _BEGUN in self.beliefs()

    def beliefs(self) -> dict[str, float]:
        """Question → belief when it was last told."""
        t = schema.told
        with self._read() as connection:
            return {row.question: row.p for row in connection.execute(select(t))}

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Those of these alerts that are on record."""
        a = schema.alert
        with self._read() as connection:
            return frozenset(
                one
                for chunk in chunks(ids)
                for one in connection.execute(select(a.c.id).where(among(a.c.id, chunk))).scalars()
            )

    def keep(self, found: Collection[News], beliefs: Mapping[str, float]) -> list[Told]:
        """Put news on record with where belief stands now, all or nothing; what was not on record, and is not quiet."""
        a, t = schema.alert, schema.told
        now = datetime.now(UTC).isoformat(timespec="seconds")
        known = self.known([one.id for one in found])
        fresh = {one.id: one for one in found if one.id not in known}.values()
        with self._write() as connection:
            number = int(connection.execute(select(func.coalesce(func.max(a.c.number), 0))).scalar_one())
            made = [Told(x.id, number + n, x.kind, x.data, x.quiet, None, now) for n, x in enumerate(fresh, 1)]
            insert(connection, a, [_row(one) for one in made])
            stands = {_BEGUN: 0.0, **beliefs}
            for chunk in chunks(stands):
                connection.execute(delete(t).where(among(t.c.question, chunk)))
            insert(connection, t, [{"question": q, "p": p, "recorded": now} for q, p in stands.items()])
        return [one for one in made if not one.quiet]

    def all(self, *, last: int | None = None) -> list[Told]:
        """What was told, the newest first: the last so many."""
        a = schema.alert
        query = select(a).where(a.c.quiet.is_(False)).order_by(a.c.number.desc())
        with self._read() as connection:
            return [_told(row) for row in connection.execute(query if last is None else query.limit(last))]

    def unsent(self, *, last: int) -> list[Told]:
        """Of the last so many, those that the webhook has not taken, the oldest first."""
        return [one for one in reversed(self.all(last=last)) if one.sent is None]

    def mark_sent(self, ids: Collection[str]) -> None:
        """Note that the webhook took these."""
        a = schema.alert
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._write() as connection:
            for chunk in chunks(ids):
                connection.execute(update(a).where(among(a.c.id, chunk)).values(sent=now))


def _row(one: Told) -> dict[str, object]:
    return {
        "id": one.id,
        "number": one.number,
        "kind": one.kind,
        "data": json.dumps(one.data, ensure_ascii=False),
        "quiet": one.quiet,
        "sent": one.sent,
        "recorded": one.recorded,
    }


def _told(row: Row[Any]) -> Told:
    return Told(row.id, row.number, row.kind, json.loads(row.data), row.quiet, row.sent, row.recorded)

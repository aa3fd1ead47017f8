"""Stories that are closed: they stay as they are, and no article is looked for there any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime

from sqlalchemy import delete, select

from sayso.ledger import schema
from sayso.ledger.statements import Door, among, chunks, insert_new


class Archive:
    """The archived stories of a ledger."""

    def __init__(self, read: Door, write: Door) -> None:
        self._read, self._write = read, write

    def all(self) -> frozenset[str]:
        """The ids of the stories that are archived."""
        with self._read() as connection:
            return frozenset(connection.execute(select(schema.archived.c.story)).scalars())

    def before(self, day: date) -> list[str]:
        """The stories whose last report came before a day."""
        s = schema.story.c
        query = select(s.id).where(s.end < day.isoformat()).order_by(s.end, s.id)
        with self._read() as connection:
            return list(connection.execute(query).scalars())

    def add(self, stories: Collection[str]) -> None:
        """Close stories; one that is closed stays so."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._write() as connection:
            insert_new(connection, schema.archived, [{"story": one, "recorded": now} for one in sorted(set(stories))])

    def remove(self, stories: Collection[str]) -> None:
        """Open stories again."""
        with self._write() as connection:
            for chunk in chunks(stories):
                connection.execute(delete(schema.archived).where(among(schema.archived.c.story, chunk)))

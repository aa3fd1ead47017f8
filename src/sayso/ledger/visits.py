"""What a watch remembers of the addresses it calls on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, delete, select

from sayso.ledger import schema
from sayso.ledger.statements import Door


class Visits:
    """The visits of a ledger."""

    def __init__(self, read: Door, write: Door) -> None:
        self._read, self._write = read, write

    def get(self, address: str) -> Row[Any] | None:
        """The row of an address, None where it was never called on."""
        v = schema.visit
        with self._read() as connection:
            return connection.execute(select(v).where(v.c.address == address)).first()

    def keep(self, row: Mapping[str, object]) -> None:
        """Keep this row in place of the one of the same address."""
        v = schema.visit
        with self._write() as connection:
            connection.execute(delete(v).where(v.c.address == row["address"]))
            connection.execute(v.insert(), [dict(row)])

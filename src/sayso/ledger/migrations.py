"""One append-only list of steps; a ledger's version is how many of them it has taken."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from sayso.ledger import schema, sqlite


def _first(connection: Connection) -> None:
    """Articles, readings, claims with evidence and chain, full-text search."""
    schema.metadata.create_all(connection)
    sqlite.create_search(connection)


def _second(connection: Connection) -> None:
    """Events, stories, copies, questions: new tables only."""
    schema.metadata.create_all(connection)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first, _second)

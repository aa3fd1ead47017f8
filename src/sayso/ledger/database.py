"""Which database a ledger lies in: what the two have to answer that SQLAlchemy does not."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from sayso.errors import InputError, LedgerError
from sayso.ledger.postgres import PostgresDatabase
from sayso.ledger.sqlite import SqliteFile

SERVERS = ("postgresql", "postgresql+psycopg", "postgres")


class Database(Protocol):
    """A place for one ledger. `name` is what people are shown; there is never a password in it."""

    name: str
    engine: Engine

    def exists(self) -> bool:
        """Whether a ledger may be there; False says surely that none is, without making one."""

    def version(self, connection: Connection) -> int:
        """How many migrations were taken; 0 where nothing is there yet. Raises LedgerError where something else is there."""

    def set_version(self, connection: Connection, number: int) -> None:
        """Note the number of migrations taken, and that this is a ledger."""

    def reading(self, connection: Connection) -> Connection:
        """The connection, about to read: all that it reads is of one moment."""

    def writing(self, connection: Connection) -> None:
        """Wait to be the one that writes, until the transaction ends."""

    def translate(self, error: DBAPIError) -> LedgerError:
        """A database fault in one clear line."""

    def size(self, connection: Connection) -> int:
        """Bytes on disk."""

    def note_growth(self) -> None:
        """Count anew what has grown so much that the planner goes by wrong numbers; quick."""

    def tidy(self) -> None:
        """Give back room, and count anew what the planner goes by."""


def database(where: str | Path) -> Database:
    """The database at a path or a postgresql:// address. Raises InputError for an address of another kind."""
    if isinstance(where, Path) or "://" not in where:
        return SqliteFile(Path(where))
    kind = where.partition("://")[0].lower()
    if kind not in SERVERS:
        raise InputError(f"no ledger can be kept in {kind}; --db takes a file, or postgresql://USER@HOST/NAME")
    return PostgresDatabase(where)

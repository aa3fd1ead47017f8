"""What is SQLite's own: opening, marking a file as ours, write-ahead log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from sayso.errors import LedgerError

APPLICATION_ID = 0x5A150  # in the file's header: this database is a Sayso ledger
PATIENCE = 30  # seconds to wait for another writer
_LOOKED_AT = 1000  # rows of an index that tell how common its values are
_MAGIC = b"SQLite format 3\x00"
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-65536", "temp_store=MEMORY")
_REMEDIES = {
    "database is locked": "another sayso is writing to it; try again when it has ended",
    "attempt to write a readonly database": "it may not be written here; name another file with --db",
    "unable to open database file": "check that the folder exists and may be written",
    "database or disk is full": "make room on the disk; what was stored before is safe",
}


class SqliteFile:
    """A ledger in one file. Raises LedgerError where something else is there."""

    def __init__(self, path: Path) -> None:
        self.name, self._path = str(path), path
        _check_ours(path)
        self.engine = _engine(path)

    def exists(self) -> bool:
        """Whether the file is there."""
        return self._path.exists()

    def version(self, connection: Connection) -> int:
        """How many migrations the file has taken."""
        return int(connection.execute(text("PRAGMA user_version")).scalar_one())

    def set_version(self, connection: Connection, number: int) -> None:
        """Note the number of migrations taken, and that the file is ours."""
        connection.execute(text(f"PRAGMA user_version={number:d}"))
        connection.execute(text(f"PRAGMA application_id={APPLICATION_ID:d}"))

    def reading(self, connection: Connection) -> Connection:
        """The connection, its transactions such that they keep nobody from writing."""
        return connection.execution_options(reads_only=True)

    def writing(self, connection: Connection) -> None:
        """Nothing to wait for: BEGIN IMMEDIATE has."""

    def translate(self, error: DBAPIError) -> LedgerError:
        """A fault in one clear line."""
        reason = str(error.orig) if error.orig else str(error)
        return LedgerError(f"{self.name}: {reason}; {_REMEDIES.get(reason, 'what was stored before is safe')}")

    def size(self, connection: Connection) -> int:
        """Bytes on disk, what waits in the write-ahead log included."""
        pages = int(connection.execute(text("PRAGMA page_count")).scalar_one())
        log = self._path.with_name(self._path.name + "-wal")
        each = int(connection.execute(text("PRAGMA page_size")).scalar_one())
        return pages * each + (log.stat().st_size if log.exists() else 0)

    def note_growth(self) -> None:
        """Count anew, roughly, what has grown so much that look-ups go by wrong numbers: hundredths of a second, and nothing where nothing has."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"PRAGMA analysis_limit={_LOOKED_AT}")
            connection.exec_driver_sql("PRAGMA optimize")

    def tidy(self) -> None:
        """Give back room, and count anew what the planner goes by."""
        index = "INSERT INTO {0}_search ({0}_search) VALUES ('optimize')"
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in (
                *(index.format(kind) for kind in ("article", "claim")),
                "VACUUM",
                "ANALYZE",
                "PRAGMA wal_checkpoint(TRUNCATE)",
            ):
                connection.exec_driver_sql(statement)


def _engine(path: Path) -> Engine:
    made = create_engine(f"sqlite:///{path}", connect_args={"timeout": PATIENCE})

    @event.listens_for(made, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy begins; the driver must not, or DDL falls out of the transaction
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") != "AUTOCOMMIT":
            connection.exec_driver_sql("BEGIN" if options.get("reads_only") else "BEGIN IMMEDIATE")

    return made


def _check_ours(path: Path) -> None:
    """Raise LedgerError where a file is there that is not a ledger; an empty or absent one is fine."""
    if path.is_dir():
        raise LedgerError(f"{path} is a folder; name a file for the ledger with --db")
    if not path.parent.is_dir():
        raise LedgerError(f"no folder {path.parent} for the ledger; create it, or name another file with --db")
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("rb") as handle:
        header = handle.read(100)
    if int.from_bytes(header[68:72], "big") == APPLICATION_ID and header.startswith(_MAGIC):
        return
    if not header.startswith(_MAGIC) or not _begun(path):
        raise LedgerError(f"{path} is not a Sayso ledger; name another file with --db")


def _begun(path: Path) -> bool:
    """Whether a file without our mark is a ledger just being made, or cut off as it was: the mark is still in the log, or nothing is in it."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as connection:
            marked = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            return marked or not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError:
        return False

"""What is SQLite's own: opening, marking a file as ours, write-ahead log, full-text search."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError

from sayso.errors import LedgerError

APPLICATION_ID = 0x5A150  # in the file's header: this database is a Sayso ledger


def engine(path: Path) -> Engine:
    """An engine on one file, write-ahead log on; nothing is created yet."""
    made = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})

    @event.listens_for(made, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy begins; the driver must not, or DDL falls out of the transaction
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if not _reads_only(connection) else "BEGIN")

    return made


def _reads_only(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("reads_only"))


def check_ours(path: Path) -> None:
    """Raise LedgerError where a file is there that is not a ledger; an empty or absent one is fine."""
    if path.is_dir():
        raise LedgerError(f"{path} is a folder; name a file for the ledger with --db")
    if not path.parent.is_dir():
        raise LedgerError(f"no folder {path.parent} for the ledger; create it, or name another file with --db")
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("rb") as handle:
        header = handle.read(100)
    if not header.startswith(b"SQLite format 3\x00") or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise LedgerError(f"{path} is not a Sayso ledger; name another file with --db")


def version(connection: Connection) -> int:
    """How many migrations the file has taken."""
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())


def set_version(connection: Connection, number: int) -> None:
    """Note the number of migrations taken, and that the file is ours."""
    connection.execute(text(f"PRAGMA user_version={number:d}"))
    connection.execute(text(f"PRAGMA application_id={APPLICATION_ID:d}"))


def create_search(connection: Connection) -> None:
    """Full-text search over claims (their content, source and the article's title)."""
    connection.execute(
        text(
            "CREATE VIRTUAL TABLE claim_search USING fts5("
            "content, source, title, claim UNINDEXED, reader UNINDEXED, tokenize='unicode61 remove_diacritics 2')"
        )
    )


def add_search(connection: Connection, rows: list[dict[str, str]]) -> None:
    """Index claims: rows with content, source, title, claim, reader."""
    if rows:
        connection.execute(
            text("INSERT INTO claim_search VALUES (:content, :source, :title, :claim, :reader)"),
            rows,
        )


def search(connection: Connection, words: str) -> list[str]:
    """Ids of the claims that hold all the words; the user's text is never taken for query syntax."""
    query = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
    rows = connection.execute(text("SELECT claim FROM claim_search WHERE claim_search MATCH :q"), {"q": query})
    return [row[0] for row in rows]


def translate(error: DatabaseError, path: Path) -> LedgerError:
    """A database fault in one clear line."""
    reason = str(error.orig) if error.orig else str(error)
    remedy = {
        "database is locked": "another sayso is writing to it; try again when it has ended",
        "attempt to write a readonly database": "it may not be written here; name another file with --db",
        "unable to open database file": "check that the folder exists and may be written",
        "database or disk is full": "make room on the disk; what was stored before is safe",
    }.get(reason, "what was stored before is safe")
    return LedgerError(f"{path}: {reason}; {remedy}")

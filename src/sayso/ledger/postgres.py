"""What is PostgreSQL's own: the address, one writer at a time, the version's table, faults in plain words."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from sayso.errors import InputError, LedgerError

WRITER = 0x5A150  # the advisory lock that whoever writes holds
PATIENCE = 30  # seconds to wait for it
# Pages are short queries along an index: compiling them takes longer than running them, and their disks seek as fast as they read.
# What they ask for changes how they are best run, so that none is planned once for all.
_SETTINGS = ("jit = off", "random_page_cost = 1.1", "work_mem = '32MB'", "plan_cache_mode = force_custom_plan")
_FORM = "write postgresql://USER@HOST/NAME"
_SHOWN = re.compile(r"(?:FATAL|ERROR|failed|error):\s+(?!FATAL|connection to server)(.+)")
_REMEDIES = (
    ("password authentication failed", "check the user and the password (~/.pgpass or PGPASSWORD keeps it off the command line)"),
    ("no password supplied", "give the password in ~/.pgpass, in PGPASSWORD or in the address"),
    ("does not exist", "check the name; `createdb NAME` makes a database"),
    ("resolve", "check the host's name"),
    ("Name or service not known", "check the host's name"),
    ("Connection refused", "check host and port, and that the server runs"),
    ("No such file or directory", "check host and port, and that the server runs"),
    ("timeout expired", "check host and port, and that the server runs"),
    ("no pg_hba.conf entry", "the server lets nobody in from here; its pg_hba.conf says who may"),
    ("lock timeout", "another sayso is writing to it; try again when it has ended"),
    ("permission denied", "the user may not do that there; ask whoever keeps the server"),
    ("read-only", "it may not be written here; name another database with --db"),
    ("disk", "make room on the server's disk; what was stored before is safe"),
)  # fmt: skip


class PostgresDatabase:
    """A ledger in a PostgreSQL database: in the first schema of the search path, which holds nothing else."""

    def __init__(self, address: str) -> None:
        try:
            url = make_url(address)
        except (ArgumentError, ValueError):
            raise InputError(f"the database address cannot be read; {_FORM}") from None  # it may hold a password
        self.name, self._secret = _shown(url), url.password
        if not url.database:
            raise InputError(f"{self.name} names no database; {_FORM}")
        self.engine = _engine(url)

    def exists(self) -> bool:
        """The server alone can tell."""
        return True

    def version(self, connection: Connection) -> int:
        """How many migrations were taken; 0 in an empty schema."""
        told = text("SELECT current_setting('server_encoding'), current_schema()")
        encoding, held_in = connection.execute(told).one()
        if encoding != "UTF8":
            raise LedgerError(
                f"{self.name} does not keep its text in UTF-8; make one with `createdb -E UTF8 -T template0`"
            )
        query = (
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace"
        )
        if held_in is None:
            raise LedgerError(f"{self.name} has no schema to write in; ask whoever keeps the server for one")
        tables = set(connection.execute(text(query)).scalars())
        if "sayso" in tables:
            return int(connection.execute(text("SELECT version FROM sayso")).scalar_one())
        if tables:
            raise LedgerError(
                f"{self.name} holds other tables and is not a Sayso ledger; name an empty database with --db"
            )
        return 0

    def set_version(self, connection: Connection, number: int) -> None:
        """Note the number of migrations taken, in a table of one row."""
        connection.execute(
            text(
                "CREATE TABLE IF NOT EXISTS sayso (one boolean PRIMARY KEY DEFAULT true CHECK (one), version integer NOT NULL)"
            )
        )
        note = "INSERT INTO sayso (version) VALUES (:number) ON CONFLICT (one) DO UPDATE SET version = excluded.version"
        connection.execute(text(note), {"number": number})

    def reading(self, connection: Connection) -> Connection:
        """The connection, to read as of one moment; it may not write."""
        return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def writing(self, connection: Connection) -> None:
        """Wait to be the one that writes. Numbers are given and counts grown as in SQLite, which has one writer by nature."""
        connection.execute(text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": f"{PATIENCE}s"})
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER})

    def translate(self, error: DBAPIError) -> LedgerError:
        """A fault in one line, without the password."""
        words = str(error.orig).strip() if error.orig else str(error)
        found = _SHOWN.findall(words.split("\n\n")[0])
        reason = (found[-1] if found else words.partition("\n")[0]).strip().rstrip(".")
        if self._secret:
            reason = reason.replace(str(self._secret), "***")
        remedy = next((remedy for sign, remedy in _REMEDIES if sign in reason), "what was stored before is safe")
        return LedgerError(f"{self.name}: {reason}; {remedy}")

    def size(self, connection: Connection) -> int:
        """Bytes on disk, indexes and long texts with them."""
        query = "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        return int(connection.execute(text(query)).scalar_one())

    def note_growth(self) -> None:
        """The server does by itself."""

    def tidy(self) -> None:
        """Let room be used again, and count anew what the planner goes by."""
        query = "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in list(connection.execute(text(query)).scalars()):
                connection.execute(text(f"VACUUM (ANALYZE) {table}"))


def _shown(url: URL) -> str:
    """The address without password and options."""
    host = url.host or str(url.query.get("host", ""))
    user = f"{url.username}@" if url.username else ""
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{user}{host}{port}/{url.database or ''}"


def _engine(url: URL) -> Engine:
    options: dict[str, object] = {"connect_timeout": 10, "client_encoding": "utf8"}
    options |= {} if "application_name" in url.query else {"application_name": "sayso"}
    try:
        made = create_engine(
            url.set(drivername="postgresql+psycopg"), connect_args=options, pool_pre_ping=True, use_native_hstore=False
        )
    except ModuleNotFoundError as error:
        raise LedgerError("a ledger in PostgreSQL needs one more package: pip install 'sayso[postgres]'") from error

    @event.listens_for(made, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("; ".join(f"SET {setting}" for setting in _SETTINGS))
        connection.commit()

    return made

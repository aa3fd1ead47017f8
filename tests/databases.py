"""A PostgreSQL server for the tests: started where its programs are installed, in a folder of its own, reached by socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PASSWORD = "sotto-voce"  # of the user that must give one


class MissingError(Exception):
    """Why there is no server."""


def _programs() -> Path:
    """The folder with initdb and postgres."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    found_in = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) + sorted(
        Path("/usr").glob("pgsql-*/bin/initdb")
    )
    if not found_in:
        raise MissingError("no PostgreSQL on this machine (initdb is not in PATH, /usr/lib/postgresql or /usr/pgsql-*)")
    return found_in[-1].parent


@contextmanager
def server() -> Iterator[str]:
    """The address of a fresh server's database, without the name: add `postgres` or one that was made. Raises MissingError."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise MissingError("no psycopg; pip install 'sayso[postgres]'") from None
    programs = _programs()
    place = Path(tempfile.mkdtemp(prefix="sayso-pg-", dir="/tmp"))  # a socket's path may have some 100 characters only
    run, data = _as_nobody(place), place / "data"
    try:
        _run(
            [
                *run,
                programs / "initdb",
                "-D",
                data,
                "-U",
                "sayso",
                "-E",
                "UTF8",
                "--locale=C",
                "-A",
                "trust",
                "--no-sync",
            ]
        )
        rules = "local all guarded scram-sha-256\\nlocal all all trust\\n"
        _run([*run, "sh", "-c", f"printf '{rules}' > {data}/pg_hba.conf"])
        options = f"-c listen_addresses='' -c unix_socket_directories={place} -c max_connections=60"
        options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off"
        serve = (
            f"{programs}/postgres -D {data} {options} 2> {place}/log & read gone; kill -QUIT $!; wait; rm -rf {place}"
        )
        # Whatever becomes of the tests, the line it reads from ends with them, and so does the server.
        with subprocess.Popen([*run, "sh", "-c", serve], stdin=subprocess.PIPE, cwd="/tmp") as process:
            try:
                address = f"postgresql://sayso@/{{name}}?host={place}"
                _wait_for(address.format(name="postgres"), place / "log")
                yield address
            finally:
                process.communicate()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _wait_for(address: str, log: Path) -> None:
    import psycopg

    for _ in range(600):
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise MissingError(f"PostgreSQL does not start: {log.read_text(encoding='utf-8')[-300:]}")


def fresh(address: str) -> str:
    """The address of a new database on a server."""
    import psycopg

    name = f"ledger_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return address.format(name=name)


def _as_nobody(place: Path) -> list[str]:
    """How to run as somebody else: PostgreSQL refuses to be run by root."""
    if os.getuid() != 0:
        return []
    for user in ("postgres", "nobody"):
        if subprocess.run(["id", user], capture_output=True, check=False).returncode == 0 and shutil.which("runuser"):
            shutil.chown(place, user)
            return ["runuser", "-u", user, "--"]
    raise MissingError("run by root, and there is no other user to run PostgreSQL as")


def _run(words: list[object]) -> None:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, cwd="/tmp")
    if done.returncode != 0:
        raise MissingError(f"{words[-1]}: {done.stderr.strip()[-300:] or done.stdout.strip()[-300:]}")

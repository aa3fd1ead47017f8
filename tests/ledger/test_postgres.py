from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sayso.errors import InputError, LedgerError, SaysoError
from sayso.ledger import open_ledger
from tests.databases import PASSWORD, fresh


@pytest.fixture
def guarded(postgres: str) -> str:
    """The address of a database for a user who has to give a password, `{password}` standing for it."""
    import psycopg

    address = fresh(postgres)
    with psycopg.connect(address, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'guarded'").fetchone():
            connection.execute(f"CREATE ROLE guarded LOGIN PASSWORD '{PASSWORD}'")
        connection.execute("GRANT ALL ON SCHEMA public TO guarded")
    return address.replace("sayso@", "guarded:{password}@")


def refused(where: str) -> str:
    """The line that says why a ledger cannot be opened."""
    with pytest.raises(SaysoError) as caught:
        open_ledger(where)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_user_with_a_password_has_a_ledger_that_never_shows_it(guarded: str) -> None:
    with open_ledger(guarded.format(password=PASSWORD)) as ledger:
        assert ledger.claims() == []
        assert ledger.name.startswith("postgresql://guarded@")
        assert PASSWORD not in ledger.name


def test_a_wrong_password_is_one_line_that_does_not_repeat_it(guarded: str) -> None:
    told = refused(guarded.format(password="whisper"))
    assert "password authentication failed" in told
    assert "check the user and the password" in told
    assert "whisper" not in told


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://desk:whisper@nowhere.invalid/ledger", "check the host's name"),
        ("postgresql://desk:whisper@127.0.0.1:1/ledger", "that the server runs"),
        ("postgresql+psycopg://desk:whisper@127.0.0.1:1/ledger", "that the server runs"),
        ("postgresql://desk:whisper@/ledger?host=/nowhere", "that the server runs"),
        ("postgresql://desk:whisper@host", "names no database"),
        ("postgresql://desk:whisper@host:port/ledger", "cannot be read"),
        ("mysql://desk:whisper@host/ledger", "no ledger can be kept in mysql"),
    ],
)
def test_an_address_that_leads_nowhere_is_one_line(postgres: str, address: str, told: str) -> None:
    said = refused(address)
    assert told in said
    assert "whisper" not in said


def test_a_database_that_is_not_there_says_how_to_make_one(postgres: str) -> None:
    told = refused(postgres.format(name="no_such_ledger"))
    assert 'database "no_such_ledger" does not exist' in told
    assert "createdb" in told


def test_a_database_with_other_tables_is_refused_and_left_alone(postgres: str) -> None:
    import psycopg

    address = fresh(postgres)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE shopping (what text)")
        assert "is not a Sayso ledger" in refused(address)
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (1,)


def test_a_database_in_another_encoding_is_refused(postgres: str) -> None:
    import psycopg

    with psycopg.connect(postgres.format(name="postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS old_words")
        connection.execute("CREATE DATABASE old_words ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    assert "createdb -E UTF8" in refused(postgres.format(name="old_words"))


def test_a_ledger_lies_in_the_schema_that_the_address_names(postgres: str) -> None:
    import psycopg

    address = fresh(postgres)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE shopping (what text)")
        connection.execute("CREATE SCHEMA desk")
    with open_ledger(f"{address}&options=-csearch_path%3Ddesk") as ledger:
        assert ledger.search("anything").articles == ()


def test_an_empty_database_is_no_ledger_to_a_command_that_only_looks(postgres: str) -> None:
    address = fresh(postgres)
    with pytest.raises(InputError, match="sayso read PATH"):
        open_ledger(address, make=False)


def test_what_is_only_in_a_file_loads_no_driver(tmp_path: Path) -> None:
    code = f"import sys, sayso.ledger; sayso.ledger.open_ledger({str(tmp_path / 'x.db')!r}).close(); print('psycopg' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"


def test_without_the_driver_the_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"pip install 'sayso\[postgres\]'"):
        open_ledger("postgresql://desk@host/ledger")

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from sayso.ledger import Ledger, open_ledger
from sayso.reading.reader import Reader, open_reader
from sayso.records import Article, Outlet, Published, content_id
from tests.databases import MissingError, fresh, server


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The shipped reader itself; loading it once takes a fifth of a second."""
    return open_reader()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server started for the tests, `{name}` standing for a database; skips with the reason where none can be."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(server())
        except MissingError as why:
            pytest.skip(str(why))
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger may be made, for --db: a file, and an empty PostgreSQL database."""
    if request.param == "sqlite":
        return str(tmp_path / "sayso.db")
    return fresh(request.getfixturevalue("postgres"))


@pytest.fixture
def ledger(db: str) -> Iterator[Ledger]:
    with open_ledger(db) as opened:
        yield opened


@pytest.fixture
def article():
    """Makes an article of a text, published on 14 March 2031 by the Harbour Post unless told otherwise."""

    def make(
        text: str, *, outlet: str | None = "Harbour Post", day: date | None = date(2031, 3, 14), **more: object
    ) -> Article:
        published = Published(day, day, "given", str(day)) if day else Published()
        return Article(
            id=content_id(outlet or "", text),
            text=text,
            outlet=Outlet(outlet, "given" if outlet else "unknown"),
            published=published,
            **more,
        )

    return make

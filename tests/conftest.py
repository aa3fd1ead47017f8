from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sayso.ledger import Ledger, open_ledger
from sayso.reading.reader import Reader, open_reader
from sayso.records import Article, Outlet, Published, content_id


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The shipped reader itself; loading it once takes a fifth of a second."""
    return open_reader()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    with open_ledger(tmp_path / "sayso.db") as opened:
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

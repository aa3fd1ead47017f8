"""The pages in a real browser. Without `sayso[browser]` and a Chromium these tests are skipped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docs.screens import browsing, chromium, served
from sayso import pipeline
from sayso.ledger import open_ledger
from sayso.reading.reader import Reader
from tests.web.visiting import make_desk

SETTLED = (("Nadia Orsk", "Fellmouth Athletic"), ("Tomas Brannick", "Westmere United"), ("Greta Holm", "Norwick Town"))
HARD: list[dict[str, str]] = [
    {
        "title": "Q" * 90,
        "outlet": "Hafendampfschifffahrtsgesellschaftsmitgliederblatt" * 2,
        "date": "2025-03-15",
        "url": "https://post.example/" + "y" * 300,
        "text": "Marta Quill may leave Calder Rovers in June, president Ivo Brandt said. https://post.example/"
        + "x" * 200,
    },
    {
        "title": "مارتا كويل ستغادر النادي",
        "outlet": "صحيفة الميناء",
        "date": "2025-03-16",
        "text": "Marta Quill will leave Calder Rovers, "
        "Maximiliana-Theodora van der Hoogenbosch-Featherstonehaugh de Montmorency of the Consolidated Athletic Association said.",
    },
    *(
        {
            "title": f"{who} set to leave {club}",
            "outlet": "Harbour Post",
            "date": f"2024-05-{day:02}",
            "text": f"{who} will leave {club} this summer. The club declined to comment on {who}.",
        }
        for day, (who, club) in enumerate(SETTLED, 3)
    ),
]
PATIENCE = 60_000  # milliseconds; a busy machine starts a browser slowly


# of a module, not of the run: while Playwright is open no other test can run an event loop of its own
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    pytest.importorskip("playwright.sync_api", reason="no Playwright here: pip install 'sayso[browser]'")
    if chromium() is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    """A ledger that is only looked at or copied."""
    return make_desk(tmp_path_factory.mktemp("desk"), reader)


@pytest.fixture(scope="session")
def full(made: Path, tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    """The same, with what is hard to lay out: an edited report, records, long words, long names, and words from right to left."""
    folder = tmp_path_factory.mktemp("full")
    db = Path(shutil.copy(made, folder / "sayso.db"))
    with open_ledger(db) as ledger:
        for name, rows in (("first", HARD), ("then", HARD[:1])):
            there = folder / name / "hard.jsonl"
            there.parent.mkdir()
            edited = (
                "Correction, 16 March 2025: An earlier version of this article was wrong." if name == "then" else ""
            )
            there.write_text("\n".join(json.dumps(row | {"text": f"{row['text']} {edited}"}) for row in rows), "utf-8")
            pipeline.read([there], ledger=ledger, reader=reader)
        for who, club in SETTLED:
            one = pipeline.follow(ledger, f"{who} leaves {club}", window=pipeline.window("2024-03-01..2024-08-31"))
            pipeline.resolve(ledger, str(one.number), "yes", on=date(2024, 7, 1))
    return db


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Iterator[str]:
    """The address of pages over a ledger of one's own."""
    with ExitStack() as stack:
        yield stack.enter_context(served(Path(shutil.copy(made, tmp_path / "sayso.db"))))


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test on any error in a script, and on any request that leaves this machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    opened, wrong = context.new_page(), list[str]()
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on(
        "request",
        lambda asked: (
            None if asked.url.startswith(("http://localhost:", "file:", "data:")) else wrong.append(asked.url)
        ),
    )
    yield opened
    context.close()
    assert wrong == []

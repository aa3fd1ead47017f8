"""The pages in a real browser. Without `sayso[browser]` and a Chromium these tests are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from docs.screens import browsing, chromium, served
from sayso.reading.reader import Reader
from tests.web.visiting import make_desk

PATIENCE = 60_000  # milliseconds; a busy machine starts a browser slowly


@pytest.fixture(scope="session")
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

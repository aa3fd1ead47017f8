"""Pictures of every page: `python -m docs.screens OUTDIR [--db LEDGER]`, at two widths, light and dark. Needs `sayso[browser]` and a Chromium."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from sayso import pipeline, views
from sayso.ledger import open_ledger
from sayso.reading.reader import open_reader
from sayso.web import create

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
WIDTHS = (390, 1280)
THEMES = ("light", "dark")
FOLLOWED = (
    ("Carlo Venturi leaves Real Almenara", "2025-01-01..2025-08-31", None),
    ("Xanti Olabarri becomes Real Almenara coach", "2025-01-01..2025-08-31", "next coach"),
    ("Martin Kessner becomes Real Almenara coach", "2025-01-01..2025-08-31", "next coach"),
    ("Ostrel Group buys Corvane Ferries", "2026-01-01..2026-12-31", None),
)


def chromium() -> str | None:
    """The browser on this machine, if there is one."""
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # In a container Chromium's own sandbox cannot be set up; it opens nothing here but our pages.
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def served(db: Path) -> Iterator[str]:
    """The pages over a ledger, and the address they answer on."""
    server = uvicorn.Server(uvicorn.Config(create(db), port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://localhost:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)


def example(folder: Path) -> Path:
    """A ledger of the examples, with questions followed on them and one settled."""
    with open_ledger(folder / "sayso.db") as ledger:
        given = [ROOT / "examples/coach", ROOT / "examples/takeover"]
        pipeline.read(given, ledger=ledger, reader=open_reader(), metadata=ROOT / "examples/metadata.csv")
        for text, days, group in FOLLOWED:
            pipeline.follow(ledger, text, window=pipeline.window(days), group=group)
        pipeline.resolve(ledger, "2", "yes", evidence="examples/coach/24-ledger-olabarri-named-coach.txt")
    return folder / "sayso.db"


def places(db: Path) -> dict[str, str]:
    """Name → address: one page of every kind."""
    with open_ledger(db) as ledger:
        story = max(views.stories(ledger), key=lambda line: line.articles)
        found = {
            "stories": "/",
            "story": f"/stories/{story.reference}",
            "story-change": f"/stories/{story.reference}/change",
            "questions": "/questions",
            "sources": "/sources",
            "search": f"/search?q={story.story.name.split()[0].strip(',')}",
            "add": "/add",
            "follow": "/follow",
            "article": f"/articles/{story.story.articles[0]}",
            "nowhere": "/stories/nowhere",
        }
        if asked := ledger.questions.followed():
            found["question"] = f"/questions/{asked[0].number}"
            page = views.question(ledger, str(asked[0].number))
            if page.counting:
                found["source"] = f"/sources/{page.counting[0][0].origin}"
        if len(story.story.episodes) and story.story.start:
            found["story-as-of"] = f"/stories/{story.reference}?as_of={story.story.start}"
    return found


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go, outside of the repository")
    parser.add_argument("--db", type=Path, help="a ledger; without one, the examples are read")
    parser.add_argument("--only", nargs="*", default=None, help="names of pages")
    given = parser.parse_args()
    if given.folder.resolve().is_relative_to(ROOT):
        parser.error("name a folder outside of the repository")
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        db = given.db or example(Path(scratch))
        wanted = {k: v for k, v in places(db).items() if not given.only or k in given.only}
        with served(db) as home, browsing() as browser:
            for theme in THEMES:
                for width in WIDTHS:
                    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
                    for name, path in wanted.items():
                        page.goto(home + path)
                        page.screenshot(path=given.folder / f"{name}-{width}-{theme}.png", full_page=True)
                    page.close()
    print(f"{len(wanted) * len(THEMES) * len(WIDTHS)} pictures in {given.folder}")


if __name__ == "__main__":
    main()

"""Pictures of every page: `python -m docs.screens OUTDIR [--db LEDGER]`, narrow and wide, light and dark, the
one-file report and an empty ledger among them. Needs `sayso[browser]` and a Chromium.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import uvicorn

from sayso import pipeline, views
from sayso.ledger import open_ledger
from sayso.reading.reader import open_reader
from sayso.report import report
from sayso.web import create

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
WIDTHS = (390, 1280)
WIDER = (360, 2560)  # the narrowest and the widest that are kept good, in one theme
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
LOOKS = (*((width, theme) for width in WIDTHS for theme in THEMES), *((width, THEMES[0]) for width in WIDER))
EMPTY = {
    "stories": "/",
    "questions": "/questions",
    "sources": "/sources",
    "search": "/search?q=nobody",
    "follow": "/follow",
}
FOLLOWED = (
    ("Carlo Venturi leaves Real Almenara", "2025-01-01..2025-08-31", None),
    ("Carlo Venturi leaves Real Almenara", "2023-01-01..2023-08-31", None),
    ("Xanti Olabarri becomes Real Almenara coach", "2025-01-01..2025-08-31", "next coach"),
    ("Martin Kessner becomes Real Almenara coach", "2025-01-01..2025-08-31", "next coach"),
    ("Carlo Venturi becomes Tavara coach", "2025-01-01..2025-08-31", None),
    ("Ostrel Group buys Corvane Ferries", "2026-01-01..2026-12-31", None),
)
#: a report that its outlet changed two days after it came out: the file, the words before and after, and what the page says of it
EDITED = (
    "coach/18-kickandtell-done-deal-tavara.txt",
    "has agreed a four-year deal to become the new coach of Tavara",
    "is close to agreeing a four-year deal to become the new coach of Tavara",
    "Correction, 8 May 2025: An earlier version of this article said that Venturi had signed.",
)
#: for a track record: who was to leave which club, whether they did, and which outlets said that they would (+) or would not (-)
PAST = (
    ("Nadia Orsk", "Fellmouth Athletic", "yes", "+The Harbour Post +Kick&Tell -Goalmouth"),
    ("Tomas Brannick", "Westmere United", "yes", "+The Harbour Post +Touchline +Kick&Tell"),
    ("Idris Malloy", "Port Skerrick", "no", "-The Harbour Post +Kick&Tell -Touchline"),
    ("Greta Holm", "Calder Rovers", "no", "+Kick&Tell -Goalmouth -Touchline"),
    ("Pavel Strand", "Norwick Town", "yes", "+The Harbour Post +Goalmouth"),
    ("Lucia Ferro", "Ostvik Harbour", "yes", "-Kick&Tell +Touchline +The Harbour Post"),
    ("Bram Oakes", "Inland City", "no", "+Kick&Tell -The Harbour Post +Goalmouth"),
    ("Wim Daalder", "Grauwald Reserves", "yes", "+The Harbour Post -Touchline +Goalmouth"),
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
    """A ledger of the examples: one report edited, questions followed, all but the first of them settled."""
    with open_ledger(folder / "sayso.db") as ledger:
        given, table = [ROOT / "examples/coach", ROOT / "examples/takeover"], ROOT / "examples/metadata.csv"
        reader = open_reader()
        pipeline.read(given, ledger=ledger, reader=reader, metadata=table)
        pipeline.read([_edited(folder)], ledger=ledger, reader=reader, metadata=table)
        pipeline.read([_past(folder)], ledger=ledger, reader=reader)
        for text, days, group in FOLLOWED:
            pipeline.follow(ledger, text, window=pipeline.window(days), group=group)
        pipeline.take_outcomes(ledger, ROOT / "examples/outcomes.csv")
        pipeline.resolve(ledger, "1", "open")
        for who, club, ended, _ in PAST:
            one = pipeline.follow(ledger, f"{who} leaves {club}", window=pipeline.window("2024-03-01..2024-08-31"))
            pipeline.resolve(ledger, str(one.number), ended, on=date(2024, 7, 1))
    return folder / "sayso.db"


def _past(folder: Path) -> Path:
    """Last year's reports, a row for each."""
    rows = []
    for month, (who, club, _, said) in enumerate(PAST):
        for day, (side, outlet) in enumerate((one[0], one[1:].strip()) for one in re.findall(r"[+-][^+-]+", said)):
            does = f"leave {club} this summer" if side == "+" else f"stay at {club} next season"
            title = f"{who} {'set to leave' if side == '+' else 'to stay at'} {club}"
            text = f"{title}\n\n{who} will {does}, {outlet} understands. The club declined to comment on {who}."
            when = f"2024-{4 + month % 3:02}-{3 + 2 * month + day:02}"
            rows.append({"title": title, "outlet": outlet, "date": when, "text": text})
    made = folder / "past.jsonl"
    made.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return made


def _edited(folder: Path) -> Path:
    name, before, after, note = EDITED
    words = (ROOT / "examples" / name).read_text("utf-8")
    made = folder / Path(name).name
    made.write_text(words.replace(before, after) + f"\n\n{note}\n", "utf-8")
    return made


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
            if asked[1:]:
                found["question-settled"] = f"/questions/{asked[-1].number}"
        if known := views.sources(ledger).lines:
            best = max(known, key=lambda line: (line.record.resolved, len(line.record.claims)))
            found["source"] = f"/sources/{best.record.origin}"
        if edited := views.edits(ledger):
            found["article-edited"] = f"/articles/{edited[0].article.id}"
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
        empty = {
            f"empty-{name}": path for name, path in EMPTY.items() if not given.only or f"empty-{name}" in given.only
        }
        with browsing() as browser:
            with served(db) as home:
                taken = [_taken(browser, home, wanted, given.folder, *look) for look in LOOKS]
            with served(Path(scratch) / "empty.db") as home:
                taken += [_taken(browser, home, empty, given.folder, *look) for look in LOOKS]
            if not given.only or "report" in given.only:
                taken += [_reported(browser, db, given.folder, redact=redact) for redact in (False, True)]
    print(f"{sum(taken)} pictures in {given.folder}")


def _taken(browser: Browser, home: str, wanted: dict[str, str], folder: Path, width: int, theme: Theme) -> int:
    """Pictures of these pages; how many."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
    for name, path in wanted.items():
        page.goto(home + path)
        page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)
    page.close()
    return len(wanted)


def _reported(browser: Browser, db: Path, folder: Path, *, redact: bool) -> int:
    """The one-file report of the longest story, on a screen and on paper; how many."""
    name = "report-redacted" if redact else "report"
    with open_ledger(db) as ledger:
        story = max(views.stories(ledger), key=lambda line: line.articles)
        made = folder / f"{name}.html"
        made.write_text(report(ledger, story.story.id, redact=redact), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(made.absolute().as_uri())
    page.screenshot(path=folder / f"{name}-1280-light.png", full_page=True)
    page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True)
    page.close()
    return 2


if __name__ == "__main__":
    main()

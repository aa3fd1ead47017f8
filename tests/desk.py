"""A small story for tests of the doors out: three invented reports, a question followed in them and how it ended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sayso import pipeline
from sayso.ledger import open_ledger
from sayso.reading.reader import Reader

REPORTS = {
    "1.md": (
        "Harbour Post",
        "2021-03-03",
        "Crane to leave Calder Rovers",
        "Ada Crane will leave Calder Rovers in June, a source close to the coach told the Harbour Post on Monday.\n\n"
        "Ada Crane has coached Calder Rovers for six years and won the Northern Cup twice with Calder Rovers.",
    ),
    "2.md": (
        "Tidewater Gazette",
        "2021-03-10",
        "Rovers deny that Crane is going",
        "Ada Crane will stay at Calder Rovers, chairman Ivo Brandt told the Tidewater Gazette.\n\n"
        "Calder Rovers won the Northern Cup twice under Ada Crane, who has coached Calder Rovers for six years.",
    ),
    "3.md": (
        "Harbour Post",
        "2021-06-01",
        "Crane has left Calder Rovers",
        "Ada Crane has left Calder Rovers, Ivo Brandt said on Sunday.\n\n"
        "Calder Rovers thanked Ada Crane, who coached Calder Rovers for six years and won the Northern Cup.",
    ),
}
QUESTION = "Ada Crane leaves Calder Rovers"
DAYS = (date(2021, 1, 1), date(2021, 8, 31))


def write_reports(folder: Path) -> Path:
    """The reports as files with their facts on top."""
    folder.mkdir()
    for name, (outlet, day, title, text) in REPORTS.items():
        head = f"---\noutlet: {outlet}\ndate: {day}\ntitle: {title}\n---\n\n"
        (folder / name).write_text(f"{head}{text}\n", encoding="utf-8")
    return folder


def make_desk(folder: Path, reader: Reader) -> Path:
    """A ledger of the reports, with the question followed and settled."""
    reports, db = write_reports(folder / "reports"), folder / "sayso.db"
    with open_ledger(db) as ledger:
        pipeline.read([reports], ledger=ledger, reader=reader)
        pipeline.follow(ledger, QUESTION, window=DAYS)
        pipeline.resolve(ledger, "1", "yes", on=date(2021, 6, 1), evidence="https://club.example/statement")
    return db

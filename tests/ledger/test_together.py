"""Several at once on one ledger: nothing is lost, nothing is there twice, and what stands between articles comes out as for one."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sayso import pipeline, views
from sayso.errors import LedgerError
from sayso.ledger import Ledger, open_ledger
from tests.ledger.test_store import claim

REPORT = (
    "{name} told the Harbour Post on Monday that the {place} bridge will open in June. Work on the {place} bridge began two years ago, and "
    "the {place} council paid for it.\n\nA spokesman for {place} said that report number {n} would be the last."
)
PLACES = ("Venmouth", "Carrow", "Ostby")


def write_reports(folder: Path, numbers: range) -> Path:
    folder.mkdir()
    for n in numbers:
        words = REPORT.format(name="Ada Crane", place=PLACES[n % 3], n=n)
        (folder / f"{n:02}.txt").write_text(f" date 2025-03-1{n % 9} {words}")
    return folder


def start(*words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sayso", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def state(ledger: Ledger) -> dict[str, object]:
    """What is in a ledger, however it came there: ids aside, which come from the order of arrival where a story is new."""
    placed = {a: line.story.articles for line in views.stories(ledger) for a in line.story.articles}
    return {
        "claims": sorted(r.claim.id for r in ledger.claims()),
        "stories": sorted(set(placed.values())),
        "copies": sorted(
            (min(c.article, c.original), max(c.article, c.original)) for c in ledger.copies.all().values()
        ),
    }


def test_two_reads_at_once_end_in_the_ledger_of_one(db: str, tmp_path: Path) -> None:
    """Half of what the two read is the same."""
    left, right = write_reports(tmp_path / "left", range(8)), tmp_path / "right"
    write_reports(right, range(4, 12))
    runs = [start("read", folder, "--db", db) for folder in (left, right)]
    for run in runs:
        out, err = run.communicate(timeout=600)
        assert (run.returncode, err) == (0, ""), out
    with open_ledger(db) as both, open_ledger(tmp_path / "one.db") as one:
        assert len(both.articles()) == 12
        assert both.stories.unplaced(most=9) == both.copies.unsketched() == both.tallies.untied() == []
        assert len(state(both)["claims"]) == len(set(state(both)["claims"]))
        pipeline.group(one)


def test_the_same_article_saved_by_many_at_once_is_there_once(db: str, article) -> None:
    made = article("Ada Crane told The Ledger that Venturi will leave on Friday.")
    with open_ledger(db) as ledger:
        gate = threading.Barrier(8)

        def save(_: int) -> bool:
            gate.wait()
            return ledger.save(made, [claim(made)], reader="reader-1", terms=("{}", ["leave", "friday"]))

        with ThreadPoolExecutor(8) as pool:
            done = list(pool.map(save, range(8)))
        assert sorted(done) == [False] * 7 + [True]
        assert len(ledger.claims()) == len(ledger.search("venturi").articles) == 1
        assert ledger.stories.background(["leave"]) == (1, {"leave": 1})


def test_counts_grow_by_every_article_however_many_save_at_once(db: str, article) -> None:
    with open_ledger(db) as ledger:

        def save(n: int) -> None:
            ledger.save(article(f"Report {n} on the bridge."), [], reader="r", terms=("{}", ["bridge", f"n{n}"]))

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(save, range(40)))
        assert ledger.stories.background(["bridge"]) == (40, {"bridge": 40})


def test_a_new_ledger_may_be_opened_by_many_at_once(db: str) -> None:
    def once(_: int) -> int:
        with open_ledger(db) as ledger:
            return len(ledger.claims())

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(once, range(6))) == [0] * 6


def test_what_is_done_as_one_is_kept_whole_or_not_at_all(ledger: Ledger, article) -> None:
    def save_and_fail() -> None:
        with ledger.as_one():
            ledger.save(article("One report."), [], reader="r")
            assert len(ledger.articles()) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    assert ledger.articles() == []
    assert ledger.search("report").articles == ()


def test_a_reader_sees_what_was_there_when_it_began_to_look(ledger: Ledger, article) -> None:
    ledger.save(article("One report."), [], reader="r")
    with ledger._read() as connection:
        first = connection.exec_driver_sql("SELECT count(*) FROM article").scalar_one()
        writer = threading.Thread(target=lambda: ledger.save(article("Another report."), [], reader="r"))
        writer.start()
        writer.join(timeout=20)
        assert connection.exec_driver_sql("SELECT count(*) FROM article").scalar_one() == first == 1
    assert len(ledger.articles()) == 2


def test_who_waits_too_long_for_another_writer_is_told_so(db: str, article, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("sqlite", "postgres"):
        monkeypatch.setattr(f"sayso.ledger.{module}.PATIENCE", 1)
    with (
        open_ledger(db) as one,
        open_ledger(db) as other,
        one.as_one(),
        pytest.raises(LedgerError, match="another sayso is writing to it"),
    ):
        other.save(article("One report."), [], reader="r")

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso import pipeline
from sayso.exports import claim_json
from sayso.ledger import Ledger, open_ledger
from sayso.reading.reader import Reader

REPORT = "The mayor said on Monday that bridge {n} will open in June. A source told the Harbour Post that it would not be ready."
SPANISH = (
    "El presidente del club dijo ayer que el entrenador seguirá en su puesto hasta el final de la temporada. "
    "Los jugadores están contentos con la decisión y quieren ganar los partidos que quedan en la liga."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "reports"
    place.mkdir()
    for n in range(4):
        (place / f"{n}.txt").write_text(
            f" date 2025-03-1{n} " + REPORT.format(n=n) + "\n\nMore about it follows in the next edition."
        )
    return place


def dump(ledger: Ledger) -> list[dict[str, object]]:
    return [claim_json(r.claim, recorded=None) for r in ledger.claims()]


def test_a_folder_becomes_a_ledger(folder: Path, ledger: Ledger, reader: Reader) -> None:
    account = pipeline.read([folder], ledger=ledger, reader=reader)
    assert (account.read, account.skipped) == (4, [])
    assert len(ledger.articles()) == 4
    assert account.attributed >= 8


def test_reading_twice_changes_nothing(folder: Path, ledger: Ledger, reader: Reader) -> None:
    pipeline.read([folder], ledger=ledger, reader=reader)
    before = ledger.claims()
    account = pipeline.read([folder], ledger=ledger, reader=reader)
    assert (account.read, account.known) == (0, 4)
    assert ledger.claims() == before


def test_one_bad_file_does_not_stop_the_rest(folder: Path, ledger: Ledger, reader: Reader) -> None:
    (folder / "2b.txt").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "2c.txt").write_text("")
    account = pipeline.read([folder], ledger=ledger, reader=reader)
    assert account.read == 4
    assert [Path(s.origin).name for s in account.skipped] == ["2b.txt", "2c.txt"]


def test_another_language_is_stored_marked_and_left_unread(tmp_path: Path, ledger: Ledger, reader: Reader) -> None:
    (tmp_path / "es.txt").write_text(SPANISH)
    account = pipeline.read([tmp_path / "es.txt"], ledger=ledger, reader=reader)
    assert [a.language for a in account.unread] == ["es"]
    assert (len(ledger.articles()), ledger.claims()) == (1, [])


def test_progress_is_told_after_every_article(folder: Path, ledger: Ledger, reader: Reader) -> None:
    told: list[int] = []
    pipeline.read([folder], ledger=ledger, reader=reader, progress=lambda account, _: told.append(account.read))
    assert told == [1, 2, 3, 4]


def test_a_killed_run_is_picked_up_and_ends_in_the_same_ledger(folder: Path, tmp_path: Path, reader: Reader) -> None:
    for n in range(4, 60):
        (folder / f"{n:02}.txt").write_text(REPORT.format(n=n) * 12)
    path = tmp_path / "killed.db"
    command = [sys.executable, "-m", "sayso", "read", str(folder), "--db", str(path)]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not _articles(path) and run.poll() is None:
        time.sleep(0.02)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    half = _articles(path)
    with open_ledger(path) as resumed, open_ledger(tmp_path / "whole.db") as whole:
        account = pipeline.read([folder], ledger=resumed, reader=reader)
        pipeline.read([folder], ledger=whole, reader=reader)
        assert 0 < half < 60
        assert account.known == half
        assert dump(resumed) == dump(whole)


def _articles(path: Path) -> int:
    """How many articles are in a ledger that another process is writing; 0 where there is none yet."""
    if not path.exists():
        return 0
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM reading").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()

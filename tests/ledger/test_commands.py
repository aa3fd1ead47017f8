"""The commands that touch a ledger as a whole, on either database; and every listing in pages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPORT = " date 2025-03-1{n} The mayor said that the {place} bridge will open in June, a source told the Harbour Post.\n\nWork on it began two years ago."


def sayso(*words: object, db: str) -> subprocess.CompletedProcess[str]:
    """A command on a ledger that the environment names."""
    return subprocess.run(
        [sys.executable, "-m", "sayso", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "100", "PYTHONUTF8": "1", "SAYSO_DB": db},
    )


@pytest.fixture
def desk(db: str, tmp_path: Path) -> str:
    """A ledger of three reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for n, place in enumerate(("Carrow", "Ostby", "Venmouth")):
        (folder / f"{n}.txt").write_text(REPORT.format(n=n, place=place))
    assert sayso("read", folder, db=db).returncode == 0
    return db


def test_a_ledger_is_read_into_searched_counted_tidied_and_paged(desk: str) -> None:
    found = [json.loads(line) for line in sayso("search", "ostby bridge", "--json", db=desk).stdout.splitlines()]
    assert {row["sort"] for row in found} >= {"claim", "article"}
    assert "Ostby" in sayso("search", "ostby", db=desk).stdout
    assert json.loads(sayso("stats", "--json", db=desk).stdout)["articles"] == 3
    assert " now" in sayso("tidy", db=desk).stdout
    first = sayso("timeline", "--limit", 1, db=desk).stdout
    assert "There is more: --page 2" in first
    assert "Venmouth" in sayso("timeline", "--limit", 1, "--page", 3, db=desk).stdout
    assert "There is more" not in sayso("timeline", "--limit", 3, db=desk).stdout
    assert len(sayso("claims", "--json", "--limit", 2, db=desk).stdout.splitlines()) == 2


def test_a_story_is_closed_and_opened_by_its_reference(desk: str) -> None:
    story = json.loads(sayso("stories", "--json", db=desk).stdout.splitlines()[0])["id"]
    assert f"closed  {story[:7]}" in sayso("archive", story[:7], db=desk).stdout
    assert "1 archived; --archived lists them" in sayso("stories", db=desk).stdout
    assert story[:7] in sayso("stories", "--archived", db=desk).stdout
    assert f"opened  {story[:7]}" in sayso("archive", story[:7], "--undo", db=desk).stdout
    assert sayso("archive", db=desk).returncode == 2


def test_an_address_that_leads_nowhere_is_one_line_without_the_password() -> None:
    run = sayso("timeline", db="postgresql://desk:whisper@127.0.0.1:1/ledger")
    assert run.returncode == 4
    assert run.stderr.startswith("sayso: postgresql://desk@127.0.0.1:1/ledger: ")
    assert "whisper" not in run.stdout + run.stderr
    assert run.stderr.count("\n") == 1

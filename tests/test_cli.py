from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REPORT = " date 2025-03-14 The mayor said that the bridge will open in June, a source told the Harbour Post.\n\nWork on the bridge began two years ago."


def sayso(*words: object, cwd: Path, stdin: str = "", columns: int = 80) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sayso", *map(str, words)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": str(columns), "PYTHONUTF8": "1"},
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of one report in it."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "report.txt").write_text(REPORT)
    assert sayso("read", "report.txt", cwd=folder).returncode == 0
    return folder


def rows(run: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_read_ends_with_a_short_account(place: Path, tmp_path: Path) -> None:
    run = sayso("read", place / "report.txt", "--db", tmp_path / "x.db", cwd=place)
    assert run.returncode == 0
    assert re.search(r"1 articles read .*\n\d+ claims put down to someone", run.stdout)


def test_read_takes_standard_input(tmp_path: Path) -> None:
    run = sayso("read", "-", "--json", cwd=tmp_path, stdin=REPORT)
    assert rows(run)[0]["read"] == 1


def test_a_skipped_file_shows_in_the_exit_status_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(REPORT)
    (tmp_path / "empty.txt").write_text("")
    run = sayso("read", ".", cwd=tmp_path)
    assert run.returncode == 3
    assert "empty.txt" in run.stdout
    assert "1 articles read" in run.stdout


def test_a_path_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    run = sayso("read", "nowhere", cwd=tmp_path)
    assert (run.returncode, run.stderr.count("\n")) == (2, 1)
    assert "nowhere" in run.stderr


@pytest.mark.parametrize("command", [("timeline",), ("claims",), ("article", "abc"), ("export", "claims")])
def test_without_a_ledger_every_command_says_how_to_make_one(tmp_path: Path, command: tuple[str, ...]) -> None:
    run = sayso(*command, cwd=tmp_path)
    assert run.returncode == 2
    assert "sayso read PATH" in run.stderr
    assert not (tmp_path / "sayso.db").exists()


def test_timeline_shows_day_source_and_reference(place: Path) -> None:
    run = sayso("timeline", cwd=place)
    assert "2025-03-14" in run.stdout
    assert "\x1b[" not in run.stdout


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_nothing_is_wider_than_the_terminal(place: Path, columns: int) -> None:
    run = sayso("timeline", "--own", cwd=place, columns=columns)
    assert max(len(line) for line in run.stdout.splitlines()) <= columns


def test_the_export_keeps_its_promise(place: Path) -> None:
    articles = {row["id"]: row for row in rows(sayso("export", "articles", cwd=place))}
    claims = rows(sayso("export", "claims", cwd=place))
    assert [c["id"] for c in claims] == sorted(c["id"] for c in claims)
    for claim in claims:
        text = articles[claim["article"]]["text"]
        assert all(text[e["start"] : e["end"]] == e["text"] for e in claim["evidence"])


def test_claims_open_their_article(place: Path) -> None:
    reference = rows(sayso("claims", "--json", cwd=place))[0]["reference"]
    run = sayso("article", reference, cwd=place)
    assert "Work on the bridge began two years ago." in run.stdout
    assert "date 2025-03-14" in run.stdout


@pytest.mark.parametrize(
    ("option", "count"),
    [(("--search", "bridge june"), True), (("--kind", "document"), False), (("--since", "2025-04-01"), False)],
)
def test_claims_are_narrowed_by_options(place: Path, option: tuple[str, ...], count: bool) -> None:
    assert bool(rows(sayso("claims", *option, "--json", cwd=place))) is count


def test_an_unknown_kind_names_those_there_are(place: Path) -> None:
    run = sayso("claims", "--kind", "robot", cwd=place)
    assert (run.returncode, "anonymous" in run.stderr) == (2, True)


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("shopping")
    run = sayso("timeline", "--db", "notes.db", cwd=tmp_path)
    assert run.returncode == 4
    assert "not a Sayso ledger" in run.stderr


def test_every_command_is_in_the_docs() -> None:
    page = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    assert [c for c in ("read", "timeline", "claims", "article", "export") if f"## `sayso {c}`" not in page] == []

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import whole
from sayso.cli.exporting import write
from sayso.errors import InputError
from sayso.exports import FORMATS
from sayso.reading.reader import Reader
from tests.desk import make_desk


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    return make_desk(tmp_path_factory.mktemp("desk"), reader)


def sayso(*words: object) -> tuple[int, bytes, str]:
    """Exit status, standard output, and the error."""
    run = CliRunner().invoke(whole(), [str(one) for one in words])
    return run.exit_code, run.stdout_bytes, str(run.exception or "")


def test_formats_are_listed_with_what_each_is_of() -> None:
    status, out, _ = sayso("export", "--formats")
    assert status == 0
    assert [one.name for one in FORMATS if one.name not in out.decode()] == []
    assert "sayso[parquet]" in out.decode()


def test_a_file_is_what_standard_output_would_be(db: Path, tmp_path: Path) -> None:
    sayso("export", "claims", "--format", "webannotation", "--question", "1", "-o", tmp_path / "a.json", "--db", db)
    _, out, _ = sayso("export", "claims", "--format", "webannotation", "--question", "1", "--db", db)
    assert (tmp_path / "a.json").read_bytes() == out
    assert json.loads(out)["type"] == "AnnotationCollection"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ((), "say what to export"),
        (("claims", "--format", "atom"), "atom is of questions, not of claims"),
        (("claims", "--format", "docx"), "no export format 'docx'"),
        (("claims", "--format", "parquet"), "name a file with --output"),
        (("questions", "--format", "claimreview"), "--reviewer NAME --page"),
        (("questions", "--format", "claimreview", "--reviewer", "Desk"), "--reviewer NAME --page"),
        (
            ("questions", "--format", "claimreview", "--reviewer", "Desk", "--page", "javascript:alert(1)"),
            "no web address",
        ),
        (("claims", "--question", "99"), "no question '99'"),
        (("claims", "-o", "/nowhere/at/all.jsonl"), "cannot be written"),
    ],
)
def test_what_does_not_fit_is_one_line(db: Path, words: tuple[str, ...], error: str) -> None:
    status, _, said = sayso("export", *words, "--db", db)
    assert status != 0
    assert error in said
    assert "\n" not in said


def test_a_ledger_goes_out_and_comes_back_by_commands(db: Path, tmp_path: Path) -> None:
    for what in ("articles", "claims", "questions", "stances"):
        sayso("export", what, "-o", tmp_path / f"{what}.jsonl", "--db", db)
    status, out, _ = sayso("load", *tmp_path.glob("*.jsonl"), "--db", tmp_path / "new.db", "--json")
    assert (status, json.loads(out)["refused"]) == (0, [])
    assert sayso("export", "sources", "--db", tmp_path / "new.db") == sayso("export", "sources", "--db", db)


def test_a_refused_line_shows_in_the_exit_status(db: Path, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("{}\n")
    status, out, _ = sayso("load", tmp_path / "x.jsonl", "--db", tmp_path / "new.db")
    assert status == 3
    assert b"x.jsonl:1" in out


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.json"
    write(path, b"old")
    path.chmod(0o640)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", full)
        with pytest.raises(InputError, match="No space left on device"):
            write(path, b"new")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])
    write(path, b"new")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)


def test_a_link_is_written_through_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    write(tmp_path / "link.json", b"new")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"new"


def test_output_to_a_device_goes_there(db: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "sayso", "export", "questions", "-o", "/dev/stdout", "--db", str(db)],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert json.loads(run.stdout)["number"] == 1


def test_a_file_that_is_there_is_not_lost_to_a_ledger_that_is_not(tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").write_text("kept")
    status, _, _ = sayso("export", "claims", "-o", tmp_path / "claims.jsonl", "--db", tmp_path / "none.db")
    assert (status != 0, (tmp_path / "claims.jsonl").read_text()) == (True, "kept")
    shutil.rmtree(tmp_path)

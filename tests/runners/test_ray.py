"""Reading on several machines gives the ledger that one machine gives, also where a worker dies on the way."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import exports, pipeline, views
from sayso.ledger import open_ledger
from sayso.pipeline.reading import Known, read_article
from sayso.reading.reader import Reader

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Ray's own
    ray = pytest.importorskip("ray", reason="Ray is not installed; pip install 'sayso[ray]'")
    pytest.importorskip("msgspec", reason="msgspec is not installed; pip install 'sayso[ray]'")
    from sayso.runners import packed
    from sayso.runners import ray as runner

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own
REPORT = "The mayor said on Monday that bridge {n} will open in June. A source told the Harbour Post that it would not be ready."


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    yield
    ray.shutdown()


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    plain, table = tmp_path / "reports", tmp_path / "more.jsonl"
    plain.mkdir()
    for n in range(5):
        (plain / f"{n}.txt").write_text(
            f" date 2025-03-1{n} " + REPORT.format(n=n) + "\n\nMore follows in the next edition."
        )
    (plain / "9.txt").write_text("")
    table.write_text(
        "".join(f'{{"text": "{REPORT.format(n=n)} The town waits.", "date": "2025-04-0{n}"}}\n' for n in range(1, 5))
    )
    return [plain, table]


def exported(path: Path) -> str:
    with open_ledger(path) as ledger:
        return "".join(exports.jsonl(views.exported(ledger, what)) for what in ("articles", "claims"))


def test_the_export_is_the_same_as_from_one_machine(reports: list[Path], tmp_path: Path, reader: Reader) -> None:
    with open_ledger(tmp_path / "one.db") as ledger:
        here = pipeline.read(reports, ledger=ledger, reader=reader)
    with open_ledger(tmp_path / "many.db") as ledger:
        there = runner.read(reports, ledger=ledger, folder=tmp_path / "bundles", workers=2)
    assert (there.read, there.claims, there.skipped) == (here.read, here.claims, here.skipped)
    assert unrecorded(exported(tmp_path / "many.db")) == unrecorded(exported(tmp_path / "one.db"))


def test_what_was_read_before_is_not_read_again(reports: list[Path], tmp_path: Path) -> None:
    with open_ledger(tmp_path / "one.db") as ledger:
        runner.read(reports, ledger=ledger, folder=tmp_path / "bundles", workers=1)
        made = {path: path.stat().st_mtime_ns for path in (tmp_path / "bundles").iterdir()}
        again = runner.read(reports, ledger=ledger, folder=tmp_path / "bundles", workers=1)
    assert (again.read, again.known) == (0, 9)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "bundles").iterdir()} == made


def test_a_worker_that_is_killed_is_replaced(
    reports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "Worker", _dying(tmp_path / "died"))
    with open_ledger(tmp_path / "many.db") as ledger:
        account = runner.read(reports, ledger=ledger, folder=tmp_path / "bundles", workers=1)
    assert (tmp_path / "died").exists()
    assert account.read == 9


def test_readings_come_back_as_they_were(reports: list[Path], tmp_path: Path, reader: Reader) -> None:
    made = [
        one for page in pipeline.articles(reports) if not isinstance(one := read_article(page, reader=reader), Known)
    ]
    packed.write(tmp_path / "x.parquet", made)
    assert list(packed.read(tmp_path / "x.parquet")) == made


def _dying(mark: Path) -> type:
    """A worker whose process is killed once, in the middle of its work."""

    class Dying(runner.Worker):
        def __call__(self, batch: dict[str, object]) -> dict[str, object]:
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), 9)
            return super().__call__(batch)

    return Dying


def unrecorded(lines: str) -> list[str]:
    """Exported lines without the moment at which the ledger recorded them."""
    return [json.dumps({k: v for k, v in json.loads(line).items() if k != "recorded"}) for line in lines.splitlines()]

from __future__ import annotations

import datetime
import doctest
import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest

import sayso
from docs.running import rerun_apart
from sayso import api
from sayso.reading.reader import Reader
from tests.desk import DAYS, QUESTION, write_reports

ROOT = Path(__file__).parent.parent
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    write_reports(folder / "reports")
    with chdir(folder), sayso.open_ledger("sayso.db") as ledger:
        sayso.read(["reports"], ledger=ledger, reader=reader)
        sayso.follow(ledger, QUESTION, window=DAYS)
    return folder


@pytest.fixture
def place(desk: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(desk, tmp_path / "desk")
    with chdir(tmp_path / "desk"):
        yield tmp_path / "desk"


def examples() -> list[doctest.DocTest]:
    return [one for one in doctest.DocTestFinder().find(api, "api") if one.examples]


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.name)
def test_every_example_in_the_docstrings_holds(example: doctest.DocTest, place: Path) -> None:
    with sayso.open_ledger(place / "sayso.db") as ledger:
        example.globs = {"sayso": sayso, "datetime": datetime, "ledger": ledger}
        told: list[str] = []
        failed = doctest.DocTestRunner(optionflags=FLAGS).run(example, out=told.append)
    assert not failed.failed, "".join(told)


def test_every_verb_has_an_example() -> None:
    shown = {one.name.removeprefix("api.") for one in examples()}
    assert set(api.__all__) - shown == {"open_ledger", "open_reader"}


def test_every_verb_is_offered_by_name_and_in_the_docs() -> None:
    page = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    assert [name for name in api.__all__ if getattr(sayso, name) is not getattr(api, name)] == []
    assert [name for name in api.__all__ if f"`{name}(" not in page] == []


def test_the_package_tells_its_types() -> None:
    assert (ROOT / "src/sayso/py.typed").exists()


def test_the_tutorial_prints_what_it_shows(reader: Reader) -> None:
    page = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
    assert page.count("\n>>> ") > 20
    assert rerun_apart(page) == page

"""Work on several cores: in order, a few pieces ahead, and the same ledger however many there are."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from sayso import pipeline
from sayso.errors import ReaderError
from sayso.exports import claim_json
from sayso.ledger import open_ledger
from sayso.reading.reader import Reader
from sayso.runners import Local
from sayso.runners.local import FEW

REPORT = "The mayor said on Monday that bridge {n} will open in June. A source told the Harbour Post that it would not be ready."


def doubled(number: int) -> int:
    return 2 * number


def ended(number: int, *, after: int) -> int:
    if number > after:
        os._exit(1)
    return number


@pytest.mark.parametrize("processes", [False, True])
def test_results_come_in_the_order_of_what_was_given(processes: bool) -> None:
    with Local(2, processes=processes) as runner:
        assert list(runner(doubled, range(FEW + 10))) == [2 * n for n in range(FEW + 10)]


def test_no_more_is_begun_than_a_few_pieces_a_worker() -> None:
    begun: list[int] = []

    def given() -> Iterator[int]:
        for number in range(1000):
            begun.append(number)
            yield number

    with Local(2, processes=False) as runner:
        results = runner(doubled, given())
        next(results)
        assert len(begun) <= 6


def test_a_process_that_dies_is_told_with_the_remedy() -> None:
    with Local(2) as runner, pytest.raises(ReaderError, match="run it again"):
        list(runner(partial(ended, after=FEW + 3), range(FEW + 40)))


def test_a_reader_sent_to_another_process_is_opened_there_once(reader: Reader) -> None:
    sent = pickle.dumps(reader)
    assert len(sent) < 1000
    assert pickle.loads(sent) is pickle.loads(sent)
    assert pickle.loads(sent).name == reader.name


def test_the_ledger_is_the_same_whatever_the_number_of_workers(tmp_path: Path, reader: Reader) -> None:
    place = tmp_path / "reports"
    place.mkdir()
    for n in range(FEW + 8):
        (place / f"{n:02}.txt").write_text(
            f" date 2025-03-{n % 28 + 1:02} " + REPORT.format(n=n) + "\n\nMore follows in the next edition."
        )
    kept = []
    for workers in (1, 3):
        with open_ledger(tmp_path / f"{workers}.db") as ledger, Local(workers) as runner:
            pipeline.read([place], ledger=ledger, reader=reader, runner=runner)
            kept.append((ledger.articles(), [claim_json(r.claim, recorded=None) for r in ledger.claims()]))
    assert kept[0] == kept[1]

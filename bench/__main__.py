"""`python -m bench`: words a second end to end and for the bare model call, on one and two threads, and where the time goes.

The texts are those of examples/, read several times over under different names, so that a run lasts long enough to time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from sayso import pipeline
from sayso.ledger import open_ledger
from sayso.reading.onnx import OnnxReader
from sayso.reading.reader import model_folder
from sayso.reading.windows import windows
from sayso.records import Article

T = TypeVar("T")
EXAMPLES = Path(__file__).parent.parent / "examples"


def texts() -> list[str]:
    """The English articles of the examples."""
    found = pipeline.articles([EXAMPLES], metadata=EXAMPLES / "metadata.csv")
    return [a.text for a in found if isinstance(a, Article) and a.language == "en"]


def spent(work: Callable[[T], object], given: Iterable[T], threads: int) -> float:
    """Seconds for `work` on everything given, so many at a time."""
    with ThreadPoolExecutor(threads) as pool:
        began = time.perf_counter()
        for _ in pool.map(work, given):
            pass
        return time.perf_counter() - began


def end_to_end(reader: OnnxReader, folder: Path, threads: int) -> float:
    """Seconds of `sayso read` on files, from the first byte to the ledger."""
    with tempfile.TemporaryDirectory() as place, open_ledger(Path(place) / "bench.db") as ledger:
        began = time.perf_counter()
        pipeline.read([folder], ledger=ledger, reader=reader, workers=threads)
        return time.perf_counter() - began


def median(run: Callable[[], float], times: int) -> float:
    """Median of several runs after one that is not counted."""
    run()
    return statistics.median(run() for _ in range(times))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    articles = texts()
    words = sum(len(text.split()) for text in articles)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, onnxruntime {version('onnxruntime')}"
    )
    print(f"{len(articles)} articles, {words} words; median of {options.runs} runs")
    result: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as place:
        for number, text in enumerate(articles):
            (Path(place) / f"{number:03}.txt").write_text(text, encoding="utf-8")
        reader = OnnxReader(model_folder())
        cut = [w for text in articles for w in windows(text, reader.tokenizer)]
        for threads in (1, 2):
            model = median(partial(spent, reader.run, cut, threads), options.runs)
            spans = median(partial(spent, reader.spans, articles, threads), options.runs)
            whole = median(partial(end_to_end, reader, Path(place), threads), options.runs)
            result[f"{threads} threads"] = {
                "model words/s": round(words / model),
                "reading words/s": round(words / spans),
                "end to end words/s": round(words / whole),
                "reading / model": round(spans / model, 3),
                "end to end / model": round(whole / model, 3),
            }
            for name, value in result[f"{threads} threads"].items():
                print(f"{threads} thread{'s' if threads > 1 else ''}  {name:20} {value:10,}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB")
    print(json.dumps(result | {"peak_mib": round(peak)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

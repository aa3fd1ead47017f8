"""`python -m bench`: how fast reading is, as ratios to the bare model within one run: by stage, end to end, against others, on several workers.

The texts are those of examples/. A figure in words a second belongs to the machine and the hour; the ratios travel.
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
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import others
from sayso import pipeline, times
from sayso.errors import InputError
from sayso.ledger import open_ledger
from sayso.pipeline.reading import read_article
from sayso.reading.claims import read_claims, said_on
from sayso.reading.decode import Spans, decode
from sayso.reading.onnx import OnnxReader
from sayso.reading.reader import model_folder
from sayso.reading.terms import terms
from sayso.reading.windows import windows
from sayso.records import Article
from sayso.runners import Local, open_ray
from sayso.runners.local import FEW

EXAMPLES = Path(__file__).parent.parent / "examples"


class Told:
    """A reader that answers from memory: what reading costs without the model."""

    name = "told"

    def __init__(self, spans: dict[str, Spans]) -> None:
        self._spans = spans

    def spans(self, text: str) -> Spans:
        return self._spans[text]

    def judge(self, question: str, text: str) -> tuple[float, float, float, float]:
        raise NotImplementedError(question, text)


def examples() -> list[Article]:
    """The English articles of the examples."""
    found = pipeline.articles([EXAMPLES], metadata=EXAMPLES / "metadata.csv")
    return [a for a in found if isinstance(a, Article) and a.language == "en"]


def spent(work: Callable[[Any], object], given: Iterable[Any]) -> float:
    """Seconds of this process's processor for `work` on everything given: what else the machine does counts for nothing."""
    began = time.process_time()
    for one in given:
        work(one)
    return time.process_time() - began


def median(run: Callable[[], float], times: int) -> float:
    """Median of several runs after one that is not counted."""
    run()
    return statistics.median(run() for _ in range(times))


def stages(articles: list[Article], reader: OnnxReader, runs: int) -> dict[str, float]:
    """Seconds by stage, and of the whole from text to claims."""
    cut = {a.id: windows(a.text, reader.tokenizer) for a in articles}
    scores = {a.id: reader.scores(cut[a.id]) for a in articles}
    told = Told({a.text: decode(cut[a.id], scores[a.id], reader.dials) for a in articles})
    work: dict[str, Callable[[Article], object]] = {
        "model": lambda a: [reader.run(window) for window in cut[a.id]],
        "windows": lambda a: windows(a.text, reader.tokenizer),
        "decoding": lambda a: decode(cut[a.id], scores[a.id], reader.dials),
        "times": lambda a: times.find_times(a.text, said=said_on(a)),
        "claims": lambda a: read_claims(a, told),
        "terms": terms,
        "whole reading": lambda a: read_article(a, reader=reader),
    }
    return {name: median(partial(spent, one, articles), runs) for name, one in work.items()}


def end_to_end(reader: OnnxReader, folder: Path) -> float:
    """Seconds of `sayso read` on files, from the first byte to the grouped ledger."""
    with tempfile.TemporaryDirectory() as place, open_ledger(Path(place) / "bench.db") as ledger:
        began = time.process_time()
        pipeline.read([folder], ledger=ledger, reader=reader)
        return time.process_time() - began


def on_cores(articles: list[Article], reader: OnnxReader, workers: int, *, processes: bool, runs: int) -> float:
    """Seconds by the clock to read the articles on so many workers, started before."""
    work = partial(read_article, reader=reader)
    with Local(workers, processes=processes) as runner:
        list(runner(work, (articles * FEW)[: FEW + 4 * workers]))  # the processes are there and the model is in them

        def once() -> float:
            began = time.perf_counter()
            list(runner(work, articles))
            return time.perf_counter() - began

        return median(once, runs)


def on_ray(folder: Path, workers: int) -> tuple[float, float]:
    """Seconds by the clock to read a folder with Ray, the start of Ray left out: until the last article is in the ledger, and until all are
    grouped, which one process does however many read.
    """
    with tempfile.TemporaryDirectory() as place, open_ledger(Path(place) / "bench.db") as ledger:
        began = last = time.perf_counter()

        def noted(_: pipeline.Account, __: str) -> None:
            nonlocal last
            last = time.perf_counter()

        open_ray()([folder], ledger=ledger, folder=Path(place) / "bundles", workers=workers, progress=noted)
        return last - began, time.perf_counter() - began


def written(articles: Iterable[Article], folder: Path, copies: int) -> Path:
    """The articles as files, so many times over under different heads."""
    folder.mkdir()
    for number, article in enumerate(articles):
        for copy in range(copies):
            (folder / f"{number:03}-{copy}.txt").write_text(f"Report {copy}. {article.text}", encoding="utf-8")
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--ray", action="store_true", help="two Ray workers against one too: some minutes")
    options = parser.parse_args()
    articles, reader = examples(), OnnxReader(model_folder())
    words = sum(len(a.text.split()) for a in articles)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, onnxruntime {version('onnxruntime')}"
    print(f"{machine}\n{len(articles)} articles, {words} words; median of {options.runs} runs, one core")
    seconds = stages(articles, reader, options.runs)
    with tempfile.TemporaryDirectory() as place:
        folder = written(articles, Path(place) / "files", 1)
        seconds["end to end"] = median(partial(end_to_end, reader, folder), options.runs)
        seconds |= {name: median(partial(spent, run, articles), 1) for name, run in others.pipelines()}
        result: dict[str, Any] = {"machine": machine, "words": words}
        for name, value in seconds.items():
            result[name] = {"words/s": round(words / value), "times the model": round(value / seconds["model"], 3)}
            print(f"{name:28} {words / value:10,.0f} words/s {value / seconds['model']:7.2f} × the model")
        for kind, processes in (("threads", False), ("processes", True)):
            one, two = (on_cores(articles, reader, n, processes=processes, runs=options.runs) for n in (1, 2))
            result[f"two {kind}"] = round(one / two, 2)
            print(f"two {kind} read {one / two:.2f} times as fast as one")
        if options.ray:
            result |= _ray(articles, Path(place))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB")
    print(json.dumps(result | {"peak_mib": round(peak)}))
    return 0


def _ray(articles: list[Article], place: Path) -> dict[str, float]:
    try:
        folder = written(articles, place / "many", 20)
        on_ray(written(articles[:2], place / "few", 1), 1)  # Ray itself is started
        (one, one_grouped), (two, two_grouped) = on_ray(folder, 1), on_ray(folder, 2)
    except InputError as error:
        print(error)
        return {}
    print(f"two Ray workers read {one / two:.2f} times as fast as one, {one_grouped / two_grouped:.2f} with grouping")
    return {"two Ray workers": round(one / two, 2), "and grouping": round(one_grouped / two_grouped, 2)}


if __name__ == "__main__":
    sys.exit(main())

"""`python -m gate NAME --data PATH [--json] [--errors N]`, or `python -m gate --all --data FOLDER` against the pinned floors."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gate import answers, attribution, certainty, copies, names, stance, stories, times
from gate.errors import Fault
from gate.judge import judge_of
from sayso.errors import SaysoError
from sayso.reading.reader import Reader, open_reader

Measure = Callable[[Path, Reader], tuple[dict[str, Any], list[Fault]]]
FLOORS = Path(__file__).with_name("floors.json")
#: percentage points by which a figure may lie below its floor on another processor: int8 kernels take their sums in other orders, and the same
#: weights with their sums in another order moved figures of our small test part by up to 0.36
ROUNDING = 0.4
OWN = Path(__file__).parents[1] / "training" / "corpus"
PAIRS = Path(__file__).with_name("pairs")


def _corpus(path: Path, reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    paths = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    return attribution.own(paths, reader)


def _stance(path: Path, reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    return stance.measure(path, judge_of(reader))


def _answers(path: Path, _: Reader) -> tuple[dict[str, Any], list[Fault]]:
    return answers.measure(path, judge_of(None))


MEASURES: dict[str, Measure] = {
    "answers": _answers,
    "attribution": attribution.measure,
    "certainty": certainty.measure,
    "copies": copies.measure,
    "corpus": _corpus,
    "names": names.measure,
    "stance": _stance,
    "stories": stories.measure,
    "times": times.measure,
}

#: what `--all` runs: a name for the floors, the measure, and where its data lie under --data
ALL: tuple[tuple[str, str, str], ...] = (
    ("polnear-dev", "attribution", "polnear/dev"),
    ("cofenet-valid", "attribution", "polnear/cofenet-valid.txt"),
    ("corpus", "corpus", str(OWN / "test")),
    ("certainty-uw", "certainty", "factuality/UW/dev.jsonl"),
    ("certainty-meantime", "certainty", "factuality/MEANTIME/dev.jsonl"),
    ("certainty-own", "certainty", str(OWN / "certainty" / "test.tsv")),
    ("times-tempeval3", "times", "tempeval3"),
    ("times-meantime", "times", "meantime"),
    ("names-uner", "names", "ner/uner-ewt-dev.iob2"),
    ("names-gum", "names", "ner/gum-dev.conllu"),
    ("names-worldwide", "names", "ner/worldwide-dev.tsv"),
    ("gvc", "stories", "gvc/val.jsonl"),
    ("ecbplus", "stories", "ecbplus/texts.jsonl"),
    ("stories", "stories", "stories"),
    ("copies", "copies", "stories"),
    ("pairs", "stance", str(PAIRS)),
    ("argus", "answers", "argus/argus_val.csv"),
)


def figure(result: dict[str, Any], path: str) -> float:
    """A figure by its dotted name, `exact.source.f1`."""
    value: Any = result
    for part in path.split("."):
        value = value[part]
    return float(value)


def run_all(data: Path, reader: Reader, *, only: str | None = None) -> int:
    """Every measure whose data are there, against its floors; 1 where one fell. `only` names one of them."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    fell = 0
    for name, measure, place in ALL:
        if only not in (None, name):
            continue
        path = data / place
        if not path.exists():
            print(f"{name}: skipped, no data at {path}")
            continue
        result, _ = MEASURES[measure](path, reader)
        for key, (floor, way) in {k: _floor(v) for k, v in floors.get(name, {}).items()}.items():
            value = figure(result, key)
            short = value - floor if way == "at most" else floor - value
            slack = ROUNDING if floor > 1 else 0.0  # errors and correlations have floors with room of their own
            fell += short > slack
            said = "ok" if short <= 0 else "ok, within rounding" if short <= slack else "MISSED"
            print(f"{name:18} {key:28} {value:7.2f}  {way} {floor:7.2f}  {said}", flush=True)
    print(json.dumps({"fell": fell, "reader": reader.name}))
    return 1 if fell else 0


def _floor(pinned: float | str) -> tuple[float, str]:
    """A number is a floor; "<0.4" a ceiling, for errors."""
    if isinstance(pinned, str):
        return float(pinned.removeprefix("<")), "at most"
    return pinned, "at least"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", choices=sorted(MEASURES))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--only", metavar="FLOORS", help="with --all: one line of it, by its name in floors.json")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", action="store_true", help="only the last line: one JSON object")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N errors with their sentences")
    parser.add_argument("--model", type=Path, help="another model folder than the one that ships")
    options = parser.parse_args()
    try:
        reader = open_reader(options.model)
        if options.all:
            return run_all(options.data, reader, only=options.only)
        if not options.name:
            parser.error("name a measure, or --all")
        result, faults = MEASURES[options.name](options.data, reader)
    except (SaysoError, OSError, ValueError, KeyError) as error:
        print(f"gate: {error}", file=sys.stderr)
        return 2
    for fault in random.Random(0).sample(faults, min(options.errors, len(faults))):
        print(fault)
    result |= {"measure": options.name, "reader": reader.name}
    if not options.json:
        print(json.dumps(result, indent=1))
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())

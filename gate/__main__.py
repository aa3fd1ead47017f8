"""`python -m gate NAME --data PATH [--json] [--errors N]`, or `python -m gate --all --data FOLDER` against the pinned floors."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gate import attribution
from gate.errors import Fault
from sayso.errors import SaysoError
from sayso.reading.reader import Reader, open_reader

Measure = Callable[[Path, Reader], tuple[dict[str, Any], list[Fault]]]
FLOORS = Path(__file__).with_name("floors.json")
CORPUS = Path("training/corpus/test")


def _corpus(path: Path, reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    paths = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    return attribution.own(paths, reader)


MEASURES: dict[str, Measure] = {"attribution": attribution.measure, "corpus": _corpus}

#: what `--all` runs: a name for the floors, the measure, and where its data lie under --data
ALL: tuple[tuple[str, str, str], ...] = (
    ("polnear-dev", "attribution", "polnear/dev"),
    ("cofenet-valid", "attribution", "polnear/cofenet-valid.txt"),
    ("corpus", "corpus", str(CORPUS.resolve())),
)


def figure(result: dict[str, Any], path: str) -> float:
    """A figure by its dotted name, `exact.source.f1`."""
    value: Any = result
    for part in path.split("."):
        value = value[part]
    return float(value)


def run_all(data: Path, reader: Reader) -> int:
    """Every measure whose data are there, against its floors; 1 where one fell."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    fell = 0
    for name, measure, place in ALL:
        path = data / place
        if not path.exists():
            print(f"{name}: skipped, no data at {path}")
            continue
        result, _ = MEASURES[measure](path, reader)
        for key, floor in floors.get(name, {}).items():
            value = figure(result, key)
            verdict = "ok" if value >= floor else "BELOW"
            fell += value < floor
            print(f"{name:14} {key:22} {value:6.2f}  floor {floor:6.2f}  {verdict}")
    print(json.dumps({"fell": fell, "reader": reader.name}))
    return 1 if fell else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", choices=sorted(MEASURES))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", action="store_true", help="only the last line: one JSON object")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N errors with their sentences")
    options = parser.parse_args()
    try:
        reader = open_reader()
        if options.all:
            return run_all(options.data, reader)
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

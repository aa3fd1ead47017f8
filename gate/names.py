"""Names: spans of people, organisations and places against marked corpora (UNER, worldwide, Wikigold, GUM, MEANTIME).

The forms are told apart by the file's name. Exact spans; `untyped` asks only whether a name is found, not what it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corpora.named import KINDS, Named, read_named
from gate.errors import Fault
from sayso.reading.mentions import find_names
from sayso.reading.reader import Reader

Marked = tuple[int, int, str]
SUFFIXES = frozenset((".iob2", ".tsv", ".txt", ".conll", ".conllu", ".jsonl"))


def measure(path: Path, reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    """One file, or each file of a folder by its name. Raises FileNotFoundError where none is of a known form."""
    if path.is_file():
        return named(read_named(path), reader)
    files = sorted(p for p in path.iterdir() if p.suffix in SUFFIXES) if path.is_dir() else []
    if not files:
        raise FileNotFoundError(
            f"{path} is neither a file of names nor a folder of them ({', '.join(sorted(SUFFIXES))})"
        )
    figures: dict[str, Any] = {}
    faults: list[Fault] = []
    for file in files:
        figures[file.name], wrong = named(read_named(file), reader)
        faults += wrong
    return figures, faults


def named(items: Sequence[Named], reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    """Precision, recall and F1, percent, by kind, over all kinds, and of spans alone."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in (*KINDS, "all", "untyped")}
    faults: list[Fault] = []
    for item in items:
        found = {(n.start, n.end, n.kind) for n in find_names(item.text, reader.spans(item.text).names)}
        marked = set(item.names)
        for kind in KINDS:
            _add(counts[kind], (n for n in found if n[2] == kind), (n for n in marked if n[2] == kind))
        _add(counts["all"], found, marked)
        _add(counts["untyped"], (n[:2] for n in found), (n[:2] for n in marked))
        faults += _faults(item, found, marked)
    return {
        "texts": len(items),
        "names": counts["all"]["marked"],
        **{kind: _scores(c) for kind, c in counts.items()},
    }, faults


def _add(count: Counter[str], found: Iterable[object], marked: Iterable[object]) -> None:
    ours, theirs = set(found), set(marked)
    count["right"] += len(ours & theirs)
    count["found"] += len(ours)
    count["marked"] += len(theirs)


def _scores(count: Counter[str]) -> dict[str, float]:
    right, found, marked = count["right"], count["found"], count["marked"]
    return {
        "p": round(100 * right / found, 2) if found else 0.0,
        "r": round(100 * right / marked, 2) if marked else 0.0,
        "f1": round(200 * right / (found + marked), 2) if found + marked else 0.0,
    }


def _faults(item: Named, found: set[Marked], marked: set[Marked]) -> list[Fault]:
    """Missed and wrong names; one of the right place and the wrong kind is told as such, once."""
    kinds = {(start, end): kind for start, end, kind in found}
    faults = []
    for start, end, kind in sorted(marked - found):
        read = kinds.get((start, end))
        sort = f"{kind} read as {read}" if read else f"missed {kind}"
        faults.append(Fault(item.id, sort, item.text[start:end], item.text[max(0, start - 60) : end + 60]))
    places = {(start, end) for start, end, _ in marked}
    for start, end, kind in sorted(found - marked):
        if (start, end) not in places:
            faults.append(
                Fault(item.id, f"wrong {kind}", item.text[start:end], item.text[max(0, start - 60) : end + 60])
            )
    return faults

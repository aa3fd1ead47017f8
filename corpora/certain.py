"""Reads our own certainty sentences (training/corpus/certainty/*.tsv; the rules are in its GUIDE.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HEAD = "predicate\tcertainty\tsentence"
STEPS = ("-3", "-2", "-1", "0", "+1", "+2", "+3")
EVENT = re.compile(r"\[([^\[\]]+)\]")


class CertainError(ValueError):
    """A row that breaks the form."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with one event word at (start, end), code points, end exclusive; its certainty −3 … +3, and the wording under test."""

    text: str
    start: int
    end: int
    certainty: int
    predicate: str


def parse_row(row: str) -> Marked:
    """Read `predicate, certainty, sentence with [event]`, parted by tabs. Raises CertainError with what is wrong."""
    cells = row.split("\t")
    if len(cells) != 3 or not all(cell.strip() for cell in cells):
        raise CertainError(f"needs predicate, certainty and sentence, has {len(cells)} cells")
    predicate, step, sentence = cells
    if step not in STEPS:
        raise CertainError(f"no such certainty: {step!r}; one of {', '.join(STEPS)}")
    found = EVENT.findall(sentence)
    if len(found) != 1 or sentence.count("[") != 1 or sentence.count("]") != 1:
        raise CertainError(f"needs one event in [brackets], has {len(found)}: {sentence!r}")
    start = sentence.index("[")
    return Marked(
        text=EVENT.sub(r"\1", sentence),
        start=start,
        end=start + len(found[0]),
        certainty=int(step),
        predicate=predicate,
    )


def read_certain(path: Path) -> list[Marked]:
    """Every row of one file, its head line aside. Raises CertainError naming file and line."""
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    if head != HEAD:
        raise CertainError(f"{path.name}: the first line must be {HEAD!r}")
    made = []
    for number, row in enumerate(rows, start=2):
        try:
            made.append(parse_row(row))
        except CertainError as error:
            raise CertainError(f"{path.name}, line {number}: {error}") from None
    return made

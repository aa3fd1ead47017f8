"""Reads event-factuality sentences (UW, MEANTIME, UDS-IH2 in the form of Jiang & de Marneffe 2021): how surely an event is put."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and its event words as (start, end, certainty −3 … +3), code points, end exclusive."""

    id: str
    text: str
    events: tuple[tuple[int, int, float], ...]


def read_factuality(path: Path) -> list[Judged]:
    """Every sentence of one `.jsonl` file."""
    made = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            starts, at = [], 0
            for token in row["text"].split(" "):
                starts.append((at, at + len(token)))
                at += len(token) + 1
            events = tuple(
                (starts[t["span1"][0]][0], starts[t["span1"][1] - 1][1], float(t["label"])) for t in row["targets"]
            )
            made.append(Judged(f"{row.get('file_idx')}-{row.get('idx')}", row["text"], events))
    return made

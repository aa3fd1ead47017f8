"""Reads CofeNet lines: one JSON object a line with tokens and BIO labels, scored token for token."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

#: Penn Treebank spellings back to print, so that the reader sees what a newspaper would print
PRINTED = {"``": "“", "''": "”", "`": "‘", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, the span of each token in it, and the gold spans of each role in tokens, end exclusive."""

    id: str
    text: str
    tokens: tuple[tuple[int, int], ...]
    spans: frozenset[tuple[str, int, int]]


def spans_of(labels: list[str]) -> frozenset[tuple[str, int, int]]:
    """(role, first token, last + 1) of every BIO run; an I without its B begins a run."""
    spans: list[tuple[str, int, int]] = []
    for at, label in enumerate(labels):
        if label == "O":
            continue
        mark, role = label.split("-", 1)
        if mark == "I" and spans and spans[-1][0] == role and spans[-1][2] == at:
            spans[-1] = (role, spans[-1][1], at + 1)
        else:
            spans.append((role, at, at + 1))
    return frozenset(spans)


def read_cofenet(path: Path) -> list[Line]:
    """Every line of a CofeNet file."""
    lines = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if not row.strip():
            continue
        record = json.loads(row)
        at, tokens, words = 0, [], []
        for token in record["tokens"]:
            word = PRINTED.get(token, token)
            tokens.append((at, at + len(word)))
            words.append(word)
            at += len(word) + 1
        lines.append(
            Line(id=record.get("id", ""), text=" ".join(words), tokens=tuple(tokens), spans=spans_of(record["labels"]))
        )
    return lines

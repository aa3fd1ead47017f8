"""Reads corpora of names: IOB columns (worldwide, Wikigold, UNER), GUM's CoNLL-U and MEANTIME's articles, all as text with spans.

Only people, organisations and places are kept, under those words; what the corpora call otherwise is brought to them here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

KINDS = ("person", "organisation", "place")
_KIND_OF = {
    "per": "person",
    "person": "person",
    "org": "organisation",
    "organization": "organisation",
    "loc": "place",
    "location": "place",
    "facility": "place",
    "place": "place",
}
_NO_BLANK_BEFORE = frozenset(".,;:!?)]}%'’”") | {"'s", "’s", "n't", "''"}
_NO_BLANK_AFTER = frozenset("([{$“‘") | {"``"}


@dataclass(frozen=True, slots=True)
class Named:
    """A text and its names as (start, end, kind), code points, end exclusive, none inside another."""

    id: str
    text: str
    names: tuple[tuple[int, int, str], ...]


def read_named(path: Path) -> list[Named]:
    """Every paragraph or article of one file; the form is told by its name."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".conllu":
        return list(_gum(lines))
    if path.suffix == ".jsonl":
        return [_meantime(json.loads(line)) for line in lines if line.strip()]
    return list(_columns(lines, 1 if path.suffix == ".iob2" else 0))


def _kind(tag: str) -> str | None:
    return _KIND_OF.get(tag.rpartition("-")[2].lower()) if tag != "O" else None


def _columns(lines: Iterable[str], at: int) -> Iterator[Named]:
    """Token and tag in columns, an empty line between sentences or paragraphs."""
    tokens: list[tuple[str, str]] = []
    name = ""
    for line in [*lines, ""]:
        cells = line.split("\t") if "\t" in line else line.split(" ")
        if line.startswith("# ") and "\t" not in line:
            name = line.rpartition("= ")[2] if line.startswith(("# doc", "# sent_id")) else name
        elif len(cells) > at + 1 and not line.startswith("-DOCSTART-"):
            tokens.append((cells[at], cells[at + 1]))
        elif tokens:
            yield _joined(name, tokens)
            tokens = []


def _joined(name: str, tokens: Sequence[tuple[str, str]]) -> Named:
    """Tokens put back together as print would have them, with the spans of their tags (I after O or another kind begins one)."""
    text, spans, before = "", list[tuple[int, int, str]](), "O"
    for token, tag in tokens:
        if text and token not in _NO_BLANK_BEFORE and text[-1] not in _NO_BLANK_AFTER:
            text += " "
        start = len(text)
        text += token
        kind = _kind(tag)
        if kind and spans and tag[0] == "I" and before == kind:
            spans[-1] = (spans[-1][0], len(text), kind)
        elif kind:
            spans.append((start, len(text), kind))
        before = kind or "O"
    return Named(name, text, tuple(spans))


def _gum(lines: Iterable[str]) -> Iterator[Named]:
    """GUM marks every mention; a name is the run of proper nouns in a mention of a person, organisation or place."""
    rows: list[list[str]] = []
    name = ""
    for line in [*lines, ""]:
        if line.startswith("#"):
            name = line.rpartition("= ")[2] if line.startswith("# sent_id") else name
        elif line.strip():
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif rows:
            yield _gum_sentence(name, rows)
            rows = []


def _gum_sentence(name: str, rows: Sequence[Sequence[str]]) -> Named:
    text, places = "", list[tuple[int, int]]()
    for cells in rows:
        places.append((len(text), len(text) + len(cells[1])))
        text += cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
    mentions: list[tuple[int, int, str]] = []
    opened: dict[str, list[tuple[int, str]]] = {}
    for at, cells in enumerate(rows):
        marks = next((part[7:] for part in cells[9].split("|") if part.startswith("Entity=")), "")
        for mark in re.findall(r"\([^()]+\)?|\d+\)", marks):
            number = re.match(r"\(?(\d+)", mark)
            if number is None:
                continue
            if mark.startswith("("):
                opened.setdefault(number[1], []).append((at, mark.split("-")[1].rstrip(")")))
            if mark.endswith(")") and opened.get(number[1]):
                first, kind = opened[number[1]].pop()
                mentions.append((first, at + 1, kind))
    found: list[tuple[int, int, str]] = []
    for first, stop, kind in sorted(mentions, key=lambda m: m[0] - m[1]):
        run = _proper(rows, first, stop)
        if run and kind in _KIND_OF and not any(a < run[1] and run[0] < b for a, b, _ in found):
            found.append((*run, _KIND_OF[kind]))
    spans = sorted((places[a][0], places[b - 1][1], kind) for a, b, kind in found)
    return Named(name, text.rstrip(), tuple(spans))


def _proper(rows: Sequence[Sequence[str]], first: int, stop: int) -> tuple[int, int] | None:
    """The run of proper nouns that the mention's head stands in ("of" and "the" between them included), if it is one."""
    inside = {str(n + 1) for n in range(first, stop)}
    heads = [n for n in range(first, stop) if rows[n][6] not in inside]
    flat = [n for n in range(first, stop) if rows[n][7] in ("flat", "appos") and rows[n][3] == "PROPN"]
    at = next((n for n in (*heads, *flat) if rows[n][3] == "PROPN"), None)
    if at is None:
        return None

    def name_like(n: int) -> bool:
        small = rows[n][1].lower() in ("of", "the", "and", "-") and first < n < stop - 1
        return rows[n][3] == "PROPN" or (small and rows[n - 1][3] == "PROPN" and rows[n + 1][3] == "PROPN")

    begin = end = at
    while begin > first and name_like(begin - 1):
        begin -= 1
    while end + 1 < stop and name_like(end + 1):
        end += 1
    return begin, end + 1


def _meantime(record: dict[str, object]) -> Named:
    """Mentions by name whose instance is a person, organisation or place."""
    spans: list[tuple[int, int, str]] = []
    entities = record["entities"]
    assert isinstance(entities, list)
    entities = [e for e in entities if e["spans"]]
    for entity in sorted(entities, key=lambda e: e["spans"][0][0] - e["spans"][-1][1]):
        start, end = entity["spans"][0][0], entity["spans"][-1][1]
        kind = _KIND_OF.get(str(entity.get("instance", ""))[:3].lower())
        if entity.get("syntactic_type") == "NAM" and kind and not any(a < end and start < b for a, b, _ in spans):
            spans.append((start, end, kind))
    return Named(str(record["id"]), str(record["text"]), tuple(sorted(spans)))

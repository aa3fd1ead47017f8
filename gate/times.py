"""Times: which words name a time and which time they name, on TimeML files (TempEval-3) or MEANTIME's articles.

Scored as in TempEval-3 (UzZaman et al. 2013): a span is strictly right where its characters are the marked ones, relaxed where they
overlap, one to one; F1 of an attribute counts the relaxed matches that have it right, over all that were found (precision) and all that
were marked (recall). Values are compared letter for letter. The creation time is given to the reader and never counted.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from gate.errors import Fault
from sayso.reading.reader import Reader
from sayso.records import Time
from sayso.times import find_times

TYPES: Final = ("DATE", "TIME", "DURATION", "SET")
# MEANTIME marks times in the title and the first four sentences; the second line is the creation time.
_LINES_MARKED: Final = 6


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked expression: (start, end) in code points, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Timed:
    """A text with its marked expressions, the stretches in which they were marked, and the day it was written."""

    id: str
    text: str
    created: date | None
    marked: tuple[Marked, ...]
    within: tuple[tuple[int, int], ...]


def measure(path: Path, reader: Reader) -> tuple[dict[str, Any], list[Fault]]:  # noqa: ARG001 - times are read by rule
    """Figures and faults of a folder of `.tml` files (with its subfolders), or of MEANTIME's `articles.jsonl` or its folder."""
    found = sorted(path.rglob("*.tml")) if path.is_dir() else [path]
    if path.is_dir() and not found:
        found = [path / "articles.jsonl"]
    if not found[0].is_file():
        raise FileNotFoundError(f"{path} holds neither .tml files nor articles.jsonl")
    return score(
        [item for file in found for item in (read_meantime(file) if file.suffix == ".jsonl" else [read_timeml(file)])]
    )


_TAG: Final = re.compile(r"(<[^>]+>)")
_ATTRIBUTE: Final = re.compile(r'(\w+)="([^"]*)"')


def read_timeml(path: Path) -> Timed:
    """A TimeML document: its TEXT without the tags, and its TIMEX3."""
    source = path.read_text(encoding="utf-8")
    body, head = re.search(r"<TEXT>(.*?)</TEXT>", source, re.DOTALL), re.search(r"<DCT>.*?</DCT>", source, re.DOTALL)
    if body is None:
        raise ValueError(f"{path} has no TEXT")
    text, marked, opened = "", list[Marked](), list[tuple[int, dict[str, str]]]()
    for piece in _TAG.split(body[1]):
        if piece.startswith("<TIMEX3"):
            opened.append((len(text), dict(_ATTRIBUTE.findall(piece))))
        elif piece == "</TIMEX3>":
            start, told = opened.pop()
            if told.get("functionInDocument") != "CREATION_TIME":
                marked.append(Marked(start, len(text), told.get("type", "DATE"), told.get("value", "")))
        elif not piece.startswith("<"):
            text += html.unescape(piece)
    created = re.search(r'value="([^"]+)"', head[0]) if head else None
    return Timed(path.stem, text, _day(created[1] if created else ""), tuple(marked), ((0, len(text)),))


def read_meantime(path: Path) -> list[Timed]:
    """MEANTIME's articles, one JSON object a line; expressions without words in the text are left out."""
    made = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        marked = [
            Marked(one["spans"][0][0], one["spans"][-1][1], one.get("type", "DATE"), one.get("value", ""))
            for one in row["timex"]
            if one["spans"] and one.get("function") != "CREATION_TIME"
        ]
        lines = row["sentences"]
        within = tuple((a, b) for a, b in [lines[0], *lines[2:_LINES_MARKED]])
        kept = [one for one in marked if _inside(one.start, one.end, within)]
        made.append(Timed(row["id"], row["text"], _day(row["date"]), tuple(kept), within))
    return made


def _day(words: str) -> date | None:
    if match := re.match(r"\d{4}-\d\d-\d\d", words):
        return date.fromisoformat(match[0])
    match = re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", words)
    return date(int(match[3]), int(match[2]), int(match[1])) if match else None


def _inside(start: int, end: int, within: Sequence[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in within)


def score(items: Sequence[Timed]) -> tuple[dict[str, Any], list[Fault]]:
    """Spans strict and relaxed, values and types, in all and by marked type; every miss, extra and wrong value as a fault."""
    counts: Counter[str] = Counter()
    faults = list[Fault]()
    for item in items:
        said = (item.created, item.created) if item.created else None
        found = [time for time in find_times(item.text, said=said) if _inside(*time.span, item.within)]
        counts["found"] += len(found)
        counts["marked"] += len(item.marked)
        faults += _scored(item, found, counts)
    return {
        "articles": len(items),
        "marked": counts["marked"],
        "found": counts["found"],
        **{
            name: _rates(counts[name], counts["found"], counts["marked"])
            for name in ("relaxed", "strict", "value", "type")
        },
        "by type": {
            name: {
                "marked": counts[f"marked {name}"],
                "relaxed recall": _percent(counts[f"relaxed {name}"], counts[f"marked {name}"]),
                "value recall": _percent(counts[f"value {name}"], counts[f"marked {name}"]),
                "value of those found": _percent(counts[f"value {name}"], counts[f"relaxed {name}"]),
            }
            for name in TYPES
        },
    }, faults


def _scored(item: Timed, found: Sequence[Time], counts: Counter[str]) -> Iterator[Fault]:
    """Adds one text to the counts, and tells what was wrong in it."""
    free = list(found)
    for gold in item.marked:
        counts[f"marked {gold.type}"] += 1
        words = item.text[gold.start : gold.end]
        time = max(free, key=lambda one: _overlap(one, gold), default=None)
        if time is None or not _overlap(time, gold):
            yield _fault(item, f"missed {gold.type}", f"{words} = {gold.value}", gold.start, gold.end)
            continue
        free.remove(time)
        counts.update(["relaxed", f"relaxed {gold.type}"])
        counts["strict"] += time.span == (gold.start, gold.end)
        counts["type"] += type_of(time) == gold.type
        if time.value == gold.value:
            counts.update(["value", f"value {gold.type}"])
        else:
            yield _fault(item, f"value {gold.type}", f"{words} = {gold.value}, read {time.value}", gold.start, gold.end)
        if time.span != (gold.start, gold.end):
            yield _fault(item, f"span {gold.type}", f"{words}, read {time.text}", gold.start, gold.end)
    for time in free:
        yield _fault(item, "extra", f"{time.text} = {time.value}", *time.span)


def _overlap(time: Time, gold: Marked) -> int:
    return max(0, min(time.span[1], gold.end) - max(time.span[0], gold.start))


_REPEATED: Final = re.compile(
    r"\b(?:every|each|per)\b|(?:dai|hour|week|month|year|quarter|annual)ly$|\bannual$|days$|nights$", re.IGNORECASE
)


def type_of(time: Time) -> str:
    """The TIMEX3 type that words and value amount to."""
    value = time.value or ""
    repeated = _REPEATED.search(time.text)
    if repeated and (value.startswith("XXXX-") or repeated[0].lower() not in ("days", "nights")):
        return "SET"
    if value.startswith("P") and not value.endswith("_REF"):
        return "DURATION"
    return "TIME" if "T" in value and value[0] in "X12" else "DATE"


def _fault(item: Timed, sort: str, words: str, start: int, end: int) -> Fault:
    """The fault with its sentence, the words marked out."""
    first = max(item.text.rfind(mark, 0, start) for mark in (". ", "\n\n", "? ", "! ")) + 1
    last = min((at for mark in (". ", ".\n", "\n\n") if (at := item.text.find(mark, end)) >= 0), default=len(item.text))
    sentence = (
        item.text[max(first, start - 200) : start] + f"[{item.text[start:end]}]" + item.text[end : min(last, end + 150)]
    )
    return Fault(item.id, sort, f"{words} (said {item.created})", " ".join(sentence.split()))


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def _rates(right: int, found: int, marked: int) -> dict[str, float]:
    return {
        "precision": _percent(right, found),
        "recall": _percent(right, marked),
        "f1": _percent(2 * right, found + marked),
    }

"""Certainty: how surely an event is put, against people's judgements (UW, MEANTIME) and our own sentences, held out by wording."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpora.certain import read_certain
from corpora.factuality import Judged, read_factuality
from gate.errors import Fault
from sayso.reading.reader import Reader


def measure(path: Path, reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    """A factuality `.jsonl` (or a folder of sets with `dev.jsonl` or `test.jsonl` in each), or a `.tsv` of our own sentences."""
    if path.suffix == ".tsv":
        return own(path, reader)
    if path.is_file():
        return judged(read_factuality(path), reader, scale=_scale(path))
    found = sorted(p for part in ("dev", "test") for p in path.rglob(f"{part}.jsonl"))
    if not found:
        raise FileNotFoundError(f"{path} holds neither dev.jsonl nor test.jsonl")
    figures: dict[str, Any] = {}
    faults: list[Fault] = []
    for file in found:
        one, wrong = judged(read_factuality(file), reader, scale=_scale(file))
        figures[f"{file.parent.name} {file.stem}" if len(found) > 1 else file.stem] = one
        faults += wrong
    return figures if len(found) > 1 else next(iter(figures.values())), faults


def _scale(path: Path) -> str:
    return "wikinews" if "meantime" in str(path).lower() else "news"


def judged(items: Sequence[Judged], reader: Reader, *, scale: str) -> tuple[dict[str, Any], list[Fault]]:
    """Mean absolute error, Pearson's r, and F1 of the three classes certain (≥ 2), uncertain, negated (≤ −1)."""
    pairs: list[tuple[float, float]] = []
    faults = []
    for item in items:
        surely = reader.spans(item.text).surely
        for start, end, marked in item.events:
            value = surely.at(start, end, scale=scale)
            given = 3.0 if value is None else value
            pairs.append((given, marked))
            if _class(given) != _class(marked):
                faults.append(
                    Fault(
                        item.id,
                        f"{_class(marked)} read as {_class(given)}",
                        f"{item.text[start:end]}: {marked:+.1f}, read {given:+.1f}",
                        item.text,
                    )
                )
    count = max(1, len(pairs))
    return {
        "events": len(pairs),
        "mae": round(sum(abs(a - b) for a, b in pairs) / count, 4),
        "r": round(_pearson(pairs), 4),
        "always certain mae": round(sum(abs(3 - b) for _, b in pairs) / count, 4),
        "class": _class_figures([(_class(a), _class(b)) for a, b in pairs]),
        "errors": dict(Counter(f.sort for f in faults).most_common()),
    }, faults


def _class(value: float) -> str:
    return "certain" if value >= 2 else "negated" if value <= -1 else "uncertain"


def _class_figures(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    made = {"accuracy": round(100 * sum(a == b for a, b in pairs) / max(1, len(pairs)), 2)}
    for name in ("certain", "uncertain", "negated"):
        right = sum(a == b == name for a, b in pairs)
        either = sum(a == name for a, _ in pairs) + sum(b == name for _, b in pairs)
        made[f"{name} f1"] = round(200 * right / either, 2) if either else 0.0
    return made


def _pearson(pairs: Sequence[tuple[float, float]]) -> float:
    count = len(pairs)
    if count < 2:
        return 0.0
    mean_a, mean_b = sum(a for a, _ in pairs) / count, sum(b for _, b in pairs) / count
    across = sum((a - mean_a) * (b - mean_b) for a, b in pairs)
    spread = math.sqrt(sum((a - mean_a) ** 2 for a, _ in pairs) * sum((b - mean_b) ** 2 for _, b in pairs))
    return across / spread if spread else 0.0


def own(path: Path, reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    """Our own sentences: sign right and within one step, percent; and by sort of wording what went wrong."""
    items = read_certain(path)
    sign = near = 0
    faults = []
    for item in items:
        value = reader.spans(item.text).surely.at(item.start, item.end)
        given = 3.0 if value is None else value
        right = _sign(given) == _sign(item.certainty)
        sign += right
        near += abs(round(given) - item.certainty) <= 1
        if not right or abs(round(given) - item.certainty) > 1:
            faults.append(
                Fault(
                    item.predicate,
                    "sign" if not right else "step",
                    f"{item.text[item.start : item.end]}: {item.certainty:+d}, read {given:+.1f}",
                    item.text,
                )
            )
    count = max(1, len(items))
    return {
        "sentences": len(items),
        "predicates": len({item.predicate for item in items}),
        "sign": round(100 * sign / count, 2),
        "within 1": round(100 * near / count, 2),
        "errors": dict(Counter(f.where for f in faults).most_common(20)),
    }, faults


def _sign(value: float) -> int:
    """Yes, open or no, by the step the value lies nearest to."""
    return (round(value) > 0) - (round(value) < 0)

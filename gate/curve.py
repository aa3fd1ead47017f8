"""Speed against F1: `python -m gate.curve --data ../shared/data [--articles 40]`: what reading less, or in shorter windows, gains and costs.

Two ways to do less with the shipped weights: shorter windows (attention costs less, context too), and leaving out paragraphs that show little
sign of an attribution. A sign is a word that stands more often in paragraphs with a cue than in others (log-odds on PolNeAR's train part; a
paragraph has its most telling word's); paragraphs under the threshold are not read. Speed is a ratio in one run, in processor time on one core.
"""

from __future__ import annotations

import argparse
import math
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from corpora.annotated import Annotated
from corpora.polnear import read_polnear
from corpora.scoring import ROLES, Score
from gate.attribution import by_role, first_annotators
from sayso.reading.decode import decode
from sayso.reading.onnx import OnnxReader
from sayso.reading.reader import model_folder
from sayso.reading.windows import SIZE, windows

SIZES = (64, 96, 128, 160, 192, 256)
SHARES = (0.05, 0.1, 0.2, 0.3)
_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+|[“”\":]")

Signs = Callable[[str], float]


def signs(items: Iterable[Annotated]) -> Signs:
    """How much a paragraph looks as if it held an attribution, learned from marked articles."""
    among: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for item in items:
        cues = [a for one in item.attributions for a, _ in one.cue]
        for paragraph in _PARAGRAPH.finditer(item.text):
            held = any(paragraph.start() <= at < paragraph.end() for at in cues)
            among[held].update({word.lower() for word in _WORD.findall(paragraph[0])})
    with_cue, without = among[True], among[False]
    all_with, all_without = sum(with_cue.values()), sum(without.values())
    odds = {
        word: math.log((with_cue[word] + 1) / all_with) - math.log((without[word] + 1) / all_without)
        for word in with_cue.keys() | without.keys()
    }
    return lambda paragraph: max((odds.get(w.lower(), 0.0) for w in _WORD.findall(paragraph)), default=0.0)


def threshold(items: Sequence[Annotated], sign: Signs, share: float) -> float:
    """The sign under which this share of the words stands."""
    held = sorted((sign(p[0]), len(p[0].split())) for item in items for p in _PARAGRAPH.finditer(item.text))
    whole, passed = sum(words for _, words in held), 0
    for value, words in held:
        passed += words
        if passed >= share * whole:
            return value
    return math.inf


def without(text: str, sign: Signs, least: float) -> str:
    """The text with its unpromising paragraphs blank, places kept."""
    return _PARAGRAPH.sub(lambda p: p[0] if sign(p[0]) >= least else "\n" * len(p[0]), text)


def measure(
    items: Sequence[Annotated], reader: OnnxReader, *, size: int = SIZE, sign: Signs | None = None, least: float = 0.0
) -> tuple[float, dict[str, float]]:
    """Processor seconds, and exact F1 by role with whole attributions: in windows of `size`, without what shows less than the `least` sign."""
    score, took = Score(), 0.0
    for item in items:
        began = time.process_time()
        text = item.text if sign is None else without(item.text, sign, least)
        cut = windows(text, reader.tokenizer, size=size)
        spans = decode(cut, reader.scores(cut), reader.dials)
        took += time.process_time() - began
        marked = {role: [s for g in item.attributions for s in getattr(g, role)] for role in ROLES}
        score.add_spans(by_role(spans), marked)
        score.add_attributions(spans.attributions, item.attributions)
    exact = {role: score.exact[role].figures()["f1"] for role in ROLES}
    return took, exact | {"whole": score.whole.figures()["f1"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=40)
    options = parser.parse_args()
    polnear = options.data / "polnear"
    items = first_annotators(read_polnear(polnear / "dev"))[: options.articles]
    sign = signs(first_annotators(read_polnear(polnear / "train")))
    reader = OnnxReader(model_folder())
    measure(items[:3], reader)
    base, _ = measure(items, reader)
    print(f"{'':28}{'speed':>8}" + "".join(f"{name:>9}" for name in (*ROLES, "whole")))
    for size in SIZES:
        tell(f"windows of {size} subwords", base, *measure(items, reader, size=size))
    for share in SHARES:
        least = threshold(items, sign, share)
        tell(f"{share:.0%} of the words unread", base, *measure(items, reader, sign=sign, least=least))


def tell(what: str, base: float, took: float, figures: dict[str, float]) -> None:
    """One line of the curve."""
    print(f"{what:28}{base / took:7.2f}x" + "".join(f"{value:9.1f}" for value in figures.values()), flush=True)


if __name__ == "__main__":
    main()

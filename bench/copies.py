"""`python -m bench.copies`: what it costs to place one more article among so many, which must not grow with their number.

The ledger is a dict of keys in memory. Its articles have keys of their own by chance, one in fifty from a handful of phrases that
everybody prints; their sketches are those of a few hundred invented texts, taken in turn. Of the articles placed, every other one is a copy.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace

from sayso.articles.copies import MOST_PER_KEY, Sketch, copies_of, pack, place, shortlist, sketch, unpack
from sayso.records import Article, Outlet, content_id

SIZES = (1_000, 10_000, 100_000)
TEXTS, WORDS, PLACED = 300, 600, 200
SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve wi zo ka le mi no ra so".split()


@dataclass(slots=True)
class Shelf:
    """Articles by key; `packed` holds their sketches as they would be stored."""

    keys: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    packed: dict[str, str] = field(default_factory=dict)
    invented: int = 0

    def candidates(self, new: Sketch) -> list[Sketch]:
        """The articles that share most keys with a new one."""
        rows = ((key, article) for key in new.bands for article in self.keys.get(key, ())[:MOST_PER_KEY])
        return [
            unpack(self.packed[article] if article in self.packed else self.packed[f"text-{int(article) % TEXTS}"])
            for article in shortlist(rows)
        ]

    def fill(self, size: int, chance: random.Random) -> None:
        """So many invented articles more, until there are `size`."""
        phrases = [f"{n:012x}" for n in range(20)]
        while self.invented < size:
            for _ in range(19):
                key = chance.choice(phrases) if chance.random() < 0.02 else f"{chance.getrandbits(48):012x}"
                self.keys[key].append(str(self.invented))
            self.invented += 1


def text(chance: random.Random) -> str:
    """Paragraphs of invented words, as long as a report."""
    words = ["".join(chance.choices(SYLLABLES, k=2)) for _ in range(WORDS)]
    sentences = [" ".join(words[i : i + 20]).capitalize() + "." for i in range(0, WORDS, 20)]
    return "\n\n".join(" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3))


def seconds(shelf: Shelf, new: list[Article]) -> tuple[list[float], int]:
    """What each article took from text to place, and how many were found to be copies."""
    spent, found = [], 0
    for article in new:
        began = time.perf_counter()
        made = sketch(article)
        made = replace(made, bands=(*made.bands, f"{len(article.text) % 20:012x}"))  # everybody prints a phrase
        candidates = shelf.candidates(made)
        placed = place(made, candidates)
        copies_of(made, candidates)
        spent.append(time.perf_counter() - began)
        found += placed is not None
    return spent, found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    chance = random.Random(0)
    shelf, texts = Shelf(), [text(chance) for _ in range(TEXTS)]
    for number, words in enumerate(texts):
        known = sketch(Article(f"text-{number}", words, outlet=Outlet("The Harbour Post")))
        shelf.packed[known.article] = pack(known)
        for key in known.bands:
            shelf.keys[key].append(known.article)
    new = [
        Article(
            content_id(str(n)),
            f"{texts[n % TEXTS][:2500]}\n\n{text(chance)[:500]}" if n % 2 else text(chance),
            outlet=Outlet("The Saltmere Packet"),
        )
        for n in range(PLACED)
    ]
    result = {}
    for size in sorted(options.sizes):
        shelf.fill(size, chance)
        spent, found = seconds(shelf, new)
        result[str(size)] = {
            "median ms": round(1000 * statistics.median(spent), 2),
            "p95 ms": round(1000 * statistics.quantiles(spent, n=20)[-1], 2),
        }
        print(
            f"{size:9,} articles  {result[str(size)]['median ms']:6.2f} ms each, 19 of 20 within {result[str(size)]['p95 ms']:6.2f}; {found} of {PLACED} copies"
        )
    medians = [figures["median ms"] for figures in result.values()]
    print(json.dumps(result | {"largest / smallest": round(medians[-1] / medians[0], 2)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m bench.stories`: the cost of one more article in a ledger of 1,000, 10,000 and 100,000 stories, all invented.

Profiles are kept packed and articles made anew when asked for, so that what is timed is the placing and the second look, unpacking
included, and not a database.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from sayso.reading.terms import Terms
from sayso.stories import Background, Profile, handles, profile, take_in
from sayso.stories.memory import CROWDED

SIZES = (1_000, 10_000, 100_000)
WORDS, NAMES = 30_000, 20_000


def article(story: int, number: int) -> Terms:
    """An invented article: two thirds of its story's words and names, some common and most rare, as in news (Zipf)."""
    own, rng = random.Random(story), random.Random(f"{story} {number}")
    words = [f"w{_zipf(own, WORDS)}" for _ in range(120)]
    names = [f"n{_zipf(own, NAMES)}" for _ in range(12)] + [f"{story}x{i}" for i in range(own.randrange(4))]
    kept = [term for term in (*words, *names) if rng.random() < 0.67]
    counts = {term: 1 + rng.randrange(3) for term in kept}
    day = date(2031, 1, 1) + timedelta(days=own.randrange(2000) + rng.randrange(5))
    return Terms(f"{story}-{number}", counts, {term: term for term in names if term in counts}, {}, (), day, day)


def _zipf(rng: random.Random, size: int) -> int:
    return int(size ** rng.random())


class Packed:
    """A shelf of stories of one article each, as strings."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.counts: Counter[str] = Counter()
        for story in range(size):
            self.counts.update(article(story, 0).counts.keys())
        self.leads: dict[str, list[str]] = {}
        self.kept: dict[str, str] = {}
        background = Background(size, self.counts)
        for story in range(size):
            made = profile(str(story), [article(story, 0)], background)
            self.kept[made.story] = made.packed()
            for handle in handles(made):
                self.leads.setdefault(handle, []).append(made.story)

    def background(self, terms: Collection[str]) -> Background:
        return Background(self.size, {term: self.counts[term] for term in terms})

    def stories_with(self, handles: Collection[str]) -> Mapping[str, Collection[str]]:
        found = {handle: self.leads.get(handle, []) for handle in handles}
        return {handle: stories for handle, stories in found.items() if len(stories) <= CROWDED}

    def profiles(self, stories: Collection[str]) -> Iterable[Profile]:
        return [Profile.unpacked(self.kept[story]) for story in stories if story in self.kept]

    def articles(self, stories: Collection[str]) -> Mapping[str, Sequence[Terms]]:
        return {story: [article(int(story), 0)] for story in stories if story in self.kept}

    def story_of(self, articles: Collection[str]) -> Mapping[str, str]:
        return {a: a.split("-")[0] for a in articles}


def cost(shelf: Packed, times: int) -> dict[str, float]:
    """Milliseconds of processor time for one article more (median), and the share of articles that found their story, over stories drawn by chance."""
    rng, spent, right = random.Random(0), [], 0
    for _ in range(times):
        story = rng.randrange(shelf.size)
        terms = article(story, 1)
        began = time.process_time()
        changes = take_in([terms], shelf)
        spent.append(time.process_time() - began)
        right += changes.members.get(terms.article) == str(story)
    return {"ms": round(1000 * statistics.median(spent), 2), "found": round(100 * right / times, 1)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    result = {}
    for size in options.sizes:
        shelf = Packed(size)
        result[f"{size} stories"] = cost(shelf, options.times)
        print(size, result[f"{size} stories"], flush=True)
    spent = [figures["ms"] for figures in result.values()]
    print(json.dumps(result | {"slowest over fastest": round(max(spent) / min(spent), 2)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

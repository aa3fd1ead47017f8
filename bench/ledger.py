"""What one more article costs a ledger that holds many: `python -m bench.ledger --sizes 1000 10000 100000`.

A ledger for each size is filled with invented articles in bulk (ten to a story, each with terms, keys and a sketch of the size real ones have,
drawn from words made up for it); then a few whole articles are saved and grouped the ordinary way, in each ledger in turn, and the median of
the times is told, beside it the processor's, which other programs do not lengthen.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from sayso import pipeline
from sayso.articles.copies import pack, sketch
from sayso.ledger import Ledger, open_ledger, schema
from sayso.reading.terms import Terms, terms
from sayso.records import Article, Outlet, Published
from sayso.stories import Background, handles, profile

CHUNK = 2000
WARMING = 3  # articles that open what lies on the disk
STORY = 10
DAY = date(2025, 3, 3)
SYLLABLES = "ba be bi bo da de di do fa fe fi fo ga ge gi go ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti to".split()


def text(chance: random.Random, places: list[str]) -> str:
    """Some 200 words about two places: common words and rare ones."""
    words = []
    for _ in range(200):
        size = 2 if chance.random() < 0.6 else 4
        words.append(chance.choice(places) if chance.random() < 0.08 else "".join(chance.choices(SYLLABLES, k=size)))
    return ". ".join(" ".join(words[at : at + 14]).capitalize() for at in range(0, 200, 14)) + "."


def article(name: str, words: str) -> Article:
    """An article of one day."""
    return Article(name, words, None, Outlet("Harbour Post", "given"), published=Published(DAY, DAY, "given"))


def fill(connection: Connection, start: int, stop: int, chance: random.Random) -> None:
    """Bulk rows for the articles `start` … `stop`."""
    for rows in _chunks(start, stop, chance):
        for table, made in rows.items():
            connection.execute(schema.metadata.tables[table].insert(), made)


def _chunks(start: int, stop: int, chance: random.Random) -> Iterator[dict[str, list[dict[str, object]]]]:
    for first in range(start, stop, CHUNK):
        rows: dict[str, list[dict[str, object]]] = {
            k: [] for k in ("article", "terms", "sketch", "band", "member", "story", "posting")
        }
        for story in range(first // STORY, min(stop, first + CHUNK) // STORY):
            places = ["".join(chance.choices(SYLLABLES, k=4)).capitalize() for _ in range(3)]
            words = text(chance, places)
            told, drawn = terms(article("", words)), sketch(article("", words))
            held = []
            for n in range(STORY):
                name = f"x{story:08d}{n}"
                held.append(Terms(name, told.counts, told.names, told.forms, told.people, DAY, DAY))
                rows["article"].append(_article_row(name, words))
                rows["terms"].append({"article": name, "data": held[-1].packed()})
                rows["sketch"].append({"article": name, "data": pack(drawn)})
                rows["band"] += [{"key": f"{key}{n}", "article": name} for key in drawn.bands]
                rows["member"].append({"article": name, "story": f"s{story:08d}"})
            one = profile(f"s{story:08d}", held[:1], Background(stop, {}))
            rows["story"].append(_story_row(one.story, one.packed()))
            rows["posting"] += [{"term": handle, "story": one.story} for handle in handles(one)]
        yield rows


def _article_row(name: str, words: str) -> dict[str, object]:
    return {
        "id": name,
        "outlet": "Harbour Post",
        "outlet_basis": "given",
        "published_start": DAY.isoformat(),
        "published_end": DAY.isoformat(),
        "published_basis": "given",
        "text": words[:200],
        "language": "en",
        "origin": name,
        "recorded": "2025-03-03T00:00:00+00:00",
    }


def _story_row(name: str, packed: str) -> dict[str, object]:
    day = DAY.isoformat()
    return {"id": name, "name": name, "start": day, "end": day, "people": "[]", "episodes": "[]", "profile": packed}


def one_more(ledger: Ledger, number: int, chance: random.Random) -> tuple[float, float]:
    """Milliseconds to save and group one whole article: by the wall, and of this process alone."""
    made = article(
        f"new{number}", text(chance, ["".join(chance.choices(SYLLABLES, k=4)).capitalize() for _ in range(3)])
    )
    began, own = time.perf_counter(), time.process_time()
    found = terms(made)
    ledger.save(made, (), reader="bench", terms=(found.packed(), found.counts.keys()))
    pipeline.group(ledger)
    return round(1000 * (time.perf_counter() - began), 1), round(1000 * (time.process_time() - own), 1)


def measured(ledgers: Mapping[int, Ledger], times: int) -> dict[int, tuple[float, float]]:
    """Milliseconds that one more article takes in each ledger, by the wall and of this processor: medians. One article goes to each ledger in
    turn, so that what else the machine does slows all of them alike; the first rounds, which open pages of the files, do not count.
    """
    taken: dict[int, list[tuple[float, float]]] = {size: [] for size in ledgers}
    for number in range(WARMING + times):
        for size, ledger in ledgers.items():
            chance = random.Random(number)  # the same article for each of them
            taken[size].append(one_more(ledger, number, chance))
    return {
        size: (statistics.median(wall for wall, _ in rest), statistics.median(own for _, own in rest))
        for size, rest in ((size, all_of[WARMING:]) for size, all_of in taken.items())
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--times", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        ledgers: dict[int, Ledger] = {}
        for size in options.sizes:
            ledgers[size] = opened.enter_context(open_ledger(Path(folder) / f"{size}.db"))
            with ledgers[size]._write() as connection:  # bulk rows have no door of their own
                fill(connection, 0, size, random.Random(0))
            ledgers[size].tidy()
        figures = measured(ledgers, options.times)
    for size, (wall, own) in figures.items():
        print(f"{size:>9} articles: {wall:6.1f} ms for one more, {own:6.1f} ms of the processor", flush=True)
    print(json.dumps({"ms for one more": {str(size): {"wall": w, "own": o} for size, (w, o) in figures.items()}}))


if __name__ == "__main__":
    main()

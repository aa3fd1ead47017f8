"""Many articles into one ledger, end to end: `python -m bench.many --articles 100000 [--sentences 2 6] [--db postgresql://…]`.

With `--from LEDGER` nothing is read again: what that ledger holds is kept and grouped in another, to compare databases by what they do.

Articles are put together anew from sentences written for this project (examples/ and training/corpus): by default some three hundred words of one
topic, with an outlet and a day. Told are the time, the peak of memory, the size per article, and what the last thousand cost beside the first: by the
clock, and in processor time of the one process that writes the ledger, which says the same on a busy machine.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import sentencex

from corpora.marked import read_marked
from sayso import pipeline
from sayso.ledger import ClaimFilter, Ledger, open_ledger
from sayso.pipeline.reading import Account, Reading, keep, settle
from sayso.questions import keys
from sayso.reading.reader import open_reader
from sayso.reading.terms import terms
from sayso.records import Article, Claim
from sayso.runners import Local

ROOT = Path(__file__).parent.parent
FIRST_DAY = date(2024, 1, 1)
DAYS = 500
OUTLETS = [
    f"{place} {name}"
    for place in ("Norda", "Calder", "Tarn", "Vesper")
    for name in ("Post", "Courier", "Wire", "Herald")
]
THOUSAND = 1000
FETCHED = 500
READ = "bench"


def topics() -> list[list[str]]:
    """Sentences by topic."""
    marked = [[item.text for item in read_marked(p)] for p in sorted((ROOT / "training/corpus/train").glob("*.txt"))]
    examples = pipeline.articles([ROOT / "examples"], metadata=ROOT / "examples" / "metadata.csv")
    texts = [*marked, [a.text for a in examples if isinstance(a, Article) and a.language == "en"]]
    return [[s for text in of_one for s in sentencex.segment("en", text) if s.strip()] for of_one in texts]


def made(count: int, lengths: tuple[int, int], chance: random.Random) -> Iterator[dict[str, str]]:
    """So many articles of so many sentences as rows of a table."""
    by_topic = topics()
    for number in range(count):
        sentences = chance.choice(by_topic)
        picked = [
            " ".join(s.split()) for s in chance.sample(sentences, k=min(len(sentences), chance.randint(*lengths)))
        ]
        body = "\n\n".join(" ".join(picked[at : at + 3]) for at in range(0, len(picked), 3))
        day = FIRST_DAY + timedelta(number * DAYS // count)
        yield {
            "text": body,
            "outlet": chance.choice(OUTLETS),
            "url": f"https://norda.example/{number}",
            "date": str(day),
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--sentences", type=int, nargs=2, default=(8, 20), metavar=("FEWEST", "MOST"))
    parser.add_argument("--db", help="keep the ledger here: a file, or an empty PostgreSQL database")
    parser.add_argument("--from", dest="read_in", help="a ledger whose articles are read already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table, db = Path(folder) / "articles.jsonl", options.db or str(Path(folder) / "many.db")
        if options.read_in:
            result = moved(options.read_in, db)
        else:
            with table.open("w", encoding="utf-8") as out:
                out.writelines(
                    json.dumps(row) + "\n" for row in made(options.articles, tuple(options.sentences), random.Random(1))
                )
            result = run(table, db, options.threads)
    for name, value in result.items():
        print(f"{name:48} {value:>14,}")
    print(json.dumps(result))
    return 0


class Clock:
    """When each article was in the ledger: by the clock, and by this process's processor."""

    def __init__(self) -> None:
        self.moments, self.worked = [time.perf_counter()], [time.process_time()]

    def note(self) -> None:
        """One more is in."""
        self.moments.append(time.perf_counter())
        self.worked.append(time.process_time())

    def figures(self, account: Account, size: int) -> dict[str, float]:
        """What was done since, by name."""
        ended, spent = time.perf_counter(), time.process_time()
        few = min(THOUSAND, (len(self.moments) - 1) // 2)
        peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return {
            "articles": account.read,
            "words": account.words,
            "claims": account.claims,
            "seconds": round(ended - self.moments[0], 1),
            "words/s": round(account.words / (ended - self.moments[0])),
            f"seconds for the first {few:,}": round(self.moments[few] - self.moments[0], 1),
            f"seconds for the last {few:,}": round(self.moments[-1] - self.moments[-1 - few], 1),
            f"the writer's processor seconds, first {few:,}": round(self.worked[few] - self.worked[0], 1),
            f"the writer's processor seconds, last {few:,}": round(self.worked[-1] - self.worked[-1 - few], 1),
            "seconds for grouping at the end": round(ended - self.moments[-1], 1),
            "the writer's processor seconds for grouping": round(spent - self.worked[-1], 1),
            "peak MiB of this process": round(peaks[0]),
            "peak MiB of the largest worker": round(peaks[1]),
            "bytes an article": round(size / max(1, account.read)),
        }


def run(table: Path, db: str, threads: int) -> dict[str, float]:
    """Read the table into a ledger; figures by name."""
    clock = Clock()
    with open_ledger(db) as ledger, Local(threads) as runner:
        reader = open_reader()
        account = pipeline.read([table], ledger=ledger, reader=reader, progress=lambda *_: clock.note(), runner=runner)
        return clock.figures(account, ledger.size())


def moved(read_in: str, db: str) -> dict[str, float]:
    """Keep in a ledger what another has read, and group it; figures by name."""
    account, clock = Account(), Clock()
    with open_ledger(read_in) as there, open_ledger(db) as ledger:
        for one in readings(there):
            keep(one, ledger=ledger, reader=READ, account=account)
            clock.note()
        settle(ledger, account)
        return clock.figures(account, ledger.size())


def readings(ledger: Ledger) -> Iterator[Reading]:
    """Every article of a ledger as it was read, a few hundred fetched at a time."""
    for at in itertools.count(0, FETCHED):
        if not (articles := ledger.articles(limit=FETCHED, offset=at)):
            return
        claims: dict[str, list[Claim]] = defaultdict(list)
        for recorded in ledger.claims(ClaimFilter(articles=frozenset(a.id for a in articles))):
            claims[recorded.claim.article].append(recorded.claim)
        for article in articles:
            found = terms(article)
            held = tuple(claims[article.id])
            yield Reading(article, held, {c.id: keys(c) for c in held}, (found.packed(), tuple(found.counts)))


if __name__ == "__main__":
    sys.exit(main())

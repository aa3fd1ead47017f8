"""Many articles into one ledger, end to end: `python -m bench.many --articles 100000 [--sentences 2 6] [--db postgresql://…]`.

Articles are put together anew from sentences written for this project (examples/ and training/corpus): by default some three hundred words of one
topic, with an outlet and a day. Told are the time, the peak of memory, the size per article, and what the last thousand cost beside the first: by the
clock, and in processor time of the one process that writes the ledger, which says the same on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import sentencex

from corpora.marked import read_marked
from sayso import pipeline
from sayso.ledger import open_ledger
from sayso.reading.reader import open_reader
from sayso.records import Article
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
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table, db = Path(folder) / "articles.jsonl", options.db or str(Path(folder) / "many.db")
        with table.open("w", encoding="utf-8") as out:
            out.writelines(
                json.dumps(row) + "\n" for row in made(options.articles, tuple(options.sentences), random.Random(1))
            )
        result = run(table, db, options.threads)
    for name, value in result.items():
        print(f"{name:48} {value:>14,}")
    print(json.dumps(result))
    return 0


def run(table: Path, db: str, threads: int) -> dict[str, float]:
    """Read the table into a ledger; figures by name."""
    moments, worked = [time.perf_counter()], [time.process_time()]

    def noted(_: pipeline.Account, __: str) -> None:
        moments.append(time.perf_counter())
        worked.append(time.process_time())

    with open_ledger(db) as ledger, Local(threads) as runner:
        account = pipeline.read([table], ledger=ledger, reader=open_reader(), progress=noted, runner=runner)
        ended = time.perf_counter()
        size = ledger.size()
    few = min(THOUSAND, (len(moments) - 1) // 2)
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "articles": account.read,
        "words": account.words,
        "claims": account.claims,
        "seconds": round(ended - moments[0], 1),
        "words/s": round(account.words / (ended - moments[0])),
        f"seconds for the first {few:,}": round(moments[few] - moments[0], 1),
        f"seconds for the last {few:,}": round(moments[-1] - moments[-1 - few], 1),
        f"the writer's processor seconds, first {few:,}": round(worked[few] - worked[0], 1),
        f"the writer's processor seconds, last {few:,}": round(worked[-1] - worked[-1 - few], 1),
        "seconds for grouping at the end": round(ended - moments[-1], 1),
        "peak MiB of this process": round(peaks[0]),
        "peak MiB of the largest worker": round(peaks[1]),
        "bytes an article": round(size / max(1, account.read)),
    }


if __name__ == "__main__":
    sys.exit(main())

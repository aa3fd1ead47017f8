"""How fast every page and listing is on a large ledger: `python -m bench.pages --claims 100000 1000000 [--db postgresql://…]`.

The ledger is filled in bulk with recombined sentences, some ten claims an article, in stories of which a few are very long, with ties, copies,
edited articles, questions, stances and outcomes. Nothing goes through the model. Then every page is made and every listing printed, and the
median and the 95th percentile of the times are told, by the wall and of the processor (the server's with it, where it runs on this machine and
its processes can be seen); those over TARGET are marked.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from typer.main import get_command

from sayso import views
from sayso.cli import whole
from sayso.cli.paging import ARTICLES, SHOWN
from sayso.held import keep_reckonings
from sayso.ledger import ClaimFilter, Ledger, open_ledger, schema, searching, tallies
from sayso.origins import rests_on
from sayso.views.charted import MOST, charted

TARGET = 200  # milliseconds, at the 95th percentile
PER_ARTICLE = 10
FIRST = date(2021, 1, 4)
NOW = "2026-01-05T00:00:00+00:00"
READER = "bench"
SYLLABLES = "ba be bi bo da de di do fa fe fi fo ga ge gi go ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti to".split()
CUES = "said told insisted claimed reported denied announced suggested".split()
VERBS = "leave sign stay resign approve reject open close buy sell join return".split()
THINGS = "contract merger bridge stadium inquiry budget transfer strike plant ruling vaccine election".split()
ENDS = "on Friday|in the coming days|before the summer|next week|despite the board|after long talks|without delay|for good".split(
    "|"
)

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass
class Made:
    """What was put into a ledger, so that pages of it can be asked for."""

    chance: random.Random
    articles: list[str] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)
    longest: str = ""
    people: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    claims: int = 0
    said: list[tuple[str, str, str, str | None, str]] = field(
        default_factory=list
    )  # a sample: claim, origin, outlet, story, day


def name(chance: random.Random, size: int = 3) -> str:
    """A name that nobody has."""
    return "".join(chance.choices(SYLLABLES, k=size)).capitalize()


def fill(ledger: Ledger, claims: int, made: Made) -> None:
    """Stories until there are so many claims, their questions, and what is found by words."""
    chance = made.chance
    made.people = [f"{name(chance, 2)} {name(chance)}" for _ in range(5000)]
    made.outlets = [f"{name(chance)} {kind}" for kind in ("Post", "Times", "Herald", "News") for _ in range(75)]
    with ledger._write() as connection:  # bulk rows have no door of their own
        number = 0
        while made.claims < claims:
            rows: Rows = {}
            for _ in range(100):
                # One story in two hundred goes on for years.
                size = chance.randint(300, 600) if number % 200 == 7 else chance.choice((1, 2, 4, 6, 9, 12, 20))
                _story(rows, f"s{number:011x}", size, made)
                number += 1
                if made.claims >= claims:
                    break
            write(connection, rows)
        rows = {}
        _questions(rows, made)
        write(connection, rows)
        tallies.ground(connection)
    keep_reckonings(ledger)


def _story(rows: Rows, story: str, size: int, made: Made) -> None:
    chance = made.chance
    people, places = chance.sample(made.people, 3), [name(chance, 4) for _ in range(2)]
    start = FIRST + timedelta(days=chance.randrange(1700))
    span = max(3, size // 3)
    days = sorted(start + timedelta(days=chance.randrange(span)) for _ in range(size))
    said: list[tuple[str, str, str | None]] = []
    ids, before = list[str](), list[tuple[str, str, str]]()
    for at, day in enumerate(days):
        article, outlet = f"{len(made.articles):012x}", chance.choice(made.outlets)
        dated = chance.random() > 0.03
        written = _article(rows, article, outlet, day if dated else None, people, places, made, story, before)
        said += [(article, outlet, origin) for origin in written]
        if at and chance.random() < 0.08:
            add(rows, "copy", article, ids[-1], "syndicated", 0.9, "9 of 10 sentences", "[]")
        add(rows, "member", article, story)
        ids.append(article)
        made.articles.append(article)
    first, last = days[0].isoformat(), days[-1].isoformat()
    episodes = [[first, last, ids]]
    title = f"{places[0]} and the {chance.choice(THINGS)}"
    add(rows, "story", story, title, first, last, json.dumps(people), json.dumps(episodes), "{}")
    counts = rests_on((outlet, origin, 1) for _, outlet, origin in said)
    add(rows, "tally", story, json.dumps((counts.outlets, counts.origins)), None)
    made.stories.append(story)
    if size > 299:
        made.longest = story


def _article(
    rows: Rows,
    article: str,
    outlet: str,
    day: date | None,
    people: Sequence[str],
    places: Sequence[str],
    made: Made,
    story: str,
    before: list[tuple[str, str, str]],
) -> list[str | None]:
    """An article with its claims; the origins of what it puts down to someone, in order."""
    chance, iso = made.chance, day.isoformat() if day else None
    title = f"{people[0]} and the {chance.choice(THINGS)} of {places[0]}"
    whole, origins, searched = title + "\n\n", list[str | None](), list[tuple[Any, ...]]()
    for at in range(PER_ARTICLE):
        who, cue = chance.choice(people), chance.choice(CUES)
        content = f"{chance.choice(people)} will {chance.choice(VERBS)} the {chance.choice(THINGS)} of {chance.choice(places)} {chance.choice(ENDS)}"
        own = at % 5 < 2
        sentence = f"{content}. " if own else f"{who} {cue} that {content}. "
        start = len(whole) + (0 if own else len(who) + len(cue) + 7)
        claim = f"{article[3:]}{at:03x}"
        origin = outlet if own else who
        cues = (None, None) if own else (len(whole) + len(who) + 1, len(whole) + len(who) + 1 + len(cue))
        source = (None, None) if own else (len(whole), len(whole) + len(who))
        kind = "own" if own else "document" if chance.random() < 0.001 else "person"
        add(rows, "claim", claim, READER, article, kind, origin, *source, *cues, "indirect", origin, chance.randint(-3, 3), None, None, None, None, iso, iso, 0.9, NOW, start, False)  # fmt: skip
        add(rows, "evidence", claim, READER, 0, start, start + len(content), content)
        add(rows, "link", claim, READER, 0, kind, origin)
        if not own:
            add(rows, "link", claim, READER, 1, "outlet", outlet)
            add(rows, "event", claim, READER, 0, "leave", "leave", start, start + 5, json.dumps([["who", who]]), 2, None, None, None, None)  # fmt: skip
            if before and chance.random() < 0.15:
                told, there, tied = chance.choice(before)
                add(rows, "tie", claim, there, told, tied, "relays another")
                origin = tied
            elif chance.random() < 0.2:
                before.append((claim, article, origin))
            origins.append(origin)
            if chance.random() < 0.02:
                made.said.append((claim, origin, outlet, story, iso or ""))
        searched.append((article, claim, READER, origin, content))
        whole += sentence
        made.claims += 1
    add(rows, "article", article, title, outlet, "given", None, None, iso, iso, "given", None, whole, "en", f"bench/{story}/{article}.txt", NOW)  # fmt: skip
    add(rows, "reading", article, READER, 1, PER_ARTICLE, NOW, len(origins))
    for row in ((article, None, None, f"{title} {outlet}", whole), *searched):
        add(rows, "searched", *row)
    if chance.random() < 0.005:
        add(rows, "version", article, 1, article, f"example.org/{article}", iso, None, NOW)
    return origins


def _questions(rows: Rows, made: Made) -> None:
    chance = made.chance
    sample = chance.sample(made.said, min(len(made.said), 10_000))
    for number in range(1, 201):
        question = f"q{number:011x}"
        held = sample[(number - 1) * 50 : number * 50]
        if not held:
            break
        made.asked.append(str(number))
        first = FIRST.isoformat()
        text_of = f"{chance.choice(made.people)} leaves {name(chance)}"
        add(rows, "question", question, number, text_of, first, None, "[]", f"g{number // 10}" if number % 10 < 3 else None, held[0][3], None, NOW)  # fmt: skip
        made.sources += [held[0][1]]
        for claim, origin, outlet, _, day in held:
            side = chance.choice(("for", "for", "against", "observing"))
            add(rows, "stance", question, claim, side, chance.choice((0.33, 0.67, 1.0)), origin, outlet, day or None, "frame: leave")  # fmt: skip
        if number % 3 == 0:
            add(rows, "outcome", number, question, chance.choice(("yes", "no")), "2025-12-01", None, NOW)


def add(rows: Rows, table: str, *values: Any) -> None:
    """One more row."""
    rows.setdefault(table, []).append(values)


def write(connection: Connection, rows: Rows) -> None:
    """Rows in bulk, tables in the order in which they need one another, and the names and words in them made findable."""
    searched = rows.pop("searched", [])
    for table in (one.name for one in schema.metadata.sorted_tables if one.name in rows):
        bulk(connection, table, [c.name for c in schema.metadata.tables[table].columns], rows[table])
    if searched:
        searching.add_names(connection, {(row[10], row[3]) for row in rows["claim"]})
        held = connection.execute(text("SELECT coalesce(max(number), 0) FROM searched")).scalar_one()
        numbered = [
            (n, *row[:3], searching.fold(row[3]), searching.fold(row[4])) for n, row in enumerate(searched, held + 1)
        ]
        bulk(connection, "searched", ["number", "article", "claim", "reader"], [row[:4] for row in numbered])
        _index(connection, numbered)


def _index(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    if connection.dialect.name == "sqlite":
        for kind, claims in (("article", False), ("claim", True)):
            made = [(row[0], row[4], row[5]) for row in rows if (row[2] is not None) is claims]
            bulk(connection, f"{kind}_search", ["rowid", "name", "words"], made)
        return
    connection.execute(text("CREATE TEMP TABLE IF NOT EXISTS folded (number integer, name text, words text)"))
    connection.execute(text("TRUNCATE folded"))
    bulk(connection, "folded", ["number", "name", "words"], [(row[0], row[4], row[5]) for row in rows])
    words = "setweight(to_tsvector('sayso', f.name), 'A') || to_tsvector('sayso', f.words)"
    connection.execute(text(f"UPDATE searched SET words = {words} FROM folded f WHERE f.number = searched.number"))


def bulk(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows by the fastest way that the driver has."""
    names = ", ".join(f'"{column}"' for column in columns)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        driver.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
        return
    with driver.cursor().copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def pages(ledger: Ledger, made: Made) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every page, by a name; each call asks for another one of its sort."""
    pick = made.chance.choice
    deep = len(made.articles) * 9 // 10
    yield "stories", lambda: views.stories(ledger, archived=False, limit=SHOWN)
    yield "stories, last page", lambda: views.stories(ledger, limit=SHOWN, offset=len(made.stories) - SHOWN)
    yield "stories, as of a day", lambda: views.stories(ledger, as_of=date(2023, 5, 5), limit=SHOWN)
    yield "story", lambda: views.story(ledger, pick(made.stories), limit=ARTICLES)
    yield "story, the longest", lambda: views.story(ledger, made.longest, limit=ARTICLES)
    yield "story, its picture", lambda: charted(ledger, made.longest, most=MOST)
    yield "article", lambda: views.article(ledger, pick(made.articles))
    yield "copies", lambda: views.copies(ledger, limit=SHOWN)
    yield "edits", lambda: views.edits(ledger)
    yield "questions", lambda: views.questions(ledger, charted=False, limit=SHOWN)
    yield "questions, charted", lambda: views.questions(ledger, limit=25)
    yield "question", lambda: views.question(ledger, pick(made.asked))
    yield "sources", lambda: views.sources(ledger)
    yield "source", lambda: views.source(ledger, pick(made.sources))
    yield "search, a name", lambda: views.search(ledger, pick(made.people), limit=10)
    yield "search, a common word", lambda: views.search(ledger, pick(THINGS), limit=10)
    yield "search, two words", lambda: views.search(ledger, f"{pick(THINGS)} {pick(VERBS)}", limit=10)
    yield "timeline", lambda: views.timeline(ledger, limit=ARTICLES)
    yield "timeline, page 900 of 1000", lambda: views.timeline(ledger, limit=ARTICLES, offset=deep)
    for words, wanted in filters(made).items():
        yield f"timeline, {words}", partial(_timeline, ledger, wanted)
    yield "claims", lambda: views.claims(ledger, ClaimFilter(own=False), limit=SHOWN)
    yield "claims, deep", lambda: views.claims(ledger, ClaimFilter(own=False), limit=SHOWN, offset=made.claims // 2)
    for words, wanted in filters(made).items():
        yield f"claims, {words}", partial(_claims, ledger, wanted)
    yield "stats", lambda: views.stats(ledger)


def _timeline(ledger: Ledger, wanted: Callable[[], ClaimFilter]) -> object:
    return views.timeline(ledger, wanted(), limit=ARTICLES)


def _claims(ledger: Ledger, wanted: Callable[[], ClaimFilter]) -> object:
    return views.claims(ledger, wanted(), limit=SHOWN)


def filters(made: Made) -> dict[str, Callable[[], ClaimFilter]]:
    """Ways to narrow a listing."""
    pick = made.chance.choice
    return {
        "of a source": lambda: ClaimFilter(source=pick(made.people), own=False),
        "of a rare kind": lambda: ClaimFilter(kind="document", own=False),
        "since a late day": lambda: ClaimFilter(since=date(2025, 9, 1), own=False),
        "of one month": lambda: ClaimFilter(since=date(2023, 3, 1), until=date(2023, 3, 31), own=False),
        "with a name": lambda: ClaimFilter(search=pick(made.people), own=False),
        "with a common word": lambda: ClaimFilter(search=pick(THINGS), own=False),
        "from a folder": lambda: ClaimFilter(path=f"bench/{pick(made.stories)}/", own=False),
    }


def listings(db: str, made: Made) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every listing of the command line, printed to nowhere; without the start of the program."""
    pick, long, program = made.chance.choice, made.longest, get_command(whole())
    words: list[tuple[str, Callable[[], list[str]]]] = [
        ("stories", lambda: []),
        ("story", lambda: [pick(made.stories)]),
        ("story", lambda: [long]),
        ("copies", lambda: []),
        ("timeline", lambda: []),
        ("claims", lambda: []),
        ("claims", lambda: ["--search", pick(THINGS)]),
        ("search", lambda: [pick(THINGS)]),
        ("article", lambda: [pick(made.articles)]),
        ("questions", lambda: []),
        ("question", lambda: [pick(made.asked)]),
        ("sources", lambda: []),
        ("edits", lambda: []),
        ("stats", lambda: []),
    ]
    for command, more in words:
        shown = " ".join(["sayso", command, *("…" for _ in more())])
        yield shown, partial(_command, program, command, more, db)


def _command(program: Any, command: str, more: Callable[[], list[str]], db: str) -> None:
    with redirect_stdout(io.StringIO()):
        program([command, *more(), "--db", db], standalone_mode=False)


def measure(what: Iterator[tuple[str, Callable[[], object]]], times: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each: the median and the 95th percentile, by the wall and by the processor, which other programs lengthen less."""
    figures = {}
    for words, make in what:
        make()  # the first opens the file's pages
        gc.collect()
        gc.freeze()  # what the bench itself holds is not gone through while a page is made
        taken = [_milliseconds(make) for _ in range(times)]
        wall, cpu = sorted(one for one, _ in taken), sorted(one for _, one in taken)
        half, last = times // 2, min(times - 1, round(0.95 * times))
        figures[words] = {"p50": wall[half], "p95": wall[last], "cpu p50": cpu[half], "cpu p95": cpu[last]}
        mark = "  OVER" if wall[last] > TARGET else ""
        print(f"  {words:<34}" + "".join(f" {one:8.1f}" for one in figures[words].values()) + mark, flush=True)
    return figures


def _milliseconds(make: Callable[[], object]) -> tuple[float, float]:
    began, busy = time.perf_counter(), _busy()
    make()
    return round(1000 * (time.perf_counter() - began), 1), round(1000 * (_busy() - busy), 1)


def _busy() -> float:
    """Seconds of processor that this process has had, and with it the PostgreSQL servers that run here and can be looked at (Linux)."""
    total = time.process_time()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "comm").read_text().strip() == "postgres":
                total += int((process / "schedstat").read_text().split()[0]) / 1e9
        except OSError:  # it has ended, or is another user's
            continue
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[20_000])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--db", help="an empty PostgreSQL database; a file of its own without")
    parser.add_argument("--keep", type=Path, help="leave the file here")
    options = parser.parse_args()
    told: dict[str, dict[str, dict[str, float]]] = {}
    for claims in options.claims:
        with tempfile.TemporaryDirectory() as folder:
            where = options.db or str(options.keep or Path(folder) / "sayso.db")
            made, began = Made(random.Random(0)), time.perf_counter()
            with open_ledger(where) as ledger:
                fill(ledger, claims, made)
                time.sleep(2)  # rows that PostgreSQL has not yet written for good count as seen by no one
                ledger.tidy()
                size = ledger.size() / 2**20
                held = f"{made.claims:,} claims, {len(made.articles):,} articles, {len(made.stories):,} stories"
                print(
                    f"{held}; {size:,.0f} MiB, filled in {time.perf_counter() - began:.0f} s; ms at 50 %, 95 %; of the processor"
                )
                told[str(claims)] = measure(pages(ledger, made), options.times)
            told[str(claims)] |= measure(listings(where, made), options.times)
    print(json.dumps(told))
    over = [words for figures in told.values() for words, one in figures.items() if one["p95"] > TARGET]
    sys.exit(f"over {TARGET} ms: {', '.join(over)}" if over else 0)


if __name__ == "__main__":
    main()

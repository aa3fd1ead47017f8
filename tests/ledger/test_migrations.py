from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bench.pages import Made, fill
from sayso import pipeline, views
from sayso.errors import LedgerError
from sayso.held import keep_reckonings
from sayso.ledger import Ledger, open_ledger
from sayso.ledger.migrations import MIGRATIONS
from sayso.reckoning import RULES
from sayso.records import Outcome

BEFORE = Path(__file__).parent / "before.sql"  # a ledger as version 2 left it: two reports, one of them read twice


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """That ledger in a file."""
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.executescript(BEFORE.read_text(encoding="utf-8"))
    connection.execute(
        "CREATE VIRTUAL TABLE claim_search USING fts5(content, source, title, claim UNINDEXED, reader UNINDEXED)"
    )
    connection.execute("PRAGMA user_version=2")
    connection.execute(f"PRAGMA application_id={0x5A150}")
    connection.commit()
    connection.close()
    return path


def layout(ledger: Ledger) -> dict[str, tuple[set[str], set[str | None]]]:
    """Columns and indexes of every table."""
    with ledger._read() as connection:
        seen = inspect(connection)
        tables = [name for name in seen.get_table_names() if "_search" not in name]
        query = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = :table AND name NOT LIKE 'sqlite%'"
        return {
            name: (
                {column["name"] for column in seen.get_columns(name)},
                set(connection.execute(text(query), {"table": name}).scalars()),
            )
            for name in tables
        }


def test_an_old_ledger_becomes_what_a_new_one_is(old: Path, tmp_path: Path) -> None:
    with open_ledger(old) as grown, open_ledger(tmp_path / "new.db") as new:
        assert layout(grown) == layout(new)


def test_an_old_ledger_keeps_what_it_held(old: Path) -> None:
    with open_ledger(old) as ledger:
        assert sorted(r.claim.source.name for r in ledger.claims()) == ["Ada Crane", "Bo Finch"]
        assert [
            a.outlet.name for a in views.search(ledger, "club more").articles and ledger.search("club more").articles
        ] == ["Faro Times"]
        assert [r.claim.reader for r in ledger.search("venturi finch").claims] == ["reader-2"]
        assert {hit.name for hit in views.search(ledger, "crane").names} == {"Ada Crane"}


def test_the_stories_of_an_old_ledger_are_counted_at_once_and_kept_by_the_next_run(old: Path) -> None:
    with open_ledger(old) as ledger:
        before = [line.counted for line in views.stories(ledger)]
        assert before[0].outlets == ("Faro Times", "Harbour Post")
        pipeline.group(ledger)
        assert ledger.tallies.untied() == []
        assert [line.counted for line in views.stories(ledger)] == before


def test_a_ledger_takes_each_step_once(db: str) -> None:
    for _ in range(2):
        with open_ledger(db) as ledger, ledger._read() as connection:
            assert ledger._database.version(connection) == len(MIGRATIONS)


def test_a_newer_ledger_is_refused(db: str) -> None:
    with open_ledger(db) as ledger, ledger._write() as connection:
        ledger._database.set_version(connection, 99)
    with pytest.raises(LedgerError, match="newer sayso"):
        open_ledger(db)


def test_what_stories_rest_on_is_counted_article_by_article_in_a_ledger_of_before(db: str) -> None:
    with open_ledger(db) as ledger:
        made = Made(random.Random(3))
        fill(ledger, 300, made)
        kept = [ledger.tallies.grounds([one]) for one in made.stories]
        with ledger._write() as connection:
            connection.execute(text("ALTER TABLE tally DROP COLUMN grounds"))
            ledger._database.set_version(connection, 5)
    with open_ledger(db) as ledger, ledger._read() as connection:
        packed = connection.execute(text("SELECT count(*) FROM tally WHERE grounds IS NOT NULL")).scalar_one()
        assert packed == len(made.stories)
        assert [ledger.tallies.grounds([one]) for one in made.stories] == kept


def test_a_ledger_of_before_has_its_readings_counted_and_its_sources_at_once(db: str) -> None:
    with open_ledger(db) as ledger:
        fill(ledger, 8000, Made(random.Random(3)))
        told = views.sources(ledger), views.stats(ledger).held._replace(size=0)
        with ledger._write() as connection:
            connection.execute(text("DROP TABLE reckoning"))
            connection.execute(text("DROP INDEX tie_by_said_as"))
            connection.execute(text("ALTER TABLE reading DROP COLUMN attributed"))
            ledger._database.set_version(connection, 6)
    with open_ledger(db) as ledger:
        assert (views.sources(ledger), views.stats(ledger).held._replace(size=0)) == told
        assert ledger.reckonings.get(RULES) == {}
        ledger.questions.resolve(Outcome("q00000000001", "yes"))
        keep_reckonings(ledger)
        assert ledger.reckonings.missing(RULES) == frozenset()


def test_versions_of_an_old_ledger_are_numbered_before_its_stories_are_counted(old: Path) -> None:
    connection = sqlite3.connect(old)
    connection.execute("UPDATE article SET url = 'https://faro.example/a', outlet = 'Faro Times'")
    connection.commit()
    connection.close()
    with open_ledger(old) as ledger:
        assert [len(found) for found in ledger.versions.all().values()] == [2]


def test_the_claims_of_what_was_read_twice_count_once(old: Path) -> None:
    with open_ledger(old) as ledger:
        held = views.stats(ledger).held
        assert held.claims == len(ledger.claims()) == 2
        assert held.attributed == sum(one.claim.cue is not None for one in ledger.claims())
        assert held.readers == (("reader-1", 2), ("reader-2", 1))

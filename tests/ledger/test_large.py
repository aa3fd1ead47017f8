"""Counts kept agree with counting, listings come in pages, and an index leads to every page."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, text

from bench.pages import Made, fill
from sayso import pipeline, views
from sayso.errors import InputError
from sayso.ledger import ClaimFilter, Ledger, open_ledger
from sayso.origins import Tie, count
from sayso.reading.reader import Reader
from sayso.views.charted import Charted, charted

WORDS = "The mayor said on Monday that the {place} bridge will open in June. Ada Crane told the Harbour Post that it would not be ready."


@pytest.fixture
def desk(ledger: Ledger) -> tuple[Ledger, Made]:
    """A ledger of some 2,000 invented claims."""
    made = Made(random.Random(3))
    fill(ledger, 2000, made)
    return ledger, made


def from_scratch(ledger: Ledger, story: str) -> object:
    """What a story rests on, by its claims one by one."""
    found = ledger.stories.find(story)
    articles = {a.id: a for a in ledger.articles(ids=found.articles)}
    claims = [r.claim for r in ledger.claims(ClaimFilter(articles=frozenset(articles))) if r.claim.cue]
    ties = ledger.stories.ties([c.id for c in claims]).values()
    return count(claims, articles, [Tie(t.claim, t.article, t.said_as, t.origin, t.reason) for t in ties])


def test_what_was_counted_when_a_story_changed_is_what_counting_gives(ledger: Ledger, reader: Reader, tmp_path) -> None:
    for n in range(5):
        (tmp_path / f"{n}.txt").write_text(
            f" date 2025-03-1{n} " + WORDS.format(place=("Carrow", "Ostby")[n % 2]) + f" It was report {n}."
        )
    for path in sorted(tmp_path.glob("*.txt")):
        pipeline.read([path], ledger=ledger, reader=reader)
        assert ledger.tallies.untied() == []
        for line in views.stories(ledger):
            assert ledger.tallies.get([line.story.id])
            assert line.counted == from_scratch(ledger, line.story.id)


def test_the_counts_of_a_story_that_changed_are_made_anew(desk: tuple[Ledger, Made]) -> None:
    ledger, made = desk
    one, two = made.stories[0], made.stories[1]
    whole = [ledger.stories.find(one), ledger.stories.find(two)]
    assert [line.counted for line in views.stories(ledger) if line.story.id == one] == [from_scratch(ledger, one)]
    with ledger._write() as connection:
        connection.execute(text("DELETE FROM tally"))
    lines = {line.story.id: line.counted for line in views.stories(ledger)}
    assert all(lines[story.id] == from_scratch(ledger, story.id) for story in whole)


def test_as_of_the_last_day_a_story_rests_on_what_it_does_now_but_for_what_has_no_day(
    desk: tuple[Ledger, Made],
) -> None:
    ledger, _ = desk
    now = {line.story.id: line for line in views.stories(ledger)}
    for line in views.stories(ledger, as_of=date(2030, 1, 1)):
        dated = {a.id for a in ledger.articles(ids=line.story.articles) if a.published.end}
        assert line.articles == len(dated) <= now[line.story.id].articles
        assert set(line.counted.outlets) <= set(now[line.story.id].counted.outlets)


def test_what_is_kept_article_by_article_is_what_counting_gives(ledger: Ledger, reader: Reader, tmp_path) -> None:
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(
            f" date 2025-03-1{n} " + WORDS.format(place="Carrow") + f" It was report {n}."
        )
    pipeline.read(sorted(tmp_path.glob("*.txt")), ledger=ledger, reader=reader)
    stories = [line.story.id for line in views.stories(ledger)]
    kept = ledger.tallies.grounds(stories)
    assert kept == ledger.tallies.counted(stories)
    assert sum(len(one.articles) for one in kept.values()) == 4
    page = views.story(ledger, stories[0], as_of=date(2025, 3, 11))
    assert page.counted == views.stories(ledger, as_of=date(2025, 3, 11))[0].counted
    assert page.articles < len(page.story.articles)


def test_a_picture_of_few_claims_has_those_that_speak_to_questions_and_counts_the_rest(
    desk: tuple[Ledger, Made],
) -> None:
    ledger, made = desk
    whole = charted(ledger, made.longest)
    speaking = [mark.claim.id for row in whole.rows for mark in row.marks if mark.side]
    part = charted(ledger, made.longest, most=len(speaking) + 10)
    assert sorted(mark.claim.id for row in part.rows for mark in row.marks if mark.side) == sorted(speaking)
    assert _drawn(part) == len(speaking) + 10
    assert part.left_out == _drawn(whole) - _drawn(part)
    assert (whole.left_out, whole.days) == (0, part.days)


def _drawn(page: Charted) -> int:
    """The claims of a picture: its marks, those that are folded under them, and those without a day."""
    return page.undated + sum(1 + len(mark.copies) for row in page.rows for mark in row.marks)


def test_the_record_of_one_source_is_its_line_in_the_table_of_all(desk: tuple[Ledger, Made]) -> None:
    ledger, _ = desk
    records = [line.record for line in views.sources(ledger).lines]
    assert records
    assert [views.source(ledger, one.origin).record for one in records[:20]] == records[:20]


@pytest.mark.parametrize("size", [7, 50])
def test_pages_in_a_row_are_the_whole_listing(desk: tuple[Ledger, Made], size: int) -> None:
    ledger, made = desk
    wanted = ClaimFilter(own=False, since=date(2022, 1, 1))

    def pages(listing, **more: object) -> Iterator[object]:
        offset = 0
        while found := listing(ledger, limit=size, offset=offset, **more):
            yield from found
            offset += size

    assert list(pages(views.stories)) == views.stories(ledger)
    assert list(pages(views.copies)) == views.copies(ledger)
    assert list(pages(lambda *a, **k: views.claims(*a, wanted, **k))) == views.claims(ledger, wanted)
    assert list(pages(lambda *a, **k: views.timeline(*a, **k).groups)) == list(views.timeline(ledger).groups)
    assert list(pages(lambda *a, **k: views.story(*a, made.stories[2], **k).timeline.groups)) == list(
        views.story(ledger, made.stories[2]).timeline.groups
    )


def test_a_narrowed_timeline_has_the_articles_of_the_claims_that_fit(desk: tuple[Ledger, Made], monkeypatch) -> None:
    ledger, made = desk
    for many in (0, 50_000):  # whether each article is asked or the claims are looked up
        monkeypatch.setattr("sayso.ledger.claims.MANY", many)
        for wanted in (
            ClaimFilter(source=made.people[0]),
            ClaimFilter(since=date(2022, 1, 1), until=date(2022, 12, 31)),
            ClaimFilter(search="bridge", kind="person"),
        ):
            held = {r.claim.article for r in ledger.claims(wanted)}
            assert {a.id for a in ledger.articles(telling=wanted)} == held


def test_both_databases_answer_alike(postgres: str, tmp_path) -> None:
    from tests.databases import fresh

    told = []
    for where in (tmp_path / "sayso.db", fresh(postgres)):
        with open_ledger(where) as ledger:
            made = Made(random.Random(5))
            fill(ledger, 600, made)
            story = views.story(ledger, made.stories[0])
            told.append(
                [
                    views.stories(ledger),
                    replace(story, timeline=replace(story.timeline, groups=())),
                    views.timeline(ledger),
                    views.claims(ledger, ClaimFilter(search="bridge")),
                    views.copies(ledger),
                    views.questions(ledger),
                    views.sources(ledger),
                    views.search(ledger, made.people[0]).names,
                    sorted(a.id for a in ledger.search("bridge contract", limit=1000).articles),
                    views.stats(ledger).held._replace(size=0),
                ]
            )
    assert told[0] == told[1]


#: what may be walked from end to end: short by nature, or a list that is asked for
SHORT = "name|copy|tally|archived|stands|stood|untied|question|outcome|ruling|change|version|alert|told|decision|visit|story"


@contextmanager
def plans(ledger: Ledger) -> Iterator[list[tuple[str, str]]]:
    """The steps of every question that is put to SQLite meanwhile, each with the question."""
    steps: list[tuple[str, str]] = []

    @event.listens_for(ledger._database.engine, "before_cursor_execute")
    def explain(connection, cursor, statement, parameters, context, many) -> None:
        if statement.startswith("SELECT"):
            plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            steps.extend((row[3], statement[:300]) for row in plan)

    yield steps
    event.remove(ledger._database.engine, "before_cursor_execute", explain)


def test_claims_that_are_named_are_looked_up_before_sqlite_has_counted_its_rows(tmp_path) -> None:
    with open_ledger(tmp_path / "sayso.db") as ledger:
        fill(ledger, 300, made := Made(random.Random(3)))
        with plans(ledger) as steps:
            found = ledger.claims(ClaimFilter(articles=frozenset(made.articles[:20])))
            ledger.claims(ClaimFilter(ids=frozenset(one.claim.id for one in found)))
            ledger.heard([one.question.id for one in ledger.questions.followed()])
        assert found
        assert [step for step in steps if "claim_in_order" in step[0]] == []


def test_rows_are_counted_when_a_table_has_grown(tmp_path) -> None:
    with open_ledger(tmp_path / "sayso.db") as ledger:
        fill(ledger, 300, Made(random.Random(3)))
        with ledger._read() as connection:
            before = connection.exec_driver_sql(
                "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'"
            ).scalar()
        ledger.note_growth()
        with ledger._read() as connection:
            tables = set(connection.exec_driver_sql("SELECT tbl FROM sqlite_stat1").scalars())
        assert before == 0
        assert "claim" in tables


def test_no_page_of_a_listing_walks_a_table_from_end_to_end(tmp_path) -> None:
    with open_ledger(tmp_path / "sayso.db") as ledger, plans(ledger) as steps:
        made = Made(random.Random(3))
        fill(ledger, 2000, made)
        views.stories(ledger, limit=10)
        views.story(ledger, made.stories[0], limit=10)
        views.article(ledger, made.articles[0])
        views.claims(ledger, ClaimFilter(own=False, since=date(2022, 1, 1)), limit=10)
        views.claims(ledger, ClaimFilter(search="bridge"), limit=10)
        views.claims(ledger, ClaimFilter(source="Crane"), limit=10)
        views.timeline(ledger, limit=10)
        views.question(ledger, made.asked[0])
        views.search(ledger, "bridge")
        assert [step for step in steps if _walks(step[0])] == []


def _walks(step: str) -> bool:
    """Whether a step of a plan reads a whole table: SCAN without an index. A walk along an index stops when the page is full."""
    words = step.split()
    if words[0] != "SCAN" or "INDEX" in words or "VIRTUAL" in words or "CONSTANT" in words:
        return False
    return (
        words[1] not in SHORT.split("|") and not words[1].startswith(("anon", "(")) and "subquery" not in step.lower()
    )


def test_an_archived_story_takes_in_no_more_and_opens_again(ledger: Ledger, reader: Reader, tmp_path) -> None:
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(
            f" date 2025-03-1{n} " + WORDS.format(place="Carrow") + f" It was report {n} from Carrow."
        )
    first, *rest = sorted(tmp_path.glob("*.txt"))
    pipeline.read([first, rest[0]], ledger=ledger, reader=reader)
    story = views.stories(ledger)[0].story
    assert len(story.articles) == 2
    assert [one.id for one in pipeline.archive(ledger, [story.id])] == [story.id]
    pipeline.read([rest[1]], ledger=ledger, reader=reader)
    assert [line.articles for line in views.stories(ledger, archived=True)] == [2]
    assert [line.articles for line in views.stories(ledger, archived=False)] == [1]
    assert [one.id for one in pipeline.archive(ledger, [], before=date(2030, 1, 1), undo=True)] == [story.id]
    pipeline.read([rest[2]], ledger=ledger, reader=reader)
    assert [line.articles for line in views.stories(ledger)] == [
        4
    ]  # the fourth report joins what the closed one was kept apart from


def test_stories_are_archived_by_the_day_of_their_last_report(desk: tuple[Ledger, Made]) -> None:
    ledger, _ = desk
    closed = pipeline.archive(ledger, [], before=date(2023, 1, 1))
    assert closed
    assert all(story.end < date(2023, 1, 1) for story in closed)
    assert pipeline.archive(ledger, [], before=date(2023, 1, 1)) == []
    with pytest.raises(InputError, match="no story named"):
        pipeline.archive(ledger, [])


def test_the_figures_of_a_ledger_are_those_of_what_it_holds(desk: tuple[Ledger, Made]) -> None:
    ledger, made = desk
    held = views.stats(ledger).held
    assert (held.articles, held.claims, held.stories) == (len(made.articles), made.claims, len(made.stories))
    assert held.attributed == len(ledger.claims(ClaimFilter(own=False)))
    assert held.undated == sum(a.published.start is None for a in ledger.articles())
    assert held.readers == (("bench", len(made.articles)),)
    assert held.size > 0


def test_tidying_changes_nothing_but_room(desk: tuple[Ledger, Made]) -> None:
    ledger, made = desk
    before = (views.timeline(ledger), views.search(ledger, made.people[0]), views.stories(ledger))
    ledger.tidy()
    assert (views.timeline(ledger), views.search(ledger, made.people[0]), views.stories(ledger)) == before

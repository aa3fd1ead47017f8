"""Articles read again with other words: one report in several versions, the last of which stands."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from sayso import pipeline, terminal, views
from sayso.ledger import ClaimFilter, Ledger
from sayso.reading.reader import Reader
from tests.serving import Reply, Site, serving

URL = "https://harbour.example/quill"
HEAD = "---\ntitle: Quill and Calder Rovers\noutlet: {outlet}\nurl: {url}\n{day}---\n"
WILL = (
    "Marta Quill will leave Calder Rovers in June, president Ivo Brandt said on Monday.\n\nThe club from the north of the town had been "
    "expected to keep her for two more years. Brandt told reporters that the search for a new coach had begun.\n\nSupporters gathered "
    "outside the ground in the evening, and the board met again on Sunday night.\n"
)
STAYS = WILL.replace("will leave Calder Rovers in June", "will not leave Calder Rovers").replace(
    " Brandt told reporters that the search for a new coach had begun.", ""
)
FIRST, LATER = date(2025, 3, 3), date(2025, 3, 6)
NOTE = "\nThis article was amended on 6 March 2025.\n"
WINDOW = (date(2025, 1, 1), date(2025, 8, 31))


def page(
    folder: Path, name: str, body: str, *, url: str = URL, outlet: str = "Harbour Post", day: str = "date: 2025-03-03\n"
) -> str:
    (folder / name).write_text(HEAD.format(outlet=outlet, url=url, day=day) + body)
    return str(folder / name)


@pytest.fixture
def put(ledger: Ledger, reader: Reader, tmp_path: Path):
    """Reads a body into the ledger as what stands at an address."""

    def read(body: str, name: str = "", **more: str) -> pipeline.Account:
        name = name or f"{len(list(tmp_path.glob('*.md')))}.md"
        return pipeline.read([page(tmp_path, name, body, **more)], ledger=ledger, reader=reader)

    return read


def said(ledger: Ledger, **wanted: object) -> str:
    return " | ".join(r.claim.content for r in ledger.claims(ClaimFilter(**wanted)) if r.claim.cue is not None)


def test_a_changed_page_is_a_version_and_its_claims_take_the_place_of_the_first(ledger: Ledger, put) -> None:
    put(WILL)
    put(STAYS)
    assert len(ledger.articles()) == 2
    assert "will not leave" in said(ledger)
    assert "search for a new coach" not in said(ledger)
    assert "search for a new coach" in said(ledger, every_version=True)
    assert views.timeline(ledger).articles == 1
    assert views.stories(ledger)[0].articles == 1
    assert ledger.copies.all() == {}


def test_reading_both_again_changes_nothing(ledger: Ledger, put) -> None:
    put(WILL)
    put(STAYS)
    before = ledger.versions.all()
    assert put(WILL).known == put(STAYS).known == 1
    assert ledger.versions.all() == before


def test_a_trifle_is_no_version_and_is_not_kept(ledger: Ledger, put) -> None:
    put(WILL)
    assert put(WILL.replace("\n\n", "\n\n\n") + "\n1,284 views\n").known == 1
    assert len(ledger.articles()) == 1


def test_the_edit_shows_what_vanished_and_what_turned_and_that_it_was_silent(ledger: Ledger, put) -> None:
    put(WILL)
    put(STAYS)
    (edited,) = views.edits(ledger)
    (edit,) = edited.edits
    assert (edit.manner, edit.telling, edited.versions) == ("silent", True, 2)
    kinds = {kind for line in edit.lines for kind in line.kinds}
    assert {"vanished", "certainty"} <= kinds
    assert views.edits(ledger, edit.before.id)[0].reference == edited.reference
    assert len(views.article(ledger, edit.before.id).versions) == 2


def test_a_note_is_told_as_such_and_dates_the_change(ledger: Ledger, put) -> None:
    put(WILL)
    put(STAYS + NOTE)
    (edit,) = views.edits(ledger)[0].edits
    assert (edit.manner, edit.on) == ("corrected", LATER)
    assert edit.note == NOTE.strip()


def test_on_an_earlier_day_the_version_then_known_holds(ledger: Ledger, put) -> None:
    pipeline.follow(ledger, "Marta Quill leaves Calder Rovers", window=WINDOW)
    put(WILL)
    put(STAYS + NOTE)
    before, after = (views.question(ledger, "1", as_of=day).belief.p for day in (LATER - timedelta(days=1), LATER))
    assert before > 0.5 > after
    assert views.question(ledger, "1").belief.p == after
    shown = views.question(ledger, "1", as_of=FIRST).stances
    assert {part.line.claim.article for part in shown} == {ledger.versions.all().popitem()[1][0].article}


def test_the_curve_turns_on_the_day_of_the_edit(ledger: Ledger, put) -> None:
    pipeline.follow(ledger, "Marta Quill leaves Calder Rovers", window=WINDOW)
    put(WILL)
    put(STAYS + NOTE)
    points = dict(views.question(ledger, "1").points)
    assert points[FIRST] > 0.5 > points[LATER]


def test_two_versions_are_one_voice(ledger: Ledger, put) -> None:
    pipeline.follow(ledger, "Marta Quill leaves Calder Rovers", window=WINDOW)
    put(WILL)
    alone = views.question(ledger, "1").belief
    put(WILL + "\nThe players were told before training and were sorry to hear it, she wrote to them.\n")
    page = views.question(ledger, "1")
    assert page.belief.p == pytest.approx(alone.p)
    assert len(page.belief.contributions) == len(alone.contributions)


def test_the_older_version_may_come_last(ledger: Ledger, put) -> None:
    put(STAYS + NOTE)
    put(WILL)
    (line,) = ledger.versions.all().values()
    assert [v.number for v in line] == [2, 1]
    assert line[1].since == LATER
    assert "will not leave" in said(ledger)


def test_an_undated_article_changes_on_the_day_it_was_seen_changed(ledger: Ledger, put) -> None:
    put(WILL, day="")
    put(STAYS, day="")
    (line,) = ledger.versions.all().values()
    assert line[1].since == datetime.now(UTC).date()
    assert "will not leave" in said(ledger)


def test_the_same_outlet_at_another_address_is_a_copy_and_no_version(ledger: Ledger, put) -> None:
    put(WILL)
    put(WILL + "\nMore soon.\n", url=URL + "-again")
    assert ledger.versions.all() == {}
    assert len(ledger.copies.all()) == 1


def test_a_copy_elsewhere_goes_on_standing_under_its_origin(ledger: Ledger, put) -> None:
    put(WILL)
    put(WILL, url="https://other.example/q", outlet="Vale Echo", day="date: 2025-03-04\n")
    put(WILL + "\nThe players were told before training and were sorry to hear it, she wrote to them.\n")
    (copy,) = ledger.copies.all().values()
    ties = ledger.stories.ties([r.claim.id for r in ledger.claims(ClaimFilter(article=copy.article))])
    assert ties
    assert {t.article for t in ties.values()} <= {
        ledger.versions.standing([copy.original]).get(copy.original, copy.original)
    }


def test_another_report_at_an_old_address_is_no_version(ledger: Ledger, put) -> None:
    put(WILL)
    put(
        "The mayor of Tarnwick opened a bridge over the river on Sunday, and a band played until the evening, officials said.\n"
    )
    assert ledger.versions.all() == {}


def test_a_file_written_over_is_a_version_a_row_of_a_table_is_not(
    ledger: Ledger, reader: Reader, tmp_path: Path
) -> None:
    for body in (WILL, STAYS):
        (tmp_path / "q.txt").write_text("Quill and Calder Rovers\n\n" + body)
        pipeline.read([tmp_path / "q.txt"], ledger=ledger, reader=reader)
    assert len(ledger.versions.all()) == 1
    for body in (WILL, STAYS):
        (tmp_path / "t.csv").write_text('outlet,text\nVale Echo,"' + body.replace("\n", " ") + '"\n')
        pipeline.read([tmp_path / "t.csv"], ledger=ledger, reader=reader)
    assert len(ledger.versions.all()) == 1


def marked(ledger: Ledger, **wanted: object) -> dict[str, str]:
    """What the timeline says of edits, by the claim's content."""
    (group,) = views.timeline(ledger, ClaimFilter(**wanted)).groups
    return {one.content: one.edited.words if one.edited else "" for one in group.lines}


def test_the_timeline_marks_an_edited_article_and_what_came_with_the_edit(ledger: Ledger, put) -> None:
    put(WILL)
    assert views.timeline(ledger).groups[0].edited is None
    put(STAYS + NOTE)
    assert views.timeline(ledger).groups[0].edited.words == f"corrected {LATER}, 1 claim gone"
    told = marked(ledger)
    assert [words for content, words in told.items() if "will not leave" in content] == [
        f"other certainty, reworded since {LATER}"
    ]
    assert "" in told.values()
    (line,) = [one for one in views.claims(ledger, ClaimFilter(own=False)) if "will not" in one.content]
    assert line.edited.on == LATER


def test_before_its_edit_an_article_is_not_marked(ledger: Ledger, put) -> None:
    put(WILL)
    put(STAYS + NOTE)
    page = views.timeline(ledger, ClaimFilter(standing=FIRST))
    assert page.groups[0].edited is None
    assert set(marked(ledger, standing=FIRST).values()) == {""}


def test_what_an_earlier_edit_brought_keeps_its_day(ledger: Ledger, put) -> None:
    more = "\nThe treasurer will resign on Friday, captain Ada Crane told the Harbour Post.\n"
    put(WILL)
    put(WILL + more + NOTE)
    put(STAYS + more + NOTE + NOTE.replace("6 March", "9 March"))
    told = marked(ledger)
    assert [words for content, words in told.items() if "treasurer" in content] == [f"new since {LATER}"]
    assert [words[-10:] for content, words in told.items() if "will not leave" in content] == ["2025-03-09"]


def test_the_terminal_says_so(ledger: Ledger, put) -> None:
    put(WILL)
    put(STAYS + NOTE)
    console = Console(width=160, file=io.StringIO())
    terminal.show_timeline(console, views.timeline(ledger))
    shown = console.file.getvalue()
    assert f"corrected {LATER}, 1 claim gone; `sayso edits " in shown
    assert f"[other certainty, reworded since {LATER}]" in shown


def html(body: str) -> Reply:
    told = "".join(f"<p>{line}</p>" for line in body.split("\n\n"))
    head = "<title>Quill and Calder Rovers</title><meta property='og:site_name' content='Harbour Post'>"
    return Reply(
        f"<html><head>{head}</head><body><article><h1>Quill and Calder Rovers</h1>{told}</article></body></html>"
    )


def call(site: Site, ledger: Ledger, reader: Reader) -> pipeline.Account:
    return pipeline.read([f"{site.address}/q.html"], ledger=ledger, reader=reader, allow_private=True)


def test_a_page_that_goes_back_to_its_first_words_stands_with_them_again(ledger: Ledger, reader: Reader) -> None:
    with serving() as site:
        for body in (WILL, STAYS, WILL, WILL):
            site.pages["/q.html"] = html(body)
            call(site, ledger, reader)
    (line,) = ledger.versions.all().values()
    assert [v.article for v in line] == [line[0].article, line[1].article, line[0].article]
    assert "search for a new coach" in said(ledger)


def test_a_watched_page_is_read_again_when_it_changed_and_left_alone_when_not(ledger: Ledger, reader: Reader) -> None:
    with serving() as site:
        address = site.put("/q.html")
        for body, tag in ((WILL, "1"), (WILL, "1"), (STAYS, "2")):
            site.pages["/q.html"] = Reply(html(body).body, headers={"ETag": f'"{tag}"'})
            visit = ledger.visits.get(address)
            if visit is not None:
                ledger.visits.keep(dict(visit._mapping) | {"due": None})
            done = pipeline.watch([address], ledger=ledger, reader=reader, allow_private=True)
    assert done.account.read == 1
    assert [len(line) for line in ledger.versions.all().values()] == [2]

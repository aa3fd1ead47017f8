from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

import pytest

from sayso import pipeline, views
from sayso.errors import InputError
from sayso.exports import NOUNS
from sayso.ledger import Ledger, open_ledger
from sayso.reading.reader import Reader
from sayso.records import RawPage
from tests.desk import DAYS, QUESTION, make_desk, write_reports


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    return make_desk(tmp_path_factory.mktemp("desk"), reader)


@pytest.fixture
def before(made: Path, tmp_path: Path) -> Ledger:
    shutil.copy(made, tmp_path / "before.db")
    with open_ledger(tmp_path / "before.db") as opened:
        yield opened


def written(ledger: Ledger, folder: Path) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for what in NOUNS:
        (folder / f"{what}.jsonl").write_bytes(views.document(ledger, what, "jsonl"))
    return [folder / f"{what}.jsonl" for what in NOUNS]


def same(one: Ledger, other: Ledger) -> list[str]:
    """The kinds that differ."""
    return [what for what in NOUNS if views.document(one, what, "jsonl") != views.document(other, what, "jsonl")]


def test_jsonl_to_ledger_to_jsonl_is_identical(before: Ledger, ledger: Ledger, tmp_path: Path) -> None:
    done = pipeline.load(written(before, tmp_path / "out"), ledger=ledger)
    assert (done.articles, done.questions, done.refused) == (3, 1, [])
    assert same(before, ledger) == []


def test_loading_twice_changes_nothing(before: Ledger, ledger: Ledger, tmp_path: Path) -> None:
    files = written(before, tmp_path / "out")
    pipeline.load(files, ledger=ledger)
    again = pipeline.load(reversed(files), ledger=ledger)
    assert (again.articles, again.questions, again.stances, again.known) == (0, 0, 0, 3)
    assert same(before, ledger) == []


def test_what_was_ruled_by_hand_stays_so(before: Ledger, ledger: Ledger, tmp_path: Path, reader: Reader) -> None:
    claim = before.questions.stances(before.questions.find("1").question.id)[0].claim
    pipeline.rule(before, "1", claim, "observing")
    pipeline.load(written(before, tmp_path / "out"), ledger=ledger)
    assert same(before, ledger) == []
    pipeline.reassess(ledger)
    held = {one.claim: one for one in ledger.questions.stances(ledger.questions.find("1").question.id)}
    assert (held[claim].stance, held[claim].reason) == ("observing", "by hand")


def test_reports_that_were_loaded_are_not_read_again(
    before: Ledger, ledger: Ledger, tmp_path: Path, reader: Reader
) -> None:
    folder = write_reports(tmp_path / "reports")
    pipeline.load(written(before, tmp_path / "out"), ledger=ledger)
    assert pipeline.read([folder], ledger=ledger, reader=reader).known == 3


WILL = "Ada Crane will leave in June, Ivo Brandt told the Harbour Post. Calder Rovers won the Northern Cup twice in six years."
STAYS = WILL.replace("will leave", "will not leave")
MAY = WILL.replace("will leave", "may leave")
NOTED = f"{STAYS}\n\nThis article was amended on 6 March 2021 at 14:05 to correct what was said."
OTHER = "The mayor of Tarnwick opened a bridge over the river on Sunday, and a band played until the evening, officials said."


@pytest.fixture
def edited(tmp_path: Path, reader: Reader):
    """Makes a ledger of the texts that were found at one address, one after the other, each seen on another day in March."""

    def make(*found: str) -> Ledger:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        with open_ledger(folder / "read.db") as seen:
            account = pipeline.Account()
            for text in found:
                url, outlet = "https://post.example/a/1", "Harbour Post"
                pipeline.take(
                    RawPage(url, "text", text, outlet=outlet, url=url, published="2021-03-03"), seen, reader, account
                )
            pipeline.settle(seen, account)
            files = written(seen, folder / "read")
        for path in files:
            path.write_text(re.sub(r'"recorded": "[^"]*"', dated(), path.read_text(encoding="utf-8")), encoding="utf-8")
        made = open_ledger(folder / "edited.db")
        pipeline.load(files, ledger=made)
        pipeline.follow(made, QUESTION, window=DAYS)
        return made

    return make


def dated() -> Callable[[re.Match[str]], str]:
    days = count(7)
    return lambda _: f'"recorded": "2021-03-{next(days) % 28 + 1:02d}T09:30:00+00:00"'


@pytest.mark.parametrize(
    "found",
    [
        (WILL, STAYS),
        (WILL, MAY, NOTED),
        (NOTED, WILL),
        (WILL, STAYS, WILL),
        (WILL, STAYS, MAY, WILL, STAYS),
        (WILL, OTHER, STAYS),
        (WILL, OTHER),
    ],
    ids="silent noted older-last back back-twice among-others another-report".split(),
)
def test_edited_reports_come_back_with_their_versions_and_days(edited, ledger: Ledger, tmp_path: Path, found: tuple[str, ...]) -> None:  # fmt: skip
    with edited(*found) as before:
        done = pipeline.load(written(before, tmp_path / "out"), ledger=ledger)
        assert (done.articles, done.refused) == (len(set(found)), [])
        assert same(before, ledger) == []
        assert ledger.versions.all() == before.versions.all()
        assert {v.recorded[:8] for line in ledger.versions.all().values() for v in line} <= {"2021-03-"}
        assert views.edits(ledger) == views.edits(before)
        assert len(views.edits(ledger)) == (found != (WILL, OTHER))


def test_versions_of_a_report_that_is_on_record_are_placed_among_its_own(edited, ledger: Ledger, tmp_path: Path, reader: Reader) -> None:  # fmt: skip
    with edited(WILL, STAYS) as before, edited(STAYS) as later:
        pipeline.load(written(later, tmp_path / "later"), ledger=ledger)
        done = pipeline.load(written(before, tmp_path / "before"), ledger=ledger)
    assert (done.articles, done.known, done.refused) == (1, 1, [])
    assert [len(one.edits) for one in views.edits(ledger)] == [1]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("told", "soon", "version.seen[0].told is 'soon'"),
        ("recorded", "2021", "recorded is '2021'"),
        ("note", 7, "version.seen[0].note is 7"),
        ("number", "x", "version.seen[0].number is 'x'"),
    ],
)
def test_a_forged_version_is_refused_and_named(edited, ledger: Ledger, tmp_path: Path, field: str, value: object, reason: str) -> None:  # fmt: skip
    with edited(WILL, STAYS) as before:
        files = written(before, tmp_path / "out")
    row = json.loads(files[0].read_text(encoding="utf-8").split("\n", 1)[0])["version"]
    changed(files, "articles", version=row | {"seen": [row["seen"][0] | {field: value}]})
    done = pipeline.load(files, ledger=ledger)
    assert any(reason in one.reason for one in done.refused), done.refused
    assert len(ledger.articles()) == 1


@pytest.mark.parametrize("seen", [[], [{"number": 10**30, "recorded": "2021-03-09T09:30:00+00:00"}]])
def test_versions_that_are_told_in_part_are_placed_as_if_they_were_read(edited, ledger: Ledger, tmp_path: Path, seen: list[object]) -> None:  # fmt: skip
    with edited(WILL, STAYS) as before:
        files = written(before, tmp_path / "out")
    row = json.loads(files[0].read_text(encoding="utf-8").split("\n", 1)[0])["version"]
    changed(files, "articles", version=row | {"seen": seen})
    assert pipeline.load(files, ledger=ledger).articles == 2
    assert [len(one.edits) for one in views.edits(ledger)] == [1]


def changed(files: Iterable[Path], name: str, **fields: object) -> None:
    """Change fields of the first line of a file."""
    path = next(one for one in files if one.stem == name)
    first, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(f"{json.dumps(json.loads(first) | fields)}\n{rest}", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "fields", "reason"),
    [
        ("articles", {"id": "../../etc/passwd"}, "letters, digits"),
        ("articles", {"text": "\x00"}, "no ledger can keep"),
        ("articles", {"title": "\ud800"}, "no ledger can keep"),
        ("claims", {"evidence": [{"start": 0, "end": 4, "text": "Nope"}]}, "not word for word"),
        ("claims", {"reader": "<script>", "said": {"start": "2021-03-03", "end": None}}, "said has one day"),
        ("questions", {"status": "yes", "resolved": None}, "an ended question has both"),
        ("questions", {"text": "word " * 100}, "over 300 characters"),
        ("stances", {"strength": 7}, "0 to 1"),
        ("stances", {"claim": "0000"}, "hand in the claims too"),
        ("articles", {"removed": "x"}, "a list is expected"),
    ],
)
def test_a_forged_line_is_refused_and_named(before: Ledger, ledger: Ledger, tmp_path: Path, name: str, fields: dict[str, object], reason: str) -> None:  # fmt: skip
    files = written(before, tmp_path / "out")
    changed(files, name, **fields)
    done = pipeline.load(files, ledger=ledger)
    assert any(reason in one.reason for one in done.refused), done.refused
    for recorded in ledger.claims():
        text = ledger.article(recorded.claim.article).text
        assert all(text[piece.start : piece.end] == piece.text for piece in recorded.claim.evidence)


def test_another_text_under_an_id_on_record_is_refused(before: Ledger, ledger: Ledger, tmp_path: Path) -> None:
    files = written(before, tmp_path / "out")
    pipeline.load(files, ledger=ledger)
    changed(files, "articles", text="Something else entirely.")
    (tmp_path / "out" / "claims.jsonl").write_text("")
    done = pipeline.load(files, ledger=ledger)
    assert "another article with this id is on record" in {one.reason for one in done.refused}
    assert same(before, ledger) == []


@pytest.mark.parametrize(
    "line", ["[1]", "{", '{"no": "kind"}', "[" * 50_000, '{"evidence": ' + "[" * 900 + "]" * 900 + "}"]
)
def test_a_line_that_is_nothing_is_refused(ledger: Ledger, tmp_path: Path, line: str) -> None:
    (tmp_path / "x.jsonl").write_text(line)
    assert len(pipeline.load([tmp_path / "x.jsonl"], ledger=ledger).refused) == 1


def test_a_file_that_cannot_be_read_is_one_line_and_nothing_is_kept(
    before: Ledger, ledger: Ledger, tmp_path: Path
) -> None:
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe")
    for name, why in (("latin.jsonl", "is not UTF-8"), ("nowhere.jsonl", "cannot be read")):
        with pytest.raises(InputError, match=why):
            pipeline.load([*written(before, tmp_path / "out"), tmp_path / name], ledger=ledger)
    assert ledger.articles() == []

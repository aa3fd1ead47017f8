from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.reading.reader import Reader
from tests.web.visiting import QUESTION, Visitor, alert, make_desk, visiting


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Path:
    return make_desk(tmp_path_factory.mktemp("desk"), reader)


@pytest.fixture
def visitor(made: Path, tmp_path: Path, reader: Reader) -> Iterator[Visitor]:
    shutil.copy(made, tmp_path / "sayso.db")
    with visiting(tmp_path / "sayso.db", reader) as one:
        yield one


def log(visitor: Visitor, number: int = 1) -> list[str]:
    return [entry["what"] for entry in visitor.json(f"/questions/{number}.json")["log"]]


def test_a_question_is_followed_and_shown(visitor: Visitor) -> None:
    answer = visitor.post("/questions", text="Marta Quill stays at Calder Rovers", start="2025-01-01", end="2025-08-31")
    assert answer.headers["location"] == "/questions/2?done=followed"
    assert "The question is followed." in visitor.get(answer.headers["location"]).text


def test_what_cannot_be_followed_comes_back_with_what_was_typed(visitor: Visitor) -> None:
    answer = visitor.post("/questions", text="Quill <b>goes</b>", start="2025-08-31", end="2025-01-01")
    assert (answer.status_code, "comes before the first" in alert(answer)) == (400, True)
    assert 'value="Quill &lt;b&gt;goes&lt;/b&gt;"' in answer.text
    assert 'value="2025-08-31"' in answer.text


def test_an_outcome_is_noted_scored_and_taken_back(visitor: Visitor) -> None:
    visitor.post("/questions/1/outcome", status="yes", on="2025-03-20", evidence="https://norda.example/quill")
    assert visitor.json("/sources.json")["settled"] == 1
    visitor.post("/questions/1/outcome", status="open")
    assert visitor.json("/sources.json")["settled"] == 0
    assert log(visitor) == ["resolved yes on 2025-03-20 (https://norda.example/quill)", "opened again"]


def test_what_a_report_states_as_done_is_proposed_until_it_is_settled(visitor: Visitor) -> None:
    proposed = visitor.json("/questions/1.json")["proposed"]
    assert [(one["proposal"]["status"], one["proposal"]["on"]) for one in proposed] == [("yes", "2025-03-20")]
    assert "Stated as done" in visitor.get("/questions/1").text
    visitor.post("/questions/1/outcome", status="yes", on="2025-03-20")
    assert visitor.json("/questions/1.json")["proposed"] == []


def test_a_wrong_day_is_one_line(visitor: Visitor) -> None:
    answer = visitor.post("/questions/1/outcome", status="yes", on="last Tuesday")
    assert "is not a day" in alert(answer)
    assert log(visitor) == []


def test_a_window_is_changed_and_logged(visitor: Visitor) -> None:
    before = len(visitor.json("/questions/1.json")["stances"])
    visitor.post("/questions/1/window", start="2025-01-01", end="2025-03-03")
    assert log(visitor) == ["window 2025-01-01..2025-03-03, before 2025-01-01..2025-08-31"]
    assert len(visitor.json("/questions/1.json")["stances"]) < before


def test_a_stance_is_corrected_set_aside_and_as_read_again(visitor: Visitor) -> None:
    claim = visitor.json("/questions/1.json")["stances"][0]["stance"]["claim"]
    answer = visitor.post("/questions/1/stance", claim=claim, side="unrelated")
    assert answer.headers["location"] == f"/questions/1?done=stance#c-{claim[:7]}"
    assert [part["stance"]["claim"] for part in visitor.json("/questions/1.json")["aside"]] == [claim]
    visitor.post("/questions/1/stance", claim=claim, side="read")
    assert visitor.json("/questions/1.json")["aside"] == []
    assert log(visitor) == [f"claim {claim[:7]} set to unrelated", f"claim {claim[:7]} as read again"]


def test_every_claim_on_a_question_has_its_form(visitor: Visitor) -> None:
    stances = visitor.json("/questions/1.json")["stances"]
    page = visitor.get("/questions/1").text
    assert page.count('action="/questions/1/stance"') == len(stances)


def test_an_earlier_day_offers_no_changes(visitor: Visitor) -> None:
    assert 'method="post"' not in visitor.get("/questions/1?as_of=2025-03-05").text


def test_a_question_is_dropped_and_taken_up_again_with_its_log(visitor: Visitor) -> None:
    assert visitor.post("/questions/1/drop").headers["location"] == "/questions?done=dropped"
    assert visitor.get("/questions/1").status_code == 404
    visitor.post("/questions", text=QUESTION, start="2025-01-01", end="2025-08-31")
    assert log(visitor) == ["dropped", "followed again"]


def test_a_proposed_question_is_never_shown_again_once_dropped(visitor: Visitor) -> None:
    found = [one["question"] for one in visitor.json("/follow.json")["suggested"]]
    for one in found:
        visitor.post("/follow/decline", text=one["text"], start=one["start"] or "", end=one["end"] or "")
    left = [one["question"]["text"] for one in visitor.json("/follow.json")["suggested"]]
    assert not {one["text"] for one in found} & set(left)


def test_a_story_is_renamed_and_the_name_taken_back(visitor: Visitor) -> None:
    visitor.post("/stories/quill/rename", name="The Rovers bench")
    page = visitor.json("/stories/bench/change.json")
    assert [one[0]["words"] for one in page["decided"]] == ["named “The Rovers bench”"]
    visitor.post("/decisions/1/undo")
    assert "Quill" in visitor.json(f"/stories/{page['reference']}.json")["story"]["name"]


def test_stories_are_merged_and_parted_again(visitor: Visitor) -> None:
    other = next(
        one["line"]["story"]["id"] for one in visitor.json("/index.json")["rows"] if one["line"]["articles"] == 1
    )
    visitor.post("/stories/quill/merge", other=other)
    assert len(visitor.json("/index.json")["rows"]) == 1
    visitor.post("/decisions/1/undo")
    assert len(visitor.json("/index.json")["rows"]) == 2


def test_articles_are_split_off(visitor: Visitor) -> None:
    form = visitor.json("/stories/quill/change.json")["split"]
    first = next(field for field in form["fields"] if field["name"] == "article")["options"][0][0]
    answer = visitor.post("/stories/quill/split", article=[first])
    assert "done=split" in answer.headers["location"]
    assert len(visitor.json("/index.json")["rows"]) == 3


def test_a_decision_is_taken_back_once(visitor: Visitor) -> None:
    visitor.post("/stories/quill/rename", name="The Rovers bench")
    visitor.post("/decisions/1/undo")
    assert "taken back already" in alert(visitor.post("/decisions/1/undo"))
    assert "no decision 7" in alert(visitor.post("/decisions/7/undo"))

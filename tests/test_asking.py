"""From reports to stories, questions, belief and records, through the ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sayso import pipeline, views
from sayso.errors import InputError
from sayso.ledger import Ledger
from sayso.reading.reader import Reader
from sayso.records import Outcome
from sayso.stories import Decision

COACH = {
    "a.txt": (
        "Harbour Post",
        "2025-03-03",
        "Quill set to leave Calder Rovers",
        "Marta Quill will leave Calder Rovers at the end of the season, a source close to the board told the Harbour Post. "
        "The coach has a contract with Calder Rovers until 2027. Calder Rovers declined to comment on Marta Quill.",
    ),
    "b.txt": (
        "Goalmouth",
        "2025-03-04",
        "Quill stays, says president",
        "Marta Quill will stay at Calder Rovers, president Ivo Brandt said on Tuesday. “Marta Quill is our coach,” Brandt told reporters. "
        "The Harbour Post reported on Monday that Marta Quill will leave Calder Rovers at the end of the season.",
    ),
    "c.txt": (
        "Norda",
        "2025-03-20",
        "Calder Rovers confirm Quill exit",
        "Calder Rovers announced on Thursday that Marta Quill is leaving the club in June. Marta Quill led Calder Rovers to the cup.",
    ),
    "d.txt": (
        "Norda",
        "2025-03-21",
        "Ferry line sold",
        "The Ostvik ferry line has been sold to Brannick Shipping, the ministry said. Brannick Shipping paid 40 million crowns for the ferries.",
    ),
}
QUESTION = "Marta Quill leaves Calder Rovers"


@pytest.fixture
def desk(tmp_path: Path, ledger: Ledger, reader: Reader) -> Ledger:
    folder = tmp_path / "reports"
    folder.mkdir()
    rows = ["file,outlet,date,title"]
    for name, (outlet, day, title, text) in COACH.items():
        (folder / name).write_text(f"{title}\n\n{text}\n")
        rows.append(f'{name},{outlet},{day},"{title}"')
    (folder / "about.csv").write_text("\n".join(rows))
    files = [folder / name for name in COACH]
    pipeline.read(files, ledger=ledger, reader=reader, metadata=folder / "about.csv")
    return ledger


def test_the_coach_is_one_story_and_the_ferry_another(desk: Ledger) -> None:
    sizes = sorted(len(one.articles) for one in desk.stories.all())
    assert sizes == [1, 3]
    assert "Quill" in desk.stories.find("quill").name


def test_reading_again_moves_nothing(desk: Ledger) -> None:
    before = desk.stories.all()
    assert pipeline.group(desk).articles == frozenset()
    assert desk.stories.all() == before


def test_a_split_holds_and_can_be_undone(desk: Ledger) -> None:
    found = desk.stories.find("quill")
    pipeline.decide(desk, Decision("part", found.articles[:1], found.articles[1:]))
    assert sorted(len(one.articles) for one in desk.stories.all()) == [1, 1, 2]
    pipeline.decide(desk, Decision("undo", undoes=1))
    assert sorted(len(one.articles) for one in desk.stories.all()) == [1, 3]


def test_a_story_is_called_what_the_user_calls_it(desk: Ledger) -> None:
    pipeline.decide(desk, Decision("name", desk.stories.find("quill").articles[:1], name="The Rovers bench"))
    assert len(desk.stories.find("rovers bench").articles) == 3


def test_a_question_takes_its_window_from_the_story(desk: Ledger) -> None:
    one = pipeline.follow(desk, QUESTION)
    assert one.question.story == desk.stories.find("quill").id
    assert one.question.start == date(2025, 3, 3)


def test_belief_turns_with_what_is_said(desk: Ledger) -> None:
    pipeline.follow(desk, QUESTION, window=(date(2025, 1, 1), date(2025, 8, 31)))
    first = views.question(desk, "1", as_of=date(2025, 3, 3)).belief.p
    denied = views.question(desk, "1", as_of=date(2025, 3, 4)).belief.p
    confirmed = views.question(desk, "1").belief.p
    assert denied < first
    assert confirmed > denied


def test_a_relay_is_no_origin_of_its_own(desk: Ledger) -> None:
    pipeline.follow(desk, QUESTION, window=(date(2025, 1, 1), date(2025, 8, 31)))
    page = views.question(desk, "1", as_of=date(2025, 3, 4))
    origins = [name.lower().removeprefix("the ") for name in page.belief.origins]
    assert origins.count("harbour post") == 1
    assert "goalmouth" not in origins


def test_another_year_is_another_question(desk: Ledger) -> None:
    pipeline.follow(desk, QUESTION, window=(date(2022, 1, 1), date(2022, 8, 31)))
    assert desk.questions.stances(desk.questions.find("1").question.id) == []


def test_a_stance_set_by_hand_sticks_and_is_logged(desk: Ledger) -> None:
    one = pipeline.follow(desk, QUESTION, window=(date(2025, 1, 1), date(2025, 8, 31)))
    against = next(s for s in desk.questions.stances(one.question.id) if s.stance == "against")
    desk.questions.rule(one.question.id, against.claim, "unrelated")
    pipeline.reassess(desk)
    assert against.claim not in {s.claim for s in desk.questions.stances(one.question.id)}
    assert [entry.what for entry in desk.questions.log(one.question.id)] == [
        f"claim {against.claim[:7]} set to unrelated"
    ]
    desk.questions.rule(one.question.id, against.claim, None)
    assert against.claim in {s.claim for s in desk.questions.stances(one.question.id)}


def test_an_outcome_scores_who_spoke_and_can_be_undone(desk: Ledger) -> None:
    one = pipeline.follow(desk, QUESTION, window=(date(2025, 1, 1), date(2025, 8, 31)))
    desk.questions.resolve(Outcome(one.question.id, "yes", date(2025, 3, 20), "c.txt"))
    page = views.sources(desk)
    assert page.settled == 1
    assert {line.record.origin: line.record.right for line in page.lines if line.record.resolved}
    desk.questions.resolve(Outcome(one.question.id, "open"))
    assert views.sources(desk).settled == 0


def test_a_wrong_reference_names_the_remedy(desk: Ledger) -> None:
    with pytest.raises(InputError, match="sayso questions"):
        desk.questions.find("nothing of the kind")
    with pytest.raises(InputError, match="sayso stories"):
        desk.stories.find("nothing of the kind")

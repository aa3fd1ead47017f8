from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.belief import Pooling, belief, last_days
from sayso.errors import InputError
from sayso.reckoning import settled_on
from sayso.records import Claim, Link, Outcome, Question, Side, Source, SourceKind, Span, Stance, Status
from sayso.scores import (
    Scores,
    TrackRecord,
    history,
    outcomes_csv,
    outcomes_from,
    read_outcomes,
    score,
    wilson,
)

PAGE = (Path(__file__).parent.parent / "docs" / "scores.md").read_text(encoding="utf-8")
FIRST, LAST = date(2031, 3, 1), date(2031, 9, 1)
SIDES: dict[str, Side] = {"for": "for", "against": "against", "observing": "observing"}
STATUSES: dict[str, Status] = {"yes": "yes", "no": "no", "ambiguous": "ambiguous"}


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def question(name: str, *, group: str | None = None, end: date | None = LAST) -> Question:
    return Question(name, f"About {name}", FIRST, end, group=group)


def stance(
    asked: str,
    origin: str,
    on: int | None,
    side: Side = "for",
    strength: float = 1.0,
    *,
    outlet: str | None = None,
    claim: str | None = None,
) -> Stance:
    name = claim or f"{asked}-{origin}-{on}-{side}"
    return Stance(asked, name, side, strength, origin, outlet or origin, day(on) if on else None, "by hand")


def ended(asked: str, status: Status, on: int | None = 20) -> Outcome:
    return Outcome(asked, status, day(on) if on else None)


def record(scores: Scores, origin: str) -> TrackRecord:
    return next(one for one in scores.records if one.origin == origin)


THREE = [question("a"), question("b"), question("c")]
YES = [ended(name, "yes") for name in "abc"]


# --- the worked table ---------------------------------------------------------------------------------------------------------


def table(first: str) -> list[list[str]]:
    """The rows of the table in the page whose first heading is this one."""
    found = re.search(rf"^\| {re.escape(first)} \|.*\n\| ---.*\n((?:\|.*\n)+)", PAGE, re.M)
    assert found, f"no table that begins with {first!r}"
    return [[cell.strip() for cell in line.strip("|\n").split("|")] for line in found[1].splitlines()]


def example() -> Scores:
    rows = table("question")
    asked = [Question(text, text, FIRST, LAST) for text, *_ in rows]
    outcomes = [Outcome(text, STATUSES[status], date.fromisoformat(on)) for text, status, on in rows]
    said = [
        Stance(about, f"c{n}", SIDES[side], float(strength), origin, outlet, date.fromisoformat(on), "by hand")
        for n, (on, about, origin, outlet, side, strength) in enumerate(table("said"))
    ]
    return score(asked, said, outcomes)


def test_the_pages_records_are_those_of_the_program() -> None:
    for row, found in zip(table("record"), example().records, strict=True):
        hits = found.hit_rate
        rates = [f"{hits.mid:.3f}", f"{hits.low:.3f}", f"{hits.high:.3f}"] if hits else ["–"] * 3
        scores = [f"{one.value:.3f}" if one else "–" for one in (found.brier, found.baseline)]
        days = [f"{one.value:g}" if one else "–" for one in (found.lead, found.ahead)]
        assert [found.origin, str(found.right), str(found.resolved), *rates, *scores, *days] == row


def test_the_pages_brier_score_follows_by_hand_from_its_tables() -> None:
    ends = {text: float(status == "yes") for text, status, _ in table("question")}
    said = [row for row in table("said") if row[2] == row[3] == "Harbour Post"]
    worded = {row[1]: (1 + float(row[5]) * (1 if row[4] == "for" else -1)) / 2 for row in said}
    by_hand = sum((worded[text] - end) ** 2 for text, end in ends.items()) / len(ends)
    assert f"{by_hand:.3f}" == next(row[6] for row in table("record") if row[0] == "Harbour Post")
    assert f"/ 4 = {by_hand:.3f}" in PAGE


def test_the_pages_carrier_has_no_record() -> None:
    found = example()
    assert [one.carriers for one in found.settled] == [("Goalmouth",), (), (), ()]
    assert "Goalmouth" not in [one.origin for one in found.records]


# --- calls --------------------------------------------------------------------------------------------------------------------


def test_fifty_reports_of_one_thing_are_one_call_with_all_their_claims() -> None:
    found = score(THREE[:1], [stance("a", "Beacon", n) for n in range(1, 11)], YES)
    (call,) = found.records[0].calls
    assert (len(call.claims), call.claims[0], call.since, call.on) == (10, "a-Beacon-10-for", day(1), day(10))


def test_the_last_firm_word_counts_and_its_run_begins_after_the_change() -> None:
    said = [
        stance("a", "Beacon", 1),
        stance("a", "Beacon", 5, "against"),
        stance("a", "Beacon", 9),
        stance("a", "Beacon", 12, "against", 0.33),
    ]
    (call,) = score(THREE[:1], said, YES).settled[0].calls
    assert (call.said, call.right, call.since, call.lead) == ("yes", True, day(9), 11)


def test_a_denial_is_a_call() -> None:
    found = score(
        THREE,
        [stance(name, "Beacon", 3, "against") for name in "abc"],
        [ended("a", "no"), ended("b", "no"), ended("c", "yes")],
    )
    hits = record(found, "Beacon").hit_rate
    assert hits is not None
    assert (hits.right, hits.of) == (2, 3)


def test_what_is_said_on_the_day_of_the_outcome_is_no_foresight() -> None:
    said = [stance("a", "Beacon", 19), stance("a", "Ledger", 20)]
    assert [call.origin for call in score(THREE[:1], said, YES).settled[0].calls] == ["Beacon"]


def test_interest_and_weak_denials_are_no_calls_but_interest_is_calibrated() -> None:
    said = [stance(name, "Beacon", 2) for name in "abc"]
    said += [
        stance("a", "Beacon", 1, "observing", 0.17),
        stance("b", "Ledger", 1, "observing"),
        stance("c", "Ledger", 1, "against", 0.33),
    ]
    found = score(THREE, said, [*YES[:2], ended("c", "no")])
    assert record(found, "Ledger").calls == ()
    shares = {wording: (one.right, one.of, one.claims) for wording, one in record(found, "Beacon").calibration}
    assert shares["certain"][:2] == (2, 3)
    assert shares["observing"] == (1, 1, ("a-Beacon-1-observing",))


def test_a_day_with_a_weak_denial_is_not_one_of_mere_interest() -> None:
    said = [stance(name, "Beacon", 5) for name in "abc"]
    said += [stance("a", "Beacon", 1, "observing"), stance("a", "Beacon", 1, "against", 0.33)]
    assert [wording for wording, _ in record(score(THREE, said, YES), "Beacon").calibration] == ["certain"]


def test_each_wording_is_calibrated_by_itself() -> None:
    said = [stance(name, "Beacon", 2, "for", 0.67) for name in "abc"] + [stance("a", "Beacon", 3, "against", 1.0)]
    found = score(THREE, said, YES)
    assert {wording: (one.right, one.of) for wording, one in record(found, "Beacon").calibration} == {
        "probable": (3, 3),
        "certain": (0, 1),
    }


def test_open_ambiguous_and_undated_outcomes_are_left_out_and_listed() -> None:
    said = [stance(name, "Beacon", 2) for name in "abc"]
    found = score(THREE, said, [ended("a", "ambiguous"), ended("b", "yes", None)])
    assert [(one.question, one.why) for one in found.left_out] == [("a", "ambiguous"), ("b", "no day"), ("c", "open")]
    assert (record(found, "Beacon").resolved, len(record(found, "Beacon").claims)) == (0, 3)


def test_a_no_without_a_day_was_settled_when_the_window_closed() -> None:
    assert settled_on(question("a"), ended("a", "no", None)) == LAST + timedelta(days=1)
    assert settled_on(question("a", end=None), ended("a", "no", None)) is None
    (call,) = score(THREE[:1], [stance("a", "Beacon", 3, "against")], [ended("a", "no", None)]).settled[0].calls
    assert (call.right, call.lead) == (True, None)


def test_a_claim_for_one_alternative_is_one_call() -> None:
    asked = [question(name, group="g") for name in "abc"]
    said = [stance("a", "Beacon", 1, claim="x"), *(stance(name, "Beacon", 1, "against", claim="x") for name in "bc")]
    said += [stance("c", "Ledger", 2, "against", claim="y")]
    found = score(asked, said, [ended("a", "yes"), ended("b", "no"), ended("c", "no")], least=1)
    assert [(call.question, call.right) for call in record(found, "Beacon").calls] == [("a", True)]
    assert [(call.question, call.right) for call in record(found, "Ledger").calls] == [("c", True)]


def test_who_moves_to_another_candidate_is_scored_there_and_not_on_the_first() -> None:
    asked = [question(name, group="g") for name in "ab"]
    said = [
        stance("a", "Beacon", 1),
        stance("b", "Beacon", 5, claim="x"),
        stance("a", "Beacon", 5, "against", claim="x"),
    ]
    found = score(asked, said, [ended("a", "no"), ended("b", "yes")], least=1)
    assert [(call.question, call.right) for call in record(found, "Beacon").calls] == [("b", True)]


# --- figures ------------------------------------------------------------------------------------------------------------------


def test_under_the_least_count_there_are_claims_and_no_figures() -> None:
    said = [stance(name, "Beacon", 2) for name in "ab"]
    found = record(score(THREE, said, YES), "Beacon")
    assert (found.hit_rate, found.brier, found.calibration) == (None, None, ())
    assert (found.right, found.resolved, found.claims) == (2, 2, ("a-Beacon-2-for", "b-Beacon-2-for"))
    assert record(score(THREE, said, YES, least=2), "Beacon").hit_rate is not None


def test_every_figure_has_the_claims_behind_it() -> None:
    said = [stance(name, origin, on) for name in "abc" for origin, on in (("Beacon", 2), ("Ledger", 6))]
    found = record(score(THREE, said, YES), "Beacon")
    behind = tuple(f"{name}-Beacon-2-for" for name in "abc")
    figures = (found.hit_rate, found.brier, found.baseline, found.lead, found.ahead)
    assert [one.claims for one in figures if one] == [behind] * 5
    assert [one.value for one in (found.lead, found.ahead) if one] == [18, 4]


def test_the_baseline_is_not_certain_after_three_that_ended_alike() -> None:
    found = record(score(THREE, [stance(name, "Beacon", 2) for name in "abc"], YES), "Beacon")
    assert found.baseline is not None
    assert found.baseline.value == pytest.approx((1 - 4 / 5) ** 2)


def test_who_was_wrong_or_changed_is_not_the_first() -> None:
    said = [
        stance("a", "Beacon", 1),
        stance("a", "Beacon", 8, "against"),
        stance("a", "Ledger", 4),
        stance("a", "Terrace", 9),
    ]
    calls = score(THREE[:1], said, YES).settled[0].calls
    assert [(call.origin, call.ahead) for call in calls] == [("Ledger", 5), ("Terrace", -5), ("Beacon", None)]


def test_days_known_only_as_an_interval_give_a_call_without_a_lead() -> None:
    made = Claim(
        "x",
        "a",
        (Span(0, 1, "x"),),
        Source("own", "Beacon"),
        None,
        "indirect",
        (),
        "Beacon",
        None,
        None,
        (day(2), day(6)),
        1.0,
        "r",
    )
    said = [stance("a", "Beacon", None, claim="x"), stance("a", "Ledger", 9)]
    calls = score(THREE[:1], said, YES, pooling=Pooling(days=last_days([made]))).settled[0].calls
    assert [(call.origin, call.since, call.lead, call.ahead) for call in calls] == [
        ("Beacon", day(6), None, None),
        ("Ledger", day(9), 11, None),
    ]


def test_when_the_ledger_read_it_does_not_matter() -> None:
    late = Pooling(recorded={"a-Beacon-2-for": day(90)})
    assert len(score(THREE[:1], [stance("a", "Beacon", 2)], YES, pooling=late).settled[0].calls) == 1


@pytest.mark.parametrize(("link", "kind"), [("own", "outlet"), ("outlet", "outlet"), ("person", "person")])
def test_the_kind_of_an_origin_is_that_of_its_link(link: SourceKind, kind: str) -> None:
    made = Claim("x", "a", (Span(0, 1, "x"),), Source("own", "Beacon"), None, "indirect", (Link(link, "The Beacon"),), "Beacon", None, None, None, 1.0, "r")  # fmt: skip
    assert score(THREE, [stance("a", "Beacon", None, claim="x")], [], claims=[made]).records[0].kind == kind


def test_few_lucky_calls_do_not_lead() -> None:
    asked = [question(f"q{n}") for n in range(20)]
    said = [stance(f"q{n}", "Steady", 2, "for" if n else "against") for n in range(20)] + [
        stance(f"q{n}", "Lucky", 2) for n in range(3)
    ]
    found = score(asked, said, [ended(one.id, "yes") for one in asked])
    assert [one.origin for one in found.records] == ["Steady", "Lucky"]


@pytest.mark.parametrize(
    ("right", "of", "low", "high"), [(8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (0, 0, 0.0, 1.0)]
)
def test_wilsons_interval(right: int, of: int, low: float, high: float) -> None:
    assert wilson(right, of) == pytest.approx((low, high), abs=5e-4)


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 40))
def test_the_interval_holds_the_share_and_stays_within_bounds(right: int, wrong: int) -> None:
    low, high = wilson(right, right + wrong)
    assert 0 <= low <= (right / (right + wrong) if right + wrong else 0.5) <= high <= 1


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.sampled_from(("Beacon", "Ledger")),
            st.integers(1, 30),
            st.sampled_from(tuple(SIDES.values())),
        )
    )
)
def test_records_add_up_to_the_calls_of_the_questions(rows: list[tuple[str, str, int, Side]]) -> None:
    said = [stance(*row, claim=f"c{n}") for n, row in enumerate(rows)]
    found = score(THREE, said, YES, least=1)
    assert sorted(c.claims for one in found.records for c in one.calls) == sorted(
        c.claims for one in found.settled for c in one.calls
    )
    assert all(call.on < day(20) for one in found.records for call in one.calls)
    assert score(THREE, said[::-1], YES, least=1) == found


def test_belief_weighs_an_origin_by_the_history_of_the_others_questions() -> None:
    said = [stance(name, "Beacon", 2) for name in "abc"] + [stance("d", "Beacon", 25)]
    asked = [*THREE, question("d")]
    past = history(score(asked, said, YES), asked)
    assert past == {"beacon": tuple((name, day(20), True) for name in "abc")}
    assert belief(asked[3], said, pooling=Pooling(records=past)).p == pytest.approx((0.75 * 5 + 3) / 8)
    assert belief(THREE[0], said, as_of=day(19), pooling=Pooling(records=past)).p == pytest.approx(0.75)


# --- outcomes.csv -------------------------------------------------------------------------------------------------------------


def test_outcomes_survive_the_way_out_and_in() -> None:
    asked = [*THREE, question("d", end=None), replace(question("e"), text='Crane, "the boss", resigns')]
    outcomes = (ended("a", "yes"), Outcome("b", "no", None, "https://post.example/1"), ended("e", "ambiguous", None))
    text = outcomes_csv(outcomes, asked)
    assert outcomes_from(text.splitlines(keepends=True), asked) == outcomes
    assert text.splitlines()[4] == "d,About d,2031-03-01..,,,"


def test_a_row_may_name_its_question_by_its_words_and_window() -> None:
    asked = [question("a"), replace(question("b"), text="About a", start=date(2029, 3, 1), end=date(2029, 9, 1))]
    rows = [
        "Status,Question,Window,On,Note\n",
        "no,about A,2029-03-01..2029-09-01,2029-07-01,mine\n",
        "\n",
        ",anything,,,\n",
    ]
    assert outcomes_from(rows, asked) == (Outcome("b", "no", date(2029, 7, 1)),)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("id,status\na,yes\nb,maybe\n", "o.csv:3: status is 'maybe'; write yes, no, ambiguous or open"),
        ("id,status\n\nz,yes\n", "o.csv:3: no question 'z'; `sayso questions` lists them"),
        ("question,status\nAbout z,yes\n", "o.csv:2: no question 'About z'; `sayso questions` lists them"),
        ("id,status,on\na,yes,14 May\n", "o.csv:2: '14 May' is no date; write it as 2031-05-14"),
        ("id,status,on\na,yes,2033-01-01\n", "o.csv:2: yes on 2033-01-01, outside the window 2031-03-01..2031-09-01 of 'About a'"),
        ("id,status\na,yes\na,no\n", "o.csv:3: another outcome than in line 2 for the same question; keep one of them"),
        ("id,status\na,yes,x\n", "o.csv:2: more cells than columns; put words with commas in quotation marks"),
        ('id,status,evidence\na,yes,"one\ntwo"\nb,why,\n', "o.csv:4: status is 'why'; write yes, no, ambiguous or open"),
        ("name,status\na,yes\n", "o.csv:1: columns are name, status; expected id, question, window, status, on, evidence"),
        ("", "o.csv: no header; the first line names the columns id, question, window, status, on, evidence"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_hold_is_named_in_one_line(rows: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        outcomes_from(rows.splitlines(keepends=True), THREE, name="o.csv")
    assert str(caught.value) == message


def test_words_asked_twice_need_their_window() -> None:
    asked = [question("a"), replace(question("b"), text="About a", end=None)]
    with pytest.raises(
        InputError, match=r"'About a' was asked of 2031-03-01..2031-09-01, 2031-03-01..; give the window"
    ):
        outcomes_from(["question,status\n", "About a,yes\n"], asked)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.csv"
    with pytest.raises(InputError, match="outcomes cannot be read"):
        read_outcomes(path, THREE)
    path.write_bytes(b"id,status\n\xff\xfe,yes\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_outcomes(path, THREE)
    path.write_bytes(b"\xef\xbb\xbfid,status\r\na,yes\r\n")
    assert read_outcomes(path, THREE) == (Outcome("a", "yes"),)
    path.write_text('id,status\na,"yes" no\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"outcomes.csv:2: not CSV .*; check the quotation marks"):
        read_outcomes(path, THREE)

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.belief import (
    Belief,
    Pooling,
    belief,
    beliefs,
    course,
    curve,
    last_days,
    points,
    words,
)
from sayso.errors import InputError
from sayso.records import Claim, Outcome, Question, Side, Source, Span, Stance, Time
from sayso.turns import contradictions, reversals

PAGE = Path(__file__).parent.parent / "docs" / "belief.md"
FIRST = date(2031, 3, 1)
LEAVES = Question("q", "Luca Venturi leaves Almenara", FIRST, date(2031, 9, 1))


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def stance(
    claim: str,
    origin: str | None,
    on: int | None,
    side: Side = "for",
    strength: float = 1.0,
    *,
    outlet: str | None = "",
    asked: str = "q",
) -> Stance:
    """A stance said on a day of March, printed by its origin unless told otherwise."""
    printed = origin if outlet == "" else outlet
    return Stance(asked, claim, side, strength, origin, printed, day(on) if on else None, "by hand")


def claim(name: str, *, said: tuple[date, date] | None = None, time: Time | None = None) -> Claim:
    return Claim(
        name, "a", (Span(0, 1, "x"),), Source("own", "x"), None, "indirect", (), "x", None, time, said, 1.0, "r"
    )


def p(*stances: Stance, as_of: int | None = None, pooling: Pooling | None = None) -> float:
    return round(belief(LEAVES, stances, as_of=day(as_of) if as_of else None, pooling=pooling).p, 4)


# --- the worked example -------------------------------------------------------------------------------------------------------


def table(first: str) -> list[list[str]]:
    """The rows of the table in the page whose first heading is this one."""
    found = re.search(rf"^\| {re.escape(first)} \|.*\n\| ---.*\n((?:\|.*\n)+)", PAGE.read_text(encoding="utf-8"), re.M)
    assert found, f"no table that begins with {first!r}"
    return [[cell.strip() for cell in line.strip("|\n").split("|")] for line in found[1].splitlines()]


SIDES: dict[str, Side] = {"for": "for", "against": "against", "observing": "observing"}
EXAMPLE = [
    Stance("q", f"c{n}", SIDES[side], float(strength), origin, outlet, date.fromisoformat(on), "by hand")
    for n, (on, origin, outlet, side, strength) in enumerate(table("day | origin"))
]


def test_the_pages_contributions_are_those_of_the_program_and_add_up() -> None:
    rows = {name: (float(log_odds), float(odds)) for name, log_odds, odds in table("as of 2031-03-15")}
    found = belief(LEAVES, EXAMPLE, as_of=date(2031, 3, 15))
    assert {c.origin: (round(c.log_odds, 3), round(math.exp(c.log_odds), 4)) for c in found.contributions} == {
        name: row for name, row in rows.items() if name not in ("prior", "together")
    }
    parts = [log_odds for name, (log_odds, _) in rows.items() if name != "together"]
    assert rows["together"][0] == pytest.approx(sum(parts), abs=0.002) == pytest.approx(found.log_odds, abs=0.001)
    assert math.prod(odds for name, (_, odds) in rows.items() if name != "together") == pytest.approx(2.0075, abs=0.001)


def test_the_pages_figure_follows_by_hand_from_its_table_of_stances() -> None:
    def adds(lean: float) -> float:
        return math.log((1 + 0.5 * lean) / (1 - 0.5 * lean))

    sign = {"for": 1, "against": -1}
    rows = table("day | origin")
    # A later row of an origin overwrites the earlier; a row printed by another outlet than the origin is the club's, or a relay.
    latest = {
        row[1]: sign[row[3]] * float(row[4]) for row in rows if row[1] in (row[2], "Almenara") and row[3] != "observing"
    }
    by_hand = 1 / (1 + math.exp(-sum(adds(lean) for lean in latest.values())))
    assert round(by_hand, 4) == 0.6675 == round(belief(LEAVES, EXAMPLE).p, 4)
    assert "2.0075 / 3.0075 = 0.6675" in PAGE.read_text(encoding="utf-8")


def test_the_pages_curve_is_that_of_the_program() -> None:
    found = curve(LEAVES, EXAMPLE)
    shown = [[str(on), f"{one.p:.4f}", str(len(one.outlets)), str(len(one.origins))] for on, one in found]
    assert shown == table("day | p")
    assert points(found) == tuple((on, one.p) for on, one in found)


def test_the_pages_records_are_weighed_as_the_program_does() -> None:
    rows = {name: (int(right), int(of), h, log_odds) for name, right, of, h, log_odds in table("with records")}
    past = {name: [(f"other{n}", FIRST, n < right) for n in range(of)] for name, (right, of, *_) in rows.items()}
    found = belief(LEAVES, EXAMPLE, pooling=Pooling(records=past))
    shown = {c.origin: (f"{c.hit_rate:.3f}", f"{c.log_odds + 0:.3f}") for c in found.contributions if c.origin in rows}
    assert {name: (h, log_odds) for name, (_, _, h, log_odds) in rows.items()} == {
        name: (h, log_odds.replace("-0.000", "0.000")) for name, (h, log_odds) in shown.items()
    }
    assert f"Together {found.log_odds:.3f}, so p = {found.p:.4f}." in PAGE.read_text(encoding="utf-8")


def test_the_pages_alternatives_are_those_of_the_program() -> None:
    rows = table("alternative")
    asked = [replace(LEAVES, id=name, group="g") for name, *_ in rows]
    found = beliefs(asked, [stance("c", "The Ledger", 1, strength=0.67, asked="Olabarri")])
    assert [[one.question, f"{one.p:.4f}"] for one in found] == [[name, shown] for name, _, shown in rows]


# --- one origin, one word -----------------------------------------------------------------------------------------------------


def test_nothing_on_record_is_the_prior() -> None:
    assert p() == 0.5
    assert p(pooling=Pooling(prior=0.2)) == 0.2
    assert curve(LEAVES, []) == ()


def test_the_latest_word_of_an_origin_takes_the_place_of_the_one_before() -> None:
    assert p(stance("a", "Beacon", 1, "for"), stance("b", "Beacon", 5, "against")) == 0.25
    found = belief(LEAVES, [stance("a", "Beacon", 1, "for"), stance("b", "Beacon", 5, "against")])
    assert [one.claim for one in found.contributions[0].others] == ["a"]


def test_observing_and_denying_one_way_take_nothing_back() -> None:
    sure = stance("a", "Beacon", 1, "for")
    assert p(sure, stance("b", "Beacon", 5, "observing", 0.2), stance("c", "Beacon", 6, "against", 0.33)) == 0.75
    assert p(stance("c", "Beacon", 6, "against", 1 / 3)) == round(1 / 2.4, 4)


def test_half_a_lean_is_firm_enough_to_take_back_an_earlier_word() -> None:
    assert p(stance("a", "Beacon", 1, "for"), stance("b", "Beacon", 5, "against", 0.5)) == 0.375
    assert p(stance("a", "Beacon", 1, "for"), stance("b", "Beacon", 5, "against", 0.49)) == 0.75


def test_a_surer_wording_in_a_relay_of_the_same_day_is_the_relays() -> None:
    assert p(stance("a", "Beacon", 1, "for", 0.5), stance("b", "Beacon", 1, "for", 1.0, outlet="Goalmouth")) == 0.625


def test_both_sides_on_one_day_are_set_against_each_other() -> None:
    assert p(stance("a", "Beacon", 1, "for"), stance("b", "Beacon", 1, "against")) == 0.5
    assert p(stance("a", "Beacon", 1, "for"), stance("b", "Beacon", 1, "against", 0.5)) == 0.625


def test_what_others_print_after_an_origin_said_it_itself_is_a_relay_even_once_taken_back() -> None:
    said = [stance("a", "Beacon", 1, "for"), stance("b", "Beacon", 5, "against")]
    late = stance("c", "The Beacon", 8, "for", outlet="Goalmouth")
    found = belief(LEAVES, [*said, late])
    assert (round(found.p, 3), found.contributions[0].relays) == (0.25, (late,))
    assert found.outlets == ("Beacon", "Goalmouth")


def test_a_change_of_side_known_only_through_others_counts() -> None:
    assert p(stance("a", "Beacon", 1, "for"), stance("b", "Beacon", 9, "against", outlet="Goalmouth")) == 0.25


def test_a_relay_speaks_for_its_origin_until_what_it_repeats_is_on_record() -> None:
    relay, original = (
        stance("r", "Ada Crane", 3, "for", 0.67, outlet="Goalmouth"),
        stance("o", "Ada Crane", 3, "for", outlet="Ledger"),
    )
    tied = Pooling(relays={"r": "o"})
    assert p(relay, pooling=tied) == 0.6675
    assert p(relay, original, pooling=tied) == 0.75
    known = Pooling(relays={"r": "o"}, recorded={"r": day(4), "o": day(9)})
    assert [round(one.p, 4) for _, one in curve(LEAVES, [relay, original], pooling=known)] == [0.6675, 0.75]


def test_what_turns_out_to_repeat_another_origin_leaves_the_count() -> None:
    known = Pooling(relays={"r": "o"}, recorded={"r": day(4), "o": day(9)})
    found = curve(LEAVES, [stance("r", "Goalmouth", 3), stance("o", "Ledger", 3)], pooling=known)
    assert [(on, one.origins, len(one.outlets)) for on, one in found] == [
        (day(4), ("Goalmouth",), 1),
        (day(9), ("Ledger",), 2),
    ]


def test_of_two_reports_that_name_each_other_one_speaks() -> None:
    ring = Pooling(relays={"a": "b", "b": "a"})
    found = belief(LEAVES, [stance("a", "Beacon", 2), stance("b", "Ledger", 2)], pooling=ring)
    assert found.origins == ("Beacon",)
    assert [(one.stance.claim, one.why) for one in found.uncounted] == [("b", "relay")]


def test_spellings_of_one_name_are_one_origin() -> None:
    assert (
        p(stance("a", "The Harbour Post", 1), stance("b", "harbour  post", 2), stance("c", "Harbour Post", 3)) == 0.75
    )


# --- days ---------------------------------------------------------------------------------------------------------------------


def test_undated_and_nobodys_claims_are_shown_and_not_counted() -> None:
    found = belief(LEAVES, [stance("a", "Beacon", None), stance("b", None, 2, outlet="Ledger")])
    assert found.p == 0.5
    assert [(one.stance.claim, one.why) for one in found.uncounted] == [("a", "undated"), ("b", "no origin")]
    assert (found.outlets, found.origins) == (("Ledger",), ())


def test_a_claim_of_an_interval_counts_from_its_last_day() -> None:
    known = Pooling(days=last_days([claim("a", said=(day(2), day(9))), claim("b")]))
    undated = stance("a", "Beacon", None)
    assert p(undated, as_of=8, pooling=known) == 0.5
    assert p(undated, as_of=9, pooling=known) == 0.75


def test_belief_as_recorded_counts_what_the_ledger_had_and_keeps_the_order_of_saying() -> None:
    said = [stance("a", "Beacon", 1, "against"), stance("b", "Beacon", 5, "for")]
    late = Pooling(recorded={"a": day(20), "b": day(10)})
    assert [p(*said, as_of=n, pooling=late) for n in (9, 10, 20)] == [0.5, 0.75, 0.75]


def test_a_record_counts_from_the_day_it_was_made_and_never_on_its_own_question() -> None:
    past = [("other", day(10), True), ("q", day(2), True)]
    found = curve(LEAVES, [stance("a", "Beacon", 1)], pooling=Pooling(records={"the beacon": past}))
    assert [(on, round(one.contributions[0].hit_rate, 3)) for on, one in found] == [(day(1), 0.75), (day(10), 0.792)]


def test_numbers_out_of_bounds_are_refused_in_one_line() -> None:
    with pytest.raises(InputError, match=r"prior is 1.0; give"):
        Pooling(prior=1.0)
    with pytest.raises(InputError, match=r"right is 0.4; give"):
        Pooling(right=0.4)
    with pytest.raises(InputError, match=r"shrink is 0; give"):
        Pooling(shrink=0)


# --- alternatives -------------------------------------------------------------------------------------------------------------


def test_a_claim_for_one_alternative_lowers_the_others_once_and_takes_back_what_was_said_for_them() -> None:
    asked = [replace(LEAVES, id=name, group="g") for name in ("x", "y")]
    before = [stance("a", "Beacon", 1, asked="y")]
    after = [*before, stance("b", "Beacon", 5, asked="x"), stance("b", "Beacon", 5, "against", asked="y")]
    assert [round(one.p, 3) for one in beliefs(asked, before)] == [0.2, 0.6]
    assert [round(one.p, 3) for one in beliefs(asked, after)] == [0.6, 0.2]


def test_questions_without_a_group_do_not_touch_one_another() -> None:
    asked = [replace(LEAVES, id=name) for name in ("x", "y")]
    assert [round(one.p, 2) for one in beliefs(asked, [stance("a", "Beacon", 1, asked="x")])] == [0.75, 0.5]


# --- reversals and contradictions ---------------------------------------------------------------------------------------------


def test_a_reversal_has_both_words_side_by_side() -> None:
    said = [
        stance("a", "Beacon", 1),
        stance("b", "Beacon", 3),
        stance("c", "Beacon", 9, "against", 0.67),
        stance("d", "Ledger", 9),
    ]
    (found,) = reversals(LEAVES, said)
    assert (found.origin, found.before.claim, found.after.claim, found.on) == ("Beacon", "b", "c", day(9))
    assert reversals(LEAVES, said, as_of=day(8)) == ()


def test_a_weak_word_reverses_and_contradicts_nothing() -> None:
    said = [
        stance("a", "Beacon", 1),
        stance("b", "Beacon", 3, "against", 0.33),
        stance("c", "Ledger", 3, "against", 0.33),
    ]
    assert reversals(LEAVES, said) == ()
    assert contradictions(LEAVES, said) == ()


def test_two_origins_on_opposite_sides_contradict_each_other_once_until_one_changes() -> None:
    said = [stance("a", "Beacon", 1), stance("b", "Ledger", 8, "against"), stance("c", "Ledger", 10, "against"), stance("d", "Beacon", 20, "against")]  # fmt: skip
    (found,) = contradictions(LEAVES, said)
    assert (found.yes.claim, found.no.claim, found.on, found.ended) == ("a", "b", day(8), day(20))
    assert contradictions(LEAVES, said, as_of=day(12))[0].ended is None


@pytest.mark.parametrize(("later", "flagged"), [(15, True), (16, False)])
def test_a_word_against_one_more_than_a_fortnight_old_is_news(later: int, flagged: bool) -> None:
    assert bool(contradictions(LEAVES, [stance("a", "Beacon", 1), stance("b", "Ledger", later, "against")])) is flagged


def test_claims_about_times_that_do_not_meet_are_news() -> None:
    said = [stance("a", "Beacon", 1, "against"), stance("b", "Ledger", 2)]
    june = Time(None, date(2031, 6, 30), None, "until June")
    july, early = (Time(date(2031, month, 1), None, None, "then") for month in (7, 6))
    assert contradictions(LEAVES, said, [claim("a", time=june), claim("b", time=july)]) == ()
    assert contradictions(LEAVES, said, [claim("a", time=june), claim("b", time=early)]) != ()


def test_once_settled_a_report_of_it_is_news() -> None:
    said = [stance("a", "Beacon", 1, "against"), stance("b", "Ledger", 9)]
    assert contradictions(LEAVES, said, outcome=Outcome("q", "yes", day(9))) == ()
    assert len(contradictions(LEAVES, said, outcome=Outcome("q", "open"))) == 1


def test_words_of_one_day_are_compared_with_each_other_and_not_with_what_they_replace() -> None:
    said = [stance("a", "Beacon", 1), stance("b", "Beacon", 5, "against"), stance("c", "Ledger", 5, "against")]
    assert contradictions(LEAVES, said) == ()


def test_words_leave_relays_out() -> None:
    said = words("q", [stance("a", "Beacon", 1), stance("b", "Beacon", 2, outlet="Goalmouth")])
    assert [one.on for one in said["beacon"]] == [day(1)]


# --- properties ---------------------------------------------------------------------------------------------------------------

NAMES = ("Beacon", "Ledger", "Goalmouth", "Ada Crane", "Harbour Post")
ANY_SIDE: st.SearchStrategy[Side] = st.sampled_from(("for", "against", "observing"))
STRENGTHS = st.sampled_from((0.17, 0.33, 0.5, 0.67, 1.0))


@st.composite
def some(draw: Callable[..., object], asked: tuple[str, ...] = ("q",)) -> list[Stance]:
    """Up to twelve stances of any origins and outlets, some undated, some of nobody."""
    one = st.builds(
        stance,
        st.just(""),
        st.sampled_from((*NAMES, None)),
        st.one_of(st.none(), st.integers(1, 30)),
        ANY_SIDE,
        STRENGTHS,
        outlet=st.sampled_from((*NAMES, None)),
        asked=st.sampled_from(asked),
    )
    drawn = draw(st.lists(one, max_size=12))
    assert isinstance(drawn, list)
    return [replace(one, claim=f"c{n}") for n, one in enumerate(drawn)]


def adds_up(found: Belief) -> bool:
    total = found.prior + sum(one.log_odds for one in found.contributions) + found.rivals
    return math.isclose(total, found.log_odds, abs_tol=1e-9) and math.isclose(
        found.p, 1 / (1 + math.exp(-total)), abs_tol=1e-9
    )


@settings(deadline=None)
@given(some(), st.integers(1, 30))
def test_contributions_add_up_to_the_figure(stances: list[Stance], on: int) -> None:
    assert adds_up(belief(LEAVES, stances, as_of=day(on)))


@settings(deadline=None)
@given(some(), STRENGTHS, st.integers(1, 30), st.booleans())
def test_an_added_agreeing_origin_moves_belief_its_way(
    stances: list[Stance], strength: float, on: int, yes: bool
) -> None:
    before = belief(LEAVES, stances).p
    after = belief(LEAVES, [*stances, stance("new", "Skerrick Journal", on, "for" if yes else "against", strength)]).p
    assert (after > before) is yes
    assert after != before


@settings(deadline=None)
@given(some(), st.data())
def test_relays_and_copies_move_nothing(stances: list[Stance], data: st.DataObject) -> None:
    known = [one for one in stances if one.on and one.origin]
    if not known:
        return
    source = data.draw(st.sampled_from(known))
    later = data.draw(st.integers((source.on or FIRST).day, 31))
    relay = replace(
        source,
        claim="relay",
        outlet="Inland Mail",
        on=day(later),
        strength=data.draw(STRENGTHS),
        stance=data.draw(ANY_SIDE),
    )
    before, after = (
        belief(LEAVES, stances),
        belief(LEAVES, [*stances, relay], pooling=Pooling(relays={"relay": source.claim})),
    )
    assert (after.p, after.origins) == (before.p, before.origins)


@settings(deadline=None)
@given(some(), st.data())
def test_an_outlet_that_prints_what_the_origin_said_itself_moves_nothing(
    stances: list[Stance], data: st.DataObject
) -> None:
    own = [one for one in stances if one.on and one.origin and one.origin == one.outlet]
    if not own:
        return
    source = data.draw(st.sampled_from(own))
    later = data.draw(st.integers((source.on or FIRST).day, 31))
    relay = replace(source, claim="relay", outlet="Inland Mail", on=day(later), strength=data.draw(STRENGTHS))
    assert belief(LEAVES, [*stances, relay]).p == belief(LEAVES, stances).p


@settings(deadline=None)
@given(some(), st.randoms())
def test_the_order_of_arrival_is_irrelevant(stances: list[Stance], random: Random) -> None:
    mixed = list(stances)
    random.shuffle(mixed)
    assert belief(LEAVES, mixed) == belief(LEAVES, stances)
    assert contradictions(LEAVES, mixed) == contradictions(LEAVES, stances)


@settings(deadline=None)
@given(some(), st.integers(1, 30))
def test_belief_as_of_a_day_never_uses_what_came_later(stances: list[Stance], on: int) -> None:
    then = [one for one in stances if one.on is None or one.on <= day(on)]
    past = [("other", day(on + 1), True)]
    found = belief(LEAVES, stances, as_of=day(on), pooling=Pooling(records=dict.fromkeys(NAMES, past)))
    assert found == belief(LEAVES, then, as_of=day(on))


@settings(deadline=None)
@given(some())
def test_every_day_of_the_curve_is_belief_as_of_that_day(stances: list[Stance]) -> None:
    found = dict(curve(LEAVES, stances))
    last = None
    for number in range(1, 31):
        last = found.get(day(number), last)
        now = belief(LEAVES, stances, as_of=day(number))
        assert (round(last.p, 9) if last else 0.5) == pytest.approx(now.p)


@settings(deadline=None)
@given(some(asked=("q", "y")), st.none() | st.integers(1, 30), st.booleans())
def test_where_a_course_ends_is_belief(stances: list[Stance], on: int | None, edited: bool) -> None:
    stands = {one.claim: (None, day(9 + n)) for n, one in enumerate(stances[::2])} if edited else {}
    pooling = Pooling(stands=stands, records={name: [("other", day(5), True)] for name in NAMES})
    rivals, until = [replace(LEAVES, id=name, group="g") for name in ("q", "y")], day(on) if on else None
    now, told = course(rivals[0], stances, rivals=rivals, until=until, pooling=pooling)
    assert now == belief(rivals[0], stances, rivals=rivals, as_of=until, pooling=pooling)
    assert told == curve(rivals[0], stances, rivals=rivals, until=until, pooling=pooling)


@settings(deadline=None)
@given(some(asked=("x", "y", "z")), st.integers(1, 30))
def test_alternatives_add_up_to_at_most_one(stances: list[Stance], on: int) -> None:
    found = beliefs([replace(LEAVES, id=name, group="g") for name in ("x", "y", "z")], stances, as_of=day(on))
    assert sum(one.p for one in found) < 1 + 1e-9
    assert all(adds_up(one) for one in found)

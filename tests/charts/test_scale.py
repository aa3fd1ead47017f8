"""Days across a chart."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.charts.scale import CUT, scaled

JANUARY, MARCH, LATER = date(2031, 1, 10), date(2031, 3, 1), date(2033, 4, 1)


def test_days_come_in_order_from_left_to_right():
    scale = scaled([MARCH, JANUARY])
    assert 0 <= scale.x(JANUARY) < scale.x(date(2031, 2, 1)) < scale.x(MARCH) <= 100
    assert not scale.cuts


def test_a_gap_of_years_is_cut_out():
    scale = scaled([JANUARY, MARCH, LATER])
    ((before, after),) = scale.cuts
    assert (before.end - MARCH).days < 10
    assert after.left - before.right == CUT


def test_a_day_in_a_gap_stands_at_its_left_edge():
    scale = scaled([JANUARY, MARCH, LATER])
    assert scale.x(date(2032, 1, 1)) == scale.stretches[0].right


def test_a_window_near_by_is_reached_out_to_and_one_far_off_is_not():
    assert scaled([JANUARY, MARCH], margins=(date(2031, 1, 1), date(2035, 1, 1))).start == date(2031, 1, 1)
    assert scaled([JANUARY, MARCH], margins=(date(2031, 1, 1), date(2035, 1, 1))).end < date(2031, 4, 1)


def test_ticks_are_days_for_a_week_and_years_for_decades():
    week = [tick.label for tick in scaled([MARCH, date(2031, 3, 6)]).ticks()]
    assert "3 Mar" in week
    decades = scaled([date(year, 5, 5) for year in range(1990, 2031)])
    assert {tick.label for tick in decades.ticks()} <= {str(year) for year in range(1980, 2040)}


def test_the_year_is_told_once():
    years = [tick.year for tick in scaled([JANUARY, MARCH]).ticks() if tick.year]
    assert years == ["2031"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dates(), min_size=1, max_size=12))
def test_any_days_have_a_place_and_labels_in_order(days: list[date]):
    scale = scaled(days)
    assert all(0 <= scale.x(one) <= 100 for one in days)
    assert all(one.x < other.x for one, other in pairwise(scale.ticks()))
    assert all(one.right < other.left for one, other in pairwise(scale.stretches))


def test_one_day_alone_has_room_on_both_sides():
    scale = scaled([MARCH])
    assert scale.start < MARCH < scale.end
    assert scale.end - scale.start >= timedelta(days=4)

from datetime import date

import pytest

from sayso.times import find_times

NOVEMBER = date(2024, 11, 5)


def values(text):
    return {time.text: time.value for time in find_times(text, said=(NOVEMBER, NOVEMBER))}


@pytest.mark.parametrize(
    ("sentence", "words", "value"),
    [
        ("Profits fell in the third quarter.", "the third quarter", "2024-Q3"),
        ("Third-quarter profits fell.", "Third-quarter", "2024-Q3"),
        ("Profits of its fiscal second quarter fell.", "fiscal second quarter", "2024-Q2"),
        ("Profits fell in the latest quarter.", "the latest quarter", "2024-Q3"),
        ("Profits fell in the quarter ended Sept. 30.", "the quarter", "2024-Q3"),
        ("Profits fell in the quarter ended July 31.", "the quarter", "2024-Q2"),
    ],
)
def test_quarters_are_those_that_are_over(sentence, words, value):
    assert values(sentence)[words] == value


@pytest.mark.parametrize(
    ("tail", "words", "value"),
    [
        ("up from 20 cents a year ago.", "a year ago", "2023-Q3"),
        ("up from 20 cents a year earlier.", "a year earlier", "2023-Q3"),
        ("up from 20 cents in the year-ago period.", "the year-ago period", "2023-Q3"),
        ("up from 20 cents in the same period last year.", "the same period last year", "2023-Q3"),
        ("up from 20 cents in the 2022 quarter.", "the 2022 quarter", "2022-Q3"),
        ("compared with a loss last year.", "last year", "2023-Q3"),
    ],
)
def test_what_a_quarter_is_held_against_is_the_same_quarter_of_another_year(tail, words, value):
    assert values("Harrowmere Foods earned 30 cents a share in the third quarter, " + tail)[words] == value


def test_without_a_quarter_a_year_ago_is_a_year():
    assert values("She was hired a year ago.") == {"a year ago": "2023"}


def test_the_same_month_last_year_counts_from_the_month_named():
    assert values("Sales rose in February over the same month last year.")["the same month last year"] == "2023-02"


def test_a_quarter_still_running_is_none_that_figures_are_given_for():
    found = values("It expects losses in the fourth quarter. Sales fell 8% from a year ago.")
    assert found == {"the fourth quarter": "2024-Q4", "a year ago": "2023"}


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("Sales rose in the year ended March 31.", date(2023, 4, 1), date(2024, 3, 31)),
        ("Sales rose in the nine months ended Sept. 30.", date(2024, 1, 1), date(2024, 9, 30)),
        ("Sales rose in the six months to June.", date(2024, 1, 1), date(2024, 6, 30)),
        ("Sales rose in the first nine months of 2023.", date(2023, 1, 1), date(2023, 9, 30)),
        ("Sales rose in the quarter ended July 31.", date(2024, 5, 1), date(2024, 7, 31)),
    ],
)
def test_a_stretch_that_says_when_it_ended_has_its_days(sentence, start, end):
    first = find_times(sentence, said=(NOVEMBER, NOVEMBER))[0]
    assert (first.start, first.end) == (start, end)

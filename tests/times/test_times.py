import re
from datetime import date

import pytest

from sayso.times import find_times, tense_around
from sayso.times.patterns import PATTERNS, STARTS

SUNDAY = date(2025, 4, 27)


def day(words):
    return date.fromisoformat(words) if words else None


def only(sentence, said=(SUNDAY, SUNDAY)):
    """The one time expression of a sentence."""
    found = find_times(sentence, said=said)
    assert len(found) == 1, [time.text for time in found]
    return found[0]


def resolved(sentence, said=(SUNDAY, SUNDAY)):
    time = only(sentence, said)
    return time.value, time.start, time.end


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("It opened on 2025-04-19.", "2025-04-19"),
        ("It opened at 2025-04-19T10:15:00Z.", "2025-04-19"),
        ("It opened on 19 April 2025.", "2025-04-19"),
        ("It opened on the 19th of April 2025.", "2025-04-19"),
        ("It opened on April 19, 2025.", "2025-04-19"),
        ("It opened on Saturday, April 19.", "2025-04-19"),
        ("It opened on Nov. 28, 2023.", "2023-11-28"),
        ("Photo: Wire 28/11/2023", "2023-11-28"),
        ("Photo: Wire 11/28/2023", "2023-11-28"),
        ("Photo: Wire 28.11.2023", "2023-11-28"),
        ("It opened on Nov. 28.", "2024-11-28"),
        ("The fair is due to begin June 18.", "2025-06-18"),
        ("He died last Oct. 23.", "2024-10-23"),
    ],
)
def test_full_dates_in_all_habits(sentence, value):
    assert resolved(sentence) == (value, day(value), day(value))


@pytest.mark.parametrize(
    ("sentence", "value", "start", "end"),
    [
        ("He joined in 2021.", "2021", "2021-01-01", "2021-12-31"),
        ("He joined in nineteen ninety-six.", "1996", "1996-01-01", "1996-12-31"),
        ("They trained from 3 to 5 May 2025.", "2025-05-03/2025-05-05", "2025-05-03", "2025-05-05"),
        ("They trained on May 3-5, 2025.", "2025-05-03/2025-05-05", "2025-05-03", "2025-05-05"),
        ("He joined in the 1990s.", "199", "1990-01-01", "1999-12-31"),
        ("He wrote it in the nineties.", "199", "1990-01-01", "1999-12-31"),
        ("It dates from the 19th century.", "18", "1800-01-01", "1899-12-31"),
        ("He signed in January 2024.", "2024-01", "2024-01-01", "2024-01-31"),
        ("He signed in early January 2024.", "2024-01", "2024-01-01", "2024-01-11"),
        ("He signed at the end of 2023.", "2023", "2023-09-01", "2023-12-31"),
        ("He came in the summer of 2024.", "2024-SU", "2024-06-01", "2024-08-31"),
        ("Sales rose in the first quarter of 2024.", "2024-Q1", "2024-01-01", "2024-03-31"),
        ("Sales rose in the final quarter of 2024.", "2024-Q4", "2024-10-01", "2024-12-31"),
        ("Sales rose in Q3 2024.", "2024-Q3", "2024-07-01", "2024-09-30"),
        ("Sales rose in the second half of 2024.", "2024-H2", "2024-07-01", "2024-12-31"),
        ("The 2024/25 season disappointed.", "2024/2025", "2024-07-01", "2025-06-30"),
        ("They plan the 2023-24 campaign.", "2023/2024", "2023-07-01", "2024-06-30"),
        ("The war of 1939-1945 was long.", "1939/1945", "1939-01-01", "1945-12-31"),
        ("They ate on Christmas Day, 2023.", "2023-12-25", "2023-12-25", "2023-12-25"),
        ("They met on Easter Sunday 2025.", "2025-04-20", "2025-04-20", "2025-04-20"),
    ],
)
def test_absolute_times_need_no_day_of_speech(sentence, value, start, end):
    assert resolved(sentence, None) == (value, day(start), day(end))
    assert resolved(sentence) == (value, day(start), day(end))


@pytest.mark.parametrize(
    ("sentence", "value", "start", "end"),
    [
        ("They meet today.", "2025-04-27", "2025-04-27", "2025-04-27"),
        ("They met yesterday.", "2025-04-26", "2025-04-26", "2025-04-26"),
        ("They meet tomorrow night.", "2025-04-28TNI", "2025-04-28", "2025-04-28"),
        ("They meet tonight.", "2025-04-27TNI", "2025-04-27", "2025-04-27"),
        ("They met this morning.", "2025-04-27TMO", "2025-04-27", "2025-04-27"),
        ("They met last night.", "2025-04-26TNI", "2025-04-26", "2025-04-26"),
        ("They met last week.", "2025-W16", "2025-04-14", "2025-04-20"),
        ("They meet next month.", "2025-05", "2025-05-01", "2025-05-31"),
        ("They met earlier this month.", "2025-04", "2025-04-01", "2025-04-27"),
        ("They meet later this year.", "2025", "2025-04-27", "2025-12-31"),
        ("They meet at the end of the year.", "2025", "2025-09-01", "2025-12-31"),
        ("They will meet this summer.", "2025-SU", "2025-06-01", "2025-08-31"),
        ("They met last summer.", "2024-SU", "2024-06-01", "2024-08-31"),
        ("They met two years ago.", "2023", "2023-01-01", "2023-12-31"),
        ("They met ten days ago.", "2025-04-17", "2025-04-17", "2025-04-17"),
        ("They will meet in two weeks.", "2025-W19", "2025-05-05", "2025-05-11"),
        ("They will meet in the coming days.", "PXD", "2025-04-27", "2025-05-04"),
        ("They will meet in the next few days.", "PXD", "2025-04-27", "2025-05-04"),
        ("They will meet in the coming weeks.", "PXW", "2025-04-27", "2025-06-26"),
        ("They won it over the past two months.", "P2M", "2025-02-27", "2025-04-27"),
        ("They lost heart in recent weeks.", "PXW", "2025-02-26", "2025-04-27"),
        ("They lost heart in recent years.", "PAST_REF", None, "2025-04-27"),
        ("They will decide in the days ahead.", "PXD", "2025-04-27", "2025-05-04"),
        ("He will be away for the time being.", "PRESENT_REF", "2025-04-27", "2025-04-27"),
        ("He will return at a later date.", "FUTURE_REF", "2025-04-27", None),
        ("He leaves in six months' time.", "2025-10", "2025-10-01", "2025-10-31"),
        ("It fell for a third straight month.", "2025-04", "2025-04-01", "2025-04-30"),
        ("They meet next term.", "FUTURE_REF", "2025-04-27", None),
        ("They met recently.", "PAST_REF", None, "2025-04-27"),
        ("They will meet soon.", "FUTURE_REF", "2025-04-27", None),
        ("They will meet next season.", "FUTURE_REF", "2025-04-27", None),
    ],
)
def test_relative_times_count_from_the_day_they_are_said(sentence, value, start, end):
    assert resolved(sentence) == (value, day(start), day(end))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("They lost on Saturday.", "2025-04-26"),
        ("They lost on Sunday.", "2025-04-27"),
        ("He leaves on Friday.", "2025-05-02"),
        ("The two clubs meet on Tuesday.", "2025-04-29"),
        ("Ahead of the trip, the club on Wednesday issued a warning.", "2025-04-23"),
        ("They will look for a way round Wednesday's ruling.", "2025-04-23"),
        ("They have given him until Tuesday.", "2025-04-29"),
        ("Neither he nor his agent could be reached Wednesday.", "2025-04-23"),
        ("He was shot to death on Wednesday.", "2025-04-23"),
        ("The case is over when it is heard on Tuesday.", "2025-04-29"),
        ("It took place on Black Friday.", None),
        ("They will play on Saturday.", "2025-05-03"),
        ("The vote was postponed until Tuesday.", "2025-04-29"),
        ("The vote, expected to be held on Tuesday, is open.", "2025-04-29"),
        ("He said on Tuesday that he will leave.", "2025-04-22"),
        ("The trial had been due to begin on Tuesday.", "2025-04-22"),
        ("Last Sunday they lost.", "2025-04-20"),
        ("Next Sunday they play.", "2025-05-04"),
    ],
)
def test_the_tense_decides_between_the_last_weekday_and_the_next(sentence, expected):
    assert only(sentence).end == day(expected)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("It was reported in October that he wants out.", "2024-10"),
        ("He will take over in October.", "2025-10"),
        ("He left in February.", "2025-02"),
        ("They are wanted in place before the next fixtures in June.", "2025-06"),
        ("He agreed to leave in June.", "2025-06"),
    ],
)
def test_the_tense_decides_the_year_of_a_month(sentence, value):
    assert only(sentence).value == value


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("He has a contract until 2026.", None, "2026-12-31"),
        ("He has a contract until the summer of 2026.", None, "2026-08-31"),
        ("He has been here since 2021.", "2021-01-01", None),
        ("They must pay by Friday.", None, "2025-05-02"),
        ("He will decide before June 15.", None, "2025-06-14"),
        ("He will decide after June 15.", "2025-06-16", None),
        ("Nothing happens before 2027.", None, "2026-12-31"),
    ],
)
def test_a_word_in_front_opens_the_interval_and_leaves_the_value(sentence, start, end):
    time = only(sentence)
    assert (time.start, time.end) == (day(start), day(end))
    assert not time.text.lower().startswith(("until", "since", "by", "before", "after"))


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("He coached for 12 years.", "P12Y"),
        ("He signed a five-year deal.", "P5Y"),
        ("He stayed a year and a half.", "P1Y6M"),
        ("He talked for 2 1/2 hours.", "PT2H30M"),
        ("He talked for several months.", "PXM"),
        ("It is the first time in 30 years.", "P30Y"),
        ("He trains every Monday.", "XXXX-WXX-1"),
        ("He trains twice a week.", "P1W"),
        ("He trains daily.", "P1D"),
        ("It is paid annually.", "P1Y"),
        ("He has another year on his contract.", "P1Y"),
        ("The decades-long dispute is over.", "PXY"),
        ("It was the biggest single-day fall.", "P1D"),
        ("They lost in two consecutive quarters.", "P2Q"),
        ("He goes when the season draws to a close.", None),
        ("He will decide at the end of the season.", None),
        ("He leaves after the last league game of the season.", None),
    ],
)
def test_durations_sets_and_events_have_no_interval(sentence, value):
    assert resolved(sentence) == (value, None, None)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("It begins at 10:30 a.m.", "2025-04-27T10:30"),
        ("It begins at 20:45.", "2025-04-27T20:45"),
        ("It begins at 20:45 GMT.", "2025-04-27T20:45Z"),
        ("It will begin at 8pm on Tuesday.", "2025-04-29T20:00"),
        ("It begins at 5 p.m. EST, June 6.", "2025-06-06T17:00"),
        ("It begins at noon tomorrow.", "2025-04-28T12:00"),
        ("It will begin on Tuesday night.", "2025-04-29TNI"),
        ("It began at 0815 GMT.", "2025-04-27T08:15Z"),
        ("It began at 4 in the morning.", "2025-04-27T04:00"),
        ("It began at 10:35 a.m. (0735 GMT) Friday.", "2025-04-25T10:35"),
        ("It began late in the day.", "2025-04-27"),
        ("Trading in London fell by mid-afternoon yesterday.", "2025-04-26TAF"),
    ],
)
def test_times_of_day_take_the_day_beside_them(sentence, value):
    assert only(sentence).value == value


@pytest.mark.parametrize(
    "sentence",
    [
        "Will he stay? (1:53)",
        "They won 3-2 and lost 5-1 on aggregate.",
        "The 35-year-old is 35 years old.",
        "Help is there 24/7.",
        "The fee is £2025 or $2.0 million.",
        "Version 2.0.24 is out.",
        "Some 2000 people came.",
        "The number 7 shirt, the No. 10 and the 4-3-3 are his.",
        "They lost the quarter-final.",
        "They lost the semi-final and the third quarter-final.",
        "Theresa May may march.",
        "April Jones and Jan Kowalski spoke.",
        "The Sunday Times and the Daily Courier asked, on “60 Minutes”.",
        "The protest march may end this march of folly.",
        "Three quarters of the fans stayed for the issue of the day.",
        "He one day came home.",
        "It is too soon to say.",
        "Shares were at $4.375 and at 20 million.",
    ],
)
def test_what_only_looks_like_a_time_is_left_alone(sentence):
    assert find_times(sentence, said=(SUNDAY, SUNDAY)) == []


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("On 19 April 2025 talks began; three days later they ended.", "2025-04-22"),
        ("On 19 April 2025 talks began; that day he rested.", "2025-04-19"),
        ("On 19 April 2025 talks began; the next day he rested.", "2025-04-20"),
        ("In 2019 he won; the following year he lost.", "2020"),
        ("It opened on Friday at the docks at 9 p.m.", "2025-04-25T21:00"),
        ("It rose on Friday, its best since 1997, and ended the day at 81.", "1997"),
        ("On 19 April 2025 they met. By that time he had left.", "2025-04-19"),
    ],
)
def test_later_and_that_day_count_from_the_time_named_before(sentence, value):
    assert find_times(sentence, said=(SUNDAY, SUNDAY))[1].value == value


def test_without_a_time_before_later_stays_open():
    assert resolved("Three days later they ended.") == (None, None, None)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("They lost on Saturday.", "XXXX-WXX-6"),
        ("They lost on April 19.", "XXXX-04-19"),
        ("They lost in October.", "XXXX-10"),
        ("They lost last week.", "PAST_REF"),
        ("They meet tomorrow.", "FUTURE_REF"),
        ("They meet this month.", "PRESENT_REF"),
    ],
)
def test_relative_times_stay_symbolic_where_the_day_of_speech_is_unknown(sentence, value):
    assert resolved(sentence, None) == (value, None, None)


@pytest.mark.parametrize(
    ("sentence", "value", "start", "end"),
    [
        ("They lost on Saturday.", "XXXX-WXX-6", "2025-04-26", "2025-05-10"),
        ("They met yesterday.", "PAST_REF", "2025-04-26", "2025-05-11"),
        ("They met last year.", "2024", "2024-01-01", "2024-12-31"),
        ("They meet in the coming days.", "PXD", "2025-04-27", "2025-05-19"),
        ("They will meet after Saturday.", "XXXX-WXX-6", "2025-05-18", None),
    ],
)
def test_words_said_within_an_interval_give_an_interval(sentence, value, start, end):
    assert resolved(sentence, (SUNDAY, date(2025, 5, 12))) == (value, day(start), day(end))


def test_spans_are_code_points_of_the_text_itself():
    text = "İ🚨 “Ünal” will meet him on 19 April 2025 and, İ, tomorrow."
    for time in find_times(text, said=(SUNDAY, SUNDAY)):
        assert text[time.span[0] : time.span[1]] == time.text


def test_every_kind_of_expression_begins_with_a_word_that_is_looked_for():
    starts = re.compile(rf"(?:\d|{STARTS}(?!\w))")
    found = [
        words
        for words in ("the early", "nearly", "about", "late", "9", "april", "saturday", "daily", "that week")
        if starts.match(words)
    ]
    assert len(found) == 9
    assert not starts.match("the coach")
    assert not starts.match("that he")
    assert len(PATTERNS) > 20


@pytest.mark.parametrize(
    "words",
    [
        "9" * 400 + " years ago",
        "in 9999999999 days",
        "February 31",
        "32 April",
        "2025-02-31",
        "two thousand centuries ago",
    ],
)
def test_impossible_times_raise_nothing(words):
    assert all(time.start is None or time.start.year for time in find_times(words, said=(SUNDAY, SUNDAY)))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("he left in june", -1),
        ("he will leave in june", 1),
        ("a man for june", 0),
        ("it had been due to end in june", -1),
    ],
)
def test_the_tense_is_that_of_the_nearest_verb(words, expected):
    assert tense_around(words, len(words) - 4, len(words)) == expected

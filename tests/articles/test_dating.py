from datetime import date, timedelta

import pytest

from sayso.articles.dating import date_article
from sayso.records import Published


def test_what_is_given_beats_all_else():
    published = date_article(given="2025-04-27", metadata="2025-04-26", url="https://a.example/2025/04/25/x", text="x")
    assert published == Published(date(2025, 4, 27), date(2025, 4, 27), "given", "2025-04-27")


@pytest.mark.parametrize(
    ("told", "basis"),
    [
        ({"metadata": "2025-04-27T10:00:00+02:00", "page": "26 April 2025"}, "metadata"),
        ({"page": "Published 27 April 2025, 10.15", "url": "https://a.example/2025/04/25/x"}, "page"),
        ({"url": "https://a.example/2025/04/27/coach", "header": "2025-04-28"}, "url"),
        ({"header": "2025-04-27", "text": "LISBON, 26 April 2025 - He left."}, "header"),
        ({"text": "LISBON, 27 April 2025 (Wire) - He left."}, "text"),
    ],
)
def test_the_first_that_tells_is_believed(told, basis):
    published = date_article(**told)
    assert (published.day, published.basis) == (date(2025, 4, 27), basis)


@pytest.mark.parametrize(
    "words",
    [
        "2025-04-27",
        "2025-04-27T23:30:00-05:00",
        "Sun, 27 Apr 2025 10:00:00 GMT",
        "20250427",
        "20250427T101500Z",
        "2025/04/27",
        "27/04/2025 10:15",
        "04/27/2025",
        "27.04.2025",
        "April 27, 2025 10:15 am",
        "Sunday 27th April 2025",
        "Apr. 27, 2025, 10:15 EDT",
        "Published: 10:15 BST, 27 April 2025",
    ],
)
def test_common_forms_of_a_date_are_read(words):
    published = date_article(metadata=words)
    assert published.day == date(2025, 4, 27)
    assert published.evidence == words


@pytest.mark.parametrize("words", ["2025-04", "April 2025"])
def test_a_month_stays_an_interval(words):
    published = date_article(given=words)
    assert (published.start, published.end) == (date(2025, 4, 1), date(2025, 4, 30))


@pytest.mark.parametrize(
    "words", ["", "soon", "0000-00-00", "1970-01-01T00:00:00Z", "3 hours ago", "2025-13-45", "12345"]
)
def test_garbage_is_passed_over(words):
    assert date_article(metadata=words, page="27 April 2025").basis == "page"


def test_a_day_yet_to_come_is_passed_over():
    coming = (date.today() + timedelta(days=30)).isoformat()
    assert date_article(metadata=coming, page="27 April 2025").basis == "page"


@pytest.mark.parametrize(
    ("url", "evidence"),
    [
        ("https://a.example/sport/2025/04/27/coach-leaves", "/2025/04/27"),
        ("https://a.example/2025-04-27-coach-leaves.html", "/2025-04-27"),
        ("https://a.example/news/2025/4/27/coach", "/2025/4/27"),
        ("https://a.example/coach-leaves-20250427.html", "-20250427"),
    ],
)
def test_the_path_of_an_address_tells_the_day(url, evidence):
    published = date_article(url=url)
    assert (published.day, published.evidence) == (date(2025, 4, 27), evidence)


@pytest.mark.parametrize(
    "url", ["https://a.example/2025/04/coach", "https://a.example/id/20254711", "https://a.example/x?d=/2025/04/27/"]
)
def test_other_figures_in_an_address_are_no_date(url):
    assert date_article(url=url) == Published()


def test_a_crawl_line_says_so():
    assert date_article(header="2025-04-27").evidence == "date 2025-04-27"


@pytest.mark.parametrize(
    "head",
    [
        "PORTO, April 27, 2025 (Wire) — He left.",
        "Coach leaves\n27 April 2025\nHe left the club.",
        "Coach leaves\nPublished: Sunday, 27 April 2025 at 10:15\nHe left.",
        "Porto ( April 27 , 2025 ) —\nHe left.",
    ],
)
def test_a_dateline_gives_the_day(head):
    assert date_article(text=head).day == date(2025, 4, 27)


@pytest.mark.parametrize(
    "text",
    [
        "Coach leaves\nFirst published on Sunday, 27 April 2025 at 10:15 in Sport\nHe left.",
        "Coach leaves\nBy Ann Rell | Published: April 27, 2025 | 4 min read\nHe left.",
        "Coach leaves\n"
        + "He left the club, and then came back. " * 30
        + "\nThis article was originally published on April 27, 2025.",
    ],
)
def test_published_on_gives_the_day(text):
    assert date_article(text=text).day == date(2025, 4, 27)


def test_a_live_report_spans_its_stamps():
    entries = "\n".join(f"Ann Rell April 27, 2025 {hour}:15PM\nHe has left." for hour in (9, 10, 11))
    published = date_article(text=entries)
    assert (published.start, published.end) == (date(2025, 4, 27), date(2025, 4, 28))
    assert published.evidence == "April 27, 2025 9:15PM; April 27, 2025 11:15PM"


def test_a_weekday_with_its_date_tells_the_year():
    published = date_article(text="The vote of 2024 still hurts. He was last seen on Friday, April 25.")
    assert published.start == date(2024, 10, 24)
    assert published.end == date(2025, 10, 25)
    assert published.evidence == "Friday, April 25"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("He left yesterday, 26 April 2025, for good.", date(2025, 4, 27), date(2025, 4, 27)),
        ("He left last Friday, April 25, 2025, for good.", date(2025, 4, 26), date(2025, 5, 8)),
        ("He leaves next Sunday, 4 May 2025.", date(2025, 4, 21), date(2025, 5, 3)),
    ],
)
def test_a_day_named_both_ways_bounds_the_day_of_writing(text, start, end):
    published = date_article(text=text)
    assert (published.start, published.end) == (start, end)


def test_a_day_named_both_ways_in_a_quotation_is_the_speakers():
    assert date_article(text="“He left yesterday, 26 April 2025,” she wrote.") == Published()


def test_a_dateline_without_a_year_narrows_what_else_is_known():
    text = "PORTO, March 3 (Wire) — He signed on 5 June 2024. He has a contract until June 2025."
    published = date_article(text=text)
    assert (published.start, published.end) == (date(2025, 3, 3), date(2025, 3, 4))
    assert "PORTO, March 3 (Wire) —" in (published.evidence or "")


def test_a_day_of_updating_is_the_latest_day():
    text = "He signed on 5 June 2024 and left.\nLast updated: 7 June 2024"
    published = date_article(text=text)
    assert (published.start, published.end) == (date(2024, 6, 5), date(2024, 6, 7))


SPRING = (
    "The board will meet Dario Fenn in the coming days to discuss plans for next season.\n\n"
    "Wednesday's 2-0 defeat in the Champions League semifinal this week has hurt, but the club are "
    "planning for the 2018-19 campaign with him, who has a contract until the summer of 2020."
)


def test_plans_for_a_season_and_a_cup_tie_narrow_the_day():
    published = date_article(text=SPRING)
    assert published.start
    assert published.end
    assert date(2018, 4, 15) <= published.start <= date(2018, 5, 1)
    assert date(2018, 5, 5) <= published.end <= date(2018, 5, 31)
    assert "the 2018-19 campaign" in (published.evidence or "")


def test_a_running_season_bounds_the_day():
    published = date_article(
        text="After a poor 2021/22 season for Harrowmere, Fenn is expected to leave when the season draws to a close. "
        "They were knocked out of Europe at the quarter-final stage."
    )
    assert (published.start, published.end) == (date(2022, 4, 3), date(2022, 6, 30))


def test_the_next_fixtures_in_june_are_after_those_of_march():
    published = date_article(
        text="It has been a poor 2021/22 season. A coach is wanted before the next set of international fixtures in June. "
        "There are five matches left of the season."
    )
    assert published.start == date(2022, 3, 18)
    assert published.end == date(2022, 6, 10)


def test_a_turn_dated_twice_gives_the_year():
    published = date_article(
        text="The club regret the manner of her departure in 2017. She has been out of work since leaving two years ago. "
        "The new coach has a contract until June 2019."
    )
    assert (published.start, published.end) == (date(2018, 7, 1), date(2019, 6, 30))


def test_past_and_future_dates_bound_the_day():
    published = date_article(text="He signed on 3 March 2021. He has a contract until 2022.")
    assert (published.start, published.end) == (date(2021, 3, 3), date(2022, 12, 31))
    assert published.evidence == "He signed on 3 March 2021; a contract until 2022"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He left yesterday and will be back in the coming days.",
        "He signed on 3 March 2021 and has not been seen since.",
        "PORTO, March 3 (Wire) — He left on Monday.",
        "The vote of 2016 still hurts. He was last seen on Friday, April 24.",
        "Last updated: 7 June 2024",
        "He has a contract until 2026.",
        "The 2012 nominee said he won in 2008 and would run in 2010.",
        "In the 2015-16 season they won the league.",
        "They were knocked out of Europe at the quarter-final stage with five games left in LaLiga.",
        "He said in 2004: we will win in 2006. The inquiry ended in 2012.",
        "He signed on 3 March 2001. He has a contract until 2022.",
    ],
)
def test_words_that_bind_only_one_side_or_none_give_nothing(text):
    assert date_article(text=text) == Published()


@pytest.mark.parametrize(
    "text",
    [
        "Ahead of the 2015-16 season they had sold him; in 2019 he was sacked.",
        "They were planning for the 2015-16 campaign when he left in 2015. He died in 2020.",
        "Women's Champions League: beaten in the quarter-final, they had planned for the 2015-16 campaign.",
    ],
)
def test_what_looks_back_is_not_taken_for_the_present(text):
    assert date_article(text=text) == Published()


def test_nothing_is_ever_filled_with_today():
    assert date_article(metadata="n/a", page="today", url="https://a.example/x", text="He leaves today.") == Published()

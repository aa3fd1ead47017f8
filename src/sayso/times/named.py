"""Expressions that name their time: dates, months, seasons, years, quarters, feasts."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from re import Match
from typing import Final

from sayso.times.sense import Place, Resolver, Sense, edged, month_of, on_day, season_of, toward_of, year_from, year_of
from sayso.times.words import CENTURIES, COUNTED, DECADES, FEASTS, MONTHS, SEASONS


def _valid(year: int, month: int, day: int) -> Sense | None:
    try:
        return on_day(date(year, month, day))
    except ValueError:
        return None


def _iso(match: Match[str], _: Place) -> Sense | None:
    return _valid(int(match["y"]), int(match["m"]), int(match["d"]))


def _slashed(match: Match[str], _: Place) -> Sense | None:
    day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
    if year < 100:
        year += 2000 if year < 50 else 1900
    return _valid(year, month, day) or _valid(year, day, month)


def _full_date(match: Match[str], at: Place) -> Sense | None:
    """A day with its month, or the days of one month: "3-5 May"."""
    last = _one_date(match, at)
    if not match["from"] or last is None or last.last is None or not 0 < int(match["from"]) < last.last.day:
        return last
    first = last.last.replace(day=int(match["from"]))
    return Sense(f"{first}/{last.last}", first, last.last)


def _one_date(match: Match[str], at: Place) -> Sense | None:
    words, day = match["month"], int(re.sub(r"\D", "", match["day"]))
    if words in ("may", "mar", "march", "sep", "dec", "jan", "jun") and not at.capital(match.start("month")):
        return None
    if match["year"]:
        return _valid(int(match["year"]), MONTHS[words], day)
    return day_of_year(MONTHS[words], day, at, match["rel"])


def day_of_year(month: int, day: int, at: Place, rel: str | None = None) -> Sense | None:
    """A day without its year: the nearest, or the one the tense asks for."""
    if at.ref is None:
        return Sense(f"XXXX-{month:02}-{day:02}") if day <= monthrange(2024, month)[1] else None
    near = [found for year in (-1, 0, 1) if (found := _valid(at.ref.year + year, month, day))]
    return nearest(near, at, slack=(75, 75), rel=rel)


def nearest(senses: list[Sense], at: Place, slack: tuple[int, int], rel: str | None = None) -> Sense | None:
    """The nearest of the senses that the tense allows; the slack is the days it may err, in the past and the future.

    "Last" and "next" leave no slack, and pass over the time they are said in.
    """
    toward = toward_of(rel)
    apart = {sense: days_apart(sense, at.ref) for sense in senses}
    if toward:
        fitting = [sense for sense in senses if toward * apart[sense] > 0]
    else:
        tense = at.tense()
        fitting = [sense for sense in senses if tense * apart[sense] >= -slack[tense > 0]]
    return min(fitting or senses, key=lambda sense: abs(apart[sense]), default=None)


def days_apart(sense: Sense, day: date | None) -> int:
    """Days from the day to the time, negative where it is over, 0 where it is going on."""
    if day is None or sense.first is None or sense.last is None:
        return 0
    return (sense.first - day).days if sense.first > day else min(0, (sense.last - day).days)


# Months that are also names or words, and what must stand before them to be taken for months.
_AMBIGUOUS: Final = frozenset(
    "may march august april june mar. mar jan dec sep jun sept oct nov feb apr jul aug".split()
)


_MONTH_LEADS: Final = (
    "in|since|until|till|by|last|next|this|early|late|mid|before|after|every|each|through|during|as of|coming|of"
    "|from|to|between|for|and|or|past|around|than"
)


def _month_named(match: Match[str], at: Place) -> Sense | None:
    words, ref = match["month"], at.ref
    month, year = MONTHS[words], match["year"]
    if words in ("may", "march") and not at.capital(match.start("month")):
        return None
    if not (year or match["yrel"] or match["rel"] or match["edge"] or _is_month(match, at)):
        return None
    if year:
        return edged(month_of(year_from(year), month), match["edge"], ref)
    if ref is None:
        return Sense(f"XXXX-{month:02}")
    if match["yrel"]:
        return edged(month_of(ref.year + toward_of(match["yrel"]), month), match["edge"], ref)
    near = [month_of(ref.year + turn, month) for turn in ((0,) if match["rel"] == "this" else (-1, 0, 1))]
    # "Under a June agreement" leans on no verb.
    found = nearest(near, at, slack=(999, 999) if at.after("a|an") else (31, 31), rel=match["rel"])
    return edged(found, match["edge"], ref) if found else None


def _is_month(match: Match[str], at: Place) -> bool:
    """Whether a month's name on its own is meant as one: "in May", not "may", "Theresa May" or "April Jones"."""
    words = match["month"]
    if f"{words}." in MONTHS and words != "may" and len(words) < 5:
        return False
    if words not in _AMBIGUOUS:
        return True
    after = at.text[match.end() : match.end() + 5]
    named = re.match(r"\s[A-Z][a-z]", after) and not at.after("in|since|until|by|last|next")
    # "The March accession", "its June agreement": a noun comes right behind, not "the March on Rome".
    told = at.after(_MONTH_LEADS) or (
        at.after("a|an|the|its|their") and re.match(r"\s(?!of\b|on\b|for\b|to\b|in\b|at\b|and\b|by\b)[a-z]{2}", after)
    )
    return at.capital(match.start("month")) and bool(told) and not named


def _season_named(match: Match[str], at: Place) -> Sense | None:
    name, year, rel, ref = match["season"], match["year"], match["rel"], at.ref
    if year:
        return edged(season_of(year_from(year), name), match["edge"], ref)
    leads = (
        "in|into|over|during|throughout|through|until|by|for|of|before|after|since|at"
        if match["the"]
        else "in|until|since|by"
    )
    if not (rel or match["yrel"] or match["edge"]) and (name == "fall" or not at.after(leads)):
        return None
    if ref is None:
        return Sense(f"XXXX-{SEASONS[name][0]}")
    if match["yrel"]:
        return edged(season_of(ref.year + toward_of(match["yrel"]), name), match["edge"], ref)
    near = [season_of(ref.year + turn, name) for turn in (-1, 0, 1, 2)]
    if rel == "next":
        # "Next summer" said in spring is a year off: the nearer one is "this summer".
        near = [sense for sense in near if days_apart(sense, ref) > 90]
    found = nearest(near, at, slack=(200, 200), rel=rel)
    return edged(found, match["edge"], ref) if found else None


def _two_years(match: Match[str], _: Place) -> Sense | None:
    """A season over two years ("2024/25") runs from July to June; other pairs are whole years."""
    first, words = int(match["y"]), match["z"]
    second = int(words) if len(words) == 4 else first // 100 * 100 + int(words)
    if second == first + 1 and (len(words) == 2 or match["sep"] == "/" or match["noun"]):
        return Sense(f"{first}/{second}", date(first, 7, 1), date(second, 6, 30))
    return Sense(f"{first}/{second}", date(first, 1, 1), date(second, 12, 31)) if second > first else None


def _year_named(match: Match[str], at: Place) -> Sense | None:
    before, after = at.text[max(0, at.start - 2) : at.start], at.lower[at.end : at.end + 24]
    if re.search(r"[$£€#@/.,:\d]$|[-–][$£€\d]?$", before) and not re.search(r"[a-z][-–]$", before):
        return None
    if re.match(rf"(?:[-–:/.,]?\d|[%/@]|[-\s](?:{COUNTED})\b)", after):
        return None
    return edged(year_of(year_from(match["year"])), match["edge"], at.ref)


def _short_year(match: Match[str], at: Place) -> Sense | None:
    """A year of two figures behind an apostrophe ("since '82"): the last such year, or one that lies just ahead."""
    if not re.search(
        r"\b(?:in|since|of|from|until|till|before|after|class|summer|spring|autumn|fall|winter)\W{1,2}$",
        at.lower[max(0, at.start - 12) : at.start],
    ):
        return None
    if at.ref is None:
        return Sense(f"XX{match['yy']}")
    year = at.ref.year // 100 * 100 + int(match["yy"])
    return year_of(year - 100 if year > at.ref.year + 10 else year)


def _decade(match: Match[str], at: Place) -> Sense | None:
    """A decade ("the 1990s", "the '90s", "the nineties"); not "$90s", nor "90s" alone, which may be seconds."""
    digits = match["decade"]
    number = 190 + DECADES[digits] if digits in DECADES else int(digits) + (190 if len(digits) == 1 else 0)
    said_so = re.search(
        r"(?:\b(?:the|early|mid|late)|0[’']?s(?:\sand|\sor|\sto|,))[-\s][’'‘]?$",
        at.lower[max(0, at.start - 9) : match.start("decade")],
    )
    if at.follows("$£€") or (len(digits) == 1 and (digits in "012" or not said_so)):
        return None
    return edged(Sense(str(number), date(number * 10, 1, 1), date(number * 10 + 9, 12, 31)), match["edge"], at.ref)


def _century(match: Match[str], at: Place) -> Sense | None:
    words = match["nth"]
    number = CENTURIES.get(words) or int(re.sub(r"\D", "", words) or 0)
    if not 2 <= number <= 90:
        return None
    first, last = date(number * 100 - 100, 1, 1), date(number * 100 - 1, 12, 31)
    return edged(Sense(f"{number - 1:02}", first, last), match["edge"], at.ref)


def _feast(match: Match[str], at: Place) -> Sense | None:
    name = re.sub(r"\s+", " ", match["feast"].replace("’", "'"))
    name = "year end" if "end" in name else name.replace("labour", "labor")
    if match["year"]:
        return _feast_day(name, int(match["year"]))
    if at.ref is None:
        return Sense("XXXX-{:02}-{:02}".format(*FEASTS[name]) if name in FEASTS else None)
    near = [_feast_day(name, at.ref.year + turn) for turn in (-1, 0, 1)]
    return nearest(near, at, slack=(30, 30), rel=match["rel"])


def _feast_day(name: str, year: int) -> Sense:
    if name == "year end":
        return Sense(str(year), date(year, 12, 1), date(year, 12, 31))
    if name in FEASTS:
        return on_day(date(year, *FEASTS[name]))
    if name.startswith("thanksgiving"):
        return on_day(_weekday_from(date(year, 11, 22), 3))
    if name == "labor day":
        return on_day(_weekday_from(date(year, 9, 1), 0))
    if name == "memorial day":
        return on_day(_weekday_from(date(year, 5, 25), 0))
    if name == "election day":
        return on_day(_weekday_from(date(year, 11, 2), 1))
    return on_day(_easter(year) + timedelta(-2 if name == "good friday" else name == "easter monday"))


def _weekday_from(day: date, weekday: int) -> date:
    """The first such weekday (Monday 0) on or after a day."""
    return day + timedelta((weekday - day.weekday()) % 7)


def _easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


NAMED: Final[dict[str, Resolver]] = {
    "iso": _iso,
    "slashed": _slashed,
    "dmy": _full_date,
    "mdy": _full_date,
    "two_years": _two_years,
    "short_year": _short_year,
    "decade": _decade,
    "century": _century,
    "season": _season_named,
    "month": _month_named,
    "year": _year_named,
    "feast": _feast,
}

"""Expressions that name their time: dates, months, seasons, years, quarters, feasts."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from re import Match
from typing import Final

from sayso.times.sense import Place, Resolver, Sense, edged, month_of, on_day, quarter_of, season_of, toward_of, year_of
from sayso.times.words import CENTURIES, COUNTED, DECADES, FEASTS, MONTHS, ORDINALS, SEASONS


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
    if not (year or match["yrel"] or match["rel"] or match["edge"] or _is_month(match, at)):
        return None
    if year:
        return edged(month_of(int(year), month), match["edge"], ref)
    if ref is None:
        return Sense(f"XXXX-{month:02}")
    if match["yrel"]:
        return edged(month_of(ref.year + toward_of(match["yrel"]), month), match["edge"], ref)
    near = [month_of(ref.year + turn, month) for turn in ((0,) if match["rel"] == "this" else (-1, 0, 1))]
    found = nearest(near, at, slack=(31, 31), rel=match["rel"])
    return edged(found, match["edge"], ref) if found else None


def _is_month(match: Match[str], at: Place) -> bool:
    """Whether a month's name on its own is meant as one: "in May", not "may", "Theresa May" or "April Jones"."""
    words = match["month"]
    if f"{words}." in MONTHS and words != "may" and len(words) < 5:
        return False
    if words not in _AMBIGUOUS:
        return True
    named = re.match(r"\s[A-Z][a-z]", at.text[match.end() : match.end() + 3]) and not at.after(
        "in|since|until|by|last|next"
    )
    return at.capital(match.start("month")) and at.after(_MONTH_LEADS) and not named


def _season_named(match: Match[str], at: Place) -> Sense | None:
    name, year, rel, ref = match["season"], match["year"], match["rel"], at.ref
    if year:
        return edged(season_of(int(year), name), match["edge"], ref)
    leads = "in|over|during|until|by|for|of|before|after|since|at" if match["the"] else "in|until|since|by"
    if not (rel or match["yrel"]) and (name == "fall" or not at.after(leads)):
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
    return edged(year_of(int(match["year"])), match["edge"], at.ref)


def _decade(match: Match[str], at: Place) -> Sense | None:
    """A decade ("the 1990s", "the '90s", "the nineties"); not "$90s", nor "90s" alone, which may be seconds."""
    digits = match["decade"]
    number = 190 + DECADES[digits] if digits in DECADES else int(digits) + (190 if len(digits) == 1 else 0)
    said_so = re.search(r"\b(?:the|early|mid|late)[-\s][’'‘]?$", at.lower[max(0, at.start - 9) : match.start("decade")])
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


def _quarter_named(match: Match[str], at: Place) -> Sense | None:
    number = int(match["q"] or ORDINALS.get(match["nth"], 4))
    if match["year"] or match["fy"]:
        return quarter_of(int(match["year"] or match["fy"]), number)
    if at.ref is None:
        return Sense(f"XXXX-Q{number}")
    if match["yrel"] or match["poss"]:
        return quarter_of(at.ref.year + toward_of(match["yrel"] or match["poss"]), number)
    return nearest([quarter_of(at.ref.year + year, number) for year in (-1, 0, 1)], at, slack=(0, 100))


def _half(match: Match[str], at: Place) -> Sense | None:
    if match["year"]:
        year = int(match["year"])
    elif at.ref is None:
        return Sense(None)
    else:
        year = at.ref.year + toward_of(match["yrel"])
    first = match["nth"] == "first"
    return Sense(
        f"{year}-H{1 if first else 2}",
        date(year, 1 if first else 7, 1),
        date(year, 6, 30) if first else date(year, 12, 31),
    )


def _feast(match: Match[str], at: Place) -> Sense | None:
    name = re.sub(r"\s+", " ", match["feast"].replace("’", "'"))
    if match["year"]:
        return _feast_day(name, int(match["year"]))
    if at.ref is None:
        return Sense("XXXX-{:02}-{:02}".format(*FEASTS[name]) if name in FEASTS else None)
    near = [_feast_day(name, at.ref.year + turn) for turn in (-1, 0, 1)]
    return nearest(near, at, slack=(30, 30), rel=match["rel"])


def _feast_day(name: str, year: int) -> Sense:
    if name in FEASTS:
        return on_day(date(year, *FEASTS[name]))
    if name.startswith("thanksgiving"):
        first = date(year, 11, 1)
        return on_day(first + timedelta((3 - first.weekday()) % 7 + 21))
    return on_day(_easter(year))


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
    "quarter": _quarter_named,
    "half": _half,
    "decade": _decade,
    "century": _century,
    "season": _season_named,
    "month": _month_named,
    "year": _year_named,
    "feast": _feast,
}

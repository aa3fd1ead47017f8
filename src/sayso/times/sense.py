"""What an expression means, where it stands, and the calendar's own units."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from re import Match
from typing import Final, NamedTuple

from sayso.times.words import AHEAD, CLOCK_UNITS, FUTURE, NUMBERS, PARTS, PAST, PUT_OFF, SEASONS, UNITS


class Sense(NamedTuple):
    """What an expression means: its value, and the first and last day it allows."""

    value: str | None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """An expression where it stands: the lower-cased text around it, the day it was said, the time named before it the
    last quarter or other stretch of an account, and the last single day.
    """

    text: str
    lower: str
    start: int
    end: int
    ref: date | None
    anchor: Sense | None
    period: Sense | None = None
    day: date | None = None

    def after(self, pattern: str) -> bool:
        """Whether the words just before the expression end in the pattern."""
        return re.search(rf"\b(?:{pattern})\W{{1,2}}$", self.lower[max(0, self.start - 30) : self.start]) is not None

    def follows(self, letters: str) -> bool:
        """Whether one of the letters stands right before the expression."""
        return self.start > 0 and self.text[self.start - 1] in letters

    def capital(self, offset: int) -> bool:
        """Whether the expression's word at an offset into the text begins with a capital."""
        return self.text[offset].isupper()

    def tense(self) -> int:
        """−1 past, +1 future, 0 unknown, by the words around."""
        return tense_around(self.lower, self.start, self.end)


# "The coming days" are a week, "the coming weeks" two months, "the coming months" a year: more would be called weeks,
# months, years.
LOOSE: Final = {"day": ("day", 7), "week": ("day", 60), "month": ("month", 12)}
# The value of what lies before, around or after the day it is said, and no more is told.
REFS: Final = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}

Resolver = Callable[[Match[str], Place], Sense | None]


def shift(day: date, unit: str, count: int) -> date:
    """The day that many units later, the day of the month kept where the month has it."""
    if unit in ("day", "week", "weekend", "fortnight"):
        return day + timedelta(days=count * {"day": 1, "fortnight": 14}.get(unit, 7))
    months = count * {"month": 1, "quarter": 3, "decade": 120, "century": 1200}.get(unit, 12)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9998:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_of_week(number: int, ref: date, *, ahead: bool, same_day: bool = True) -> date:
    """The next such weekday or the last one; the day itself where it may be meant."""
    apart = (number - ref.isoweekday()) % 7 if ahead else (ref.isoweekday() - number) % 7
    apart = apart or (0 if same_day else 7)
    return ref + timedelta(apart if ahead else -apart)


def span_of(unit: str, day: date) -> Sense:
    """The whole week, month, quarter, year … that the day is in."""
    if unit in ("week", "fortnight", "weekend"):
        monday = day - timedelta(days=day.weekday())
        iso = day.isocalendar()
        if unit == "weekend":
            return Sense(f"{iso.year}-W{iso.week:02}-WE", monday + timedelta(5), monday + timedelta(6))
        return Sense(f"{iso.year}-W{iso.week:02}", monday, monday + timedelta(6))
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "quarter":
        return quarter_of(day.year, (day.month + 2) // 3)
    if unit in ("decade", "century"):
        width = 10 if unit == "decade" else 100
        start = day.year // width * width
        return Sense(str(day.year // width), date(start, 1, 1), date(start + width - 1, 12, 31))
    return year_of(day.year) if unit in ("year", "season") else on_day(day)


def on_day(day: date, part: str | None = None) -> Sense:
    """One day, or a part of it."""
    return Sense(day.isoformat() + (f"T{PARTS[part]}" if part else ""), day, day)


def month_of(year: int, month: int) -> Sense:
    """A month of a year."""
    return Sense(f"{year}-{month:02}", date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def quarter_of(year: int, quarter: int) -> Sense:
    """A quarter of a year."""
    return Sense(f"{year}-Q{quarter}", month_of(year, 3 * quarter - 2).first, month_of(year, 3 * quarter).last)


def year_of(year: int) -> Sense:
    """A whole year."""
    return Sense(str(year), date(year, 1, 1), date(year, 12, 31))


def season_of(year: int, name: str) -> Sense:
    """A season of a year: spring, summer, autumn or winter."""
    code, month = SEASONS[name]
    end = shift(date(year, month, 1), "month", 3) - timedelta(1)
    return Sense(f"{year}-{code}", date(year, month, 1), end)


def edged(sense: Sense, edge: str | None, ref: date | None) -> Sense:
    """The early, middle or late third of a time; "earlier" and "later" end or begin on the day they are said."""
    if not edge or sense.first is None or sense.last is None:
        return sense
    if edge.startswith(("earlier", "later")):
        if ref is None or not sense.first <= ref <= sense.last:
            return sense
        return sense._replace(last=ref) if edge.startswith("earlier") else sense._replace(first=ref)
    third = ((sense.last - sense.first) + timedelta(1)) / 3
    if re.search("early|beginning|start", edge):
        return sense._replace(last=sense.first + third)
    if re.search("mid", edge):
        return sense._replace(first=sense.first + third, last=sense.last - third)
    return sense._replace(first=sense.last - third)


_TENSE: Final = re.compile(rf"(?P<future>{FUTURE})|(?P<past>{PAST})", re.VERBOSE)


_SENTENCE: Final = re.compile(
    # the mark first: what stands before it is looked at there only
    r"[.!?](?<!\b[a-z].)(?<!\b[mds]r.)(?<!\bm[rs]s.)(?<!\bms.)(?<!\bst.)(?<!\bvs.)(?<!\bco.)(?<!inc.)(?<!corp.)(?<!\b[sgr]e[nvp].)[\"”’']*\s+|\n\s*\n|;"
)


_AHEAD: Final = re.compile(rf"\b{AHEAD}")


# What follows "to" where it is no infinitive: "shot to death", "went to court".
_INFINITIVE: Final = re.compile(
    r"\bto\s+(?!(?:the|an?|its|his|her|their|this|that|death|court|prison|jail|hospital|school|church|town|power|office"
    r"|london|paris|madrid|washington)\b)[a-z]+\s"
)


def tense_around(lower: str, start: int, end: int) -> int:
    """−1 where the lower-cased words around a span speak of the past, +1 of the future, 0 where they do not say."""
    before = _SENTENCE.split(lower[max(0, start - 170) : start])[-1]
    after = _SENTENCE.split(lower[end : end + 170])[0]
    # "The club on Sunday issued": the verb right behind tells most.
    at_once = _TENSE.match(after.lstrip())
    if at_once and at_once.lastgroup == "past":
        return -1
    found = list(_TENSE.finditer(before))
    if not found:
        told = _TENSE.search(after)
        if _AHEAD.search(before) and not (told and told.lastgroup == "past"):
            return 1
        return 0 if told is None else -1 if told.lastgroup == "past" else 1
    if found[-1].lastgroup == "future":
        return 1
    # "Agreed to leave in June", "extended until June": the verb is past, what it leads to may be yet to come.
    after = before[found[-1].end() :].lstrip()
    if _AHEAD.search(before):
        return (
            1
            if _INFINITIVE.search(after) or re.search(PUT_OFF, found[-1][0]) or found[-1][0] in ("has", "have")
            else -1
        )
    return 0 if _INFINITIVE.match(after) else -1


def count_of(words: str) -> float | None:
    """The number the words give; None for "several" and "a few"."""
    words = re.split(r"\s(?:to|or)\s", words)[0].replace(",", "")
    if match := re.match(r"(\d+)\s(\d)/(\d)$", words):
        return int(match[1]) + int(match[2]) / max(1, int(match[3]))
    if words.startswith("half"):
        return 0.5
    if words[0].isdigit():
        return float(words)
    half = 0.5 if words.endswith("half") else 0
    found = [NUMBERS[word] for word in re.findall(r"[a-z]+", words.removesuffix("and a half")) if word in NUMBERS]
    if re.search("few|several|many|dozen", words) or not found:
        return None
    if "couple" in words:
        return 2
    return (max(found) if found[0] == 1 and len(found) > 1 else sum(found)) + half


def unit_of(words: str) -> str:
    """The unit a word names, singular."""
    singular = words.replace("ies", "y").removesuffix("s") if words != "centuries" else "century"
    return singular if singular in UNITS else words


def year_from(words: str) -> int:
    """A year in figures, or spoken: "nineteen ninety-six"."""
    if words.isdigit() or "thousand" in words:
        return int(words) if words.isdigit() else 2000
    return 1900 + sum(NUMBERS[word] for word in re.findall(r"[a-z]+", words)[1:])


def duration_of(count: float | None, unit: str) -> str:
    """The TIMEX3 period: P3D, PT2H, PXY, P2Y6M."""
    code, mark = UNITS[unit], "T" if unit in CLOCK_UNITS else ""
    if count is None:
        return f"P{mark}X{'Y' if unit == 'decade' else code}"
    count *= {"fortnight": 2, "weekend": 2, "decade": 10}.get(unit, 1)
    code = "Y" if unit == "decade" else code
    whole, part = int(count), count - int(count)
    finer = {"year": ("M", 12), "hour": ("M", 60), "minute": ("S", 60), "week": ("D", 7)}.get(unit)
    if part and finer:
        return f"P{mark}{f'{whole}{code}' if whole else ''}{round(part * finer[1])}{finer[0]}"
    return f"P{mark}{count:g}{code}"


_TOWARD: Final = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}


def toward_of(words: str | None) -> int:
    """−1 for "last", +1 for "next" and their like, 0 for "this" and nothing."""
    return _TOWARD.get(words.split()[-1], 0) if words else 0

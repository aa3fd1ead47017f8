"""Quarters, halves and the stretches that accounts are made up for, and the same stretch of another year."""

from __future__ import annotations

import re
from datetime import date, timedelta
from re import Match
from typing import Final

from sayso.times.named import day_of_year, nearest
from sayso.times.sense import (
    Place,
    Resolver,
    Sense,
    count_of,
    month_of,
    quarter_of,
    shift,
    span_of,
    toward_of,
    unit_of,
    year_from,
    year_of,
)
from sayso.times.words import DAYS, MONTHS, ORDINALS

_ENDED: Final = re.compile(
    rf"\s(?:that\s|which\s)?(?:ended|ending|ends|will\send"
    rf"|to)\s(?:on\s|in\s)?(?:(?P<day>\d\d?)\s)?(?P<month>{'|'.join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))})"
    r"(?!\w)(?:\s(?P<date>\d\d?)(?!\d))?(?:,?\s(?P<year>(?:19|20)\d\d))?"
)


_ENDED_NEAR: Final = re.compile(r"\s(?:ended|ending)\s(today|yesterday|tomorrow)\b")


def ended(at: Place) -> date | None:
    """The last day of a stretch that says when it ended: "the quarter ended Sept. 30", "the year to March"."""
    if near := _ENDED_NEAR.match(at.lower, at.end):
        return at.ref + timedelta(DAYS[near[1]]) if at.ref else None
    match = _ENDED.match(at.lower, at.end)
    if match is None:
        return None
    month, number = MONTHS[match["month"]], match["day"] or match["date"]
    if match["year"]:
        whole = month_of(int(match["year"]), month)
        return whole.first.replace(day=int(number)) if number and whole.first else whole.last
    found = day_of_year(month, int(number or 1), at)
    if found is None or found.last is None:
        return None
    return found.last if number else month_of(found.last.year, month).last


def up_to(end: date, unit: str, count: int) -> tuple[date, date]:
    """The stretch of so many whole months or years that ends on a day."""
    return shift(end + timedelta(1), unit, -count), end


def quarter_of_end(end: date) -> Sense:
    """The quarter of the calendar that holds most of a quarter ended on a day; its days are the quarter's own."""
    middle = end - timedelta(45)
    return Sense(quarter_of(middle.year, (middle.month + 2) // 3).value, *up_to(end, "month", 3))


def _quarter_named(match: Match[str], at: Place) -> Sense | None:
    number = int(match["q"] or ORDINALS.get(match["nth"], 4))
    if match["year"] or match["fy"]:
        return quarter_of(year_from(match["year"] or match["fy"]), number)
    if end := ended(at):
        # A firm counts its quarters by its own year: the number is as told, the days are those that ended.
        return Sense(f"{end.year}-Q{number}", *up_to(end, "month", 3))
    if at.ref is None:
        return Sense(f"XXXX-Q{number}")
    if match["yrel"] or match["poss"]:
        return quarter_of(at.ref.year + toward_of(match["yrel"] or match["poss"]), number)
    found = nearest([quarter_of(at.ref.year + year, number) for year in (-1, 0, 1)], at, slack=(0, 100))
    return moved(found) if match["ago"] and found else found


def _half(match: Match[str], at: Place) -> Sense | None:
    if match["year"]:
        year = year_from(match["year"])
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


def _compared(match: Match[str], at: Place) -> Sense | None:
    """The quarter, period or month of another year that figures are held against: "the year-ago quarter", "the same month last year"."""
    noun, elsewhere = match["noun"], match["back"] or match["tail"] or match["fy"] or match["year"]
    if match["n"]:
        return Sense(f"P{count_of(match['n']):g}M" if count_of(match["n"]) else "PXM") if elsewhere else None
    if not (elsewhere or match["same"]):
        return None
    here: Sense | None = at.period if noun in ("quarter", "period") and at.period else at.anchor
    if here is None or here.first is None or here.last is None:
        return _year_meant(match, at)
    if not elsewhere:
        return here if noun == "period" else span_of(noun, here.first)
    year = match["fy"] or match["year"]
    return moved(
        here if noun == "period" or "-Q" in (here.value or "") else span_of(noun, here.first),
        int(year) if year else None,
    )


def _year_meant(match: Match[str], at: Place) -> Sense | None:
    """The year that is held against this one, where nothing tells which part of it is meant."""
    if match["fy"] or match["year"]:
        return year_of(int(match["fy"] or match["year"]))
    if match["back"] or match["tail"]:
        return year_of(at.ref.year - 1) if at.ref else Sense("PAST_REF")
    return None


def moved(sense: Sense, year: int | None = None, *, ref: date | None = None) -> Sense:
    """The same stretch of another year; of the year before where none is told."""
    if sense.first is None or sense.last is None:
        return year_of(ref.year - 1) if ref else Sense("PAST_REF")
    told = re.match(r"(\d{4})(?=$|-)", sense.value or "")
    turn = year - int(told[1]) if year and told else -1
    first, last = shift(sense.first, "year", turn), shift(sense.last, "year", turn)
    if not told:
        return Sense(str(last.year), first, last)
    if (sense.value or "")[4:].startswith("-W"):
        return span_of("week", shift(sense.first, "year", turn))
    return Sense(f"{int(told[1]) + turn}{(sense.value or '')[4:]}", first, last)


def _running(match: Match[str], at: Place) -> Sense | None:
    """The last of a row, "a third straight day": the one that is told of."""
    unit = unit_of(match["unit"] or match["row"])
    day = at.anchor.first if at.anchor and at.anchor.first and at.anchor.first == at.anchor.last else at.ref
    return span_of(unit, day) if day else Sense("PRESENT_REF")


PERIODS: Final[dict[str, Resolver]] = {
    "quarter": _quarter_named,
    "half": _half,
    "compared": _compared,
    "running": _running,
}

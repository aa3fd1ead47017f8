"""Expressions that count from the day they were said or from a time named before: weekdays, "last week", "two years ago"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from math import ceil
from re import Match
from typing import Final

from sayso.times.named import day_of_year
from sayso.times.sense import (
    Place,
    Resolver,
    Sense,
    count_of,
    duration_of,
    edged,
    on_day,
    shift,
    span_of,
    toward_of,
    unit_of,
)
from sayso.times.words import CLOCK_UNITS, DAYS, MONTHS, PARTS, SEASONS, WEEKDAYS

_REFS: Final = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


def _weekday(match: Match[str], at: Place) -> Sense | None:
    number, rel, part = WEEKDAYS[match["day"]], match["rel"], match["part"]
    if at.ref is None or rel in ("every", "each") or match["plural"]:
        return Sense(f"XXXX-WXX-{number}" + (f"T{PARTS[part]}" if part else ""))
    toward = toward_of(rel)
    tense = toward or at.tense()
    ahead = tense >= 0 if rel == "this" else tense > 0
    return on_day(_day_of_week(number, at.ref, ahead=ahead, same_day=not toward), part)


def _day_of_week(number: int, ref: date, *, ahead: bool, same_day: bool = True) -> date:
    """The next such weekday or the last one; the day itself where it may be meant."""
    apart = (number - ref.isoweekday()) % 7 if ahead else (ref.isoweekday() - number) % 7
    apart = apart or (0 if same_day else 7)
    return ref + timedelta(apart if ahead else -apart)


def _deictic(match: Match[str], at: Place) -> Sense | None:
    words = re.sub(r"\s+", " ", match["day"])
    part = "night" if words in ("tonight", "last night", "overnight") else match["part"] or words.removeprefix("this ")
    offset = -1 if words == "last night" else DAYS.get(words, 0)
    if at.ref is None:
        return Sense(_REFS[(offset > 0) - (offset < 0)])
    return on_day(at.ref + timedelta(offset), part if part in PARTS else None)


def _unit_named(match: Match[str], at: Place) -> Sense | None:
    """The unit the day lies in, or the one beside it: "last week", "earlier this month", "the end of the year"."""
    unit, rel, ref = unit_of(match["unit"]), match["rel"], at.ref
    toward = toward_of(rel)
    if unit == "season":
        # When a season begins and ends is for the sport's calendar to say, not for the words.
        return Sense(_REFS[toward], ref if toward > 0 else None, ref if toward < 0 else None)
    if ref is None:
        return Sense(_REFS[toward])
    if rel == "past":
        return Sense(duration_of(1, unit), shift(ref, unit, -1), ref)
    if unit == "quarter" and rel in ("latest", "the"):
        return _quarter_before(at) or span_of(unit, shift(ref, unit, -1))
    if unit == "weekend" and rel not in ("last", "this", "next"):
        return span_of(unit, _day_of_week(6, ref, ahead=at.tense() > 0))
    return edged(span_of(unit, shift(ref, unit, toward)), match["edge"], ref)


def _quarter_before(at: Place) -> Sense | None:
    """The quarter named before, where it was one."""
    return at.anchor if at.anchor and "-Q" in (at.anchor.value or "") else None


# "The coming days" are a week, "the coming weeks" two months, "the coming months" a year: more would be called weeks,
# months, years.
_LOOSE: Final = {"day": ("day", 7), "week": ("day", 60), "month": ("month", 12)}


def _units_ahead(match: Match[str], at: Place) -> Sense | None:
    """A stretch that touches the day it is said: "the past two months", "the next few days", "recent weeks"."""
    unit, rel, ref = unit_of(match["unit"]), match["rel"], at.ref
    number = count_of(match["n"]) if match["n"] else None
    value = "PAST_REF" if rel == "recent" and not match["n"] else duration_of(number, unit)
    toward = 0 if rel in ("first", "final") else toward_of(rel) or -1
    if ref is None or not toward:
        return Sense(value)
    if number is None and unit not in _LOOSE:
        return Sense(value, ref if toward > 0 else None, ref if toward < 0 else None)
    if unit in CLOCK_UNITS:
        unit, number = "day", 1
    step, count = _LOOSE[unit] if number is None else (unit, ceil(number))
    far = shift(ref, step, toward * count)
    return Sense(value, min(ref, far), max(ref, far))


_BACK: Final = ("ago", "earlier", "before", "previously", "back")


def _ago(match: Match[str], at: Place) -> Sense | None:
    """So long before or after the day it is said ("ago") or the time named before ("earlier", "later")."""
    unit, way, ref = unit_of(match["unit"]), match["way"], at.ref
    number = count_of(match["n"]) if match["n"] else None if match["unit"].endswith("s") else 1
    toward = -1 if way in _BACK else 1
    # "A year ago" beside a quarter is that quarter a year before.
    if way not in ("ago", "from now", "hence", "back") or (_quarter_before(at) and (unit, number) == ("year", 1)):
        return _from_anchor(at, unit, number, toward)
    if ref is None:
        return Sense(_REFS[toward])
    if number is None or unit in CLOCK_UNITS:
        near = ref - timedelta(1) if number and number < 24 else None
        return Sense(_REFS[toward], near if toward < 0 else ref, ref if toward < 0 else None)
    if number != int(number):
        unit, number = ("month", number * 12) if unit == "year" else ("day", number * 7)
    day = shift(ref, unit, toward * int(number))
    if unit in ("decade", "century"):
        # A round number is no exact year: two either side.
        return Sense(str(day.year), date(day.year - 2, 1, 1), date(day.year + 2, 12, 31))
    return span_of(unit, day)


def _from_anchor(at: Place, unit: str, number: float | None, toward: int) -> Sense:
    """So many units before or after the time named before; without one the value stays open."""
    anchor = at.anchor
    if anchor is None or anchor.first is None or anchor.last is None or number is None or unit in CLOCK_UNITS:
        return Sense(None)
    day = shift(anchor.first, unit, toward * int(number))
    width = (anchor.last - anchor.first).days
    if width == 0:
        return on_day(day) if unit in ("day", "week", "fortnight") else span_of(unit, day)
    for coarse, days in (("week", 7), ("month", 31), ("quarter", 92), ("year", 366)):
        if width < days:
            return span_of(coarse, day) if unit in ("month", "quarter", "year") or unit == coarse else Sense(None)
    return Sense(None)


def _anchored(match: Match[str], at: Place) -> Sense | None:
    """A day or week counted from the time named before: "that day", "the following week"."""
    unit, anchor = match["unit"], at.anchor
    if unit in PARTS:
        unit = "day"
    if anchor is None or anchor.first is None or (anchor.first != anchor.last and unit == "day"):
        return Sense(None)
    return span_of(unit, shift(anchor.first, unit, toward_of(match["rel"])))


# "The first time in 30 years" looks back, whatever the tense.
_FIRST_IN: Final = r"(?:time|times|once|twice|only|most|\w+est|games?|matches|wins?|defeats?) in"


def _lasting(match: Match[str], at: Place) -> Sense | None:
    number, unit = match["n"], unit_of(match["unit"])
    if unit in ("quarter", "season") or (not number and unit == "weekend"):
        return None
    if number in ("a", "an", "one") or not number:
        return _single(match, at, unit)
    count = count_of(number)
    whole = count is not None and count == int(count) and unit not in CLOCK_UNITS
    if count and whole and at.ref and at.after("in") and not at.after(_FIRST_IN) and at.tense() > 0:
        return span_of(unit, shift(at.ref, unit, int(count)))
    return Sense(duration_of(count, unit))


def _single(match: Match[str], at: Place, unit: str) -> Sense | None:
    """A duration of one, or of bare "weeks": a time only where the words around make it so."""
    after = at.lower[match.end() : match.end() + 8]
    if not match["n"]:
        if not match["unit"].endswith("s"):
            return None
        told = at.after("for|in|over|within|last|took|spent|after") or re.match(r"\s(?:before|after|of)\b", after)
        return Sense(duration_of(None, unit)) if told else None
    if match["half"] or match["long"] or match["about"] or match["n"] == "one":
        return Sense(duration_of(1.5 if match["half"] else 1, unit))
    if unit in ("week", "fortnight", "month", "year", "decade", "century") and not re.match(r"\sof\b", after):
        return Sense(duration_of(1, unit))
    leads = r"once|twice|times|hours|days|for|in|within|than|only|after|take|took|lasted|over|every|\d+"
    return Sense(duration_of(1, unit)) if unit in ("day", "hour") and at.after(leads) else None


_ADVERBS: Final = {"hourly": "PT1H", "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y"}


def _repeated(match: Match[str], _: Place) -> Sense | None:
    if match["adverb"]:
        return Sense(_ADVERBS[match["adverb"]])
    words = match["unit"]
    if words in ("second", "minute"):
        return None
    if words in MONTHS:
        return Sense(f"XXXX-{MONTHS[words]:02}")
    if words in SEASONS:
        return Sense(f"XXXX-{SEASONS[words][0]}")
    if words in PARTS:
        return Sense(f"XXXX-XX-XXT{PARTS[words]}")
    return Sense(duration_of(count_of(match["n"]) if match["n"] else 1, unit_of(words)))


def _clock(match: Match[str], at: Place) -> Sense | None:
    hour, minute = int(match["h"] or 12), int(match["min"] or 0)
    exact = match["ampm"] or match["zone"] or match["word"]
    if match["word"]:
        hour = 24 if match["word"] == "midnight" else 12
    elif match["ampm"]:
        hour = hour % 12 + (12 if match["ampm"].startswith("p") else 0)
    # "(1:53)" is the running time of a video.
    if hour > 24 or at.follows("$£€:") or not (exact or (at.after("at|by|from|until|before|after|around|about"))):
        return None
    base = _clock_day(match, at)
    zulu = "Z" if match["zone"] in ("gmt", "utc") else ""
    return base._replace(value=f"{base.value}T{hour:02}:{minute:02}{zulu}")


def _clock_day(match: Match[str], at: Place) -> Sense:
    """The day named beside a time of day, else the day it was said."""
    day = match["day"]
    if match["month"]:
        return day_of_year(MONTHS[match["month"]], int(re.sub(r"\D", "", match["date"])), at) or Sense("XXXX-XX-XX")
    if at.ref is None:
        return Sense("XXXX-XX-XX")
    if day in WEEKDAYS:
        return on_day(_day_of_week(WEEKDAYS[day], at.ref, ahead=at.tense() > 0))
    return on_day(at.ref + timedelta(DAYS[day] if day else 0))


def _reference(match: Match[str], at: Place) -> Sense | None:
    words = match[0]
    if re.search("recent|lately|past", words):
        return Sense("PAST_REF", None, at.ref)
    if re.search("soon|future|ahead|to.come", words):
        return Sense("FUTURE_REF", at.ref, None)
    return Sense("PRESENT_REF", at.ref, at.ref)


def _symbolic(_match: Match[str], _: Place) -> Sense | None:
    return Sense(None)


def _after_event(_: Match[str], at: Place) -> Sense | None:
    return Sense(None) if at.after("after|before|until|till|following|since|by|at") else None


RELATIVE: Final[dict[str, Resolver]] = {
    "symbolic": _symbolic,
    "event": _after_event,
    "ago": _ago,
    "clock": _clock,
    "weekday": _weekday,
    "deictic": _deictic,
    "anchored": _anchored,
    "unit": _unit_named,
    "ahead": _units_ahead,
    "repeated": _repeated,
    "lasting": _lasting,
    "reference": _reference,
}

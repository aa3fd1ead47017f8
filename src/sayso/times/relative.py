"""Expressions that count from the day they were said or from a time named before: weekdays, "last week", "two years ago"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from re import Match
from typing import Final

from sayso.times.named import day_of_year
from sayso.times.periods import moved
from sayso.times.sense import (
    LOOSE,
    REFS,
    Place,
    Resolver,
    Sense,
    count_of,
    day_of_week,
    duration_of,
    on_day,
    shift,
    span_of,
    toward_of,
    unit_of,
    year_of,
)
from sayso.times.words import CLOCK_UNITS, DAYS, MONTHS, PARTS, WEEKDAYS

# A name of a newspaper or programme, no day.
_PAPER: Final = r"\s(?:Times|Telegraph|Mirror|Express|Mail|Post|Herald|Sun|World|People|Independent|Mercury|Sport|Night\s(?:Live|Football))\b"
# What only ever is spoken of when it is over.
_OVER: Final = (
    r"[’']s\s(?:\w+\s){0,2}(?:defeat|loss|win|victory|draw|ruling|verdict|attack|attacks|bombing|shooting|crash|decision"
    r"|announcement|purchases?|revelations?|setback)\b"
)


def _what_happened(at: Place) -> bool:
    """Whether the day names something over: "Wednesday's ruling", whatever the verb says of it."""
    return re.match(_OVER, at.lower[at.end : at.end + 40]) is not None


def _weekday(match: Match[str], at: Place) -> Sense | None:
    number, rel, part = WEEKDAYS[match["day"]], match["rel"], match["part"]
    if at.ref is None or rel in ("every", "each") or match["plural"]:
        return Sense(f"XXXX-WXX-{number}" + (f"T{PARTS[part]}" if part else ""))
    if re.match(_PAPER, at.text[match.end() : match.end() + 10]):
        return None
    if at.after("black"):
        return Sense(None)
    if rel == "previous" and at.day:
        return on_day(day_of_week(number, at.day, ahead=False, same_day=False), part)
    toward = toward_of(rel)
    tense = toward or (-1 if _what_happened(at) else at.tense())
    ahead = tense >= 0 if rel == "this" else tense > 0
    return on_day(day_of_week(number, at.ref, ahead=ahead, same_day=not toward), part)


def _deictic(match: Match[str], at: Place) -> Sense | None:
    words = re.sub(r"\s+", " ", match["day"])
    part = (
        "night"
        if words in ("tonight", "last night", "overnight")
        else match["first"] or match["part"] or words.removeprefix("this ")
    )
    offset = -1 if words == "last night" else DAYS.get(words, 0)
    if at.ref is None:
        return Sense(REFS[(offset > 0) - (offset < 0)])
    return on_day(at.ref + timedelta(offset), part if part in PARTS else None)


_BACK: Final = ("ago", "earlier", "before", "previously", "previous", "prior", "back")


def _ago(match: Match[str], at: Place) -> Sense | None:
    """So long before or after the day it is said ("ago") or the time named before ("earlier", "later")."""
    unit, way, ref = unit_of(match["unit"]), match["way"], at.ref
    number = count_of(match["n"]) if match["n"] else None if match["unit"].endswith("s") else 1
    toward = -1 if way in _BACK else 1
    # "A year ago" beside a quarter is that quarter a year before.
    if (unit, number, toward) == ("year", 1, -1) and at.period:
        return moved(at.period, ref=ref)
    if way not in ("ago", "from now", "hence", "back"):
        if at.anchor is None and ref and (unit, number, toward) == ("year", 1, -1):
            return year_of(ref.year - 1)
        return _from_anchor(at, unit, number, toward)
    if ref is None:
        return Sense(REFS[toward])
    if number is None or unit in CLOCK_UNITS:
        near = ref - timedelta(1) if number and number < 24 else None
        return Sense(REFS[toward], near if toward < 0 else ref, ref if toward < 0 else None)
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
    if unit in ("day", *PARTS) and at.day:
        anchor = on_day(at.day)
    if unit == "period" or (unit == "quarter" and at.period):
        return at.period
    if unit == "time":
        meant = not match["rel"] and at.after("at|by|until|till|since|from|before|after")
        return (anchor or Sense("PAST_REF")) if meant else None
    if unit in PARTS:
        unit = "day"
    if anchor is None or anchor.first is None or (anchor.first != anchor.last and unit == "day"):
        return Sense(None)
    return span_of(unit, shift(anchor.first, unit, toward_of(match["rel"])))


def _clock(match: Match[str], at: Place) -> Sense | None:
    """A time of day: "10:30 a.m.", "20:45", "0800 GMT", "noon", "4 in the morning"."""
    hour, minute = int(match["h"] or 12), int(match["min"] or 0)
    exact = match["ampm"] or match["told"] or match["zone"] or match["word"]
    if match["word"]:
        hour = 24 if match["word"] == "midnight" else 12
    elif match["ampm"]:
        hour = hour % 12 + (12 if match["ampm"].startswith("p") else 0)
    elif match["told"]:
        hour = hour % 12 + (0 if match["told"] == "morning" else 12)
    # "(1:53)" is the running time of a video.
    if hour > 24 or at.follows("$£€:") or not (exact or (at.after("at|by|from|until|before|after|around|about"))):
        return None
    run_together = match["min"] and at.lower[match.start("min") - 1].isdigit()
    if run_together and match["zone"] not in ("gmt", "utc", "bst", "cet", "cest"):
        return None  # "1930 est" may be a year
    base = _clock_day(match, at)
    zulu = "Z" if match["zone"] in ("gmt", "utc") else ""
    return base._replace(value=f"{base.value}T{hour:02}:{minute:02}{zulu}")


_SAME_SENTENCE: Final = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|tomorrow|(?:january|february|march|april|may|june|july"
    r"|august|september|october|november|december)\s\d+)\b(?:[^.]|\.\w)*$"
)


def _clock_day(match: Match[str], at: Place) -> Sense:
    """The day named beside a time of day, else the day it was said."""
    day = match["day"]
    if not (day or match["month"]) and at.day and _SAME_SENTENCE.search(at.lower, max(0, at.start - 100), at.start):
        return on_day(at.day)
    if match["month"]:
        return day_of_year(MONTHS[match["month"]], int(re.sub(r"\D", "", match["date"])), at) or Sense("XXXX-XX-XX")
    if at.ref is None:
        return Sense("XXXX-XX-XX")
    if day in WEEKDAYS:
        return on_day(day_of_week(WEEKDAYS[day], at.ref, ahead=at.tense() > 0))
    return on_day(at.ref + timedelta(DAYS[day] if day else 0))


def _reference(match: Match[str], at: Place) -> Sense | None:
    words = match[0]
    if ahead := re.match(r"the\s(day|week|month)s\s", words):
        far = shift(at.ref, *LOOSE[ahead[1]]) if at.ref else None
        return Sense(duration_of(None, ahead[1]), at.ref, far)
    if words == "the years":
        return Sense("PXY", None, at.ref)
    if re.search("recent|lately|past", words):
        return Sense("PAST_REF", None, at.ref)
    if re.search("soon|future|ahead|to.come|later|term", words):
        return Sense("FUTURE_REF", at.ref, None)
    return Sense("PRESENT_REF", at.ref, at.ref)


_OF_THE_DAY: Final = (
    r"in|during|throughout|for|end(?:s|ed|ing)?|close[sd]?|closing|finish(?:es|ed|ing)?|start(?:s|ed|ing)?"
)


def _of_the_day(match: Match[str], at: Place) -> Sense | None:
    """The day that is told of: "later in the day", "ended the day"."""
    if not (match["edge"] or match["part"] or at.after(_OF_THE_DAY)):
        return None
    day = at.day or at.ref
    return on_day(day, match["part"]) if day else Sense(None)


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
    "reference": _reference,
    "of_the_day": _of_the_day,
}

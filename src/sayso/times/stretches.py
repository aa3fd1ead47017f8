"""Units and stretches of them: "last week", "the coming days", "five years", "every month"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from math import ceil
from re import Match
from typing import Final

from sayso.times.periods import ended, moved, quarter_of_end, up_to
from sayso.times.sense import (
    LOOSE,
    REFS,
    Place,
    Resolver,
    Sense,
    count_of,
    day_of_week,
    duration_of,
    edged,
    shift,
    span_of,
    toward_of,
    unit_of,
)
from sayso.times.words import CLOCK_UNITS, MONTHS, PARTS, SEASONS


def _unit_named(match: Match[str], at: Place) -> Sense | None:
    """The unit the day lies in, or the one beside it: "last week", "earlier this month", "the end of the year"."""
    unit, rel, ref = unit_of(match["unit"]), match["rel"], at.ref
    toward = -1 if rel == "latest" and unit == "year" else toward_of(rel)
    if unit == "period":
        return _period(rel, at)
    if unit in ("season", "campaign", "term"):
        # When a season begins and ends is for the sport's calendar to say, not for the words.
        vague = Sense(REFS[toward], ref if toward > 0 else None, ref if toward < 0 else None)
        return None if unit != "season" and "the" in rel else vague
    if ref is None:
        return Sense(REFS[toward])
    if rel == "past":
        return Sense(duration_of(1, unit), shift(ref, unit, -1), ref)
    if unit in ("quarter", "year") and (accounted := _accounted(unit, rel, at)):
        return accounted
    if unit == "weekend" and rel not in ("last", "this", "next"):
        return span_of(unit, day_of_week(6, ref, ahead=at.tense() > 0))
    if rel in ("entire", "whole") and at.anchor and at.anchor.first:
        ref = at.anchor.first
    return edged(span_of(unit, shift(ref, unit, toward)), match["edge"], ref)


def _period(rel: str, at: Place) -> Sense | None:
    """The stretch that accounts are given for; "the latest period" is the last quarter where none was named."""
    if rel in ("next", "coming", "upcoming", "past"):
        return None
    last = span_of("quarter", shift(at.ref, "quarter", -1)) if at.ref and rel == "latest" else None
    return at.period or last


# "Compared with a loss last year": the same stretch of last year.
_COMPARED: Final = re.compile(r"\b(?:compared|from|than|against|versus)\b[^.;]*$")


def _accounted(unit: str, rel: str, at: Place) -> Sense | None:
    """A quarter or year that accounts were made up for: one that says when it ended, or the last one named."""
    if at.ref is None:
        return None
    end = ended(at)
    if unit == "year":
        if end:
            return Sense("P1Y", *up_to(end, "year", 1))
        compared = rel == "last" and at.period and _COMPARED.search(at.lower, max(0, at.start - 130), at.start)
        return moved(at.period, ref=at.ref) if compared and at.period else None
    if end:
        return _quarter_ended(end, at.period)
    if rel not in ("latest", "most recent", "the"):
        return None
    return _quarter_before(at) or span_of(unit, shift(at.ref, unit, -1))


def _quarter_ended(end: date, period: Sense | None) -> Sense:
    """The quarter of the calendar, or the firm's own where it was named before."""
    own = quarter_of_end(end)
    return own._replace(value=period.value) if period and (period.value or "").startswith(f"{end.year}-Q") else own


def _quarter_before(at: Place) -> Sense | None:
    """The quarter named before, where it was one."""
    return at.period if at.period and "-Q" in (at.period.value or "") else None


_OF_THE_YEAR: Final = re.compile(r"\sof\s((?:19|20)\d\d)\b")


def _units_ahead(match: Match[str], at: Place) -> Sense | None:
    """A stretch that touches the day it is said: "the past two months", "the next few days", "recent weeks"."""
    unit, rel, ref = unit_of(match["unit"]), match["rel"], at.ref
    number = count_of(match["n"]) if match["n"] else None
    value = duration_of(number, unit)
    toward = 0 if rel in ("first", "final") else toward_of(rel) or -1
    year = _OF_THE_YEAR.match(at.lower, match.end()) if rel == "first" and unit in ("month", "quarter") else None
    if year and number:
        first = date(int(year[1]), 1, 1)
        return Sense(value, first, shift(first, unit, ceil(number)) - timedelta(1))
    if not match["n"] and toward and unit not in LOOSE:
        value = REFS[toward]  # how far recent years reach, nobody can say
    if ref is None or not toward:
        return Sense(value)
    if number is None and unit not in LOOSE:
        return Sense(value, ref if toward > 0 else None, ref if toward < 0 else None)
    if unit in CLOCK_UNITS:
        unit, number = "day", 1
    step, count = LOOSE[unit] if number is None else (unit, ceil(number))
    far = shift(ref, step, toward * count)
    return Sense(value, min(ref, far), max(ref, far))


# "The first time in 30 years" looks back, whatever the tense.
_FIRST_IN: Final = r"(?:time|times|once|twice|only|most|\w+est|games?|matches|wins?|defeats?) in"


def _lasting(match: Match[str], at: Place) -> Sense | None:
    """So long: "five years", "a two-week tour"; and "in two weeks", which is a time to come."""
    number, unit = match["n"], unit_of(match["unit"])
    if unit == "season" or (not number and unit == "weekend"):
        return None
    if unit == "quarter" and not _counts_quarters(match, at):
        return None
    if number in ("a", "an", "one", "single") or not number:
        return _single(match, at, unit)
    count = count_of(number)
    if count and count == int(count) and unit in ("month", "year", "week") and (end := ended(at)):
        return Sense(duration_of(count, unit), *up_to(end, unit, int(count)))
    whole = count is not None and count == int(count) and unit not in CLOCK_UNITS
    ahead = re.match(r"[’']?\stime\b", at.lower[match.end() : match.end() + 7]) or at.tense() > 0
    if count and whole and at.ref and at.after("in") and not at.after(_FIRST_IN) and ahead:
        return span_of(unit, shift(at.ref, unit, int(count)))
    return Sense(duration_of(count, unit))


def _counts_quarters(match: Match[str], at: Place) -> bool:
    """Whether quarters are counted as times: "two quarters", not "a quarter" nor "three quarters of the fans"."""
    return match["unit"] == "quarters" and bool(match["n"]) and not _SHARE.match(at.lower, match.end())


_SHARE: Final = re.compile(r"\sof\s(?:the|its|his|her|their|all|these|those|them|us)\b")


def _single(match: Match[str], at: Place, unit: str) -> Sense | None:
    """A duration of one, or of bare "weeks": a time only where the words around make it so."""
    after = at.lower[match.end() : match.end() + 8]
    if match["long"] and not match["n"]:
        return Sense(duration_of(None if match["unit"].endswith("s") else 1, unit))
    if not match["n"]:
        if not match["unit"].endswith("s"):
            return None
        some = at.after("for|in|over|within|last|took|spent|after") or re.match(
            r"\s(?:before|after|of|leading)\b", after
        )
        if unit == "hour" and at.after("early|small"):
            return None  # the early hours of a day that is named
        return Sense(duration_of(None, unit)) if some else None
    if re.fullmatch(r"one\sday", match[0]) and re.match(r"\s\w", after) and not at.after(_LASTS):
        # "Hopes that he will one day return": some day.
        return Sense("FUTURE_REF", at.ref, None) if at.tense() > 0 else None
    if match["half"] or match["long"] or match["about"] or match["n"] in ("one", "single"):
        return Sense(duration_of(1.5 if match["half"] else 1, unit))
    if unit in ("day", "hour"):
        leads = r"once|twice|times|days|take|over|every|\d+|" + _LASTS
        sure = at.after(leads) or re.match(r"\s(?:before|after)\b", after) is not None
    else:
        sure = unit in _LONG and (at.after("within") or re.match(r"\sof\b", after) is None)
    return Sense(duration_of(1, unit)) if sure else None


_LASTS: Final = "for|in|by|within|than|only|just|lasts?|lasted|took|takes?|after"
_LONG: Final = ("week", "fortnight", "month", "year", "decade", "century")


_ADVERBS: Final = {
    "hourly": "PT1H",
    "daily": "P1D",
    "weekly": "P1W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "quarterly": "P3M",
    "yearly": "P1Y",
    "annually": "P1Y",
}


def _repeated(match: Match[str], at: Place) -> Sense | None:
    """What comes again and again: "every Monday", "each summer", "annually"."""
    if match["adverb"]:
        if re.match(r"\s[A-Z]", at.text[match.end() : match.end() + 2]):
            return None  # the Daily Mail, the party daily Granma
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


STRETCHES: Final[dict[str, Resolver]] = {
    "unit": _unit_named,
    "ahead": _units_ahead,
    "repeated": _repeated,
    "lasting": _lasting,
}

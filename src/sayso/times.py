"""Words into dates and intervals: every time expression of a text with its TIMEX3-style value, first and last day.

One regular expression finds the expressions; each rule of it has a resolver that says what its words mean as said on a
day. Words said within an interval of days are resolved at both its ends: the result is the hull, never a guess.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from re import Match, Pattern
from typing import Final, NamedTuple

from sayso.records import Time
from sayso.timewords import (
    CENTURIES,
    CLOCK_UNITS,
    COUNTED,
    EVENTS,
    FEASTS,
    FUTURE,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS,
    PAST,
    SEASONS,
    UNITS,
    WEEKDAYS,
    ZONES,
    one_of,
)


class Sense(NamedTuple):
    """What an expression means: its value, and the first and last day it allows."""

    value: str | None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """An expression where it stands: the lower-cased text around it, the day it was said, the time named before it."""

    text: str
    lower: str
    start: int
    end: int
    ref: date | None
    anchor: Sense | None

    def after(self, pattern: str) -> bool:
        """Whether the words just before the expression end in the pattern."""
        return re.search(rf"\b(?:{pattern})\W{{1,2}}$", self.lower[max(0, self.start - 30) : self.start]) is not None


Resolver = Callable[[Match[str], Place], Sense | None]

# --- pieces of the grammar ------------------------------------------------------------------------------------------

_YEAR: Final = r"(?:1[5-9]|20)\d\d"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d.:/]\d|\d)"
_MONTH: Final = one_of(MONTHS)
_WEEKDAY: Final = one_of(name for name in WEEKDAYS if name.endswith("day"))
_ANY_WEEKDAY: Final = one_of(WEEKDAYS)
_PART: Final = one_of(PARTS)
_SEASON: Final = one_of(SEASONS)
_UNIT: Final = r"(?:centur(?:y|ies)|" + one_of(UNITS) + "s?)"
_COUNT: Final = r"\d+(?:[.,]\d+)?(?:\s\d/\d)?|half\sa|half\san"
_NUMBER: Final = (
    rf"(?:{_COUNT}|(?:a\s)?couple(?:\sof)?|(?:a\s)?few|several|many|(?:a\s)?hundred|dozens?\sof"
    rf"|{one_of(NUMBERS)}(?:[-\s]{one_of(list(NUMBERS)[3:12])})?(?:\sand\sa\shalf)?)"
)
_RANGE: Final = rf"{_NUMBER}(?:\s(?:to|or)\s{_NUMBER})?"
_ABOUT: Final = r"(?:(?:about|around|nearly|almost|roughly|over|more\sthan|less\sthan|at\sleast|up\sto|some|just)\s)?"
_EDGE: Final = r"(?:(?P<edge>early|late|mid|(?:the\s)?(?:very\s)?(?:beginning|start|middle|end)\sof)(?:\sin)?[\s-](?:the\s)?)?"
_REL: Final = r"(?:(?P<rel>this\spast|this\scoming|last|next|this|past|coming|previous)\s)"
_OF_YEAR: Final = rf"(?:(?:,\s|\sof\s|,?\s)(?:(?P<year>{_YEAR})|(?P<yrel>last|this|next)\syear))"


def _shift(day: date, unit: str, count: int) -> date:
    """The day that many units later, the day of the month kept where the month has it."""
    if unit in ("day", "week", "weekend", "fortnight"):
        return day + timedelta(days=count * {"day": 1, "fortnight": 14}.get(unit, 7))
    months = count * {"month": 1, "quarter": 3, "decade": 120, "century": 1200}.get(unit, 12)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9998:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _span_of(unit: str, day: date) -> Sense:
    """The whole week, month, quarter, year … that the day is in."""
    if unit in ("week", "fortnight", "weekend"):
        monday = day - timedelta(days=day.weekday())
        iso = day.isocalendar()
        if unit == "weekend":
            return Sense(f"{iso.year}-W{iso.week:02}-WE", monday + timedelta(5), monday + timedelta(6))
        return Sense(f"{iso.year}-W{iso.week:02}", monday, monday + timedelta(6))
    if unit == "month":
        return _month(day.year, day.month)
    if unit == "quarter":
        return _quarter(day.year, (day.month + 2) // 3)
    if unit in ("decade", "century"):
        width = 10 if unit == "decade" else 100
        start = day.year // width * width
        return Sense(str(day.year // width), date(start, 1, 1), date(start + width - 1, 12, 31))
    return _year(day.year) if unit in ("year", "season") else _on(day)


def _on(day: date, part: str | None = None) -> Sense:
    return Sense(day.isoformat() + (f"T{PARTS[part]}" if part else ""), day, day)


def _month(year: int, month: int) -> Sense:
    return Sense(f"{year}-{month:02}", date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _quarter(year: int, quarter: int) -> Sense:
    return Sense(f"{year}-Q{quarter}", _month(year, 3 * quarter - 2).first, _month(year, 3 * quarter).last)


def _year(year: int) -> Sense:
    return Sense(str(year), date(year, 1, 1), date(year, 12, 31))


def _season(year: int, name: str) -> Sense:
    code, month = SEASONS[name]
    end = _shift(date(year, month, 1), "month", 3) - timedelta(1)
    return Sense(f"{year}-{code}", date(year, month, 1), end)


def _edged(sense: Sense, edge: str | None, ref: date | None) -> Sense:
    """The early, middle or late third of a time; "earlier" and "later" end or begin on the day they are said."""
    if not edge or sense.first is None or sense.last is None:
        return sense
    if edge.startswith("earlier"):
        return sense._replace(last=min(ref or sense.last, sense.last))
    if edge.startswith("later"):
        return sense._replace(first=max(ref or sense.first, sense.first))
    third = ((sense.last - sense.first) + timedelta(1)) / 3
    if re.search("early|beginning|start", edge):
        return sense._replace(last=sense.first + third)
    if re.search("mid", edge):
        return sense._replace(first=sense.first + third, last=sense.last - third)
    return sense._replace(first=sense.last - third)


_TENSE: Final = re.compile(rf"(?P<future>{FUTURE})|(?P<past>{PAST})", re.VERBOSE)
_SENTENCE: Final = re.compile(r"[.!?](?=\s+[a-z\"“'‘])|\n\s*\n|;")


def _direction(at: Place) -> int:
    """−1 where the words around speak of the past, +1 of the future, 0 where they do not say."""
    before = _SENTENCE.split(at.lower[max(0, at.start - 110) : at.start])[-1]
    found = [match.lastgroup for match in _TENSE.finditer(before)]
    if not found:
        after = _SENTENCE.split(at.lower[at.end : at.end + 80])[0]
        found = [match.lastgroup for match in _TENSE.finditer(after)][:1]
    return 0 if not found else -1 if found[-1] == "past" else 1


def _count(words: str) -> float | None:
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


def _unit(words: str) -> str:
    singular = words.replace("ies", "y").removesuffix("s") if words != "centuries" else "century"
    return singular if singular in UNITS else words


def _duration(count: float | None, unit: str) -> str:
    """The TIMEX3 period: P3D, PT2H, PXY, P2Y6M."""
    code, mark = UNITS[unit], "T" if unit in CLOCK_UNITS else ""
    if count is None:
        return f"P{mark}X{code}"
    count *= 2 if unit in ("fortnight", "weekend") else 1
    whole, part = int(count), count - int(count)
    finer = {"Y": ("M", 12), "H": ("M", 60), "W": ("D", 7)}.get(code if mark == "" or unit == "hour" else "")
    if part and finer:
        return f"P{mark}{f'{whole}{code}' if whole else ''}{round(part * finer[1])}{finer[0]}"
    return f"P{mark}{count:g}{code}"


def _toward(words: str | None) -> int:
    return {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(
        (words or "").split()[-1] if words else "", 0
    )


_REFS: Final = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}

# --- resolvers ------------------------------------------------------------------------------------------------------


def _valid(year: int, month: int, day: int) -> Sense | None:
    try:
        return _on(date(year, month, day))
    except ValueError:
        return None


def _iso(match: Match[str], at: Place) -> Sense | None:
    return _valid(int(match["y"]), int(match["m"]), int(match["d"]))


def _slashed(match: Match[str], at: Place) -> Sense | None:
    day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
    if year < 100:
        year += 2000 if year < 50 else 1900
    return _valid(year, month, day) or _valid(year, day, month)


def _full_date(match: Match[str], at: Place) -> Sense | None:
    words, day = match["month"], int(re.sub(r"\D", "", match["day"]))
    capital = at.text[at.start + match.start("month") - match.start()].isupper()
    if words in ("may", "mar", "march", "sep", "dec", "jan", "jun") and not capital:
        return None
    month = MONTHS[words]
    if match["year"]:
        return _valid(int(match["year"]), month, day)
    if at.ref is None:
        return Sense(f"XXXX-{month:02}-{day:02}") if day <= monthrange(2024, month)[1] else None
    near = [found for year in (-1, 0, 1) if (found := _valid(at.ref.year + year, month, day))]
    return _nearest(near, at, slack=45)


def _nearest(senses: list[Sense], at: Place, slack: int, rel: str | None = None) -> Sense | None:
    """The nearest of the senses, unless the tense rules it out by more days than the slack."""
    ref = at.ref
    if ref is None or not senses:
        return None

    def apart(sense: Sense) -> int:
        assert sense.first and sense.last
        return (sense.first - ref).days if sense.first > ref else min(0, (sense.last - ref).days)

    toward = _toward(rel) or _direction(at)
    strict = 0 if rel and _toward(rel) else slack
    fitting = [sense for sense in senses if toward * apart(sense) >= -strict] or senses
    if strict == 0 and rel:
        fitting = [sense for sense in fitting if apart(sense)] or fitting
    return min(fitting, key=lambda sense: abs(apart(sense)))


_NAMES: Final = ("may", "march", "august", "april", "june", "mar.", "mar", "jan", "dec", "sep", "jun", "sept", "oct", "nov",
                 "feb", "apr", "jul", "aug")  # fmt: skip
_MONTH_LEADS: Final = (
    "in|since|until|till|by|last|next|this|of|from|to|early|late|mid|between|before|after|every|each|through|during"
    "|for|and|or|until early|until late|past|around|as of|coming|than"
)


def _month_named(match: Match[str], at: Place) -> Sense | None:
    words = match["month"]
    month = MONTHS[words]
    qualified = match["year"] or match["yrel"] or match["rel"] or match["edge"]
    if words in _NAMES and not (qualified or at.after(_MONTH_LEADS)):
        return None
    if words in ("may", "march", "august") and at.text[at.start + match.start("month") - match.start()].islower():
        return None
    if match["year"]:
        return _edged(_month(int(match["year"]), month), match["edge"], at.ref)
    if at.ref is None:
        return Sense(f"XXXX-{month:02}")
    if match["yrel"]:
        return _edged(_month(at.ref.year + _toward(match["yrel"]), month), match["edge"], at.ref)
    near = [_month(at.ref.year + year, month) for year in (-1, 0, 1)]
    found = _nearest(near, at, slack=0, rel=match["rel"])
    return _edged(found, match["edge"], at.ref) if found else None


def _season_named(match: Match[str], at: Place) -> Sense | None:
    name = match["season"]
    if match["year"]:
        return _edged(_season(int(match["year"]), name), match["edge"], at.ref)
    if not (match["rel"] or match["yrel"]) and not (
        match["the"] and name != "fall" and at.after("in|over|during|until|by|for|of|before|after|since|through|at")
    ):
        return None
    if at.ref is None:
        return Sense(f"XXXX-{SEASONS[name][0]}")
    if match["yrel"]:
        return _edged(_season(at.ref.year + _toward(match["yrel"]), name), match["edge"], at.ref)
    near = [_season(at.ref.year + year, name) for year in (-1, 0, 1, 2)]
    if match["rel"] == "next":
        # "Next summer" said in spring is a year off: the nearer one is "this summer".
        near = [sense for sense in near if sense.first and (sense.first - at.ref).days > 90]
    found = _nearest(near, at, slack=200, rel=match["rel"])
    return _edged(found, match["edge"], at.ref) if found else None


def _two_years(match: Match[str], at: Place) -> Sense | None:
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
    if re.match(rf"(?:[-–:/.,]?\d|[%/@]|[-\s]{one_of(COUNTED)}\b)", after):
        return None
    return _edged(_year(int(match["year"])), match["edge"], at.ref)


def _decade(match: Match[str], at: Place) -> Sense | None:
    digits = match["decade"]
    decade = int(digits) if len(digits) == 3 else 190 + int(digits) if int(digits) > 2 else None
    if decade is None or at.text[max(0, at.start - 1) : at.start] in ("$", "£", "€"):
        return None
    if len(digits) == 1 and not re.search(r"(?:the|early|mid|late)[-\s][’'‘]?$", at.lower[: at.end - 3][-8:] + ""):
        return None
    return _edged(Sense(str(decade), date(decade * 10, 1, 1), date(decade * 10 + 9, 12, 31)), match["edge"], at.ref)


def _century(match: Match[str], at: Place) -> Sense | None:
    words = match["nth"]
    number = CENTURIES.get(words) or int(re.sub(r"\D", "", words) or 0)
    if not 2 <= number <= 90:
        return None
    first, last = date(number * 100 - 100, 1, 1), date(number * 100 - 1, 12, 31)
    return _edged(Sense(f"{number - 1:02}", first, last), match["edge"], at.ref)


def _quarter_named(match: Match[str], at: Place) -> Sense | None:
    number = int(match["q"] or ORDINALS[match["nth"]])
    if match["year"] or match["fy"]:
        return _quarter(int(match["year"] or match["fy"]), number)
    if at.ref is None:
        return Sense(f"XXXX-Q{number}")
    if match["yrel"]:
        return _quarter(at.ref.year + _toward(match["yrel"]), number)
    return _nearest([_quarter(at.ref.year + year, number) for year in (-1, 0, 1)], at, slack=30)


def _half(match: Match[str], at: Place) -> Sense | None:
    if at.ref is None and not match["year"]:
        return Sense(None)
    year = int(match["year"]) if match["year"] else at.ref.year + _toward(match["yrel"]) if at.ref else 0
    if match["nth"] == "first":
        return Sense(f"{year}-H1", date(year, 1, 1), date(year, 6, 30))
    return Sense(f"{year}-H2", date(year, 7, 1), date(year, 12, 31))


def _weekday(match: Match[str], at: Place) -> Sense | None:
    number, rel, part = WEEKDAYS[match["day"]], match["rel"] or "", match["part"]
    tail = f"T{PARTS[part]}" if part else ""
    if rel in ("every", "each") or match["plural"]:
        return Sense(f"XXXX-WXX-{number}{tail}")
    if at.ref is None:
        return Sense(f"XXXX-WXX-{number}{tail}")
    back = (at.ref.isoweekday() - number) % 7
    past, future = at.ref - timedelta(back), at.ref + timedelta(-back % 7)
    toward = _toward(rel)
    if toward:
        return _on((past if back else past - timedelta(7)) if toward < 0 else future if back else future + timedelta(7), part)
    if rel == "this":
        return _on(past if _direction(at) < 0 else future, part)
    return _on(future if _direction(at) > 0 else past, part)


_DAYS: Final = {
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
    "tonight": 0,
}


def _deictic(match: Match[str], at: Place) -> Sense | None:
    words = re.sub(r"\s+", " ", match["day"])
    part = match["part"] or ("night" if words in ("tonight", "last night") else words.removeprefix("this "))
    offset = -1 if words == "last night" else _DAYS.get(words, 0)
    if at.ref is None:
        return Sense(_REFS[(offset > 0) - (offset < 0)])
    return _on(at.ref + timedelta(offset), part if part in PARTS else None)


def _unit_named(match: Match[str], at: Place) -> Sense | None:
    """ "Last week", "earlier this month", "next season": the unit the day lies in, or the one beside it."""
    unit, toward, edge = _unit(match["unit"]), _toward(match["rel"]), match["edge"] or ""
    ref = at.ref
    if unit == "day":
        return None
    if unit == "season":
        # When a season begins and ends is for the sport's calendar to say, not for the words.
        return Sense(_REFS[toward], *((ref, None) if toward > 0 else (None, ref) if toward < 0 else (None, None)))
    if ref is None:
        return Sense(_REFS[toward])
    if match["rel"] in ("latest", "the") and unit == "quarter":
        return at.anchor if at.anchor and at.anchor.value and "-Q" in at.anchor.value else _span_of(unit, _shift(ref, unit, -1))
    if unit == "weekend" and not match["rel"].startswith(("last", "next")) and match["rel"] != "this":
        saturday = ref - timedelta((ref.weekday() - 5) % 7)
        return _span_of(unit, saturday if _direction(at) < 1 else saturday + timedelta(7))
    return _edged(_span_of(unit, _shift(ref, unit, toward)), edge.strip(), ref)


def _units_ahead(match: Match[str], at: Place) -> Sense | None:
    """ "The past two months", "the next few days", "recent weeks": a stretch that touches the day it is said."""
    unit, words = _unit(match["unit"]), match["rel"]
    toward = 1 if words in ("next", "coming", "following") else 0 if words in ("first", "final") else -1
    number = _count(match["n"]) if match["n"] else None
    value = _duration(number, unit)
    if not match["n"]:
        value = _REFS[toward]
    if at.ref is None or not toward:
        return Sense(value)
    # "The coming days" are a week, "the coming weeks" two months, "the coming months" a year: more would be "weeks".
    loose = {"day": ("day", 7), "week": ("day", 60), "month": ("month", 12)}.get(unit)
    if number is None and not loose:
        return Sense(value, *((at.ref, None) if toward > 0 else (None, at.ref)))
    if unit in CLOCK_UNITS:
        return Sense(value, at.ref, at.ref + timedelta(1)) if toward > 0 else Sense(value, at.ref - timedelta(1), at.ref)
    far = _shift(at.ref, loose[0], toward * loose[1]) if number is None and loose else _shift(
        at.ref, unit, toward * -int(-(number or 1))
    )
    return Sense(value, min(at.ref, far), max(at.ref, far))


def _ago(match: Match[str], at: Place) -> Sense | None:
    unit, words = _unit(match["unit"]), match["way"]
    number = _count(match["n"]) if match["n"] else None
    toward = -1 if words in ("ago", "earlier", "before", "previously", "back") else 1
    if words in ("later", "earlier", "before", "previously", "afterwards"):
        return _from_anchor(at, unit, number, toward)
    if at.ref is None:
        return Sense(_REFS[toward])
    if number is None or unit in CLOCK_UNITS:
        if unit in CLOCK_UNITS and number is not None:
            return Sense(_REFS[toward], at.ref - timedelta(1), at.ref) if toward < 0 else Sense(_REFS[1], at.ref, None)
        return Sense(_REFS[toward], *((None, at.ref) if toward < 0 else (at.ref, None)))
    if number != int(number):
        unit, number = ("month", number * 12) if unit == "year" else ("day", number * 7)
    return _span_of(unit, _shift(at.ref, unit, toward * int(number)))


def _from_anchor(at: Place, unit: str, number: float | None, toward: int) -> Sense:
    """So many units before or after the time named before; without one the value stays open."""
    anchor = at.anchor
    if anchor is None or anchor.first is None or anchor.last is None or number is None or unit in CLOCK_UNITS:
        return Sense(None)
    day = _shift(anchor.first, unit, toward * int(number))
    width = (anchor.last - anchor.first).days
    if width == 0:
        return _on(day) if unit in ("day", "week", "fortnight") else _span_of(unit, day)
    for coarse, days in (("week", 7), ("month", 31), ("quarter", 92), ("year", 366)):
        if width < days:
            return _span_of(coarse, day) if unit in ("month", "quarter", "year") or unit == coarse else Sense(None)
    return Sense(None)


def _anchored(match: Match[str], at: Place) -> Sense | None:
    """ "That day", "the following week": counted from the time named before."""
    unit, anchor = match["unit"], at.anchor
    if unit in PARTS:
        unit = "day"
    if anchor is None or anchor.first is None or anchor.first != anchor.last and unit == "day":
        return Sense(None)
    return _span_of(unit, _shift(anchor.first, unit, _toward(match["rel"])))


def _lasting(match: Match[str], at: Place) -> Sense | None:
    number, unit = match["n"], _unit(match["unit"])
    if number in ("a", "an", "one") or not number:
        return _single(match, at, unit)
    return Sense(_duration(_count(number), unit))


def _single(match: Match[str], at: Place, unit: str) -> Sense | None:
    """ "A year", "a day" and bare "weeks" are times only where the words before make them so."""
    if not match["n"]:
        return Sense(_duration(None, unit)) if at.after("for|in|over|within|of|last|took|spent") else None
    if match["half"] or match["long"] or match["about"] or match["n"] == "one":
        return Sense(_duration(1.5 if match["half"] else 1, unit))
    if at.after(r"once|twice|times|\d|million|billion|thousand|hundred|percent|%|dollars|euros|pounds|hours|days"):
        return Sense(_duration(1, unit))
    return Sense(_duration(1, unit)) if at.after("for|in|within|than|only|after|take|took|lasted|over|every") else None


def _repeated(match: Match[str], at: Place) -> Sense | None:
    if match["adverb"]:
        unit = {"daily": "D", "hourly": "H", "weekly": "W", "monthly": "M", "quarterly": "Q"}.get(match["adverb"], "Y")
        return Sense(f"PT1{unit}" if unit == "H" else f"P1{unit}")
    words = match["unit"]
    if words in MONTHS:
        return Sense(f"XXXX-{MONTHS[words]:02}")
    if words in SEASONS:
        return Sense(f"XXXX-{SEASONS[words][0]}")
    if words in PARTS:
        return Sense(f"XXXX-XX-XXT{PARTS[words]}")
    return Sense(_duration(_count(match["n"]) if match["n"] else 1, _unit(words)))


def _clock(match: Match[str], at: Place) -> Sense | None:
    hour, minute = int(match["h"] or 12), match["min"]
    if match["word"]:
        hour = {"noon": 12, "midday": 12, "midnight": 24}[match["word"]]
    elif match["ampm"]:
        hour = hour % 12 + (12 if match["ampm"].startswith("p") else 0)
    elif not match["zone"] and not at.after("at|by|from|until|before|after|around|about"):
        return None
    if hour > 24 or (minute and int(minute) > 59):
        return None
    day = match["day"]
    base = _on(at.ref) if at.ref else Sense("XXXX-XX-XX")
    if day and at.ref is not None:
        if day in WEEKDAYS:
            back = (at.ref.isoweekday() - WEEKDAYS[day]) % 7
            base = _on(at.ref + timedelta(-back % 7 if _direction(at) > 0 else -back))
        else:
            base = _on(at.ref + timedelta(_DAYS[day]))
    return base._replace(value=f"{base.value}T{hour:02}:{minute or '00'}")


def _reference(match: Match[str], at: Place) -> Sense | None:
    words = match[0]
    if re.search("recent|lately|past", words):
        return Sense("PAST_REF", None, at.ref)
    if re.search("soon|future|coming", words):
        return Sense("FUTURE_REF", at.ref, None)
    return Sense("PRESENT_REF", at.ref, at.ref)


def _feast(match: Match[str], at: Place) -> Sense | None:
    name = re.sub(r"\s+", " ", match["feast"].replace("’", "'"))
    year, rel = match["year"], match["rel"]
    if year:
        return _feast_day(name, int(year))
    if at.ref is None:
        return Sense("XXXX-{:02}-{:02}".format(*FEASTS[name]) if name in FEASTS else None)
    return _nearest([_feast_day(name, at.ref.year + turn) for turn in (-1, 0, 1)], at, slack=30, rel=rel)


def _feast_day(name: str, year: int) -> Sense:
    if name in FEASTS:
        return _on(date(year, *FEASTS[name]))
    if name.startswith("thanksgiving"):
        first = date(year, 11, 1)
        return _on(first + timedelta((3 - first.weekday()) % 7 + 21))
    return _on(_easter(year))


def _easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _symbolic(match: Match[str], at: Place) -> Sense | None:
    return Sense(None)


def _after_event(match: Match[str], at: Place) -> Sense | None:
    return Sense(None) if at.after("after|before|until|till|following|since|by|at") else None


# --- the rules, the most telling first ------------------------------------------------------------------------------


class Rule(NamedTuple):
    """What a kind of expression looks like, in lower case, and what it means."""

    pattern: str
    resolve: Resolver


_RULES: Final[dict[str, Rule]] = {
    "iso": Rule(rf"(?P<y>{_YEAR})-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?:[t ]\d\d:\d\d(?::\d\d)?(?:z|[+-]\d\d:?\d\d)?)?", _iso),
    "slashed": Rule(
        rf"(?P<d>[0-3]?\d)(?:/(?P<m>[0-3]?\d)/|\.[0-3]?\d\.(?={_YEAR})|-[0-3]?\d-(?={_YEAR}|\d\d(?!\d)))(?P<y>{_YEAR}|\d\d)",
        _slashed,
    ),
}

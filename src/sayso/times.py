"""Words into dates and intervals: every time expression of a text with its TIMEX3-style value, first and last day.

One regular expression finds the expressions; each rule of it has a resolver that says what its words mean as said on a
day. Words said within an interval of days are resolved at both its ends: the result is the hull, never a guess.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from re import Match, Pattern
from typing import Final, NamedTuple

from sayso.records import Time
from sayso.timewords import (
    AHEAD,
    CENTURIES,
    CLOCK_UNITS,
    COUNTED,
    DECADES,
    EVENTS,
    FEASTS,
    FUTURE,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS,
    PAST,
    PUT_OFF,
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
_EDGE: Final = (
    r"(?:(?P<edge>early|late|mid|(?:the\s)?(?:very\s)?(?:beginning|start|middle|end)\sof)(?:\sin)?[\s-](?:the\s)?)?"
)
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
_SENTENCE: Final = re.compile(
    r"(?<!\b[a-z])(?<!\b[mds]r)(?<!\bm[rs]s)(?<!\bms)(?<!\bst)(?<!\bco)(?<!inc)(?<!corp)(?<!\b[sgr]e[nvp])[.!?][\"”’']*\s+|\n\s*\n|;"
)
_AHEAD: Final = re.compile(rf"\b{AHEAD}")
_INFINITIVE: Final = re.compile(r"\bto\s+(?!(?:the|an?|its|his|her|their|this|that)\b)[a-z]+\s")


def tense_around(lower: str, start: int, end: int) -> int:
    """−1 where the lower-cased words around a span speak of the past, +1 of the future, 0 where they do not say."""
    before = _SENTENCE.split(lower[max(0, start - 110) : start])[-1]
    found = list(_TENSE.finditer(before))
    if not found:
        after = _SENTENCE.split(lower[end : end + 80])[0]
        told = _TENSE.search(after)
        if _AHEAD.search(before) and not (told and told.lastgroup == "past"):
            return 1
        return 0 if told is None else -1 if told.lastgroup == "past" else 1
    if found[-1].lastgroup == "future":
        return 1
    # "Agreed to leave in June", "extended until June": the verb is past, what it leads to may be yet to come.
    after, ahead = before[found[-1].end() :].lstrip(), _AHEAD.search(before)
    leads_on = (_INFINITIVE.search if ahead else _INFINITIVE.match)(after) or re.search(PUT_OFF, found[-1][0])
    return -1 if not leads_on else 1 if ahead else 0


def _direction(at: Place) -> int:
    return tense_around(at.lower, at.start, at.end)


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
    count *= {"fortnight": 2, "weekend": 2, "decade": 10}.get(unit, 1)
    code = "Y" if unit == "decade" else code
    whole, part = int(count), count - int(count)
    finer = {"year": ("M", 12), "hour": ("M", 60), "minute": ("S", 60), "week": ("D", 7)}.get(unit)
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
    if match["year"]:
        return _valid(int(match["year"]), MONTHS[words], day)
    return _day_of_year(MONTHS[words], day, at, match["rel"])


def _day_of_year(month: int, day: int, at: Place, rel: str | None = None) -> Sense | None:
    """A day without its year: the nearest, or the one the tense asks for."""
    if at.ref is None:
        return Sense(f"XXXX-{month:02}-{day:02}") if day <= monthrange(2024, month)[1] else None
    near = [found for year in (-1, 0, 1) if (found := _valid(at.ref.year + year, month, day))]
    return _nearest(near, at, slack=(75, 75), rel=rel)


def _nearest(senses: list[Sense], at: Place, slack: tuple[int, int], rel: str | None = None) -> Sense | None:
    """The nearest of the senses, unless the tense rules it out by more days than the slack: that of the past, that of the future."""
    ref = at.ref
    if ref is None or not senses:
        return None

    def apart(sense: Sense) -> int:
        assert sense.first and sense.last
        return (sense.first - ref).days if sense.first > ref else min(0, (sense.last - ref).days)

    toward = _toward(rel) or _direction(at)
    strict = 0 if rel and _toward(rel) else slack[toward > 0]
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
    if len(words) < 5 and f"{words}." in MONTHS:
        return None
    if at.ref is None:
        return Sense(f"XXXX-{month:02}")
    if match["yrel"]:
        return _edged(_month(at.ref.year + _toward(match["yrel"]), month), match["edge"], at.ref)
    near = [_month(at.ref.year + year, month) for year in ((0,) if match["rel"] == "this" else (-1, 0, 1))]
    found = _nearest(near, at, slack=(31, 31), rel=match["rel"])
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
    found = _nearest(near, at, slack=(200, 200), rel=match["rel"])
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
    if digits in DECADES:
        decade = 190 + DECADES[digits]
        return _edged(Sense(str(decade), date(decade * 10, 1, 1), date(decade * 10 + 9, 12, 31)), match["edge"], at.ref)
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
    if match["yrel"] or match["poss"]:
        return _quarter(at.ref.year + _toward(match["yrel"] or match["poss"]), number)
    return _nearest([_quarter(at.ref.year + year, number) for year in (-1, 0, 1)], at, slack=(0, 100))


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
        return _on(
            (past if back else past - timedelta(7)) if toward < 0 else future if back else future + timedelta(7), part
        )
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
    "overnight": 0,
}


def _deictic(match: Match[str], at: Place) -> Sense | None:
    words = re.sub(r"\s+", " ", match["day"])
    part = match["part"] or (
        "night" if words in ("tonight", "last night", "overnight") else words.removeprefix("this ")
    )
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
    if match["rel"] == "past":
        return Sense(_duration(1, unit), _shift(ref, unit, -1), ref)
    if match["rel"] in ("latest", "the") and unit == "quarter":
        return (
            at.anchor
            if at.anchor and at.anchor.value and "-Q" in at.anchor.value
            else _span_of(unit, _shift(ref, unit, -1))
        )
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
    if not match["n"] and words == "recent":
        value = "PAST_REF"
    if at.ref is None or not toward:
        return Sense(value)
    # "The coming days" are a week, "the coming weeks" two months, "the coming months" a year: more would be "weeks".
    loose = {"day": ("day", 7), "week": ("day", 60), "month": ("month", 12)}.get(unit)
    if number is None and not loose:
        return Sense(value, *((at.ref, None) if toward > 0 else (None, at.ref)))
    if unit in CLOCK_UNITS:
        return (
            Sense(value, at.ref, at.ref + timedelta(1)) if toward > 0 else Sense(value, at.ref - timedelta(1), at.ref)
        )
    far = (
        _shift(at.ref, loose[0], toward * loose[1])
        if number is None and loose
        else _shift(at.ref, unit, toward * -int(-(number or 1)))
    )
    return Sense(value, min(at.ref, far), max(at.ref, far))


def _ago(match: Match[str], at: Place) -> Sense | None:
    unit, words = _unit(match["unit"]), match["way"]
    number = _count(match["n"]) if match["n"] else None if match["unit"].endswith("s") else 1
    toward = -1 if words in ("ago", "earlier", "before", "previously", "back") else 1
    quarterly = at.anchor is not None and "-Q" in (at.anchor.value or "")
    if words in ("later", "earlier", "before", "previously", "afterwards") or (
        quarterly and (unit, number) == ("year", 1)
    ):
        return _from_anchor(at, unit, number, toward)
    if at.ref is None:
        return Sense(_REFS[toward])
    if number is None or unit in CLOCK_UNITS:
        near = at.ref - timedelta(1) if number and number < 24 else None
        return Sense(_REFS[toward], *((near, at.ref) if toward < 0 else (at.ref, None)))
    if number != int(number):
        unit, number = ("month", number * 12) if unit == "year" else ("day", number * 7)
    day = _shift(at.ref, unit, toward * int(number))
    if unit in ("decade", "century"):
        # A round number is no year: two either side.
        return Sense(str(day.year), date(day.year - 2, 1, 1), date(day.year + 2, 12, 31))
    return _span_of(unit, day)


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
    if anchor is None or anchor.first is None or (anchor.first != anchor.last and unit == "day"):
        return Sense(None)
    return _span_of(unit, _shift(anchor.first, unit, _toward(match["rel"])))


def _lasting(match: Match[str], at: Place) -> Sense | None:
    number, unit = match["n"], _unit(match["unit"])
    if unit in ("quarter", "season") or (not number and unit == "weekend"):
        return None
    if number in ("a", "an", "one") or not number:
        return _single(match, at, unit)
    count = _count(number)
    if at.after("in") and at.ref and count and count == int(count) and unit not in CLOCK_UNITS and _direction(at) > 0:
        return _span_of(unit, _shift(at.ref, unit, int(count)))
    return Sense(_duration(count, unit))


def _single(match: Match[str], at: Place, unit: str) -> Sense | None:
    """ "A day", "an hour" and bare "weeks" are times only where the words around make them so."""
    after = at.lower[at.start + match.end() - match.start() :][:8]
    if not match["n"]:
        if not match["unit"].endswith("s"):
            return None
        told = at.after("for|in|over|within|last|took|spent|after") or re.match(r"\s(?:before|after|of)\b", after)
        return Sense(_duration(None, unit)) if told else None
    if match["half"] or match["long"] or match["about"] or match["n"] == "one":
        return Sense(_duration(1.5 if match["half"] else 1, unit))
    if unit in ("week", "fortnight", "month", "year", "decade", "century") and not re.match(r"\sof\b", after):
        return Sense(_duration(1, unit))
    leads = r"once|twice|times|hours|days|for|in|within|than|only|after|take|took|lasted|over|every|\d+"
    return Sense(_duration(1, unit)) if unit in ("day", "hour") and at.after(leads) else None


def _repeated(match: Match[str], at: Place) -> Sense | None:
    if match["adverb"]:
        unit = {"daily": "D", "hourly": "H", "weekly": "W", "monthly": "M", "quarterly": "Q"}.get(match["adverb"], "Y")
        return Sense(f"PT1{unit}" if unit == "H" else f"P1{unit}")
    words = match["unit"]
    if words in ("second", "minute"):
        return None
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
    before = at.text[max(0, at.start - 1) : at.start]
    if before in ("$", "£", "€", ":") or (before == "(" and not (match["ampm"] or match["zone"])):
        return None
    if hour > 24 or (minute and int(minute) > 59):
        return None
    base = _clock_day(match, at)
    return base._replace(value=f"{base.value}T{hour:02}:{minute or '00'}")


def _clock_day(match: Match[str], at: Place) -> Sense:
    """The day named beside a time of day, else the day it was said."""
    day = match["day"]
    if match["month"]:
        return _day_of_year(MONTHS[match["month"]], int(re.sub(r"\D", "", match["date"])), at) or Sense("XXXX-XX-XX")
    if at.ref is None:
        return Sense("XXXX-XX-XX")
    if day in WEEKDAYS:
        back = (at.ref.isoweekday() - WEEKDAYS[day]) % 7
        return _on(at.ref + timedelta(-back % 7 if _direction(at) > 0 else -back))
    return _on(at.ref + timedelta(_DAYS[day] if day else 0))


def _reference(match: Match[str], at: Place) -> Sense | None:
    words = match[0]
    if re.search("recent|lately|past", words):
        return Sense("PAST_REF", None, at.ref)
    if re.search("soon|future|coming|ahead|to.come", words):
        return Sense("FUTURE_REF", at.ref, None)
    return Sense("PRESENT_REF", at.ref, at.ref)


def _feast(match: Match[str], at: Place) -> Sense | None:
    name = re.sub(r"\s+", " ", match["feast"].replace("’", "'"))
    year, rel = match["year"], match["rel"]
    if year:
        return _feast_day(name, int(year))
    if at.ref is None:
        return Sense("XXXX-{:02}-{:02}".format(*FEASTS[name]) if name in FEASTS else None)
    return _nearest([_feast_day(name, at.ref.year + turn) for turn in (-1, 0, 1)], at, slack=(30, 30), rel=rel)


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
    "slashed": Rule(rf"(?P<d>[0-3]?\d)(?P<sep>[/.-])(?P<m>[0-3]?\d)(?P=sep)(?P<y>{_YEAR}|\d\d)(?![\d/.-]\d)", _slashed),
    "dmy": Rule(
        rf"(?:(?P<rel>last|next)\s)?(?:{_ANY_WEEKDAY},?\s)?(?:the\s)?(?P<day>{_DAY})\s(?:of\s)?(?P<month>{_MONTH})(?:,?\s(?P<year>{_YEAR}))?",
        _full_date,
    ),
    "mdy": Rule(
        rf"(?:(?P<rel>last|next)\s)?(?:{_ANY_WEEKDAY},?\s)?(?P<month>{_MONTH})\s(?P<day>{_DAY})(?:,?\s(?P<year>{_YEAR}))?",
        _full_date,
    ),
    "month": Rule(rf"{_EDGE}{_REL}?(?P<month>{_MONTH}){_OF_YEAR}?", _month_named),
    "two_years": Rule(
        rf"(?P<y>{_YEAR})(?P<sep>[-–/])(?P<z>{_YEAR}|\d\d)(?![-/\d])(?:\s(?P<noun>season|campaign|term|(?:academic|school)\syear))?",
        _two_years,
    ),
    "season": Rule(rf"{_EDGE}(?:(?P<the>the)\s)?{_REL}?(?P<season>{_SEASON}){_OF_YEAR}?", _season_named),
    "quarter": Rule(
        rf"(?:the\s|its\s)?(?:(?P<poss>last|this|next)\syear[’']s\s)?(?:fiscal[\s-])?(?:(?P<fy>{_YEAR})\s)?"
        rf"(?:q(?P<q>[1-4])|(?:fiscal[\s-])?(?P<nth>{one_of(ORDINALS)})[\s-]quarter){_OF_YEAR}?",
        _quarter_named,
    ),
    "half": Rule(rf"the\s(?P<nth>first|second|last)\shalf{_OF_YEAR}", _half),
    "decade": Rule(
        rf"(?:the\s)?(?:(?P<edge>early|mid|late)[\s-])?(?:(?P<decade>(?:(?:1[5-9]|20)\d|\d)(?=0[’']?s)|{one_of(DECADES)})(?:0[’']?s)?)",
        _decade,
    ),
    "century": Rule(
        rf"(?:the\s)?(?:(?P<edge>early|mid|late)[\s-])?(?P<nth>\d\d?(?:st|nd|rd|th)|{one_of(CENTURIES)})[\s-]century",
        _century,
    ),
    "year": Rule(rf"{_EDGE}(?:fiscal\s|(?:the\s)?year\s)?(?P<year>{_YEAR})", _year_named),
    "weekday": Rule(
        rf"(?:(?:earlier|later|early|late|mid)[\s-])?(?:the\s)?(?:(?P<rel>this\spast|this\scoming|last|next|this|past|coming"
        rf"|previous|following|every|each)\s)?(?P<day>{_WEEKDAY})(?P<plural>s)?(?:\s(?P<part>{_PART})s?)?",
        _weekday,
    ),
    "deictic": Rule(
        rf"(?:(?:earlier|later|early|late)\s)?(?P<day>{one_of(_DAYS)}|this\s(?:{_PART})|last\snight)(?:\s(?P<part>{_PART}))?",
        _deictic,
    ),
    "anchored": Rule(
        rf"(?:(?:earlier|later)\s)?(?:the\s)?(?:that(?:\ssame)?|(?P<rel>same|following|(?<=the\s)previous|(?<=the\s)next(?=\s(?:day|{_PART}))))"
        rf"\s(?P<unit>day|week|month|year|decade|{_PART})",
        _anchored,
    ),
    "unit": Rule(
        r"(?P<edge>(?:earlier|later|early|late|sometime|(?:the\s)?(?:very\s)?(?:beginning|start|middle|end)\sof)\s(?:in\s)?)?"
        r"(?:the\s)?(?P<rel>last|this|next|coming|past|previous|current|upcoming|latest|(?<=of\s)the|(?<=in\s)the|(?<=for\s)the|(?<=during\s)the|(?<=throughout\s)the|the(?=\squarter|\sweekend))\s"
        r"(?:fiscal\s|calendar\s)?(?P<unit>week|weekend|month|quarter|year|decade|century|season)",
        _unit_named,
    ),
    "ahead": Rule(
        rf"(?:the\s)?(?P<rel>last|past|latest|next|coming|first|final|previous|following|recent)\s"
        rf"(?:(?P<n>{_RANGE})\s)?(?P<unit>{_UNIT})(?<=s)",
        _units_ahead,
    ),
    "ago": Rule(
        rf"{_ABOUT}(?:(?P<n>{_RANGE})(?:\smore)?[\s-]|the\s(?:comparable\s|same\s)?)?(?P<unit>{_UNIT})(?:\sor\s(?:so|two))?[\s-]"
        rf"(?P<way>ago|earlier|later|from\snow|hence|afterwards|previously|back|before(?=\s*[,.;]))(?:\s(?:{one_of(ORDINALS)}\s)?(?:quarter|period))?",
        _ago,
    ),
    "lasting": Rule(
        rf"(?P<about>{_ABOUT})(?:(?P<n>{_RANGE})(?:\smore|\sfull)?[\s-])?(?P<unit>{_UNIT})(?P<half>\sand\sa\shalf)?(?P<long>[\s-]long)?"
        r"(?!s?[\s-]olds?\b)(?!\sof\sage)",
        _lasting,
    ),
    "repeated": Rule(
        rf"(?:every|each|per)\s(?:(?P<n>{_NUMBER})\s)?(?P<unit>{_UNIT}|{_MONTH}|{_SEASON}|{_PART})"
        r"|(?P<adverb>daily|hourly|weekly|monthly|yearly)",
        _repeated,
    ),
    "clock": Rule(
        rf"(?:(?P<h>[0-2]?\d)(?:[:.](?P<min>[0-5]\d)(?!\d)(?=:|\s?(?:[ap]\.?m|{ZONES})|(?<=:\d\d))|(?=\s?(?:[ap]\.?m\b|{ZONES})))"
        rf"(?:\s?(?P<ampm>[ap]\.m\.?|[ap]m\b))?|(?P<word>noon|midday|midnight))(?:\s\(?(?P<zone>{ZONES})\)?)?"
        rf"(?:,?\s(?:on\s)?(?:(?P<day>{_WEEKDAY}|today|tonight|tomorrow|yesterday)|(?P<month>{_MONTH})\s(?P<date>{_DAY})))?",
        _clock,
    ),
    "feast": Rule(
        rf"(?:(?P<rel>last|next|this)\s)?(?P<feast>{one_of(FEASTS)}|new\syear’s\s(?:day|eve)|thanksgiving(?:\sday)?|easter(?:\ssunday)?)"
        rf"(?:,?\s(?P<year>{_YEAR}))?",
        _feast,
    ),
    "reference": Rule(
        r"(?:more\s)?recently|lately|these\sdays|the\s(?:days|weeks|months|years)\s(?:ahead|to\scome)|currently|nowadays|right\snow|now|(?<!as\s)soon(?!\s(?:as|after|before)\b)|at\sthe\smoment"
        r"|(?<=in\s)the\s(?:near\s|foreseeable\s|recent\s)?(?:future|past)|the\s(?:near|foreseeable)\sfuture",
        _reference,
    ),
    "symbolic": Rule(
        rf"(?:the\s)?(?:very\s)?(?:end|start|beginning|middle|rest|remainder|close)\sof\s(?:the|this|last|next)\s(?:\w+\s)?{EVENTS}",
        _symbolic,
    ),
    "event": Rule(
        rf"the\s(?:last|first|next|final|opening)\s(?:[\w’'-]+\s){{0,3}}{EVENTS}(?:\sof\sthe\s(?:season|campaign|year))?",
        _after_event,
    ),
}
# The longest reading wins by standing first; kinds that begin alike stand from the most to the least telling.
_ORDER: Final = (
    "iso slashed dmy mdy symbolic event two_years quarter half decade century season month ago clock year "
    "feast weekday deictic anchored unit ahead repeated lasting reference "
).split()
_STARTS: Final = one_of(
    [
        *MONTHS,
        *WEEKDAYS,
        *SEASONS,
        *NUMBERS,
        *ORDINALS,
        *CENTURIES,
        *DECADES,
        *(name.split()[0] for name in FEASTS),
        *(
            "the this last next past coming previous following current upcoming latest recent same that early "
            "late earlier "
        ).split(),
        *(
            "later mid sometime beginning start middle end rest remainder close very fiscal year its q1 q2 q3 q4 "
        ).split(),
        *("mondays tuesdays wednesdays thursdays fridays saturdays sundays today yesterday tomorrow tonight ").split(),
        *(
            "about around nearly almost roughly over more less at up some just few several many dozen dozens half "
            "every each "
        ).split(),
        *("per daily hourly weekly monthly yearly these overnight noon midday midnight thanksgiving easter ").split(),
        *"recently lately currently nowadays right now soon final opening".split(),
        *(unit + "s" for unit in UNITS if unit != "century"),
        *UNITS,
        "centuries",
    ]  # fmt: skip
)


def _plain(pattern: str) -> str:
    """A rule's pattern without its names, which the rules share."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern).replace("(?P=sep)", "[/.-]")


_MASTER: Final = re.compile(
    rf"\b(?=\d|{_STARTS}(?!\w))(?:"
    + "|".join(f"(?P<{name}>{_plain(_RULES[name].pattern)})" for name in _ORDER)
    + r")(?!\w)"
)
_COMPILED: Final[dict[str, Pattern[str]]] = {
    name: re.compile(rule.pattern + r"(?!\w)") for name, rule in _RULES.items()
}
_WRAPPED: Final = re.compile(
    r"(?:\b(?P<until>until|till|til|up\sto|through|by)|\b(?P<before>before|ahead\sof|prior\sto)|\b(?P<after>after|following|beyond)"
    r"|\b(?P<since>since|as\sof|starting|beginning))\s+(?:(?:in|on|at\sleast|about|around)\s+)?$"
)
_WORD: Final = re.compile(r"\w+")


def find_times(text: str, *, said: tuple[date, date] | None) -> list[Time]:
    """The time expressions of a text in order, resolved as said on a day, or on some day of an interval."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return list(_found(text, lower, said))


def _found(text: str, lower: str, said: tuple[date, date] | None) -> Iterator[Time]:
    anchor: Sense | None = None
    at = anchored = 0
    while match := _MASTER.search(lower, at):
        name, start = match.lastgroup or "", match.start()
        parts = _COMPILED[name].match(lower, start)
        near = anchor if start - anchored < 400 else None
        sense = (
            _resolved(_RULES[name].resolve, parts, Place(text, lower, start, match.end(), None, near), said)
            if parts
            else None
        )
        if sense is None or parts is None:
            word = _WORD.match(lower, start)
            at = word.end() if word else start + 1
            continue
        at = parts.end()
        first, last = _wrapped(sense, lower[max(0, start - 28) : start])
        yield Time(first, last, sense.value, text[start:at], (start, at))
        if sense.value and sense.first and sense.last and sense.value[0].isdigit() and name not in ("ahead", "ago"):
            anchor, anchored = sense, at


def _resolved(resolve: Resolver, parts: Match[str], at: Place, said: tuple[date, date] | None) -> Sense | None:
    """The sense on the day it was said; over an interval of days, all that its first and its last day allow."""
    try:
        if said is None:
            return resolve(parts, at)
        early = resolve(parts, replace(at, ref=said[0]))
        late = early if said[0] == said[1] else resolve(parts, replace(at, ref=said[1]))
        if early is None or late is None or early == late:
            return early
        value = early.value if early.value == late.value else (resolve(parts, at) or early).value
        return Sense(value, early.first and late.first and early.first, early.last and late.last)
    except (OverflowError, ValueError):
        return Sense(None)


def _wrapped(sense: Sense, before: str) -> tuple[date | None, date | None]:
    """The interval, opened or moved by "until", "before", "after" or "since" in front of it."""
    match = _WRAPPED.search(before)
    first, last = sense.first, sense.last
    if match is None or first is None or last is None:
        return first, last
    if match["until"]:
        return None, last
    if match["before"]:
        return None, first - timedelta(1)
    return (last + timedelta(1) if match["after"] else first), None

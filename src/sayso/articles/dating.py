"""When an article was published, and how we know: what is given or shown, else what the report's own words support.

Words are solved as constraints: each clue leaves an interval of days on which it could have been written, some leave one
in every year. Both ends of the answer rest on words; where they do not, there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from sayso.records import Basis, Published, Time
from sayso.times import find_times, tense_around

_Days = tuple[date, date]
_FIRST_POSSIBLE: Final = date(1800, 1, 1)
# What empty fields turn into on careless pages.
_NEVER: Final = frozenset({date(1970, 1, 1), date(1900, 1, 1)})
_LONGEST_ANSWER: Final = timedelta(days=731)


def date_article(
    *,
    given: str | None = None,
    metadata: str | None = None,
    page: str | None = None,
    url: str | None = None,
    header: str | None = None,
    text: str = "",
) -> Published:
    """When it was published, by the first of these that can be trusted; nothing where none can. Never today."""
    told: tuple[tuple[Basis, str | None, str | None], ...] = (
        ("given", given, given),
        ("metadata", metadata, metadata),
        ("page", page, page),
        ("url", *_in_path(url)),
        ("header", header, header),
    )
    for basis, words, evidence in told:
        days = _told(words)
        if days is not None and evidence is not None:
            evidence = " ".join(evidence.split())
            return Published(
                *days, basis, f"date {evidence}" if basis == "header" and evidence[0].isdigit() else evidence
            )
    return _from_text(text[:_LOOKED_AT])


_LOOKED_AT: Final = 50_000  # characters: a page that is all dates must not hold a batch up
_COMPACT: Final = re.compile(r"\s*((?:1[89]|20)\d\d)([01]\d)([0-3]\d)(?:T?\d{4,6}\w*)?\s*$")
_SLASHES: Final = re.compile(r"\s*((?:1[89]|20)\d\d)/(\d\d?)/(\d\d?)(?!\d)")
_ISO_MONTH: Final = re.compile(r"\s*((?:1[89]|20)\d\d)-(\d\d)\s*$")


def _told(words: str | None) -> _Days | None:
    """The day, or the days of the month or year, that the words name; None for garbage and for days yet to come."""
    if not words:
        return None
    match = _COMPACT.match(words) or _SLASHES.match(words)
    if match:
        words = f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}"
    elif match := _ISO_MONTH.match(words):
        words = f"{date(2000, min(12, int(match[2]) or 1), 1):%B} {match[1]}" if 1 <= int(match[2]) <= 12 else ""
    latest = date.today() + timedelta(days=2)
    found = [(time.start, time.end) for time in find_times(words, said=None) if time.start and time.end]
    sure = [days for days in found if _FIRST_POSSIBLE <= days[0] <= latest and days[0] not in _NEVER]
    return min(sure, key=lambda days: days[1] - days[0], default=None)


_PATH_DAY: Final = re.compile(
    r"/((?:19|20)\d\d)([/-])([01]?\d)\2([0-3]?\d)(?=[/-]|$)|[/-]((?:19|20)\d\d)([01]\d)([0-3]\d)(?=[/.-]|$)"
)


def _in_path(url: str | None) -> tuple[str | None, str | None]:
    """The day in an address's path as an ISO date, and the piece of the path that gives it."""
    match = _PATH_DAY.search(re.sub(r"^[a-z]+://[^/]*|[?#].*$", "", url, flags=re.IGNORECASE)) if url else None
    if match is None:
        return None, None
    year, month, day = (match[1], match[3], match[4]) if match[1] else (match[5], match[6], match[7])
    return f"{year}-{month:0>2}-{day:0>2}", match[0].rstrip("-")


# --- from the text alone --------------------------------------------------------------------------------------------


class _Clue(NamedTuple):
    """Words that bound the day of writing: from a first day, to a last, or within the same days of any year."""

    words: str
    first: date | None = None
    last: date | None = None
    yearly: tuple[tuple[int, int], tuple[int, int]] | None = None


# Plain facts of the European football calendar since 2000, widened by some days; 2020, when it stood still, is left out.
# European quarter-finals end between 3 and 22 April, semi-finals run from 20 April to 19 May, the domestic leagues end
# between 10 May and 5 June, the Copa del Rey final is played from 6 April to 31 May (since 2010); national teams meet in
# the second half of March, in early June, and in early September, October and November.
_EUROPE: Final = r"(?<!AFC )(?<!CAF )(?<!Women's )(?<!Women’s )(?<!CONCACAF )(?:Champions League|Europa League|of Europe\b|in Europe\b|European)"
_LEAGUE: Final = r"(?:LaLiga|La Liga|Premier League|Serie A|Bundesliga|Ligue 1|the league)"
_OUT: Final = r"(?:knocked out|eliminat\w+|exit\w*|crash\w+ out|defeat\w*|dumped out|beaten|loss|lost|out of)"
_RECENTLY: Final = (
    r"(?:this week|last week|on (?:Tuesday|Wednesday|Thursday)|(?:Tuesday|Wednesday|Thursday)(?:'s|’s| night)|last night"
    r"|earlier this month|recent weeks|this month)"
)
_CALENDAR: Final = tuple(
    (re.compile(pattern), window)
    for pattern, window in (
        (rf"{_RECENTLY}[^.]{{0,80}}{_EUROPE} semi-?finals?\b|{_EUROPE} semi-?finals?\b[^.]{{0,40}}{_RECENTLY}", ((4, 20), (5, 26))),
        (rf"{_OUT}[^.]{{0,40}}{_EUROPE}[^.]{{0,40}}quarter-?finals?", ((4, 3), (7, 15))),
        (rf"\b(?:one|two|three|four|five|[1-5]) (?:league )?(?:games?|matches) (?:to go|left|remaining)\b(?: to play)? in {_LEAGUE}", ((4, 7), (6, 7))),
        (rf"{_LEAGUE} with (?:one|two|three|four|five|[1-5]) (?:games?|matches) (?:to go|left|remaining)", ((4, 7), (6, 7))),
        (r"Copa del Rey[^.]{0,40} earlier this month", ((4, 6), (5, 31))),
        (r"\bnext (?:set of |round of )?international (?:fixtures|break|matches|games|window) in June", ((3, 18), (6, 10))),
        (r"\bnext (?:set of |round of )?international (?:fixtures|break|matches|games|window) in September", ((6, 5), (9, 10))),
        (r"\bnext (?:set of |round of )?international (?:fixtures|break|matches|games|window) in October", ((9, 1), (10, 15))),
        (r"\bnext (?:set of |round of )?international (?:fixtures|break|matches|games|window) in November", ((10, 5), (11, 19))),
    )
)  # fmt: skip
_STOOD_STILL: Final = 2020


def _from_text(text: str) -> Published:
    """The narrowest interval that the report's own words support at both ends."""
    if dated := _dateline(text) or _stamped(text):
        return dated
    found = find_times(text, said=None)
    clues = [
        *_named(text, found),
        *_weekdays(text),
        *_deictic(text),
        *_ago(text, found),
        *_seasons(text, found),
        *_calendar(text),
        *_day_alone(text),
        *_updated(text),
    ]
    first, floor = max(((clue.first, clue.words) for clue in clues if clue.first), default=(None, ""))
    last, ceiling = min(((clue.last, clue.words) for clue in clues if clue.last), default=(None, ""))
    if first is None or last is None or _speaks_of_later(text, found, last):
        return Published()
    used = [floor, ceiling]
    for clue in clues:
        if clue.yearly and (narrower := _within(first, last, clue.yearly)):
            if narrower != (first, last):
                used.append(clue.words)
            first, last = narrower
    if first > last or last - first > _LONGEST_ANSWER or first > date.today():
        return Published()
    return Published(first, last, "text", "; ".join(dict.fromkeys(used)))


def _speaks_of_later(text: str, found: list[Time], last: date) -> bool:
    """Whether a time after the last day is named, and not as the future: then what seemed ahead was an older quotation."""
    later = (time for time in found if time.start and time.start > last)
    return any(tense_around(text.lower(), *time.span) <= 0 for time in later)


def _within(first: date, last: date, window: tuple[tuple[int, int], tuple[int, int]]) -> _Days | None:
    """What the same days of each year leave of an interval, from the first such day to the last."""
    days = [
        (max(first, date(year, *window[0])), min(last, date(year, *window[1])))
        for year in range(first.year, last.year + 1)
        if year != _STOOD_STILL
    ]
    left = [(start, end) for start, end in days if start <= end]
    if not left or first.year <= _STOOD_STILL <= last.year:
        return None
    return left[0][0], left[-1][1]


_FULL_DAY: Final = r"(?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+\.?) ?,? (?:19|20)\d\d"
_DATELINE: Final = re.compile(
    rf"(?:^|\n)[A-Z][\w.,’' /-]{{1,50}}?[,(] ?(?P<day>{_FULL_DAY}) ?\)? ?(?:\([\w /]+\) ?)?[-–—]"
)
_CLOCK: Final = r"(?:,? (?:at )?\d[\d:.]*(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?"
_WHEN: Final = rf"(?:[A-Z][a-z]+day,? )?(?P<day>{_FULL_DAY})"
_DATE_LINE: Final = re.compile(rf"(?:^|\n)(?:(?:Published|Posted)(?: on)?:? )?{_WHEN}{_CLOCK}[ ]*(?=\n)")
_PUBLISHED: Final = re.compile(
    rf"(?:^|[\n|(.] ?)(?:This (?:article|story|report) was )?(?:(?:[Ff]irst|[Oo]riginally) )?(?:[Pp]ublished|[Pp]osted)(?: on)?:? {_WHEN}"
)


def _dateline(text: str) -> Published | None:
    """A full day before the first words ("MADRID, 27 April 2025 -"), on a line of its own at the head, or after "published on"."""
    match = _DATELINE.search(text[:600]) or _DATE_LINE.search(text[:400])
    match = match or _PUBLISHED.search(text[:600]) or _PUBLISHED.search(text, max(0, len(text) - 400))
    days = _told(match["day"].replace(" ,", ",")) if match else None
    return Published(*days, "text", " ".join(match[0].split()).lstrip("|(. ")) if match and days else None


_STAMP: Final = re.compile(rf"(?P<day>{_FULL_DAY}),? (?:at )?\d{{1,2}}[:.]\d\d ?[AaPp]\.?[Mm]\b")
_LIVE: Final = timedelta(days=3)


def _stamped(text: str) -> Published | None:
    """A live report whose entries carry day and hour: from the first entry's day to the morning after the last one's."""
    stamps = [(days[0], match[0]) for match in _STAMP.finditer(text) if (days := _told(match["day"]))]
    if len(stamps) < 3:
        return None
    first, last = min(stamps, key=lambda stamp: stamp[0]), max(reversed(stamps), key=lambda stamp: stamp[0])
    if last[0] - first[0] > _LIVE:
        return None
    return Published(first[0], last[0] + timedelta(days=1), "text", "; ".join(dict.fromkeys((first[1], last[1]))))


_MONTH_DAY: Final = (
    r"(?P<month>[A-Z][a-z]+\.?) (?P<date>\d{1,2})(?!\d|[,.]? ?(?:19|20)\d\d)"
    r"|(?P<date2>\d{1,2}) (?P<month2>[A-Z][a-z]+)(?! ?,? ?(?:19|20)\d\d)"
)
_PLACE_LINE: Final = re.compile(
    rf"(?:^|\n)[A-Z][A-Z.,’' /-]{{2,40}}?[,(] ?(?:{_MONTH_DAY})\)? ?(?:\([\w /]+\) ?)?[-–—]"
)


def _day_alone(text: str) -> Iterator[_Clue]:
    """A dateline without a year ("LONDON, March 3 (Wire) —"): that day of some year, or the one after."""
    match = _PLACE_LINE.search(text[:600])
    day = _month_day(match) if match else None
    if match and day:
        after = day + timedelta(days=1)
        yield _Clue(" ".join(match[0].split()), yearly=((day.month, day.day), (after.month, after.day)))


def _month_day(match: re.Match[str], year: int = 2023) -> date | None:
    """The day of a year that a month and a number name; None where they name none."""
    found = _told(f"{match['date'] or match['date2']} {match['month'] or match['month2']} {year}")
    return found[0] if found and found[0] == found[1] else None


_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY_DATE: Final = re.compile(rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)}),? (?:the )?(?:{_MONTH_DAY})")
_YEAR: Final = re.compile(r"(?<![\d.,$£€-])(?:19|20)\d\d(?![\d%]|[.,-]\d)")
_HALF_A_YEAR: Final = timedelta(days=183)


def _weekdays(text: str) -> Iterator[_Clue]:
    """A weekday with its date tells the year, among those next to the newest year named; such a day is within half a year."""
    newest = max((int(year[0]) for year in _YEAR.finditer(text)), default=None)
    for match in _WEEKDAY_DATE.finditer(text) if newest else ():
        days = [_month_day(match, year) for year in range((newest or 0) - 1, (newest or 0) + 2)]
        fitting = [day for day in days if day and _WEEKDAYS[day.weekday()] == match["weekday"]]
        if len(fitting) == 1:
            yield _Clue(match[0], fitting[0] - _HALF_A_YEAR, fitting[0] + _HALF_A_YEAR)


_NEAR_DAY: Final = re.compile(
    rf"\b(?P<near>[Ll]ast|[Tt]his past|[Nn]ext|[Tt]his coming|[Tt]oday|[Yy]esterday|[Tt]omorrow"
    rf"|[Tt]onight),? \(?(?:[A-Z][a-z]+day,? )?(?P<day>{_FULL_DAY})"
)
_REACH: Final = {
    "last": (1, 13),
    "this past": (1, 7),
    "next": (-13, -1),
    "this coming": (-7, -1),
    "today": (0, 0),
    "tonight": (0, 0),
    "yesterday": (1, 1),
    "tomorrow": (-1, -1),
}


def _deictic(text: str) -> Iterator[_Clue]:
    """A day named both ways, "yesterday, 4 May 2015" or "last Friday, 1 May 2015"; in a quotation it is the speaker's."""
    for match in _NEAR_DAY.finditer(text):
        days = _told(match["day"])
        if days and text.count("“", 0, match.start()) == text.count("”", 0, match.start()):
            early, late = _REACH[match["near"].lower()]
            yield _Clue(match[0], days[0] + timedelta(early), days[0] + timedelta(late))


_UPDATED: Final = re.compile(rf"(?:^|[\n|(.] ?)(?:Last )?(?:[Uu]pdated|UPDATED)(?: on)?:? {_WHEN}")


def _updated(text: str) -> Iterator[_Clue]:
    """A day of updating: the report is no younger."""
    if (match := _UPDATED.search(text)) and (days := _told(match["day"])):
        yield _Clue(" ".join(match[0].split()).lstrip("|(. "), last=days[1])


_STILL_AHEAD: Final = re.compile(
    r"\b(will|won['’]t|(?:is|are) (?:\w+ )?(?:set|due|expected|scheduled|planned|likely|under contract|running)|(?:has|have) a "
    r"(?:contract|deal)|contract (?:runs|expires|ends)|plans? to|upcoming|heading into|ahead of)\b[^.;\"”]*$",
    re.IGNORECASE,
)
_TO_COME: Final = re.compile(r"\b(?:in|on|by|for|until|till|through|before)\s+(?:the )?$", re.IGNORECASE)
# What is named with its year here may lie ahead, whatever the tense of the verb.
_LOOKS_ON: Final = re.compile(
    r"\b(?:nominat\w+|re-?election|elections?|presidency|candida\w+|deadline|bid|run|race|front-?runner|target|goal|project\w*|forecast\w*"
    r"|levels?|maturity|schedul\w+|redistricting|to|for|from|until|come|come on|begins?|ends?|is|are|be|next|starting|new)\b[^.,;]{0,25}$",
    re.IGNORECASE,
)
_OF_UPDATING: Final = re.compile(r"\bupdated(?: on)?:? (?:[A-Z][a-z]+day,? )?$", re.IGNORECASE)
_UNTIL: Final = re.compile(r"\b(?:until|till|through)\s+$")
_EMBEDDED: Final = re.compile(r"\(@\w+\) $")


def _named(text: str, found: list[Time]) -> Iterator[_Clue]:
    """Absolute times spoken of as past (the report is later) or as still to come (it is earlier)."""
    lower = text.lower()
    for time in found:
        start, end = time.span
        if time.value is None or not time.value[:2].isdigit() or _is_label(text, time):
            continue
        before = re.split(r"[.!?]\s|\n", text[max(0, start - 90) : start])[-1]
        tense = tense_around(lower, start, end)
        open_until = _UNTIL.search(before) is not None
        if ahead := _STILL_AHEAD.search(before):
            near = len(ahead[0]) - len(ahead[1]) < 45
            if time.end and (open_until or (near and tense > 0)) and _TO_COME.search(before):
                yield _Clue(_with_lead(text, time), last=time.end)
        elif (
            _LOOKS_ON.search(before) is not None
            or _OF_UPDATING.search(before) is not None
            or not re.search(r"\d{4}", time.text)
        ):
            continue
        elif time.start and not open_until and (tense < 0 or _is_stamp(time, before)):
            yield _Clue(_with_lead(text, time), first=time.start)


_FUNCTION_WORD: Final = re.compile(
    r"\s+(?:and|or|but|when|where|while|after|before|by|to|with|as|that|which|who|for|at|on|in|of|from|under|over|because|if"
    r"|following|until|through|he|she|it|they|we|i|the|his|her|their|its|a|an|is|was|were|are|has|had|have|did|will|would)\b",
    re.IGNORECASE,
)


def _is_label(text: str, time: Time) -> bool:
    """Whether a year only names the noun behind it ("the 2012 nominee"), which says nothing of when this was written."""
    start, end = time.span
    if not re.fullmatch(r"\d{4}(?:-[A-Z]\w)?", time.value or "") or not time.text[-4:].isdigit():
        return False
    free = re.match(r"\W*(?:\s\W|$|\n)|[.,;:!?)\"”’]", text[end : end + 3]) or _FUNCTION_WORD.match(text, end)
    return (
        free is None
        or re.search(r"\b(?:the|this|that|[’']s|his|her|their|its)\s$", text[max(0, start - 8) : start]) is not None
    )


def _is_stamp(time: Time, before: str) -> bool:
    """A picture's date (28/11/2023) or that of a post quoted in the page: the report came later."""
    return len(time.value or "") >= 10 and (bool(_EMBEDDED.search(before)) or "/" in time.text)


def _with_lead(text: str, time: Time) -> str:
    """The expression with the two or three words in front of it."""
    lead = re.search(r"(?:[\w’'-]+ ){0,3}$", text[max(0, time.span[0] - 40) : time.span[0]])
    return (lead[0] if lead else "") + time.text


# Words for one and the same turn of events, so that "his departure in 2021" and "left two years ago" may be one.
_TURNS: Final = tuple(
    re.compile(rf"\b(?:{words})(?: (?:in|since|about|the club|it|office|there))*\s+$", re.IGNORECASE)
    for words in (
        "leaving|left|departure|departed|exit|quit|resigned|resignation",
        "joined|joining|arrival|arrived|appointed|appointment|hired|took over",
        "founded|founding|launched|launch|created|creation",
        "elected|election|vote|voted|referendum",
        "died|death|killed|murder|murdered",
        "signed|signing",
    )
)


def _ago(text: str, found: list[Time]) -> Iterator[_Clue]:
    """Written two years after 2021, give or take half a year, where "departure in 2021" was "two years ago"."""
    years = [time for time in found if re.fullmatch(r"\d{4}", time.value or "")]
    for time in found:
        match = re.fullmatch(r"(\w+) years? ago", time.text)
        count = _NUMERALS.get(match[1].lower()) if match else None
        for year in years if count else ():
            if abs(year.span[0] - time.span[0]) < 500 and _same_turn(text, time, year):
                then = int(year.value or 0) + (count or 0)
                words = f"{_with_lead(text, year)}; {_with_lead(text, time)}"
                yield _Clue(words, date(then - 1, 7, 1), date(then + 1, 6, 30))


_NUMERALS: Final = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}


def _same_turn(text: str, one: Time, other: Time) -> bool:
    """Whether the words right before both tell of the same turn of events."""
    befores = [text[max(0, time.span[0] - 30) : time.span[0]] for time in (one, other)]
    return any(all(turn.search(before) for before in befores) for turn in _TURNS)


_PLANNED: Final = re.compile(
    r"\b(?:plans?|planning|prepar(?:e|es|ing|ations)|ahead of|building|looking (?:ahead )?to)\b[^.]{0,40}$",
    re.IGNORECASE,
)
_RUNNING: Final = re.compile(
    r"\b(?:when|as|once|before) the season (?:draws|comes) to (?:a|its) (?:close|end)|\bseason is (?:effectively |all but |nearly )?(?:over|ending)"
    r"|\b(?:campaign|season) is (?:ending|drawing to a close)|\bso far this season|\b(?:games?|matches) (?:to go|left"
    r"|remaining) (?:of|in) the season",
    re.IGNORECASE,
)


_UP_TO_NOW: Final = re.compile(r"\b(?:has|have) been\b[^.]*$")


def _seasons(text: str, found: list[Time]) -> Iterator[_Clue]:
    """The newest season over two years, where it is planned for or running."""
    named = [
        time
        for time in found
        if time.start and time.start.month == 7 and re.fullmatch(r"\d{4}/\d{4}", time.value or "")
    ]
    newest = max(named, key=lambda time: time.start or date.min, default=None)
    if newest is None or newest.start is None:
        return
    year, words, before = (
        newest.start.year,
        _with_lead(text, newest),
        text[max(0, newest.span[0] - 60) : newest.span[0]],
    )
    if tense_around(text.lower(), *newest.span) < 0 and not _UP_TO_NOW.search(before):
        return
    if _PLANNED.search(before):
        yield _Clue(words, date(year, 1, 1), date(year, 8, 31))
    elif running := _RUNNING.search(text):
        yield _Clue(f"{words}; {running[0]}", date(year, 8, 1), date(year + 1, 6, 30))


_OTHER_CALENDAR: Final = re.compile(
    r"\b(?:Women['’]s (?:Champions|Europa|Super) League|WSL|handball|basketball|volleyball|hockey|cricket)\b",
    re.IGNORECASE,
)
_EARLIER_SEASON: Final = re.compile(
    r"\b(?:last|previous|that|next) (?:season|year|term|campaign)\b|\bin (?:19|20)\d\d\b|\bago\b", re.IGNORECASE
)


def _calendar(text: str) -> Iterator[_Clue]:
    """What the football calendar says of the report's own present; nothing where another season or sport is meant."""
    if _OTHER_CALENDAR.search(text):
        return
    for pattern, window in _CALENDAR:
        match = pattern.search(text)
        if match and not _EARLIER_SEASON.search(text[match.start() : match.end() + 30]):
            yield _Clue(" ".join(match[0].split()), yearly=window)

"""The words of time: months, weekdays, numbers, units, feasts, and what shows the tense around them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan jan.",
            "february feb feb.",
            "march mar mar.",
            "april apr apr.",
            "may",
            "june jun jun.",
            "july jul jul.",
            "august aug aug.",
            "september sept sept. sep sep.",
            "october oct oct.",
            "november nov nov.",
            "december dec dec.",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "monday mon mon.",
            "tuesday tue tue. tues tues.",
            "wednesday wed wed.",
            "thursday thu thu. thur thur. thurs thurs.",
            "friday fri fri.",
            "saturday sat sat.",
            "sunday sun sun.",
        ),
        start=1,
    )
    for name in names.split()
}
_ONES: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen "
).split()
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS: Final = {
    "a": 1,
    "an": 1,
    "couple": 2,
    "hundred": 100,
    **{word: number for number, word in enumerate(_ONES, start=1)},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
}
ORDINALS: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
DECADES: Final = {
    word: number
    for number, word in enumerate(
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"], start=2
    )
}
CENTURIES: Final = {
    word: number
    for number, word in enumerate(
        (
            "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
            "twentieth twenty-first "
        ).split(),
        start=11,
    )
}
# TIMEX3 codes, and the words they stand for.
PARTS: Final = {
    "morning": "MO",
    "lunchtime": "MI",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
}
UNITS: Final = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "weekend": "D",
    "week": "W",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "season": "Y",
    "year": "Y",
    "decade": "E",
    "century": "C",
}
CLOCK_UNITS: Final = ("second", "minute", "hour")
SEASONS: Final = {
    "spring": ("SP", 3),
    "summer": ("SU", 6),
    "autumn": ("FA", 9),
    "fall": ("FA", 9),
    "winter": ("WI", 12),
}
# Feasts of a fixed day; Thanksgiving and Easter move and are worked out.
FEASTS: Final = {
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "st. patrick's day": (3, 17),
    "independence day": (7, 4),
    "halloween": (10, 31),
    "veterans day": (11, 11),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "year-end": (12, 31),
}
ZONES: Final = r"(?:gmt|utc|bst|cest|cet|edt|est|et|eastern|cdt|cst|mdt|mst|pdt|pst|pt|local time|ist|aest|jst)\b"

FUTURE: Final = r"""
    (?:\b(?:(?:will|won['’]t|shall|would)(?:\s+have)?|can|could|may|might|must|should|shouldn['’]t)|['’]ll)\b(?!\s+have)
        (?:\s+(?:not|also|only|\w+ly))?(?:\s+be\b(?:\s+\w+)?)?
    | (?<!\bhad\sbeen\s)\b(?:due|set|expected|scheduled|slated|planned|planning|plans?|hopes?|hoping|aims?|intends?|expects?
    |going|likely|unlikely|wants?|agreed|ready|seeks?|able|decides?)\s+(?:to(?:\s+be\s+\w+)?|for)\b
    | \b(?:due|scheduled|expected)\s+(?:in|on|at|by)\b | \b(?:kick-?off|kicks?\ off|faces?|hosts?|takes?\ on|travels?\ to)\b
    | \bthe\ next\b(?!\s+(?:day|morning))
    | \b(?:upcoming|forthcoming|tomorrow|ahead\ of|payable|effective)\b
    | \bto\s+be\s+\w+ | \b(?:is|are|be)\s+(?:to\b|\w+ing\b)
"""
PAST: Final = r"""
    \b(?:said|told|was|were|had|did|didn['’]t|wasn['’]t|weren['’]t|hadn['’]t|has|have|been|ago|came|went|took|made|won|lost
    |beat|met|began|held|got|gave|left|found|saw|rose|fell|sold|bought|wrote|became|ran|led|spoke|kept|sent|paid|drew
    |grew|broke|chose|hit|shot|thought|knew|fought|stood|struck|flew|threw|tore|swept|drove|wore|swore|sank|sang|shook
    |stole|slid|sought|taught|caught|brought|built|felt|heard|meant|shut|quit|spent|split|sat|slept)\b
    | (?<!\ba\s)(?<!\ban\s)(?<!\bthe\s)(?<!\bits\s)(?<!\bhis\s)(?<!\bher\s)(?<!\btheir\s)(?<!\bis\s)(?<!\bare\s)
        \b(?!un|need|feed|speed|indeed|seed|red\b|bed\b|hundred|proceed|succeed|exceed|breed|deed|bleed|married|so-called)\w{2,}ed\b
"""
# Right before an expression these look ahead, unless a verb says otherwise.
AHEAD: Final = r"(?:until|till|by|before|through|as\searly\sas|as\ssoon\sas|as\slate\sas|no\slater\sthan)\s+(?:the\s)?$"
# Verbs in the past that put something off to a day still ahead.
PUT_OFF: Final = r"(?:extended|postponed|delayed|adjourned|suspended|deferred|rescheduled|moved|closed|shut|banned|barred|signed|tied|contracted)\Z"
# Words after a four-digit number that make it a count, not a year.
COUNTED: Final = "|".join(
    (
        "people men women children feet foot miles mile metres meters kilometres kilometers km tons tonnes "
        "troops soldiers jobs workers employees votes delegates points euros pounds dollars degrees hours "
        "minutes seconds years days weeks months times shares members others students pages acres fans seats "
        "spectators percent per pc million billion yen "
    ).split()
)
EVENTS: Final = (
    r"(?:game|match|fixture|round|leg|final|semi-?finals?|quarter-?finals?|derby|playoff|tournament|election|vote|debate"
    r"|hearing|summit|trial|transfer window|window|international break|season|campaign|break|matchday)"
)


DAYS: Final = {
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
    "tonight": 0,
    "overnight": 0,
}


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first so that none is cut short."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(word.replace(".", r"\.").replace(" ", r"\s") for word in ordered) + ")"


def _by_first_letter(words: Iterable[str]) -> str:
    """A pattern for any of the words that gives up at the first letter that begins none: it meets every word of a text."""
    ends: dict[str, set[str]] = {}
    for word in words:
        ends.setdefault(word[0], set()).add(word[1:])
    return "(?:" + "|".join(f"{letter}{one_of(rest)}" for letter, rest in ends.items()) + ")"


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

# What each kind of expression looks like in lower-cased text. The most telling stand first: of kinds that begin alike, the
# first to match is taken.
PATTERNS: Final[dict[str, str]] = {
    "iso": rf"(?P<y>{_YEAR})-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?:[t ]\d\d:\d\d(?::\d\d)?(?:z|[+-]\d\d:?\d\d)?)?",
    "slashed": rf"(?P<d>[0-3]?\d)(?P<sep>[/.-])(?P<m>[0-3]?\d)(?P=sep)(?P<y>{_YEAR}|\d\d)(?![\d/.-]\d)",
    "dmy": rf"(?:(?P<rel>last|next)\s)?(?:{_ANY_WEEKDAY},?\s)?(?:the\s)?(?P<day>{_DAY})\s(?:of\s)?(?P<month>{_MONTH})(?:,?\s(?P<year>{_YEAR}))?",
    "mdy": rf"(?:(?P<rel>last|next)\s)?(?:{_ANY_WEEKDAY},?\s)?(?P<month>{_MONTH})\s(?P<day>{_DAY})(?:,?\s(?P<year>{_YEAR}))?",
    "symbolic": rf"(?:the\s)?(?:very\s)?(?:end|start|beginning|middle|rest|remainder|close)\sof\s(?:the|this|last|next)\s(?:\w+\s)?{EVENTS}",
    "event": rf"the\s(?:last|first|next|final|opening)\s(?:[\w’'-]+\s){{0,3}}{EVENTS}(?:\sof\sthe\s(?:season|campaign|year))?",
    "two_years": rf"(?P<y>{_YEAR})(?P<sep>[-–/])(?P<z>{_YEAR}|\d\d)(?![-/\d])(?:\s(?P<noun>season|campaign|term|(?:academic|school)\syear))?",
    "quarter": (
        rf"(?:the\s|its\s)?(?:(?P<poss>last|this|next)\syear[’']s\s)?(?:fiscal[\s-])?(?:(?P<fy>{_YEAR})\s)?"
        rf"(?:q(?P<q>[1-4])|(?:fiscal[\s-])?(?P<nth>{one_of(ORDINALS)}|final)[\s-]quarter){_OF_YEAR}?"
    ),
    "half": rf"the\s(?P<nth>first|second|last)\shalf{_OF_YEAR}",
    "decade": rf"(?:the\s)?(?:(?P<edge>early|mid|late)[\s-])?(?:(?P<decade>(?:(?:1[5-9]|20)\d|\d)(?=0[’']?s)|{one_of(DECADES)})(?:0[’']?s)?)",
    "century": rf"(?:the\s)?(?:(?P<edge>early|mid|late)[\s-])?(?P<nth>\d\d?(?:st|nd|rd|th)|{one_of(CENTURIES)})[\s-]century",
    "season": rf"{_EDGE}(?:(?P<the>the)\s)?{_REL}?(?P<season>{_SEASON}){_OF_YEAR}?",
    "month": rf"{_EDGE}{_REL}?(?P<month>{_MONTH}){_OF_YEAR}?",
    "ago": (
        rf"{_ABOUT}(?:(?P<n>{_RANGE})(?:\smore)?[\s-]|the\s(?:comparable\s|same\s)?)?(?P<unit>{_UNIT})(?:\sor\s(?:so|two))?[\s-]"
        rf"(?P<way>ago|earlier|later|from\snow|hence|afterwards|previously|back|before(?=\s*[,.;]))(?:\s(?:{one_of(ORDINALS)}\s)?(?:quarter|period))?"
    ),
    "clock": (
        rf"(?:(?P<h>[0-2]?\d)(?:[:.](?P<min>[0-5]\d)(?!\d)(?=:|\s?(?:[ap]\.?m|{ZONES})|(?<=:\d\d))|(?=\s?(?:[ap]\.?m\b|{ZONES})))"
        rf"(?:\s?(?P<ampm>[ap]\.m\.?|[ap]m\b))?|(?P<word>noon|midday|midnight))(?:\s\(?(?P<zone>{ZONES})\)?)?"
        rf"(?:,?\s(?:on\s)?(?:(?P<day>{_WEEKDAY}|today|tonight|tomorrow|yesterday)|(?P<month>{_MONTH})\s(?P<date>{_DAY})))?"
    ),
    "year": rf"{_EDGE}(?:fiscal\s|(?:the\s)?year\s)?(?P<year>{_YEAR})",
    "feast": (
        rf"(?:(?P<rel>last|next|this)\s)?(?P<feast>{one_of(FEASTS)}|new\syear’s\s(?:day|eve)|thanksgiving(?:\sday)?|easter(?:\ssunday)?)"
        rf"(?:,?\s(?P<year>{_YEAR}))?"
    ),
    "weekday": (
        rf"(?:(?:earlier|later|early|late|mid)[\s-])?(?:the\s)?(?:(?P<rel>this\spast|this\scoming|last|next|this|past|coming"
        rf"|previous|following|every|each)\s)?(?P<day>{_WEEKDAY})(?P<plural>s)?(?:\s(?P<part>{_PART})s?)?"
    ),
    "deictic": rf"(?:(?:earlier|later|early|late)\s)?(?P<day>{one_of(DAYS)}|this\s(?:{_PART})|last\snight)(?:\s(?P<part>{_PART}))?",
    "anchored": (
        rf"(?:(?:earlier|later)\s)?(?:the\s)?(?:that(?:\ssame)?|(?P<rel>same|following|(?<=the\s)previous|(?<=the\s)next(?=\s(?:day|{_PART}))))"
        rf"\s(?P<unit>day|week|month|year|decade|{_PART})"
    ),
    "unit": (
        r"(?P<edge>(?:earlier|later|early|late|sometime|(?:the\s)?(?:very\s)?(?:beginning|start|middle|end)\sof)\s(?:in\s)?)?"
        r"(?:the\s)?(?P<rel>last|this|next|coming|past|previous|current|upcoming|latest|(?<=of\s)the|(?<=in\s)the|(?<=for\s)the|(?<=during\s)the|(?<=throughout\s)the|the(?=\squarter|\sweekend))\s"
        r"(?:fiscal\s|calendar\s)?(?P<unit>week|weekend|month|quarter|year|decade|century|season)"
    ),
    "ahead": (
        rf"(?:the\s)?(?P<rel>last|past|latest|next|coming|first|final|previous|following|recent)\s"
        rf"(?:(?P<n>{_RANGE})\s)?(?P<unit>{_UNIT})(?<=s)"
    ),
    "repeated": (
        rf"(?:every|each|per)\s(?:(?P<n>{_NUMBER})\s)?(?P<unit>{_UNIT}|{_MONTH}|{_SEASON}|{_PART})"
        r"|(?P<adverb>daily|hourly|weekly|monthly|yearly)"
    ),
    "lasting": (
        rf"(?P<about>{_ABOUT})(?:(?P<n>{_RANGE})(?:\s(?:more|full|straight|consecutive))?[\s-])?(?P<unit>{_UNIT})(?P<half>\sand\sa\shalf)?(?P<long>[\s-]long)?"
        r"(?!s?[\s-]olds?\b)(?!\sof\sage)"
    ),
    "reference": (
        r"(?:more\s)?recently|lately|these\sdays|the\s(?:days|weeks|months|years)\s(?:ahead|to\scome)|currently|nowadays|right\snow|now|(?<!as\s)(?<!too\s)soon(?!\s(?:as|after|before)\b)|at\sthe\smoment"
        r"|(?<=in\s)the\s(?:near\s|foreseeable\s|recent\s)?(?:future|past)|the\s(?:near|foreseeable)\sfuture"
    ),
}
# The words an expression may begin with, besides a digit: everything else is passed over quickly.
STARTS: Final = _by_first_letter(
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
    ]
)

"""What each kind of time expression looks like, and the words one may begin with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sayso.times.words import (
    CENTURIES,
    DAYS,
    DECADES,
    EVENTS,
    FEASTS,
    MONTHS,
    NUMBERS,
    ONES,
    ORDINALS,
    PARTS,
    SEASONS,
    TENS,
    UNITS,
    WEEKDAYS,
    ZONES,
    one_of,
)


def _by_first_letter(words: Iterable[str]) -> str:
    """A pattern for any of the words that gives up at the first letter that begins none: it meets every word of a text."""
    ends: dict[str, set[str]] = {}
    for word in words:
        ends.setdefault(word[0], set()).add(word[1:])
    return "(?:" + "|".join(f"{letter}{one_of(rest)}" for letter, rest in ends.items()) + ")"


# A year in figures, or as a broadcast is written down: "nineteen ninety-six".
_SPOKEN: Final = rf"nineteen[-\s]{one_of(TENS)}(?:[-\s]{one_of(ONES[:9])})?"
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
    rf"|(?:another\s(?=\w+\s\w+s\b)|an?\s(?:additional|extra|further)\s)?(?:{one_of(TENS)}[-\s]{one_of(ONES[:9])}"
    rf"|{one_of(NUMBERS)})(?:\sand\sa\shalf)?)"
)
_RANGE: Final = rf"{_NUMBER}(?:\s(?:to|or)\s{_NUMBER})?"
# Days that are counted without weekends and holidays are counted as days.
_WORKING: Final = r"(?:(?:trading|business|working|calendar)\s)?"
_ABOUT: Final = r"(?:(?:about|around|nearly|almost|roughly|over|more\sthan|less\sthan|at\sleast|up\sto|some|just)\s)?"
_EDGE: Final = (
    r"(?:(?P<edge>early|late|mid|(?:the\s)?(?:very\s)?(?:beginning|start|middle|end)\sof)(?:\sin)?[\s-](?:the\s)?)?"
)
_REL: Final = r"(?:(?P<rel>this\spast|this\scoming|last|next|this|past|coming|previous)\s)"
_OF_YEAR: Final = rf"(?:(?:,\s|\sof\s|,?\s)(?:(?P<year>{_YEAR}|{_SPOKEN})|(?P<yrel>last|this|next)\syear))"

# What each kind of expression looks like in lower-cased text. The most telling stand first: of kinds that begin alike, the
# first to match is taken.
PATTERNS: Final[dict[str, str]] = {
    "iso": rf"(?P<y>{_YEAR})-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?:[t ]\d\d:\d\d(?::\d\d)?(?:z|[+-]\d\d:?\d\d)?)?",
    "slashed": rf"(?P<d>[0-3]?\d)(?P<sep>[/.-])(?P<m>[0-3]?\d)(?P=sep)(?P<y>{_YEAR}|\d\d)(?![\d/.-]\d)",
    "dmy": (
        rf"(?:(?P<rel>last|next)\s)?(?:{_ANY_WEEKDAY},?\s)?(?:the\s)?(?:(?P<from>[0-3]?\d)(?:st|nd|rd|th)?(?:\s?[-–]\s?"
        rf"|\sto\s))?(?P<day>{_DAY})\s(?:of\s)?(?P<month>{_MONTH})(?:,?\s(?P<year>{_YEAR}))?"
    ),
    "mdy": (
        rf"(?:(?P<rel>last"
        rf"|next)\s)?(?:{_ANY_WEEKDAY},?\s)?(?P<month>{_MONTH})\s(?:(?P<from>[0-3]?\d)[-–])?(?P<day>{_DAY})(?:,?\s(?P<year>{_YEAR}))?"
    ),
    "symbolic": (
        rf"(?:the\s)?(?:very\s)?(?:end|start|beginning|middle|rest|remainder|close|time)\sof\s(?:the|this|last"
        rf"|next)\s(?:\w+\s)?{EVENTS}|the\sseason\s(?:(?:draws|comes)\sto\s(?:a|its)\s(?:close|end)|ends|finishes|is\sover)"
    ),
    "event": rf"the\s(?:last|first|next|final|opening)\s(?:[\w’'-]+\s){{0,3}}{EVENTS}(?:\sof\sthe\s(?:season|campaign|year))?",
    "two_years": rf"(?P<y>{_YEAR})(?P<sep>[-–/])(?P<z>{_YEAR}|\d\d)(?![-/\d])(?:\s(?P<noun>season|campaign|term|(?:academic|school)\syear))?",
    "compared": (
        rf"(?:the\s)?(?=same\s|comparable\s|corresponding\s|equivalent\s|like\s|year[-\s](?:ago"
        rf"|earlier)\s|prior[-\s]year\s|previous\syear[’']s\s|last\syear[’']s\s"
        rf"|{_YEAR}\s(?:quarter|period)|(?:quarter|period|week|month)\s(?:(?:of\s(?:the\s)?)?last\syear"
        rf"|a\syear\s))(?:(?P<same>same|comparable|corresponding|equivalent|like)\s)?"
        rf"(?:(?P<back>year[-\s](?:ago|earlier)|prior[-\s]year|previous\syear[’']s|last\syear[’']s)\s|(?P<fy>{_YEAR})\s)?"
        rf"(?P<noun>quarter|period|half|week|month|(?P<n>{_NUMBER})\smonths)(?:\s(?:(?:of\s(?:the\s)?)?(?P<tail>last\syear"
        rf"|a\syear\s(?:ago|earlier|before|previously))"
        rf"|(?:in|of)\s(?P<year>{_YEAR})))?"
    ),
    "quarter": (
        rf"(?:the\s(?!\w+-quarter))?(?:(?P<ago>year[-\s](?:ago|earlier))\s)?(?:(?P<poss>last|this"
        rf"|next)\syear[’']s\s)?(?:fiscal[\s-])?(?:(?P<fy>{_YEAR})\s)?"
        rf"(?:q(?P<q>[1-4])|(?:fiscal[\s-])?(?P<nth>{one_of(ORDINALS)}|final)[\s-]quarter){_OF_YEAR}?"
    ),
    "running": (
        rf"(?:the\s|an?\s)?(?:{one_of(ORDINALS)}|fifth|sixth|seventh|eighth|ninth|tenth)\s(?:(?:straight|consecutive"
        rf"|successive)\s(?P<unit>day|week|month|quarter|year)"
        r"|(?P<row>day|week|month|quarter|year)(?=\s(?:in\sa\srow|running)))"
    ),
    "half": rf"the\s(?P<nth>first|second|last)\shalf{_OF_YEAR}",
    "short_year": r"(?<=[’'‘])(?P<yy>\d\d)(?![\w’'°%]|\s?(?:minutes?|mins?)\b)",
    "decade": rf"(?:the\s)?(?:(?P<edge>early|mid|late)[\s-])?(?:(?P<decade>(?:(?:1[5-9]|20)\d|\d)(?=0[’']?s)|{one_of(DECADES)})(?:0[’']?s)?)",
    "century": rf"(?:the\s)?(?:(?P<edge>early|mid|late)[\s-])?(?P<nth>\d\d?(?:st|nd|rd|th)|{one_of(CENTURIES)})[\s-]century",
    "season": rf"(?:the\s(?=early\s|late\s|mid))?{_EDGE}(?:(?P<the>the)\s)?{_REL}?(?P<season>{_SEASON}){_OF_YEAR}?",
    "month": rf"{_EDGE}{_REL}?(?P<month>{_MONTH}){_OF_YEAR}?",
    "ago": (
        rf"{_ABOUT}(?:(?P<n>{_RANGE})(?:\smore)?[\s-]|the\s)?{_WORKING}(?P<unit>{_UNIT})(?:\sor\s(?:so|two))?[\s-]"
        r"(?P<way>ago|earlier|later|from\snow|hence|afterwards|previously|previous|prior|back|(?:before|after)(?=\s*(?:[,.;]|$)))"
    ),
    "of_the_day": (
        r"(?:(?P<edge>(?:late|later|early|earlier)\sin|(?:at\s)?the\s(?:very\s)?(?:start|beginning|end|close)\sof)\sthe\sday"
        r"|the\sday(?!\s\w+day\b|\s(?:before|after|when|that|of|he|she|they|it|we|i|you|to|job|care)\b|[-’'])"
        r"|(?<=in\s)the\s(?P<part>morning|afternoon|evening))"
    ),
    "clock": (
        rf"(?:(?P<h>[0-2]?\d)(?:[:.]?(?P<min>[0-5]\d)(?!\d)(?=:|\s?(?:[ap]\.?m|{ZONES})|(?<=:\d\d))"
        rf"|(?=\s?(?:[ap]\.?m\b|{ZONES}|in\sthe\s(?:morning|afternoon|evening)\b)))"
        rf"(?:\s?(?P<ampm>[ap]\.m\.?|[ap]m\b)|\sin\sthe\s(?P<told>morning|afternoon|evening))?|(?P<word>noon|midday"
        rf"|midnight))(?:\s\(?(?P<zone>{ZONES})\)?)?(?:\s\(\d\d[:.]?\d\d\s(?:gmt|utc)\))?"
        rf"(?:,?\s(?:on\s)?(?:(?P<day>{_WEEKDAY}|today|tonight|tomorrow|yesterday)|(?P<month>{_MONTH})\s(?P<date>{_DAY})))?"
    ),
    "year": rf"{_EDGE}(?:fiscal\s|(?:the\s)?year\s)?(?P<year>{_YEAR}|{_SPOKEN}|(?<=year\s)two\sthousand\b)",
    "feast": (
        rf"(?:(?P<rel>last|next|this)\s)?(?P<feast>{one_of(FEASTS)}|new\syear’s\s(?:day|eve)|thanksgiving(?:\sday)?"
        rf"|good\sfriday|easter(?:\s(?:sunday|monday))?"
        r"|(?:labou?r|memorial|election)\sday|(?:the\s)?year(?:[’']s)?[\s-]end)"
        rf"(?:,?\s(?P<year>{_YEAR}))?"
    ),
    "weekday": (
        rf"(?:(?:earlier|later|early|late|mid)[\s-])?(?:the\s)?(?:(?P<rel>this\spast|this\scoming|last|next|this|past|coming"
        rf"|previous|following|every|each)\s)?(?P<day>{_WEEKDAY})(?P<plural>s)?(?:\s(?P<part>{_PART})s?)?"
    ),
    "deictic": (
        rf"(?:(?:earlier|later|early|late)\s|(?:(?:early|late|mid)[-\s])?(?P<first>{_PART})\s)?"
        rf"(?P<day>{one_of(DAYS)}|this\s(?:{_PART})|last\snight)(?:\s(?P<part>{_PART}))?"
    ),
    "anchored": (
        rf"(?:(?:earlier|later)\s)?(?:the\s)?(?:that(?:\ssame)?|(?P<rel>same|following|(?<=the\s)previous|(?<=the\s)next(?=\s(?:day|{_PART}))))"
        rf"\s(?P<unit>day|week|weekend|month|quarter|period|year|decade|time|{_PART})"
    ),
    "unit": (
        r"(?P<edge>(?:earlier|later|early|late|sometime|(?:the\s)?(?:very\s)?(?:beginning|start|middle|end)\sof)\s(?:in\s)?)?"
        r"(?:the\s)?(?P<rel>last|this|next|coming|past|previous|current|upcoming|latest|most\srecent|full|entire|whole"
        r"|(?<=of\s)the|(?<=in\s)the|(?<=for\s)the|(?<=during\s)the|(?<=throughout\s)the|the(?=\squarter|\sweekend))\s"
        r"(?:fiscal\s|calendar\s)?(?P<unit>week|weekend|month|quarter|period|year|decade|century|season|campaign|term)"
    ),
    "ahead": (
        rf"(?:the\s)?(?P<rel>last|past|latest|next|coming|first|final|previous|following|recent)\s"
        rf"(?:(?P<n>{_RANGE})\s)?{_WORKING}(?P<unit>{_UNIT})(?<=s)"
    ),
    "repeated": (
        rf"(?:every|each|per)\s(?:(?P<n>{_NUMBER})\s)?(?P<unit>{_UNIT}|{_MONTH}|{_SEASON}|{_PART})"
        r"|(?P<adverb>daily|hourly|weekly|fortnightly|monthly|yearly|annually|quarterly(?!\s(?!and\b|by\b|in\b|from\b|to\b|for\b|since\b|with\b)\w))"
    ),
    "lasting": (
        rf"(?P<about>{_ABOUT})(?:(?:the\s)?(?P<n>single(?=-)|{_RANGE})(?:\s(?:more|full|straight|consecutive"
        rf"|successive))?[\s-])?{_WORKING}(?P<unit>{_UNIT})"
        r"(?P<half>\sand\sa\shalf)?(?P<long>[\s-]long)?"
        r"(?!s?[\s-]olds?\b)(?!\sof\sage)"
    ),
    "reference": (
        r"(?:more\s)?recently|lately|these\sdays|the\s(?:days|weeks|months|years)\s(?:ahead|to\scome)|currently|nowadays"
        r"|right\snow|now|(?<!as\s)(?<!too\s)soon(?!\s(?:as|after|before)\b)|at\sthe\smoment"
        r"|(?<=over\s)the\syears|(?<=in\s)the\s(?:short|near|long)(?:er)?\sterm\b(?!-)|(?:at\s)?a\slater\s(?:date|time"
        r"|stage)|(?<=for\s)the\stime\sbeing"
        r"|(?<=in\s)the\s(?:near\s|foreseeable\s|recent\s)?(?:future|past)|(?:(?<=into\s)"
        r"|(?<=about\s))the\sfuture(?!\sof\b)|the\s(?:near|foreseeable)\sfuture"
    ),
}
# The words an expression may begin with, besides a digit, "the" and "that".
_FIRST: Final = (
    *MONTHS,
    *WEEKDAYS,
    *SEASONS,
    *NUMBERS,
    *ORDINALS,
    *CENTURIES,
    *DECADES,
    *(name.split()[0] for name in FEASTS),
    *("this last next past coming previous following current upcoming latest recent same early late earlier ").split(),
    *("later mid sometime beginning start middle end rest remainder close very fiscal year its q1 q2 q3 q4 ").split(),
    *("mondays tuesdays wednesdays thursdays fridays saturdays sundays today yesterday tomorrow tonight ").split(),
    *(
        "about around nearly almost roughly over more less at up some just few several many dozen dozens half "
        "every each "
    ).split(),
    *(
        "per daily hourly weekly fortnightly monthly quarterly yearly annually these overnight noon midday midnight thanksgiving easter "
    ).split(),
    *"recently lately currently nowadays right now soon final opening comparable corresponding equivalent like prior".split(),
    *"single good fifth sixth seventh eighth ninth tenth".split(),
    *"labor labour memorial election trading business working year-end".split(),
    *PARTS,
    *(unit + "s" for unit in UNITS if unit != "century"),
    *UNITS,
    "centuries",
)
# Everything else is passed over quickly; so are "the" and "that" unless a word of time comes right behind.
STARTS: Final = (
    "(?:"
    + _by_first_letter(_FIRST)
    + r"|the(?=\s(?:\d|[’'‘]\d|"
    + _by_first_letter(
        [*_FIRST, *"full entire whole most near foreseeable short long future past time comparable years".split()]
    )
    + r"))"
    r"|that(?=\s(?:same\s)?(?:time|period|" + one_of([*UNITS, *PARTS]) + r")))"
)

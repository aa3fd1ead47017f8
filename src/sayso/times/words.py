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
ONES: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen "
).split()
TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS: Final = {
    "a": 1,
    "an": 1,
    "another": 1,
    "couple": 2,
    "hundred": 100,
    **{word: number for number, word in enumerate(ONES, start=1)},
    **{word: 10 * number for number, word in enumerate(TENS, start=2)},
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
}
ZONES: Final = r"(?:gmt|utc|bst|cest|cet|edt|est|et|eastern|cdt|cst|mdt|mst|pdt|pst|pt|local time|ist|aest|jst)\b"

FUTURE: Final = r"""
    (?:\b(?:(?:will|won['’]t|shall|would)(?:\s+have)?|can|could(?!n['’]t|\snot\b)|may|might|must|should|shouldn['’]t)|['’]ll)\b(?!\s+have)
        (?:\s+(?:not|also|only|\w+ly))?(?:\s+be\b(?:\s+\w+)?)?
    | (?<!\bhad\sbeen\s)\b(?:due|set|expected|scheduled|slated|planned|planning|plans?|hopes?|hoping|aims?|intends?|expects?
    |going|likely|unlikely|wants?|agreed|ready|seeks?|able|decides?|supposed)\s+to(?:\s+be\s+\w+)?\b
    | (?<!\bhad\sbeen\s)\b(?:due|set|expected|scheduled|slated|planned|ready)\s+for\b | \b(?:scheduled|planned|slated)\s+an?\b
    | \b(?:when|if|once|until|unless)\s(?:\w+\s){1,4}?(?:is|are)\s\w+
    | \b(?:due|scheduled|expected)\s+(?:in|on|at|by)\b | \b(?:kick-?off|kicks?\ off|faces?|hosts?|takes?\ on|travels?\ to)\b
    | \bthe\ next\b(?!\s+(?:day|morning))
    | \b(?:upcoming|forthcoming|tomorrow|ahead\ of|payable|effective)\b
    | (?<!the\s)(?<!a\s)\b(?:meets?|begins|opens|departs|resumes|expires|arrives|flies|travels?|leaves|joins|closes|appears|runs\sout)\b
    | \b(?:he|she|it)\s(?:returns|starts|plays|ends|comes|goes|moves|speaks)\b
    | \bto\s+be\s+\w+ | \b(?:is|are|be)\s+(?:to\b|\w+ing\b)
"""
PAST: Final = r"""
    \b(?:said|told|was|were|had|did|didn['’]t|wasn['’]t|weren['’]t|hadn['’]t|has|have|been|ago|came|went|took|made|won|lost
    |beat|met|began|held|got|gave|left|found|saw|rose|fell|sold|bought|wrote|became|ran|led|spoke|kept|sent|paid|drew
    |grew|broke|chose|hit|shot|thought|knew|fought|stood|struck|flew|threw|tore|swept|drove|wore|swore|sank|sang|shook
    |set\s(?:in|on|last|by)|and\sset(?!\s(?:to|for))|neither\s[^,;.]{1,60}\scould\sbe
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
    r"|hearing|summit|trial|transfer window|window|international break|season|campaign|break|matchday|world\scup|euros|olympics)"
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

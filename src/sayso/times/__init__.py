"""Words into dates and intervals: every time expression of a text with its TIMEX3-style value, first and last day.

One regular expression finds the expressions; each kind has a resolver that says what its words mean as said on a day
(named.py, periods.py, relative.py, stretches.py; their forms in patterns.py, the words in words.py). Words said within an interval of
days are resolved at both its ends: the result is the hull, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from re import Match
from typing import Final

from sayso.records import Time
from sayso.times.named import NAMED
from sayso.times.patterns import PATTERNS, STARTS
from sayso.times.periods import PERIODS
from sayso.times.relative import RELATIVE
from sayso.times.sense import Place, Resolver, Sense, tense_around
from sayso.times.stretches import STRETCHES

__all__ = ["find_times", "tense_around"]

_RESOLVERS: Final = NAMED | PERIODS | RELATIVE | STRETCHES


def _plain(pattern: str) -> str:
    """A pattern without its names, which the kinds share."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern).replace("(?P=sep)", "[/.-]")


# No word goes on behind an expression, and "quarter" in "quarter-final" is none.
_END: Final = r"(?!\w)(?![\s-]?finals?\b)"


_MASTER: Final = re.compile(
    rf"\b(?=\d|{STARTS}(?!\w))(?:"
    + "|".join(f"(?P<{name}>{_plain(pattern)})" for name, pattern in PATTERNS.items())
    + f"){_END}"
)


_COMPILED: Final = {name: re.compile(f"(?:{pattern}){_END}") for name, pattern in PATTERNS.items()}


_WRAPPED: Final = re.compile(
    r"(?:\b(?P<until>until|till|til|up\sto|through|by)|(?<!\byears\s)(?<!\bmonths\s)(?<!\bweeks\s)(?<!\bdays\s)(?<!\bday\s)(?<!\bweek\s)"
    r"(?<!\byear\s)(?<!\bmonth\s)\b(?:(?P<before>before|ahead\sof|prior\sto)|(?P<after>after|following|beyond))"
    r"|\b(?P<since>since|as\sof|starting|beginning))\s+(?:(?:in|on|at\sleast|about|around)\s+)?$"
)


_WORD: Final = re.compile(r"\w+")


def find_times(text: str, *, said: tuple[date, date] | None) -> list[Time]:
    """The time expressions of a text in order, resolved as said on a day, or on some day of an interval."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return list(_found(text, lower, said))


# What accounts are made up for: a quarter, or months and years that say when they ended.
_PERIODS: Final = ("quarter", "unit", "lasting", "ahead")
_IS_PERIOD: Final = re.compile(r"\d{4}-Q|P\d+M|P1Y")


@dataclass(slots=True)
class _Named:
    """The times named last, which others count from, each with the place up to which it was read."""

    anchor: tuple[Sense | None, int] = (None, 0)
    period: tuple[Sense | None, int] = (None, 0)
    day: tuple[date | None, int] = (None, 0)

    def place(self, text: str, lower: str, start: int, end: int) -> Place:
        """An expression with the times it may count from: those not too far above it."""
        anchor = self.anchor[0] if start - self.anchor[1] < 400 else None
        period = self.period[0] if start - self.period[1] < 700 else None
        day = self.day[0] if start - self.day[1] < 400 else None
        return Place(text, lower, start, end, None, anchor, period, day)

    def keep(self, sense: Sense, kind: str, at: int, *, sure: bool, said: tuple[date, date] | None) -> None:
        """What was named just now; what is not over yet is no period that figures are given for."""
        dated = sense.value and sense.value[0].isdigit() and kind not in ("ahead", "ago")
        if dated and sense.first and sense.last:
            self.anchor = sense, at
            if sense.first == sense.last:
                self.day = sense.first, at
        over = not (sense.last and said and sense.last > said[1])
        if over and kind in _PERIODS and _IS_PERIOD.match(sense.value or "") and (sense.first or sure):
            self.period = sense, at


def _found(text: str, lower: str, said: tuple[date, date] | None) -> Iterator[Time]:
    named, at = _Named(), 0
    while match := _MASTER.search(lower, at):
        kind, start = match.lastgroup or "", match.start()
        parts = _COMPILED[kind].match(lower, start)
        sense = (
            _resolved(_RESOLVERS[kind], parts, named.place(text, lower, start, match.end()), said) if parts else None
        )
        if sense is None or parts is None or _is_title(text, start, parts.end()):
            word = _WORD.match(lower, start)
            at = word.end() if word else start + 1
            continue
        at = parts.end()
        first, last = _wrapped(sense, lower[max(0, start - 28) : start], of_the_end=match[0].startswith("the end"))
        yield Time(first, last, sense.value, text[start:at], (start, at))
        named.keep(sense, kind, at, sure=match[0].startswith("the "), said=said)


# Words in capitals between quotation marks, from the mark before the expression to the one behind it.
_TITLE: Final = re.compile(r"[\"“‘'`]{1,2}(?:[A-Z\d][\w-]*\s)+[A-Z][\w-]*[.,]?[\"”’']")


def _is_title(text: str, start: int, end: int) -> bool:
    """Whether the words are the name of a programme or a book: "60 Minutes", in quotation marks and capitals."""
    return (
        start > 0
        and text[start - 1] in "\"“‘'`"
        and (match := _TITLE.match(text, start - 1)) is not None
        and match.end() <= end + 3
    )


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
        first = min(early.first, late.first) if early.first and late.first else None
        return Sense(value, first, max(early.last, late.last) if early.last and late.last else None)
    except (OverflowError, ValueError):
        return Sense(None)


def _wrapped(sense: Sense, before: str, *, of_the_end: bool) -> tuple[date | None, date | None]:
    """The interval, opened or moved by "until", "before", "after" or "since" in front of it."""
    match = _WRAPPED.search(before)
    first, last = sense.first, sense.last
    if match is None or first is None or last is None:
        return first, last
    if match["until"] or (match["before"] and of_the_end):
        return None, last
    if match["before"]:
        return None, first - timedelta(1)
    return (last + timedelta(1) if match["after"] else first), None

"""Words into dates and intervals: every time expression of a text with its TIMEX3-style value, first and last day.

One regular expression finds the expressions; each kind has a resolver that says what its words mean as said on a day (named.py,
relative.py; words and grammar in words.py). Words said within an interval of days are resolved at both its ends: the result is the
hull, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from re import Match
from typing import Final

from sayso.records import Time
from sayso.times.named import NAMED
from sayso.times.relative import RELATIVE
from sayso.times.sense import Place, Resolver, Sense, tense_around
from sayso.times.words import PATTERNS, STARTS

__all__ = ["find_times", "tense_around"]

_RESOLVERS: Final = NAMED | RELATIVE


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


_COMPILED: Final = {name: re.compile(pattern + _END) for name, pattern in PATTERNS.items()}


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


def _found(text: str, lower: str, said: tuple[date, date] | None) -> Iterator[Time]:
    anchor: Sense | None = None
    at = anchored = 0
    while match := _MASTER.search(lower, at):
        name, start = match.lastgroup or "", match.start()
        parts = _COMPILED[name].match(lower, start)
        near = anchor if start - anchored < 400 else None
        place = Place(text, lower, start, match.end(), None, near)
        sense = _resolved(_RESOLVERS[name], parts, place, said) if parts else None
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
        first = min(early.first, late.first) if early.first and late.first else None
        return Sense(value, first, max(early.last, late.last) if early.last and late.last else None)
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

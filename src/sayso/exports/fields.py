"""Fields of a JSON object that anyone may have written, taken out checked: each refusal names the field and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NoReturn, TypeVar

from sayso.errors import InputError
from sayso.records import Span

Row = Mapping[str, Any]
_T = TypeVar("_T")
_SHOWN = 60  # characters of a wrong value that a message shows


def shown(value: object) -> str:
    """A wrong value as a message shows it."""
    told = repr(value)
    return told if len(told) <= _SHOWN else told[: _SHOWN - 1] + "…"


def as_object(value: object, at: str) -> Row:
    """The value, which must be an object."""
    if not isinstance(value, Mapping):
        raise InputError(f"{at} is {shown(value)}; an object is expected")
    return value


def part(row: Row, key: str) -> Row:
    """The object under a key."""
    return as_object(row.get(key), key)


def parts(row: Row, key: str) -> list[tuple[str, Row]]:
    """The objects of the list under a key, each with where it stands."""
    value = row.get(key)
    if not isinstance(value, list):
        raise InputError(f"{key} is {shown(value)}; a list is expected")
    return [(f"{key}[{n}]", as_object(one, f"{key}[{n}]")) for n, one in enumerate(value)]


def words(row: Row, key: str, at: str | None = None, *, empty: bool = False) -> str:
    """The words under a key; `at` is where a message says they stand."""
    value = row.get(key)
    if not isinstance(value, str) or not (value or empty):
        raise InputError(f"{at or key} is {shown(value)}; words are expected")
    return value


def maybe(row: Row, key: str, at: str | None = None) -> str | None:
    """The words under a key, or None."""
    return None if row.get(key) is None else words(row, key, at, empty=True)


def one_of(row: Row, key: str, allowed: tuple[_T, ...], at: str | None = None) -> _T:
    """The value under a key, one of those allowed."""
    value = row.get(key)
    found = next((one for one in allowed if one == value), None)
    if found is None:
        raise InputError(f"{at or key} is {shown(value)}; one of {', '.join(map(str, allowed))} is expected")
    return found


def whole(row: Row, key: str, at: str) -> int:
    """The whole number under a key."""
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(f"{at} is {shown(value)}; a whole number is expected")
    return value


def day(row: Row, key: str, at: str) -> date | None:
    """The day under a key, or None."""
    value = row.get(key)
    if value is None:
        return None
    try:
        # ISO has shorter ways to write a day; the promise has one
        if isinstance(value, str) and len(value) == len("2031-03-14"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise InputError(f"{at} is {shown(value)}; write the day as 2031-03-14")


def interval(row: Row, at: str) -> tuple[date | None, date | None]:
    """The first and last day of an object, in order."""
    start, end = day(row, "start", f"{at}.start"), day(row, "end", f"{at}.end")
    if start and end and end < start:
        raise InputError(f"{at} ends on {end}, before it begins on {start}")
    return start, end


def place(row: Row, at: str, text: str) -> tuple[int, int]:
    """Where something begins and ends in a text."""
    start, end = whole(row, "start", f"{at}.start"), whole(row, "end", f"{at}.end")
    if not 0 <= start < end <= len(text):
        raise InputError(f"{at} is from {start} to {end}, in a text of {len(text)} characters")
    return start, end


def span(row: Row, at: str, text: str) -> Span:
    """A span whose words stand in the text at its offsets."""
    told = words(row, "text", at)
    start, end = place(row, at, text)
    if text[start:end] != told:
        raise InputError(
            f"{at} is not word for word in the article: {shown(text[start:end])} stands there, not {shown(told)}"
        )
    return Span(start, end, told)


def numbered(lines: Iterable[str], name: str) -> Iterator[tuple[str, str]]:
    """The lines that are not empty, each with its name and number."""
    return ((f"{name}:{number}", line) for number, line in enumerate(lines, 1) if line.strip())


def decoded(line: str) -> object:
    """The JSON value of a line, NaN and infinities refused."""

    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is no number")

    try:
        value: object = json.loads(line, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON ({error})") from None
    return value

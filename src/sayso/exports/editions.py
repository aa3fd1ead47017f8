"""Which version of an edited report an article is, as its exported line tells: the type, and its reading out of JSON, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from sayso.errors import InputError
from sayso.exports import fields
from sayso.exports.back import recorded_from_json
from sayso.exports.fields import Row

_TOLD: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d)?", re.ASCII)


class Seen(NamedTuple):
    """One time that a version came: as which of all that came, seen when, and the day or moment and the words its page gave for the change."""

    number: int
    recorded: str
    told: str | None
    note: str | None


class Edition(NamedTuple):
    """Which version of a report an article was, when it was seen last, and each time it was; without `seen` the line did not tell."""

    of: str
    number: int
    recorded: str
    seen: tuple[Seen, ...] = ()


def edition_from_json(row: Row) -> Edition | None:
    """What the line of an article tells of its versions; None where there is only one. Raises InputError that says what is wrong."""
    if row.get("version") is None:
        return None
    told = fields.part(row, "version")
    seen = [_seen(one, f"version.{at}") for at, one in (fields.parts(told, "seen") if "seen" in told else ())]
    return Edition(
        fields.words(told, "of", "version.of"),
        fields.whole(told, "number", "version.number"),
        _moment(told, "version"),
        tuple(seen),
    )


def whole_reports(editions: Mapping[str, Edition | None]) -> dict[str, tuple[str, ...]]:
    """By first version, the articles of the reports of which every version is here, and every time that one came."""
    lines: dict[str, dict[str, Edition]] = {}
    for article, edition in editions.items():
        if edition is not None:
            lines.setdefault(edition.of, {})[article] = edition
    found = {}
    for first, held in lines.items():
        numbers = sorted(came.number for one in held.values() for came in one.seen)
        if first in held and all(one.seen for one in held.values()) and numbers == list(range(1, len(numbers) + 1)):
            found[first] = tuple(sorted(held))
    return found


def _seen(row: Row, at: str) -> Seen:
    told = fields.maybe(row, "told", f"{at}.told")
    return Seen(
        fields.whole(row, "number", f"{at}.number"),
        _moment(row, at),
        _day_or_moment(told, at) if told is not None else None,
        fields.maybe(row, "note", f"{at}.note"),
    )


def _moment(row: Row, at: str) -> str:
    recorded = recorded_from_json(row)
    if recorded is None:
        raise InputError(f"{at}.recorded is None; write it as 2031-03-15T08:30:00+00:00")
    return recorded


def _day_or_moment(told: str, at: str) -> str:
    match = _TOLD.fullmatch(told)
    try:
        date.fromisoformat(match[1] if match else "")
    except ValueError:
        raise InputError(f"{at}.told is {fields.shown(told)}; write it as 2031-03-15, or 2031-03-15T08:30") from None
    return told

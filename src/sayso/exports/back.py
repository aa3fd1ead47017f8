"""Promised JSON → records, checked: what is handed in may come from anyone, and a claim rests on words that are there or is refused.

What the promise leaves out does not come back: the place of a time expression, the time inside a question's events. What grouping
found (`story`, `copy_of`) is found again by whoever takes the records in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, NoReturn, TypeVar, get_args

from sayso.errors import InputError
from sayso.records import (
    Article,
    Basis,
    Claim,
    Event,
    Link,
    Outlet,
    Published,
    Quoted,
    Removed,
    Skipped,
    Source,
    SourceKind,
    Span,
    Time,
)

Row = Mapping[str, Any]
_T = TypeVar("_T")

_BASES: Final[tuple[Basis, ...]] = get_args(Basis)
_KINDS: Final[tuple[SourceKind, ...]] = get_args(SourceKind)
_QUOTED: Final[tuple[Quoted, ...]] = get_args(Quoted)
_SHOWN = 60  # characters of a wrong value that a message shows


def article_from_json(row: object) -> Article:
    """The article of a promised object. Raises InputError that names the field and what is wrong with it."""
    row = _object(row, "the line")
    outlet, published = _part(row, "outlet"), _part(row, "published")
    start, end = _interval(published, "published")
    return Article(
        id=_words(row, "id"),
        text=_words(row, "text", empty=True),
        title=_maybe(row, "title"),
        outlet=Outlet(_maybe(outlet, "name", "outlet.name"), _one_of(outlet, "basis", _BASES, "outlet.basis")),
        author=_maybe(row, "author"),
        url=_maybe(row, "url"),
        published=Published(
            start,
            end,
            _one_of(published, "basis", _BASES, "published.basis"),
            _maybe(published, "evidence", "published.evidence"),
        ),
        removed=tuple(
            Removed(_words(one, "text", f"{at}.text", empty=True), _words(one, "reason", f"{at}.reason"))
            for at, one in _parts(row, "removed")
        ),
        language=_words(row, "language") if "language" in row else "en",
        origin=_words(row, "read_from", empty=True) if "read_from" in row else "",
    )


def claim_from_json(row: object, article: Article) -> Claim:
    """The claim of a promised object, in its article. Raises InputError that says what is wrong: words that do not stand at their
    offsets in the text, a claim without evidence, another article's claim, a value outside its bounds.
    """
    row = _object(row, "the line")
    if _words(row, "article") != article.id:
        raise InputError(f"article is {_show(row['article'])}, not {article.id!r}")
    evidence = tuple(_span(one, at, article.text) for at, one in _parts(row, "evidence"))
    if not evidence:
        raise InputError("evidence is empty; a claim rests on words of its article")
    cue, said = row.get("cue"), row.get("said")
    return Claim(
        id=_words(row, "id"),
        article=article.id,
        evidence=evidence,
        source=_source(_part(row, "source"), article.text),
        cue=_span(_object(cue, "cue"), "cue", article.text) if cue is not None else None,
        quoted=_one_of(row, "quoted", _QUOTED),
        chain=tuple(
            Link(_one_of(one, "kind", _KINDS, f"{at}.kind"), _words(one, "name", f"{at}.name"))
            for at, one in _parts(row, "chain")
        ),
        origin=_maybe(row, "origin"),
        certainty=_certainty(row, "certainty"),
        speaks_of=_time(row, "speaks_of"),
        said=_said(_object(said, "said")) if said is not None else None,
        confidence=_confidence(row),
        reader=_words(row, "reader"),
        events=tuple(_event(one, at, article.text) for at, one in _parts(row, "events")) if "events" in row else (),
    )


def recorded_from_json(row: object) -> str | None:
    """When the ledger that exported a claim had recorded it. Raises InputError for what is no ISO time with its offset from UTC."""
    told = _maybe(_object(row, "the line"), "recorded")
    if told is not None:
        try:
            aware = datetime.fromisoformat(told).utcoffset() is not None
        except ValueError:
            aware = False
        if not aware:
            raise InputError(f"recorded is {_show(told)}; write it as 2031-03-15T08:30:00+00:00")
    return told


def articles_from_jsonl(lines: Iterable[str], *, name: str = "articles") -> tuple[dict[str, Article], list[Skipped]]:
    """The articles of JSON lines by id, and the lines refused with the reason. An id that comes twice must be the same article."""
    found: dict[str, Article] = {}
    refused: list[Skipped] = []
    for at, line in _lines(lines, name):
        try:
            article = article_from_json(_decoded(line))
            if found.setdefault(article.id, article) != article:
                raise InputError(f"another article with the id {article.id!r} came before")
        except InputError as error:
            refused.append(Skipped(at, str(error)))
    return found, refused


def claims_from_jsonl(
    lines: Iterable[str], articles: Mapping[str, Article], *, name: str = "claims"
) -> tuple[list[tuple[Claim, str | None]], list[Skipped]]:
    """The claims of JSON lines in their order, each with when it had been recorded, and the lines refused with the reason."""
    found: list[tuple[Claim, str | None]] = []
    refused: list[Skipped] = []
    for at, line in _lines(lines, name):
        try:
            row = _object(_decoded(line), "the line")
            article = articles.get(_words(row, "article"))
            if article is None:
                raise InputError(f"article {_show(row['article'])} is not there; hand in the articles too")
            found.append((claim_from_json(row, article), recorded_from_json(row)))
        except InputError as error:
            refused.append(Skipped(at, str(error)))
    return found, refused


def _lines(lines: Iterable[str], name: str) -> Iterator[tuple[str, str]]:
    return ((f"{name}:{number}", line) for number, line in enumerate(lines, 1) if line.strip())


def _decoded(line: str) -> object:
    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is no number")

    try:
        value: object = json.loads(line, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON ({error})") from None
    return value


# --- fields -------------------------------------------------------------------------------------------------------------------


def _show(value: object) -> str:
    told = repr(value)
    return told if len(told) <= _SHOWN else told[: _SHOWN - 1] + "…"


def _object(value: object, at: str) -> Row:
    if not isinstance(value, Mapping):
        raise InputError(f"{at} is {_show(value)}; an object is expected")
    return value


def _part(row: Row, key: str) -> Row:
    return _object(row.get(key), key)


def _parts(row: Row, key: str) -> list[tuple[str, Row]]:
    value = row.get(key)
    if not isinstance(value, list):
        raise InputError(f"{key} is {_show(value)}; a list is expected")
    return [(f"{key}[{n}]", _object(one, f"{key}[{n}]")) for n, one in enumerate(value)]


def _words(row: Row, key: str, at: str | None = None, *, empty: bool = False) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not (value or empty):
        raise InputError(f"{at or key} is {_show(value)}; words are expected")
    return value


def _maybe(row: Row, key: str, at: str | None = None) -> str | None:
    return None if row.get(key) is None else _words(row, key, at, empty=True)


def _one_of(row: Row, key: str, allowed: tuple[_T, ...], at: str | None = None) -> _T:
    value = row.get(key)
    found = next((one for one in allowed if one == value), None)
    if found is None:
        raise InputError(f"{at or key} is {_show(value)}; one of {', '.join(map(str, allowed))} is expected")
    return found


def _whole(row: Row, key: str, at: str) -> int:
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(f"{at} is {_show(value)}; a whole number is expected")
    return value


def _day(row: Row, key: str, at: str) -> date | None:
    value = row.get(key)
    if value is None:
        return None
    try:
        # ISO has shorter ways to write a day; the promise has one
        if isinstance(value, str) and len(value) == len("2031-03-14"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise InputError(f"{at} is {_show(value)}; write the day as 2031-03-14")


def _interval(row: Row, at: str) -> tuple[date | None, date | None]:
    start, end = _day(row, "start", f"{at}.start"), _day(row, "end", f"{at}.end")
    if start and end and end < start:
        raise InputError(f"{at} ends on {end}, before it begins on {start}")
    return start, end


def _span(row: Row, at: str, text: str) -> Span:
    """A span whose words stand in the text at its offsets."""
    start, end, words = _whole(row, "start", f"{at}.start"), _whole(row, "end", f"{at}.end"), _words(row, "text", at)
    if not 0 <= start < end <= len(text):
        raise InputError(f"{at} is from {start} to {end}, in a text of {len(text)} characters")
    if text[start:end] != words:
        raise InputError(
            f"{at} is not word for word in the article: {_show(text[start:end])} stands there, not {_show(words)}"
        )
    return Span(start, end, words)


def _source(row: Row, text: str) -> Source:
    expressed = any(row.get(key) is not None for key in ("text", "start", "end"))
    span = _span(row, "source", text) if expressed else None
    return Source(_one_of(row, "kind", _KINDS, "source.kind"), _maybe(row, "name", "source.name"), span)


def _certainty(row: Row, at: str) -> int | None:
    if row.get("certainty") is None:
        return None
    value = _whole(row, "certainty", at)
    if not -3 <= value <= 3:
        raise InputError(f"{at} is {value}; −3 to 3 is expected")
    return value


def _confidence(row: Row) -> float:
    value = row.get("confidence")
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise InputError(f"confidence is {_show(value)}; 0 to 1 is expected")
    return value


def _said(row: Row) -> tuple[date, date]:
    start, end = _interval(row, "said")
    if start is None or end is None:
        raise InputError("said has one day only; give the first and the last possible one, or null for both")
    return start, end


def _time(row: Row, at: str) -> Time | None:
    value = row.get("speaks_of")
    if value is None:
        return None
    told = _object(value, at)
    return Time(*_interval(told, at), _maybe(told, "value", f"{at}.value"), _words(told, "text", f"{at}.text"))


def _event(row: Row, at: str, text: str) -> Event:
    span = _span(row, at, text)
    return Event(
        frame=_words(row, "frame", f"{at}.frame"),
        text=span.text,
        span=(span.start, span.end),
        roles=tuple(
            (_words(one, "role", f"{at}.{role}.role"), _words(one, "name", f"{at}.{role}.name"))
            for role, one in _parts(row, "roles")
        ),
        certainty=_certainty(row, f"{at}.certainty"),
        time=_time(row, f"{at}.speaks_of"),
    )

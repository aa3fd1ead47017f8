"""Promised JSON → records, checked: what is handed in may come from anyone, and a claim rests on words that are there or is refused.

What the promise leaves out does not come back: the place of a time expression. What grouping found (`story`, `copy_of`) is not part of an
article's record; `taken.py` hands it on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final, get_args

from sayso.errors import InputError
from sayso.exports import fields
from sayso.exports.fields import Row
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
    Time,
)

_BASES: Final[tuple[Basis, ...]] = get_args(Basis)
_KINDS: Final[tuple[SourceKind, ...]] = get_args(SourceKind)
_QUOTED: Final[tuple[Quoted, ...]] = get_args(Quoted)


def article_from_json(row: object) -> Article:
    """The article of a promised object. Raises InputError that names the field and what is wrong with it."""
    row = fields.as_object(row, "the line")
    outlet, published = fields.part(row, "outlet"), fields.part(row, "published")
    start, end = fields.interval(published, "published")
    return Article(
        id=fields.words(row, "id"),
        text=fields.words(row, "text", empty=True),
        title=fields.maybe(row, "title"),
        outlet=Outlet(
            fields.maybe(outlet, "name", "outlet.name"), fields.one_of(outlet, "basis", _BASES, "outlet.basis")
        ),
        author=fields.maybe(row, "author"),
        url=fields.maybe(row, "url"),
        published=Published(
            start,
            end,
            fields.one_of(published, "basis", _BASES, "published.basis"),
            fields.maybe(published, "evidence", "published.evidence"),
        ),
        removed=tuple(
            Removed(fields.words(one, "text", f"{at}.text", empty=True), fields.words(one, "reason", f"{at}.reason"))
            for at, one in fields.parts(row, "removed")
        ),
        language=fields.words(row, "language") if "language" in row else "en",
        origin=fields.words(row, "read_from", empty=True) if "read_from" in row else "",
    )


def claim_from_json(row: object, article: Article) -> Claim:
    """The claim of a promised object, in its article. Raises InputError that says what is wrong: words that do not stand at their
    offsets in the text, a claim without evidence, another article's claim, a value outside its bounds.
    """
    row = fields.as_object(row, "the line")
    if fields.words(row, "article") != article.id:
        raise InputError(f"article is {fields.shown(row['article'])}, not {article.id!r}")
    evidence = tuple(fields.span(one, at, article.text) for at, one in fields.parts(row, "evidence"))
    if not evidence:
        raise InputError("evidence is empty; a claim rests on words of its article")
    cue, said = row.get("cue"), row.get("said")
    return Claim(
        id=fields.words(row, "id"),
        article=article.id,
        evidence=evidence,
        source=_source(fields.part(row, "source"), article.text),
        cue=fields.span(fields.as_object(cue, "cue"), "cue", article.text) if cue is not None else None,
        quoted=fields.one_of(row, "quoted", _QUOTED),
        chain=tuple(
            Link(fields.one_of(one, "kind", _KINDS, f"{at}.kind"), fields.words(one, "name", f"{at}.name"))
            for at, one in fields.parts(row, "chain")
        ),
        origin=fields.maybe(row, "origin"),
        certainty=_certainty(row, "certainty"),
        speaks_of=_time(row, "speaks_of"),
        said=_said(fields.as_object(said, "said")) if said is not None else None,
        confidence=_confidence(row),
        reader=fields.words(row, "reader"),
        events=tuple(event_from_json(one, at, article.text) for at, one in fields.parts(row, "events"))
        if "events" in row
        else (),
    )


def recorded_from_json(row: object) -> str | None:
    """When the ledger that exported a claim had recorded it. Raises InputError for what is no ISO time with its offset from UTC."""
    told = fields.maybe(fields.as_object(row, "the line"), "recorded")
    if told is not None:
        try:
            aware = datetime.fromisoformat(told).utcoffset() is not None
        except ValueError:
            aware = False
        if not aware:
            raise InputError(f"recorded is {fields.shown(told)}; write it as 2031-03-15T08:30:00+00:00")
    return told


def articles_from_jsonl(lines: Iterable[str], *, name: str = "articles") -> tuple[dict[str, Article], list[Skipped]]:
    """The articles of JSON lines by id, and the lines refused with the reason. An id that comes twice must be the same article."""
    found: dict[str, Article] = {}
    refused: list[Skipped] = []
    for at, line in fields.numbered(lines, name):
        try:
            article = article_from_json(fields.decoded(line))
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
    for at, line in fields.numbered(lines, name):
        try:
            row = fields.as_object(fields.decoded(line), "the line")
            article = articles.get(fields.words(row, "article"))
            if article is None:
                raise InputError(f"article {fields.shown(row['article'])} is not there; hand in the articles too")
            found.append((claim_from_json(row, article), recorded_from_json(row)))
        except InputError as error:
            refused.append(Skipped(at, str(error)))
    return found, refused


def _source(row: Row, text: str) -> Source:
    expressed = any(row.get(key) is not None for key in ("text", "start", "end"))
    span = fields.span(row, "source", text) if expressed else None
    return Source(fields.one_of(row, "kind", _KINDS, "source.kind"), fields.maybe(row, "name", "source.name"), span)


def _certainty(row: Row, at: str) -> int | None:
    if row.get("certainty") is None:
        return None
    value = fields.whole(row, "certainty", at)
    if not -3 <= value <= 3:
        raise InputError(f"{at} is {value}; −3 to 3 is expected")
    return value


def _confidence(row: Row) -> float:
    value = row.get("confidence")
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise InputError(f"confidence is {fields.shown(value)}; 0 to 1 is expected")
    return value


def _said(row: Row) -> tuple[date, date]:
    start, end = fields.interval(row, "said")
    if start is None or end is None:
        raise InputError("said has one day only; give the first and the last possible one, or null for both")
    return start, end


def _time(row: Row, at: str) -> Time | None:
    value = row.get("speaks_of")
    if value is None:
        return None
    told = fields.as_object(value, at)
    return Time(
        *fields.interval(told, at), fields.maybe(told, "value", f"{at}.value"), fields.words(told, "text", f"{at}.text")
    )


def event_from_json(row: Row, at: str, text: str, *, verbatim: bool = True) -> Event:
    """The event at a place `at` of a promised object, in `text`; a question's may be worded otherwise than the question (`verbatim`)."""
    start, end = fields.place(row, at, text)
    return Event(
        frame=fields.words(row, "frame", f"{at}.frame"),
        text=fields.span(row, at, text).text if verbatim else fields.words(row, "text", f"{at}.text"),
        span=(start, end),
        roles=tuple(
            (fields.words(one, "role", f"{at}.{role}.role"), fields.words(one, "name", f"{at}.{role}.name"))
            for role, one in fields.parts(row, "roles")
        ),
        certainty=_certainty(row, f"{at}.certainty"),
        time=_time(row, f"{at}.speaks_of"),
    )

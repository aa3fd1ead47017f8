"""Versions of an article: what was found at one address with other words. All of them stay; one of them stands on any day."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, exists, func, or_, select

from sayso.ledger import schema
from sayso.ledger.changed import untie_of
from sayso.ledger.reckonings import forget_in
from sayso.ledger.statements import Door, among, chunks
from sayso.records import Article

_ROW = re.compile(r":\d+$")


@dataclass(frozen=True, slots=True)
class Version:
    """An article as one version among those of `first`, the one that came first; `number` counts them as they came.

    `told` is the day or moment (ISO) that the page gives for it, `note` what it says of the change. It stood from `since` (None: the
    beginning) until the day before `until` (None: it stands).
    """

    article: str
    first: str
    number: int
    address: str
    told: str | None = None
    note: str | None = None
    recorded: str = ""
    since: date | None = None
    until: date | None = None


def address_of(article: Article) -> str | None:
    """What an article is the same by when its words change: its page, else its file and outlet. None where it has no place of its own:
    a front page, a row of a table, standard input.
    """
    return _address(article.url, article.origin, article.outlet.name)


def _address(url: str | None, origin: str, outlet: str | None) -> str | None:
    if url:
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        path = parts.path.rstrip("/")
        if not parts.netloc or not (path or parts.query):
            return None
        return f"{parts.netloc.lower().removeprefix('www.')}{path}" + (f"?{parts.query}" if parts.query else "")
    if not origin or origin == "standard input" or "://" in origin or _ROW.search(origin):
        return None
    return f"{posixpath.normpath(origin)}\x1f{outlet or ''}"


def is_page(address: str) -> bool:
    """Whether an address is that of a page on the web, not of a file."""
    return "\x1f" not in address


def in_order(rows: Iterable[Version]) -> tuple[Version, ...]:
    """Versions as they followed one another, with the days on which each stood. They are taken to come in order, but for one whose own
    day shows that it is older than one that came before.
    """
    ordered: list[Version] = []
    for one in sorted(rows, key=lambda v: v.number):
        # What is seen again after another took its place has come back, whatever day it bears.
        back = any(v.article == one.article for v in ordered)
        later = [i for i, v in enumerate(ordered) if not back and one.told and v.told and v.told > one.told]
        ordered.insert(min(later, default=len(ordered)), one)
    made: list[Version] = []
    for at, one in enumerate(ordered):
        made.append(replace(one, since=_since(ordered[at - 1], one, made[-1].since) if at else None))
    return tuple(replace(one, until=made[at + 1].since if at + 1 < len(made) else None) for at, one in enumerate(made))


def _since(before: Version, one: Version, earliest: date | None) -> date:
    """The day it gives itself, where that is later than the one before; else the day on which it was first seen."""
    given = one.told if one.told and before.told and one.told > before.told else one.recorded
    return max(date.fromisoformat(given[:10]), earliest or date.min)


def add(connection: Connection, version: Version, recorded: str) -> None:
    """Keep a version as the next of its first, and the days on which each of them stood."""
    v = schema.version
    highest = connection.execute(select(func.max(v.c.number)).where(v.c.first == version.first)).scalar()
    connection.execute(v.insert(), [_row(replace(version, number=(highest or 0) + 1, recorded=recorded))])
    if highest:
        _renew(connection, version.first)
        untie_of(connection, list(connection.execute(select(v.c.article).where(v.c.first == version.first)).scalars()))


def keep(connection: Connection, line: Sequence[Version]) -> None:
    """Keep all versions of one report as another ledger had them, numbers and days included."""
    connection.execute(schema.version.insert(), [_row(one) for one in line])
    if len(line) > 1:
        _renew(connection, line[0].first)


def _renew(connection: Connection, first: str) -> None:
    """The days on which each version stood, made anew: one that came back stood all along, for this."""
    v, s = schema.version, schema.stands
    found = in_order(_version(row) for row in connection.execute(select(v).where(v.c.first == first)))
    connection.execute(delete(s).where(among(s.c.article, {one.article for one in found})))
    rows: dict[str, dict[str, str | None]] = {}
    for one in found:
        held = rows.setdefault(one.article, {"article": one.article, "since": _iso(one.since), "until": None})
        held["until"] = _iso(one.until)
    connection.execute(s.insert(), list(rows.values()))
    forget_in(connection, list(rows))


def add_known(connection: Connection) -> None:
    """Number what is in a ledger that was made before there were versions: articles of one address, as they were recorded."""
    a = schema.article.c
    query = select(a.id, a.url, a.origin, a.outlet, a.published_start, a.published_end, a.recorded)
    firsts: dict[str, str] = {}
    for row in connection.execute(query.order_by(a.recorded, a.id)).all():
        if address := _address(row.url, row.origin, row.outlet):
            first = firsts.setdefault(address, row.id)
            told = row.published_start if row.published_start == row.published_end else None
            add(connection, Version(row.id, first, 0, address, told), row.recorded)


def stood(article: ColumnElement[str], on: date | None, *, many: bool = False) -> ColumnElement[bool]:
    """Whether the version in this column stood on a day (None: stands now); an article without versions always does. Where `many` rows are
    gone through, those that did not are looked up once and not for each row.
    """
    s = schema.stands.alias("stood")
    gone = select(s.c.article).where(_gone(s.c.since, s.c.until, on))
    return article.not_in(gone) if many else ~exists(gone.where(s.c.article == article))


def _gone(since: ColumnElement[str | None], until: ColumnElement[str | None], on: date | None) -> ColumnElement[bool]:
    """Whether another version stood on a day in place of the one that stood since and until these days."""
    if on is None:
        return until.is_not(None)
    day = on.isoformat()
    return or_(and_(since.is_not(None), since > day), and_(until.is_not(None), until <= day))


class Versions:
    """The versions of a ledger."""

    def __init__(self, read: Door, write: Door) -> None:
        self._read, self._write = read, write

    def at(self, address: str) -> list[Version]:
        """The last version of each article found at an address; usually there is one such article."""
        v = schema.version
        with self._read() as connection:
            firsts = list(connection.execute(select(v.c.first).where(v.c.address == address).distinct()).scalars())
        return [found[-1] for found in self._ordered(firsts).values()]

    def of(self, article: str) -> tuple[Version, ...]:
        """All versions of which this is one, in order; none where it has no place that it could change at."""
        return next(iter(self.all([article]).values()), ())

    def all(self, articles: Collection[str] | None = None) -> dict[str, tuple[Version, ...]]:
        """By first version, all versions in order: of these articles, or of every article that has several."""
        v = schema.version
        query = select(v.c.first)
        if articles is None:
            query = query.where(v.c.number == 2)
            with self._read() as connection:
                return self._ordered(connection.execute(query).scalars().all())
        found: set[str] = set()
        with self._read() as connection:
            for chunk in chunks(articles):
                found.update(connection.execute(query.where(among(v.c.article, chunk))).scalars())
        return self._ordered(sorted(found))

    def stretches(self, articles: Collection[str]) -> dict[str, tuple[date | None, date | None]]:
        """Since when and until when each of these stood, of those that have several versions."""
        s, found = schema.stands, dict[str, tuple[date | None, date | None]]()
        with self._read() as connection:
            for chunk in chunks(articles):
                for row in connection.execute(select(s).where(among(s.c.article, chunk))):
                    found[row.article] = (_day(row.since), _day(row.until))
        return found

    def gone(self, articles: Collection[str], on: date | None = None) -> frozenset[str]:
        """Those of these articles in whose place another version stood on a day (None: stands now)."""
        held = self.stretches(articles).items()
        if on is None:
            return frozenset(one for one, (_, until) in held if until)
        return frozenset(one for one, (since, until) in held if (since and since > on) or (until and until <= on))

    def gone_in(self, stories: Collection[str], on: date | None = None) -> frozenset[str]:
        """Those of the articles of these stories in whose place another version stood on a day (None: stands now)."""
        m, s, found = schema.member.c, schema.stands.c, set[str]()
        query = select(s.article).join(schema.member, m.article == s.article).where(_gone(s.since, s.until, on))
        with self._read() as connection:
            for chunk in chunks(stories):
                found.update(connection.execute(query.where(among(m.story, chunk))).scalars())
        return frozenset(found)

    def standing(self, articles: Collection[str]) -> dict[str, str]:
        """Of these articles, those whose place another version has taken: with the one that stands now."""
        gone = self.gone(articles)
        last = {v.article: found[-1].article for found in self.all(gone).values() for v in found}
        return {one: last[one] for one in gone}

    def back(self, article: str) -> bool:
        """Note that a page shows an earlier version again; False where it is the one that stood anyway."""
        found = self.of(article)
        if not found or found[-1].article == article:
            return False
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._write() as connection:
            add(connection, replace(found[-1], article=article, told=None, note=None), now)
        return True

    def keep(self, line: Sequence[Version]) -> None:
        """Keep all versions of one report as another ledger had them; none of them may be on record here."""
        with self._write() as connection:
            keep(connection, line)

    def _ordered(self, firsts: Sequence[str]) -> dict[str, tuple[Version, ...]]:
        v, rows = schema.version, dict[str, list[Version]]()
        with self._read() as connection:
            for chunk in chunks(firsts):
                for row in connection.execute(select(v).where(among(v.c.first, chunk))):
                    rows.setdefault(row.first, []).append(_version(row))
        return {first: in_order(rows[first]) for first in sorted(rows)}


def _row(version: Version) -> dict[str, Any]:
    return {
        "first": version.first,
        "number": version.number,
        "article": version.article,
        "address": version.address,
        "told": version.told,
        "note": version.note,
        "recorded": version.recorded,
    }


def _version(row: Row[Any]) -> Version:
    return Version(row.article, row.first, row.number, row.address, row.told, row.note, row.recorded)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None

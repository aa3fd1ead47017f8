"""The ledger: saves an article with its claims in one transaction, and gives them back. Append-only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, func, or_, select
from sqlalchemy.exc import DatabaseError

from sayso.errors import InputError, LedgerError
from sayso.ledger import schema, sqlite
from sayso.ledger.copies import Copies
from sayso.ledger.migrations import MIGRATIONS
from sayso.ledger.questions import Questions
from sayso.ledger.rows import article_from, article_row, claim_from, claim_row, event_row
from sayso.ledger.stories import Stories, add_terms
from sayso.ledger.visits import Visits
from sayso.records import Article, Claim

_CHUNK = 500  # SQLite allows 32,766 variables a statement; a few hundred rows at a time are as fast


@dataclass(frozen=True, slots=True)
class Recorded:
    """A claim as it stands in the ledger: with the time it was recorded (UTC, ISO)."""

    claim: Claim
    recorded: str


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; None wants all. `source` matches name or words, `since`/`until` the day said."""

    source: str | None = None
    kind: str | None = None
    origin: str | None = None
    since: date | None = None
    until: date | None = None
    search: str | None = None
    article: str | None = None
    path: str | None = None
    ids: frozenset[str] | None = None
    articles: frozenset[str] | None = None


class Ledger:
    """An open ledger; a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        sqlite.check_ours(path)
        self._engine = sqlite.engine(path)
        with self._write() as connection:
            self._migrate(connection)
        self.copies = Copies(self._read, self._write)
        self.questions = Questions(self._read, self._write)
        self.stories = Stories(self._read, self._write)
        self.visits = Visits(self._read, self._write)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _migrate(self, connection: Connection) -> None:
        version = sqlite.version(connection)
        if version > len(MIGRATIONS):
            raise LedgerError(f"{self.path} was written by a newer sayso (version {version}); upgrade sayso to open it")
        for step in MIGRATIONS[version:]:
            step(connection)
        if version < len(MIGRATIONS):
            sqlite.set_version(connection, len(MIGRATIONS))

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise sqlite.translate(error, self.path) from error

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                connection = connection.execution_options(reads_only=True)
                yield connection
        except DatabaseError as error:
            raise sqlite.translate(error, self.path) from error

    def is_read(self, article: str, reader: str) -> bool:
        """Whether this reader has read this article already."""
        query = select(schema.reading.c.article).where(
            schema.reading.c.article == article, schema.reading.c.reader == reader
        )
        with self._read() as connection:
            return connection.execute(query).first() is not None

    def save(
        self,
        article: Article,
        claims: Sequence[Claim],
        *,
        reader: str,
        handles: Mapping[str, Iterable[str]] | None = None,
        terms: tuple[str, Collection[str]] | None = None,
    ) -> bool:
        """Keep an article and what one reader read in it, all or nothing. False where it was kept before.

        `handles` are the words that each claim can be met by when a question is asked, `terms` what grouping compares: packed, and
        which they are.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._write() as connection:
            known = connection.execute(select(schema.article.c.id).where(schema.article.c.id == article.id)).first()
            if not known:
                _insert(connection, schema.article, [article_row(article) | {"recorded": now}])
                kept = [
                    {"article": article.id, "position": i, "text": r.text, "reason": r.reason}
                    for i, r in enumerate(article.removed)
                ]
                _insert(connection, schema.removed, kept)
                _insert(connection, schema.waiting, [{"work": "copies", "article": article.id}])
                if terms:
                    add_terms(connection, article.id, *terms)
            before = connection.execute(
                select(schema.reading.c.reader).where(schema.reading.c.article == article.id)
            ).scalars()
            readers = list(before)
            if reader in readers:
                return False
            _insert(
                connection,
                schema.reading,
                [
                    {
                        "article": article.id,
                        "reader": reader,
                        "number": len(readers) + 1,
                        "claims": len(claims),
                        "recorded": now,
                    }
                ],
            )
            _save_claims(connection, article, claims, now)
            rows = [
                {"word": w, "claim": c, "reader": reader} for c, words in (handles or {}).items() for w in set(words)
            ]
            _insert(connection, schema.handle, rows)
        return True

    def met_by(self, words: Iterable[str]) -> list[Recorded]:
        """Claims of each article's last reading that share a handle with `words`."""
        wanted, found = sorted(set(words)), set[str]()
        with self._read() as connection:
            for at in range(0, len(wanted), _CHUNK):
                h = schema.handle.c
                found.update(connection.execute(select(h.claim).where(h.word.in_(wanted[at : at + _CHUNK]))).scalars())
        ids = sorted(found)
        parts = (frozenset(ids[at : at + _CHUNK]) for at in range(0, len(ids), _CHUNK))
        return [one for part in parts for one in self.claims(ClaimFilter(ids=part))]

    def articles(self, *, path: str | None = None, ids: Collection[str] | None = None) -> list[Article]:
        """Every article, or these, by first possible day of publication, undated ones last."""
        a = schema.article
        query = select(a).order_by(a.c.published_start.is_(None), a.c.published_start, a.c.id)
        if ids is not None:
            query = query.where(a.c.id.in_(sorted(ids)))
        if path:
            query = query.where(a.c.origin.contains(path, autoescape=True))
        with self._read() as connection:
            rows = connection.execute(query).all()
            return [article_from(row, self._removed(connection, row.id)) for row in rows]

    def article(self, reference: str) -> Article:
        """The article with this id or beginning of an id. Raises InputError where none or several have it."""
        a = schema.article
        with self._read() as connection:
            rows = connection.execute(select(a).where(a.c.id.startswith(reference, autoescape=True)).limit(3)).all()
            if not rows:
                query = select(a).join(schema.claim, schema.claim.c.article == a.c.id)
                rows = connection.execute(
                    query.where(schema.claim.c.id.startswith(reference, autoescape=True)).distinct().limit(3)
                ).all()
            if not rows:
                raise InputError(f"no article or claim {reference!r} in {self.path}; `sayso timeline` lists them")
            if len(rows) > 1:
                raise InputError(f"{reference!r} is the beginning of several ids; give one more character")
            return article_from(rows[0], self._removed(connection, rows[0].id))

    @staticmethod
    def _removed(connection: Connection, article: str) -> list[Row[Any]]:
        r = schema.removed
        query = select(r.c.text, r.c.reason).where(r.c.article == article).order_by(r.c.position)
        return list(connection.execute(query))

    def claims(self, wanted: ClaimFilter | None = None) -> list[Recorded]:
        """Claims of each article's last reading, by day said, then article, then place in it."""
        with self._read() as connection:
            query = _query(connection, wanted or ClaimFilter())
            rows = connection.execute(query).all()
            pieces = _by_claim(connection, schema.evidence, [r.id for r in rows])
            links = _by_claim(connection, schema.link, [r.id for r in rows])
            events = _by_claim(connection, schema.event, [r.id for r in rows])
            made = []
            for row in rows:
                key = (row.id, row.reader)
                claim = claim_from(row, pieces[key], links.get(key, []), events.get(key, []))
                made.append(Recorded(claim, row.recorded))
            return made

    def origins(self) -> dict[str, int]:
        """Every origin with its number of claims, most first."""
        c = schema.claim
        query = select(c.c.origin, func.count()).where(c.c.origin.is_not(None), _last_reading()).group_by(c.c.origin)
        with self._read() as connection:
            rows = connection.execute(query.order_by(func.count().desc(), c.c.origin)).all()
        return {row[0]: row[1] for row in rows}


def open_ledger(path: Path) -> Ledger:
    """Open the ledger at `path`, making it where there is none. Raises LedgerError where that cannot be."""
    return Ledger(path)


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        connection.execute(table.insert(), [dict(row) for row in rows])


def _save_claims(connection: Connection, article: Article, claims: Sequence[Claim], now: str) -> None:
    keys = [{"claim": c.id, "reader": c.reader} for c in claims]
    _insert(connection, schema.claim, [claim_row(c) | {"recorded": now} for c in claims])
    _insert(
        connection,
        schema.evidence,
        [
            k | {"position": i, "start": s.start, "end": s.end, "text": s.text}
            for k, c in zip(keys, claims, strict=True)
            for i, s in enumerate(c.evidence)
        ],
    )
    _insert(
        connection,
        schema.link,
        [
            k | {"position": i, "kind": x.kind, "name": x.name}
            for k, c in zip(keys, claims, strict=True)
            for i, x in enumerate(c.chain)
        ],
    )
    _insert(
        connection,
        schema.event,
        [k | {"position": i} | event_row(e) for k, c in zip(keys, claims, strict=True) for i, e in enumerate(c.events)],
    )
    sqlite.add_search(
        connection,
        [
            {
                "content": c.content,
                "source": c.source.name or "",
                "title": article.title or "",
                "claim": c.id,
                "reader": c.reader,
            }
            for c in claims
        ],
    )


def _last_reading() -> ColumnElement[bool]:
    """Claims of an article's last reading only; earlier ones stay but are superseded."""
    other = schema.reading.alias("other")
    last = (
        select(other.c.reader).where(other.c.article == schema.claim.c.article).order_by(other.c.number.desc()).limit(1)
    )
    return schema.claim.c.reader == last.scalar_subquery()


def _query(connection: Connection, wanted: ClaimFilter) -> Select[Any]:
    c, a = schema.claim.c, schema.article.c
    where: list[ColumnElement[bool]] = [_last_reading()]
    if wanted.ids is not None:
        where.append(c.id.in_(sorted(wanted.ids)))
    if wanted.articles is not None:
        where.append(c.article.in_(sorted(wanted.articles)))
    if wanted.article:
        where.append(c.article == wanted.article)
    if wanted.kind:
        where.append(c.source_kind == wanted.kind)
    if wanted.origin:
        where.append(func.lower(c.origin) == wanted.origin.lower())
    if wanted.source:
        where.append(
            or_(
                c.source_name.icontains(wanted.source, autoescape=True),
                c.origin.icontains(wanted.source, autoescape=True),
            )
        )
    if wanted.since:
        where.append(and_(c.said_end.is_not(None), c.said_end >= wanted.since.isoformat()))
    if wanted.until:
        where.append(and_(c.said_start.is_not(None), c.said_start <= wanted.until.isoformat()))
    if wanted.path:
        where.append(a.origin.contains(wanted.path, autoescape=True))
    if wanted.search:
        where.append(c.id.in_(sqlite.search(connection, wanted.search)))
    query = select(schema.claim, a.text.label("article_text")).join(schema.article, a.id == c.article).where(*where)
    first = select(func.min(schema.evidence.c.start)).where(schema.evidence.c.claim == c.id).scalar_subquery()
    return query.order_by(c.said_start.is_(None), c.said_start, c.article, first, c.id)


def _by_claim(connection: Connection, table: Table, ids: Sequence[str]) -> dict[tuple[str, str], list[Row[Any]]]:
    found: dict[tuple[str, str], list[Row[Any]]] = {}
    for at in range(0, len(ids), _CHUNK):
        chunk = ids[at : at + _CHUNK]
        query = select(table).where(table.c.claim.in_(chunk)).order_by(table.c.claim, table.c.position)
        for row in connection.execute(query):
            found.setdefault((row.claim, row.reader), []).append(row)
    return found

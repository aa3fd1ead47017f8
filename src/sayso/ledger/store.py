"""The ledger: saves an article with its claims in one transaction, and gives them back. Append-only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import local
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, false, func, select
from sqlalchemy.exc import DBAPIError

from sayso.errors import InputError, LedgerError
from sayso.ledger import schema, searching
from sayso.ledger.alerts import Alerts
from sayso.ledger.archive import Archive
from sayso.ledger.changed import untie_of
from sayso.ledger.claims import ClaimFilter, Recorded, find_claims, find_ids, fitting, is_rare, of_path, save_claims
from sayso.ledger.copies import Copies
from sayso.ledger.database import database
from sayso.ledger.finding import Found, find
from sayso.ledger.heard import Heard, Known, hear, kinds
from sayso.ledger.holdings import Holdings, count
from sayso.ledger.migrations import MIGRATIONS
from sayso.ledger.questions import Questions
from sayso.ledger.reckonings import Reckonings, forget_in
from sayso.ledger.rows import article_from, article_row
from sayso.ledger.searching import LONGEST_NAME
from sayso.ledger.statements import among, begins, chunks, insert
from sayso.ledger.stories import Stories, add_terms
from sayso.ledger.tallies import Tallies
from sayso.ledger.versions import Version, Versions, stood
from sayso.ledger.versions import add as add_version
from sayso.ledger.visits import Visits
from sayso.records import Article, Claim


class Ledger:
    """An open ledger; a context manager. Threads may share it. `name` is where it lies, as people are shown it."""

    def __init__(self, where: str | Path, *, make: bool = True) -> None:
        self._database = database(where)
        self.name = self._database.name
        self._held = local()
        try:
            self._migrate(make)
        except BaseException:
            self.close()
            raise
        self.alerts = Alerts(self._read, self._write)
        self.archive = Archive(self._read, self._write)
        self.copies = Copies(self._read, self._write)
        self.questions = Questions(self._read, self._write)
        self.reckonings = Reckonings(self._read, self._write)
        self.stories = Stories(self._read, self._write)
        self.tallies = Tallies(self._read, self._write)
        self.versions = Versions(self._read, self._write)
        self.visits = Visits(self._read, self._write)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or server."""
        self._database.engine.dispose()

    def _migrate(self, make: bool) -> None:
        nothing = InputError(f"no ledger {self.name}; `sayso read PATH` makes one, --db names another")
        if not make and not self._database.exists():
            raise nothing
        with self._read() as connection:
            version = self._database.version(connection)
        if version == 0 and not make:
            raise nothing
        if version < len(MIGRATIONS):
            with self._write() as connection:
                version = self._database.version(connection)  # another may have come first
                for step in MIGRATIONS[version:]:
                    step(connection)
                self._database.set_version(connection, max(version, len(MIGRATIONS)))
        if version > len(MIGRATIONS):
            raise LedgerError(f"{self.name} was written by a newer sayso (version {version}); upgrade sayso to open it")

    @contextmanager
    def as_one(self) -> Iterator[None]:
        """Everything this thread does with the ledger inside is one step: nobody else writes meanwhile, and it is kept whole or not at all."""
        if getattr(self._held, "connection", None) is not None:
            yield
            return
        with self._write() as connection:
            self._held.connection = connection
            try:
                yield
            finally:
                self._held.connection = None

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        held: Connection | None = getattr(self._held, "connection", None)
        if held is not None:
            yield held
            return
        try:
            with self._database.engine.begin() as connection:
                self._database.writing(connection)
                yield connection
        except DBAPIError as error:
            raise self._database.translate(error) from error

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        held: Connection | None = getattr(self._held, "connection", None)
        if held is not None:
            yield held
            return
        try:
            with self._database.engine.connect() as connection:
                yield self._database.reading(connection)
        except DBAPIError as error:
            raise self._database.translate(error) from error

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
        version: Version | None = None,
        recorded: str | None = None,
    ) -> bool:
        """Keep an article and what one reader read in it, all or nothing. False where it was kept before.

        `handles` are the words that each claim can be met by when a question is asked, `terms` what grouping compares: packed, and
        which they are, `version` which version it is of what stood at its address, `recorded` when another ledger took it in (UTC, ISO).
        """
        now = recorded or datetime.now(UTC).isoformat(timespec="seconds")
        with self._write() as connection:
            known = connection.execute(select(schema.article.c.id).where(schema.article.c.id == article.id)).first()
            if not known:
                insert(connection, schema.article, [article_row(article) | {"recorded": now}])
                kept = [
                    {"article": article.id, "position": i, "text": r.text, "reason": r.reason}
                    for i, r in enumerate(article.removed)
                ]
                insert(connection, schema.removed, kept)
                insert(connection, schema.waiting, [{"work": "copies", "article": article.id}])
                _index(connection, article)
                if terms:
                    add_terms(connection, article.id, *terms)
                if version:
                    add_version(connection, version, now)
            before = connection.execute(
                select(schema.reading.c.reader).where(schema.reading.c.article == article.id)
            ).scalars()
            readers = list(before)
            if reader in readers:
                return False
            if readers:
                untie_of(connection, [article.id])
            insert(
                connection,
                schema.reading,
                [
                    {
                        "article": article.id,
                        "reader": reader,
                        "number": len(readers) + 1,
                        "claims": len(claims),
                        "recorded": now,
                        "attributed": sum(one.cue is not None for one in claims),
                    }
                ],
            )
            save_claims(connection, article, claims, now)
            if readers:
                forget_in(connection, [article.id])
            rows = [
                {"word": w, "claim": c, "reader": reader}
                for c, words in (handles or {}).items()
                for w in set(words)
                if len(w) <= LONGEST_NAME
            ]
            insert(connection, schema.handle, rows)
        return True

    def met_by(self, words: Iterable[str], *, articles: Collection[str] | None = None) -> list[Recorded]:
        """Claims of each article's last reading that share a handle with `words`, those of earlier versions too: all, or those in these
        articles.
        """
        h, c, found = schema.handle.c, schema.claim.c, set[str]()
        parts = [select(h.claim)]
        if articles is not None:
            within = select(h.claim).join(schema.claim, c.id == h.claim)
            parts = [within.where(among(c.article, part)) for part in chunks(articles)]
        with self._read() as connection:
            for chunk in chunks(words):
                for part in parts:
                    found.update(connection.execute(part.where(among(h.word, chunk))).scalars())
        return self.claims(ClaimFilter(ids=frozenset(found), every_version=True)) if found else []

    def articles(
        self,
        *,
        path: str | None = None,
        ids: Collection[str] | None = None,
        telling: ClaimFilter | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Article]:
        """Every article, or these, or those with a claim that fits, by first possible day of publication, undated ones last: `limit` of them
        after the first `offset`.
        """
        a = schema.article.c
        query = select(a.id).order_by(a.published_start.is_(None), a.published_start, a.id)
        if path:
            query = query.where(a.id.in_(select(a.id).where(a.origin.contains(path, autoescape=True))))
        with self._read() as connection:
            if telling is not None:
                query = _telling(connection, query, telling)
            if ids is None:
                found = list(
                    connection.execute(query if limit is None else query.limit(limit).offset(offset)).scalars()
                )
                made = self._whole(connection, found)
                return [made[one] for one in found]
            there = {x for part in chunks(ids) for x in connection.execute(query.where(among(a.id, part))).scalars()}
            whole = sorted(self._whole(connection, there).values(), key=_in_order)
            return whole[offset : None if limit is None else offset + limit]

    def read_since(self, stories: Collection[str], moment: str) -> frozenset[str]:
        """Those of the articles of these stories that were last read after a moment (UTC, ISO), and had something to say."""
        r, m, found = schema.reading.c, schema.member.c, set[str]()
        query = select(r.article).join(schema.member, m.article == r.article).where(r.recorded > moment, r.claims > 0)
        with self._read() as connection:
            for chunk in chunks(stories):
                found.update(connection.execute(query.where(among(m.story, chunk))).scalars())
        return frozenset(found)

    @staticmethod
    def _whole(connection: Connection, ids: Collection[str]) -> dict[str, Article]:
        """These articles by id, with what was taken off their pages."""
        a, r, made = schema.article, schema.removed, dict[str, Article]()
        for chunk in chunks(ids):
            removed: dict[str, list[Row[Any]]] = {}
            for row in connection.execute(
                select(r).where(among(r.c.article, chunk)).order_by(r.c.article, r.c.position)
            ):
                removed.setdefault(row.article, []).append(row)
            for row in connection.execute(select(a).where(among(a.c.id, chunk))):
                made[row.id] = article_from(row, removed.get(row.id, []))
        return made

    def article(self, reference: str) -> Article:
        """The article with this id or beginning of an id. Raises InputError where none or several have it."""
        a, c = schema.article.c, schema.claim.c
        with self._read() as connection:
            found = list(connection.execute(select(a.id).where(begins(a.id, reference)).limit(3)).scalars())
            if not found:
                query = select(c.article).where(begins(c.id, reference)).distinct().limit(3)
                found = list(connection.execute(query).scalars())
            if not found:
                raise InputError(f"no article or claim {reference!r} in {self.name}; `sayso timeline` lists them")
            if len(found) > 1:
                raise InputError(f"{reference!r} is the beginning of several ids; give one more character")
            return self._whole(connection, found)[found[0]]

    def claims(self, wanted: ClaimFilter | None = None, *, limit: int | None = None, offset: int = 0) -> list[Recorded]:
        """Claims of each article's last reading, by day said, then article, then place in it: `limit` of them after the first `offset`."""
        with self._read() as connection:
            return find_claims(connection, wanted or ClaimFilter(), limit=limit, offset=offset)

    def claim_ids(self, wanted: ClaimFilter) -> list[str]:
        """The ids of the claims that fit, in the same order; `ids` and `articles` are not both given."""
        with self._read() as connection:
            return find_ids(connection, wanted)

    def heard(self, questions: Collection[str]) -> list[Heard]:
        """Every stance to these questions, with what belief goes by."""
        with self._read() as connection:
            return hear(connection, questions)

    def kinds(self, origins: Collection[str]) -> list[Known]:
        """Of what kind these origins are, those of which it is known."""
        with self._read() as connection:
            return kinds(connection, origins)

    def holdings(self) -> Holdings:
        """How much there is of everything."""
        with self._read() as connection:
            return count(connection, self._database.size(connection))

    def size(self) -> int:
        """Bytes on disk."""
        with self._read() as connection:
            return self._database.size(connection)

    def note_growth(self) -> None:
        """Let look-ups go by how large the tables have become. Where another writes, the next who reads articles does it."""
        with suppress(DBAPIError):
            self._database.note_growth()

    def tidy(self) -> None:
        """Give back room on the disk, and count anew what look-ups go by."""
        try:
            self._database.tidy()
        except DBAPIError as error:
            raise self._database.translate(error) from error

    def search(self, words: str, *, limit: int = 50) -> Found:
        """What holds all the words, the best first: articles, claims put down to someone, and names; at most `limit` of each."""
        with self._read() as connection:
            return find(connection, words, limit, self._whole)

    def origins(self) -> dict[str, int]:
        """Every origin with its number of claims, most first."""
        c = schema.claim.c
        wanted = (c.origin.is_not(None), c.superseded == false(), stood(c.article, None))
        query = select(c.origin, func.count()).where(*wanted).group_by(c.origin)
        with self._read() as connection:
            rows = connection.execute(query.order_by(func.count().desc(), c.origin)).all()
        return {row[0]: row[1] for row in rows}


def open_ledger(where: str | Path, *, make: bool = True) -> Ledger:
    """Open the ledger at a path or a postgresql:// address, making it where there is none, or raising InputError then unless `make`.
    Raises LedgerError where that cannot be.
    """
    return Ledger(where, make=make)


def _index(connection: Connection, article: Article) -> None:
    """Let an article be found by its words, and its outlet by name."""
    named = (article.title, article.outlet.name, article.author)
    searching.add(connection, [searching.of_article(article.id, named, article.text)])
    searching.add_names(connection, [(article.outlet.name, "outlet")])


def _in_order(article: Article) -> tuple[bool, date, str]:
    start = article.published.start
    return start is None, start or date.min, article.id


def _telling(connection: Connection, query: Select[Any], wanted: ClaimFilter) -> Select[Any]:
    """Articles with a claim that fits. Where few do, they are looked up; where many do, each article in turn is asked; where any claim will do, those
    that say nothing are left out.
    """
    if wanted == ClaimFilter(standing=wanted.standing, every_version=wanted.every_version):
        a = schema.article.c
        talking = query.where(a.id.not_in(_silent()))
        return talking if wanted.every_version else talking.where(stood(a.id, wanted.standing, many=True))
    wanted = of_path(connection, wanted)
    c, where = schema.claim.c, fitting(connection, wanted)
    if is_rare(connection, wanted):
        few = select(c.article).where(*where)
        if connection.dialect.name == "postgresql":
            few = few.offset(0)  # what it would otherwise take apart, to ask each article in turn
        return query.where(schema.article.c.id.in_(few))
    return query.where(exists().where(c.article == schema.article.c.id, *where))


def _silent() -> Select[Any]:
    """Articles in which the last to read them found nothing."""
    r, later = schema.reading.c, schema.reading.alias()
    again = exists().where(later.c.article == r.article, later.c.number > r.number)
    return select(r.article).where(r.claims == 0, ~again)

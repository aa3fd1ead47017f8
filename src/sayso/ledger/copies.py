"""Copies in the ledger: the keys an article can be found under, its sketch, and of which article it is a copy."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Row, delete, or_, select

from sayso.ledger import schema
from sayso.ledger.statements import Door, among, chunks, insert
from sayso.records import Copy


class Copies:
    """The copies of a ledger."""

    def __init__(self, read: Door, write: Door) -> None:
        self._read, self._write = read, write

    def unsketched(self) -> list[str]:
        """The ids of articles whose copies were not looked for yet."""
        w = schema.waiting
        query = select(w.c.article).where(w.c.work == "copies").order_by(w.c.article)
        with self._read() as connection:
            return list(connection.execute(query).scalars())

    def is_sketched(self, article: str) -> bool:
        """Whether the copies of an article were looked for."""
        with self._read() as connection:
            query = select(schema.sketch.c.article).where(schema.sketch.c.article == article)
            return connection.execute(query).first() is not None

    def sharing(self, keys: Collection[str], *, most: int) -> list[tuple[str, str]]:
        """(key, article) for every article kept under one of the keys, at most `most` a key."""
        b, found = schema.band, list[tuple[str, str]]()
        with self._read() as connection:
            for key in keys:
                query = select(b.c.key, b.c.article).where(b.c.key == key).limit(most)
                found += [(key, article) for key, article in connection.execute(query)]
        return found

    def sketches(self, articles: Collection[str]) -> list[str]:
        """The packed sketches of these articles."""
        s = schema.sketch
        with self._read() as connection:
            return list(connection.execute(select(s.c.data).where(among(s.c.article, sorted(articles)))).scalars())

    def save(self, article: str, packed: str, keys: Iterable[str], copies: Iterable[Copy]) -> None:
        """Keep an article's sketch and keys, and the copies found by it; a later finding about the same copy takes the place of an earlier."""
        c, w = schema.copy, schema.waiting
        with self._write() as connection:
            insert(connection, schema.sketch, [{"article": article, "data": packed}])
            connection.execute(delete(w).where(w.c.work == "copies", w.c.article == article))
            insert(connection, schema.band, [{"key": key, "article": article} for key in sorted(set(keys))])
            for one in copies:
                connection.execute(delete(c).where(c.c.article == one.article))
                row = {
                    "article": one.article,
                    "original": one.original,
                    "kind": one.kind,
                    "share": one.share,
                    "evidence": one.evidence,
                    "added": json.dumps(one.added),
                }
                connection.execute(c.insert(), [row])

    def around(self, article: str) -> list[Copy]:
        """Of what an article is a copy, and what is one of it."""
        c = schema.copy
        with self._read() as connection:
            rows = connection.execute(select(c).where(or_(c.c.article == article, c.c.original == article))).all()
        return [_copy(row) for row in rows]

    def in_order(self, *, limit: int | None = None, offset: int = 0) -> list[Copy]:
        """Every copy, those of one original together, the originals by date: `limit` of them after the first `offset`."""
        c, first, a = schema.copy, schema.article.alias("first"), schema.article
        query = (
            select(c)
            .join(first, first.c.id == c.c.original)
            .join(a, a.c.id == c.c.article)
            .order_by(first.c.published_start.is_(None), first.c.published_start, first.c.id)
            .order_by(a.c.published_start.is_(None), a.c.published_start, a.c.id)
        )
        with self._read() as connection:
            rows = connection.execute(query if limit is None else query.limit(limit).offset(offset)).all()
        return [_copy(row) for row in rows]

    def all(self, articles: Collection[str] | None = None) -> dict[str, Copy]:
        """Copy by article: every one, or those of these articles."""
        c = schema.copy
        with self._read() as connection:
            if articles is None:
                rows = list(connection.execute(select(c)))
            else:
                queries = (select(c).where(among(c.c.article, chunk)) for chunk in chunks(articles))
                rows = [row for query in queries for row in connection.execute(query)]
        return {row.article: _copy(row) for row in rows}


def _copy(row: Row[Any]) -> Copy:
    added = tuple((start, end) for start, end in json.loads(row.added))
    return Copy(row.article, row.original, row.kind, row.share, row.evidence, added)


def first_of(article: str, copies: dict[str, Copy]) -> str:
    """The article at the root of a row of copies."""
    seen = {article}
    while article in copies and copies[article].original not in seen:
        article = copies[article].original
        seen.add(article)
    return article

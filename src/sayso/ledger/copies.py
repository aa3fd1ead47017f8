"""Copies in the ledger: the keys an article can be found under, its sketch, and of which article it is a copy."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, delete, select

from sayso.ledger import schema
from sayso.records import Copy

_CHUNK = 500
Door = Callable[[], AbstractContextManager[Connection]]


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
            return list(connection.execute(select(s.c.data).where(s.c.article.in_(sorted(articles)))).scalars())

    def save(self, article: str, packed: str, keys: Iterable[str], copies: Iterable[Copy]) -> None:
        """Keep an article's sketch and keys, and the copies found by it; a later finding about the same copy takes the place of an earlier."""
        c, w = schema.copy, schema.waiting
        with self._write() as connection:
            connection.execute(schema.sketch.insert(), [{"article": article, "data": packed}])
            connection.execute(delete(w).where(w.c.work == "copies", w.c.article == article))
            if rows := [{"key": key, "article": article} for key in sorted(set(keys))]:
                connection.execute(schema.band.insert(), rows)
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

    def all(self, articles: Collection[str] | None = None) -> dict[str, Copy]:
        """Copy by article: every one, or those of these articles."""
        c = schema.copy
        with self._read() as connection:
            if articles is None:
                rows = list(connection.execute(select(c)))
            else:
                wanted = sorted(articles)
                chunks = (wanted[at : at + _CHUNK] for at in range(0, len(wanted), _CHUNK))
                rows = [row for chunk in chunks for row in connection.execute(select(c).where(c.c.article.in_(chunk)))]
        return {
            r.article: Copy(
                r.article, r.original, r.kind, r.share, r.evidence, tuple((a, b) for a, b in json.loads(r.added))
            )
            for r in rows
        }


def first_of(article: str, copies: dict[str, Copy]) -> str:
    """The article at the root of a row of copies."""
    seen = {article}
    while article in copies and copies[article].original not in seen:
        article = copies[article].original
        seen.add(article)
    return article

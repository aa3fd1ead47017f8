"""What a ledger holds, counted."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, func, select

from sayso.ledger import schema


class Holdings(NamedTuple):
    """How much there is of everything. `attributed` claims are put down to someone, `undated` articles have no day at all; `readers` are
    those that read, with the number of articles; `size` is bytes on disk.
    """

    articles: int
    undated: int
    outlets: int
    claims: int
    attributed: int
    names: int
    copies: int
    edited: int
    stories: int
    archived: int
    questions: int
    readers: tuple[tuple[str, int], ...]
    size: int


def count(connection: Connection, size: int) -> Holdings:
    """Everything counted."""
    a, q, v = schema.article.c, schema.question.c, schema.version.c
    readers, claims, attributed = _read(connection)
    outlets = select(a.outlet).where(a.outlet.is_not(None)).distinct()
    undated = select(func.count()).where(a.published_start.is_(None), a.published_end.is_(None))
    return Holdings(
        articles=_number(connection, select(func.count()).select_from(schema.article)),
        undated=_number(connection, undated),
        outlets=_number(connection, select(func.count()).select_from(outlets.subquery())),
        claims=claims,
        attributed=attributed,
        names=_number(connection, select(func.count()).select_from(schema.name)),
        copies=_number(connection, select(func.count()).select_from(schema.copy)),
        edited=_number(connection, select(func.count()).where(v.number == 2)),
        stories=_number(connection, select(func.count()).select_from(schema.story)),
        archived=_number(connection, select(func.count()).select_from(schema.archived)),
        questions=_number(connection, select(func.count()).where(q.dropped.is_(None))),
        readers=readers,
        size=size,
    )


def _read(connection: Connection) -> tuple[tuple[tuple[str, int], ...], int, int]:
    """The readers with their number of articles, and how many claims there are, and put down to someone, in the last reading of each article:
    from what is noted of each reading, a tenth of the rows there are of claims.
    """
    r, later = schema.reading.c, schema.reading.alias()
    summed = (func.coalesce(func.sum(r.claims), 0), func.coalesce(func.sum(r.attributed), 0))
    rows = connection.execute(select(r.reader, func.count(), *summed).group_by(r.reader)).all()
    again = and_(later.c.article == r.article, later.c.number == r.number + 1, later.c.number > 1)
    claims, attributed = (int(number) for number in connection.execute(select(*summed).join(later, again)).one())
    readers = sorted(((str(row[0]), int(row[1])) for row in rows), key=lambda one: (-one[1], one[0]))
    return tuple(readers), sum(int(row[2]) for row in rows) - claims, sum(int(row[3]) for row in rows) - attributed


def _number(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())

"""What a ledger holds, counted."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, false, func, select

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
    a, c, q, r, v = schema.article.c, schema.claim.c, schema.question.c, schema.reading.c, schema.version.c
    claims = select(func.count(), func.count(c.cue_start)).where(c.superseded == false())
    said, attributed = connection.execute(claims).one()
    readers = select(r.reader, func.count()).group_by(r.reader).order_by(func.count().desc(), r.reader)
    undated = select(func.count()).where(a.published_start.is_(None), a.published_end.is_(None))
    return Holdings(
        articles=_number(connection, select(func.count()).select_from(schema.article)),
        undated=_number(connection, undated),
        outlets=_number(connection, select(func.count(a.outlet.distinct()))),
        claims=int(said),
        attributed=int(attributed),
        names=_number(connection, select(func.count()).select_from(schema.name)),
        copies=_number(connection, select(func.count()).select_from(schema.copy)),
        edited=_number(connection, select(func.count()).where(v.number == 2)),
        stories=_number(connection, select(func.count()).select_from(schema.story)),
        archived=_number(connection, select(func.count()).select_from(schema.archived)),
        questions=_number(connection, select(func.count()).where(q.dropped.is_(None))),
        readers=tuple((reader, number) for reader, number in connection.execute(readers)),
        size=size,
    )


def _number(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())

"""What a change to a story's articles leaves to be done: its claims tied and counted anew."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from sayso.ledger import schema
from sayso.ledger.statements import among, chunks, insert_new


def untie(connection: Connection, stories: Collection[str], *, gone: Collection[str] = ()) -> None:
    """Note that stories changed: what was counted no longer holds. Those `gone` are forgotten."""
    for chunk in chunks([*stories, *gone]):
        connection.execute(delete(schema.tally).where(among(schema.tally.c.story, chunk)))
    for chunk in chunks(gone):
        connection.execute(delete(schema.untied).where(among(schema.untied.c.story, chunk)))
        connection.execute(delete(schema.archived).where(among(schema.archived.c.story, chunk)))
    insert_new(connection, schema.untied, [{"story": one} for one in sorted(set(stories))])


def untie_of(connection: Connection, articles: Collection[str]) -> None:
    """Note that the stories of these articles changed."""
    m, found = schema.member.c, set[str]()
    for chunk in chunks(articles):
        found.update(connection.execute(select(m.story).where(among(m.article, chunk))).scalars())
    untie(connection, found)

"""One append-only list of steps; a ledger's version is how many of them it has taken."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex

from sayso.ledger import growing, schema, versions

#: what is written where an article turns out to have versions: numbering those of an old ledger comes before the steps that fill these
_CHANGED = (schema.tally, schema.untied, schema.archived, schema.reckoning)


def _first(connection: Connection) -> None:
    """Articles, readings, claims with evidence and chain."""
    schema.metadata.create_all(connection)


def _second(connection: Connection) -> None:
    """Events, stories, copies, questions: new tables only."""
    schema.metadata.create_all(connection)


def _third(connection: Connection) -> None:
    """Windows set by hand and questions dropped: a log of their own."""
    schema.change.create(connection, checkfirst=True)


def _fourth(connection: Connection) -> None:
    """Versions of an article, and alerts: new tables, and the articles known so far numbered."""
    for table in (schema.version, schema.stands, schema.told, schema.alert, *_CHANGED):
        table.create(connection, checkfirst=True)
    versions.add_known(connection)


def _fifth(connection: Connection) -> None:
    """Full-text search over articles too, what listings walk in order, counts kept for each story."""
    growing.grow(connection)


def _sixth(connection: Connection) -> None:
    """What a story rests on kept article by article, and indexes that hold all that a list of stories asks of them."""
    growing.deepen(connection)


def _seventh(connection: Connection) -> None:
    """What each question adds to track records kept, which is counted when questions are next written; how many claims of a reading are put
    down to someone.
    """
    schema.reckoning.create(connection, checkfirst=True)
    growing.reckon(connection)


def _eighth(connection: Connection) -> None:
    """Which readings found nothing, and which articles are the newest among what is searched, is told by an index."""
    wanted = {schema.reading: "reading_of_nothing"}
    if connection.dialect.name == "postgresql":
        wanted[schema.searched] = "searched_articles_in_order"
    for table, name in wanted.items():
        index = next(index for index in table.indexes if index.name == name)
        connection.execute(CreateIndex(index, if_not_exists=True))


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _first,
    _second,
    _third,
    _fourth,
    _fifth,
    _sixth,
    _seventh,
    _eighth,
)

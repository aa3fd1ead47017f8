"""The steps that let a ledger grow large: claims know their place, all words are searchable, names are kept once, stories are counted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, func, inspect, literal, null, select, text, update
from sqlalchemy.schema import CreateColumn, CreateIndex

from sayso.ledger import schema, searching, tallies
from sayso.ledger.statements import CHUNK, insert_new

_TABLES = (schema.name, schema.searched, schema.tally, schema.untied, schema.archived)


def grow(connection: Connection) -> None:
    """Bring a ledger of before up to this. A new one has the tables and columns already, and so has every one in PostgreSQL."""
    connection.execute(text("DROP TABLE IF EXISTS claim_search"))  # claims alone were searchable
    searching.create(connection)
    if connection.dialect.name != "sqlite":
        return
    for table in _TABLES:
        table.create(connection, checkfirst=True)
    _add(connection, schema.claim.c.start, schema.claim.c.superseded)
    _place_claims(connection)
    for name in ("claim_by_day", "claim_by_origin", "claim_by_article"):  # took other ways before
        connection.execute(text(f"DROP INDEX IF EXISTS {name}"))
    for table in (schema.article, schema.claim, schema.story, schema.question):
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
    _fill(connection)


def deepen(connection: Connection) -> None:
    """Keep what stories rest on article by article, and let a list of stories be read from indexes alone."""
    _add(connection, schema.tally.c.grounds)
    for table, name in ((schema.story, "story_in_order"), (schema.member, "member_by_story")):
        connection.execute(text(f"DROP INDEX {name}"))
        connection.execute(CreateIndex(next(index for index in table.indexes if index.name == name)))
    tallies.ground(connection)


def _add(connection: Connection, *columns: Column[Any]) -> None:
    """Give a table these columns, where it lacks them."""
    for column in columns:
        table = column.table.description
        if column.name not in {one["name"] for one in inspect(connection).get_columns(table)}:
            made = CreateColumn(column).compile(dialect=connection.dialect)
            connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {made}"))


def _place_claims(connection: Connection) -> None:
    c, e, r = schema.claim.c, schema.evidence.c, schema.reading.c
    first = select(func.min(e.start)).where(e.claim == c.id, e.reader == c.reader).scalar_subquery()
    last = select(r.reader).where(r.article == c.article).order_by(r.number.desc()).limit(1).scalar_subquery()
    connection.execute(update(schema.claim).values(start=first, superseded=c.reader != last))


def _fill(connection: Connection) -> None:
    """Index every article and claim there is, name everyone, and let each story be counted when next grouped."""
    a, c, e, x = schema.article.c, schema.claim.c, schema.evidence.c, schema.link.c
    for named in (
        select(a.outlet, literal("outlet")),
        select(x.name, x.kind),
        select(c.source_name, c.source_kind),
        select(c.origin, null()),
    ):
        searching.add_names(connection, [(row[0], row[1]) for row in connection.execute(named.distinct())])
    ids = list(connection.execute(select(a.id).order_by(a.recorded, a.id)).scalars())
    for at in range(0, len(ids), CHUNK):
        chunk = ids[at : at + CHUNK]
        rows = connection.execute(select(a.id, a.title, a.outlet, a.author, a.text).where(a.id.in_(chunk))).all()
        searching.add(
            connection, [searching.of_article(row.id, (row.title, row.outlet, row.author), row.text) for row in rows]
        )
        query = select(c.id, c.reader, c.article, c.source_name, e.text).join(
            schema.evidence, (e.claim == c.id) & (e.reader == c.reader)
        )
        pieces: dict[tuple[str, str, str, str], list[str]] = {}
        for row in connection.execute(query.where(c.article.in_(chunk)).order_by(c.id, c.reader, e.position)):
            pieces.setdefault((row.article, row.id, row.reader, row.source_name or ""), []).append(row.text)
        searching.add(connection, [searching.Searchable(*key, " … ".join(held)) for key, held in pieces.items()])
    stories = connection.execute(select(schema.story.c.id)).scalars()
    insert_new(connection, schema.untied, [{"story": one} for one in stories])

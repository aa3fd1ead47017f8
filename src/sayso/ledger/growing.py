"""The steps that let a ledger grow large: claims know their place, all words are searchable, names are kept once, stories are counted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, bindparam, false, func, inspect, literal, null, select, text, true, update
from sqlalchemy.schema import CreateColumn, CreateIndex

from sayso.ledger import schema, searching, tallies
from sayso.ledger.statements import CHUNK, among, insert_new

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


def reckon(connection: Connection) -> None:
    """Let it be looked up what repeats a claim, and count for each reading what is put down to someone."""
    by_said_as = next(index for index in schema.tie.indexes if index.name == "tie_by_said_as")
    connection.execute(CreateIndex(by_said_as, if_not_exists=True))
    _add(connection, schema.reading.c.attributed)
    c, r = schema.claim.c, schema.reading
    last = {row.article: row.reader for row in connection.execute(select(r.c.article, r.c.reader).order_by(r.c.number))}
    # Those that count are told by an index alone; of those superseded there are few.
    standing = select(c.article, func.count(c.cue_start)).where(c.superseded == false()).group_by(c.article)
    gone = select(c.article, c.reader, func.count(c.cue_start)).where(c.superseded == true())
    counts = [(article, last[article], number) for article, number in connection.execute(standing)]
    counts += [tuple(row) for row in connection.execute(gone.group_by(c.article, c.reader))]
    noted = update(r).where(r.c.article == bindparam("of"), r.c.reader == bindparam("by"))
    rows = [{"of": article, "by": reader, "counted": number} for article, reader, number in counts]
    for at in range(0, len(rows), CHUNK):
        connection.execute(noted.values(attributed=bindparam("counted")), rows[at : at + CHUNK])


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
        rows = connection.execute(select(a.id, a.title, a.outlet, a.author, a.text).where(among(a.id, chunk))).all()
        searching.add(
            connection, [searching.of_article(row.id, (row.title, row.outlet, row.author), row.text) for row in rows]
        )
        query = select(c.id, c.reader, c.article, c.source_name, e.text).join(
            schema.evidence, (e.claim == c.id) & (e.reader == c.reader)
        )
        pieces: dict[tuple[str, str, str, str], list[str]] = {}
        for row in connection.execute(query.where(among(c.article, chunk)).order_by(c.id, c.reader, e.position)):
            pieces.setdefault((row.article, row.id, row.reader, row.source_name or ""), []).append(row.text)
        searching.add(connection, [searching.Searchable(*key, " … ".join(held)) for key, held in pieces.items()])
    stories = connection.execute(select(schema.story.c.id)).scalars()
    insert_new(connection, schema.untied, [{"story": one} for one in stories])

"""Claims in the ledger: how they are kept, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, false, func, or_, select, update

from sayso.ledger import schema, searching
from sayso.ledger.rows import claim_from, claim_row, event_row
from sayso.ledger.statements import CHUNK, among, chunks, in_force, insert
from sayso.ledger.versions import stood
from sayso.records import Article, Claim

RARE = 5000  # matches of a word that are looked up one and all
MANY = 50_000  # claims that are


@dataclass(frozen=True, slots=True)
class Recorded:
    """A claim as it stands in the ledger: with the time it was recorded (UTC, ISO)."""

    claim: Claim
    recorded: str


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; None wants all. `source` matches name or words, `since`/`until` the day said; without `own` what articles
    state in their own voice is left out.

    Of an article with several versions, the claims of the one that stood on the day `standing` (None: stands now); of all of them with
    `every_version`, or where one `article` is asked for.
    """

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
    own: bool = True
    standing: date | None = None
    every_version: bool = False


def save_claims(connection: Connection, article: Article, claims: Sequence[Claim], now: str) -> None:
    """Keep what one reader read in an article; what was read in it before is superseded."""
    c = schema.claim
    connection.execute(update(c).where(c.c.article == article.id).values(superseded=True))
    keys: list[dict[str, object]] = [{"claim": one.id, "reader": one.reader} for one in claims]
    insert(connection, c, [claim_row(one) | {"recorded": now, "superseded": False} for one in claims])
    pieces = [
        k | {"position": i, "start": s.start, "end": s.end, "text": s.text}
        for k, one in zip(keys, claims, strict=True)
        for i, s in enumerate(one.evidence)
    ]
    insert(connection, schema.evidence, pieces)
    links = [
        k | {"position": i, "kind": x.kind, "name": x.name}
        for k, one in zip(keys, claims, strict=True)
        for i, x in enumerate(one.chain)
    ]
    insert(connection, schema.link, links)
    events = [
        k | {"position": i} | event_row(e)
        for k, one in zip(keys, claims, strict=True)
        for i, e in enumerate(one.events)
    ]
    insert(connection, schema.event, events)
    searching.add_names(connection, (named for one in claims for named in _named(one)))
    searching.add(
        connection,
        [searching.Searchable(one.article, one.id, one.reader, one.source.name or "", one.content) for one in claims],
    )


def _named(claim: Claim) -> Iterator[tuple[str | None, str | None]]:
    """Whom a claim names, and of what kind they are: its source, the hands it went through, its origin."""
    yield from ((hand.name, hand.kind) for hand in claim.chain)
    yield claim.source.name, claim.source.kind
    same = (hand.kind for hand in claim.chain if _bare(hand.name) == _bare(claim.origin or ""))
    yield claim.origin, next(same, None)


def _bare(name: str) -> str:
    return searching.fold(name).removeprefix("the ")


def find_claims(
    connection: Connection, wanted: ClaimFilter, *, limit: int | None = None, offset: int = 0
) -> list[Recorded]:
    """Claims of each article's last reading, by day said, then article, then place in it: `limit` of them after the first `offset`."""
    wanted = of_path(connection, wanted)
    within = wanted.articles if wanted.ids is not None else None  # two long lists are more than a statement takes
    parts = _parts(wanted if within is None else replace(wanted, articles=None))
    if len(parts) == 1 and within is None:
        found = list(connection.execute(_keys(connection, wanted, limit=limit, offset=offset)).all())
    else:
        found = [row for part in parts for row in connection.execute(_keys(connection, part))]
        found = [row for row in found if within is None or row.article in within]
        found.sort(key=_in_order)
        found = found[offset:] if limit is None else found[offset : offset + limit]
    made = _whole(connection, [row.id for row in found])
    return [made[row.id] for row in found]


def find_ids(connection: Connection, wanted: ClaimFilter) -> list[str]:
    """The ids of claims alone, in the same order: a fraction of the time that whole ones take."""
    found = [row for part in _parts(wanted) for row in connection.execute(_keys(connection, part))]
    return [row.id for row in sorted(found, key=_in_order)]


def _in_order(row: Row[Any]) -> tuple[bool, str, str, int, str]:
    return row.said_start is None, row.said_start or "", row.article, row.start, row.id


def _parts(wanted: ClaimFilter) -> list[ClaimFilter]:
    """The filter in pieces of a statement's worth of ids."""
    if wanted.ids is not None and len(wanted.ids) > CHUNK:
        return [replace(wanted, ids=frozenset(part)) for part in chunks(wanted.ids)]
    if wanted.articles is not None and len(wanted.articles) > CHUNK:
        return [replace(wanted, articles=frozenset(part)) for part in chunks(wanted.articles)]
    return [wanted]


def _keys(connection: Connection, wanted: ClaimFilter, *, limit: int | None = None, offset: int = 0) -> Select[Any]:
    c = schema.claim.c
    query = select(c.id, c.said_start, c.article, c.start).where(*fitting(connection, wanted))
    query = query.order_by(c.said_start.is_(None), c.said_start, c.article, c.start, c.id)
    return query if limit is None else query.limit(limit).offset(offset)


def fitting(connection: Connection, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    """The conditions on table claim that a filter comes to."""
    c = schema.claim.c
    named = wanted.ids is not None or wanted.articles is not None or wanted.article
    where: list[ColumnElement[bool]] = [in_force(c.superseded) if named else c.superseded == false()]
    if wanted.ids is not None:
        where.append(among(c.id, sorted(wanted.ids)))
    if wanted.articles is not None:
        where.append(among(c.article, sorted(wanted.articles)))
    if wanted.article:
        where.append(c.article == wanted.article)
    if wanted.kind:
        where.append(c.source_kind == wanted.kind)
    if wanted.origin:
        where.append(func.lower(c.origin) == wanted.origin.lower())
    if wanted.source:
        where.append(_by_name(connection, wanted.source))
    if wanted.since or wanted.until:
        where.append(c.said_start.is_(None).is_(false()))  # in the words of the index, so that the days are found in it
    if wanted.since:
        where += [c.said_end >= wanted.since.isoformat(), c.said_start >= _earliest(connection, wanted.since)]
    if wanted.until:
        where.append(c.said_start <= wanted.until.isoformat())
    if wanted.path:
        where.append(c.article.in_(_from_path(wanted.path)))
    if wanted.search:
        held = searching.holds(connection, wanted.search, common=searching.is_common(connection, wanted.search, RARE))
        where.append(false() if held is None else held)
    if not wanted.every_version and wanted.article is None:
        where.append(stood(c.article, wanted.standing, many=wanted.ids is None and wanted.articles is None))
    if not wanted.own:
        where.append(c.cue_start.is_not(None))
    return where


def _by_name(connection: Connection, words: str) -> ColumnElement[bool]:
    """Whether a claim's source or origin has these words: told by who has them in their name, a list that is seldom long."""
    c, n = schema.claim.c, schema.name.c
    has = n.name.icontains(words, autoescape=True)
    if folded := searching.fold(words):
        has = or_(has, n.folded.contains(folded, autoescape=True))
    names = list(connection.execute(select(n.name).where(has).limit(CHUNK)).scalars())
    if len(names) < CHUNK:
        return or_(among(c.source_name, names), func.lower(c.origin).in_([func.lower(name) for name in names]))
    return or_(
        c.source_name.in_(select(n.name).where(has)), func.lower(c.origin).in_(select(func.lower(n.name)).where(has))
    )


def of_path(connection: Connection, wanted: ClaimFilter) -> ClaimFilter:
    """The same filter with the articles that were read from its path, where they are few, in place of the path: looked for once, not by each statement."""
    if wanted.path is None or wanted.articles is not None:
        return wanted
    ids = list(connection.execute(_from_path(wanted.path).limit(CHUNK)).scalars())
    return wanted if len(ids) == CHUNK else replace(wanted, path=None, articles=frozenset(ids))


def _from_path(path: str) -> Select[Any]:
    a = schema.article.c
    return select(a.id).where(a.origin.contains(path, autoescape=True))


def _earliest(connection: Connection, since: date) -> str:
    """The first day from which on something is said that may have been said on or after a day: earlier than that only where a claim is known
    to a stretch of days.
    """
    c, day = schema.claim.c, since.isoformat()
    query = select(func.min(c.said_start)).where(c.said_start != c.said_end, c.said_end >= day)
    return min(connection.execute(query).scalar() or day, day)


def is_rare(connection: Connection, wanted: ClaimFilter) -> bool:
    """Whether so few claims fit that it is quickest to look them all up; else one in turn is asked whether it fits until there are enough."""
    if wanted.ids is not None or wanted.articles is not None or wanted.article:
        return True
    if wanted.search and searching.is_common(connection, wanted.search, RARE):
        return False
    narrow = wanted.source or wanted.origin or wanted.path or wanted.search or wanted.since or wanted.until
    if not narrow:
        return False
    some = select(schema.claim.c.id).where(*fitting(connection, replace(wanted, kind=None))).limit(MANY)
    return int(connection.execute(select(func.count()).select_from(some.subquery())).scalar_one()) < MANY


def _whole(connection: Connection, claims: Collection[str]) -> dict[str, Recorded]:
    """The claims with these ids as last read, by id."""
    made = {}
    for ids in chunks(claims):
        query = select(schema.claim).where(among(schema.claim.c.id, ids), in_force(schema.claim.c.superseded))
        rows = connection.execute(query).all()
        texts = _texts(connection, {row.article for row in rows})
        pieces, links, events = (
            _by_claim(connection, table, ids) for table in (schema.evidence, schema.link, schema.event)
        )
        for row in rows:
            key = (row.id, row.reader)
            claim = claim_from(row, texts[row.article], pieces[key], links.get(key, []), events.get(key, []))
            made[row.id] = Recorded(claim, row.recorded)
    return made


def _texts(connection: Connection, articles: Collection[str]) -> dict[str, str]:
    a = schema.article.c
    return {
        r.id: r.text
        for ids in chunks(articles)
        for r in connection.execute(select(a.id, a.text).where(among(a.id, ids)))
    }


def _by_claim(connection: Connection, table: Table, ids: Sequence[str]) -> dict[tuple[str, str], list[Row[Any]]]:
    found: dict[tuple[str, str], list[Row[Any]]] = {}
    query = select(table).where(among(table.c.claim, ids)).order_by(table.c.claim, table.c.position)
    for row in connection.execute(query).all():
        found.setdefault((row.claim, row.reader), []).append(row)
    return found

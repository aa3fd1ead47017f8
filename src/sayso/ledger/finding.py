"""What a search finds: articles, claims and names, from the full-text index and the table of names."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, false, func, or_, select

from sayso.ledger import schema, searching
from sayso.ledger.claims import ClaimFilter, Recorded, find_claims
from sayso.ledger.statements import among
from sayso.ledger.versions import stood
from sayso.records import Article

RANKED = 2000  # the newest so many are ranked
COUNTED = 1000  # counted no further


class Named(NamedTuple):
    """A name as written: how many claims are its word or put down to it, and how many articles it published, to COUNTED."""

    name: str
    claims: int
    articles: int


class Found(NamedTuple):
    """What holds the words, the best first; how much there is of it, counted to COUNTED; `terms` is what was looked for."""

    terms: tuple[searching.Term, ...]
    articles: tuple[Article, ...] = ()
    claims: tuple[Recorded, ...] = ()
    names: tuple[Named, ...] = ()
    articles_found: int = 0
    claims_found: int = 0


def find(
    connection: Connection, words: str, limit: int, whole: Callable[[Connection, Collection[str]], dict[str, Article]]
) -> Found:
    """What holds all the words; `whole` opens articles by id."""
    terms = searching.asked(words)
    if not terms:
        return Found(())
    s, c = schema.searched.c, schema.claim.c
    of_articles = select(s.number, s.article).where(stood(s.article, None))
    of_claims = (
        select(s.number, s.claim)
        .join(schema.claim, (c.id == s.claim) & (c.reader == s.reader))
        .where(c.superseded == false(), c.cue_start.is_not(None), stood(c.article, None))
    )
    articles, articles_found = _best(connection, terms, "article", of_articles, limit)
    claims, claims_found = _best(connection, terms, "claim", of_claims, limit)
    opened = whole(connection, articles)
    told = {one.claim.id: one for one in find_claims(connection, ClaimFilter(ids=frozenset(claims)))} if claims else {}
    return Found(
        terms,
        tuple(opened[one] for one in articles),
        tuple(told[one] for one in claims if one in told),
        _names(connection, terms, limit),
        articles_found,
        claims_found,
    )


def _best(
    connection: Connection, terms: tuple[searching.Term, ...], kind: str, query: Select[Any], limit: int
) -> tuple[list[str], int]:
    """The ids of those that fit best, and how many there are, counted to COUNTED."""
    ranked = searching.best(connection, terms, kind, newest=RANKED)
    rows = connection.execute(query.where(among(schema.searched.c.number, ranked))).all()
    ids = {int(row[0]): str(row[1]) for row in rows}
    told = len(ranked) < RANKED or len(ids) >= COUNTED
    count = min(len(ids), COUNTED) if told else _count(connection, terms, kind, query)
    return [ids[number] for number in ranked if number in ids][:limit], count


def _count(connection: Connection, terms: tuple[searching.Term, ...], kind: str, query: Select[Any]) -> int:
    held = searching.matching(connection, terms, kind).subquery()
    query = query.join(held, held.c.number == schema.searched.c.number).limit(COUNTED)
    return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())


def _names(connection: Connection, terms: tuple[searching.Term, ...], limit: int) -> tuple[Named, ...]:
    """Names with all the words, most often on record first."""
    n, c, a = schema.name.c, schema.claim.c, schema.article.c
    wanted = [word for term in terms for word in term.words]
    fitting = select(n.name).where(*(n.folded.contains(word, autoescape=True) for word in wanted))
    found = []
    for name in connection.execute(fitting.order_by(func.length(n.name), n.name).limit(limit)).scalars():
        word = or_(func.lower(c.origin) == func.lower(name), c.source_name == name)
        claims = _capped(connection, select(c.id).where(word, c.superseded == false()))
        found.append(Named(name, claims, _capped(connection, select(a.id).where(a.outlet == name))))
    return tuple(sorted(found, key=lambda one: (-one.claims - one.articles, one.name)))


def _capped(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(select(func.count()).select_from(query.limit(COUNTED).subquery())).scalar_one())

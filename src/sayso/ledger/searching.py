"""Full-text search: what the user's words ask for, and the index of either database that answers.

Both index the same folded words (lower case, accents off, endings taken off by the same algorithm), so both find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TextClause,
    exists,
    false,
    func,
    literal_column,
    select,
    table,
    text,
)

from sayso.ledger import schema
from sayso.ledger.statements import Row, insert, insert_new

_ASKED = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[\u0300-\u036f]")
LONGEST_NAME = 500  # what is longer is none
_SAMPLE = 5000  # of what is searched the newest so many tell how common words are
_APART = (
    12  # times as long as one of those gone through in order takes PostgreSQL one that its index finds: they lie apart
)
_LONGEST = 300_000  # characters of one text that PostgreSQL takes into its index


class Term(NamedTuple):
    """Words that must follow one another; of the last one the beginning is enough where `begins`."""

    words: tuple[str, ...]
    begins: bool = False


class Searchable(NamedTuple):
    """What is found by its words: an article, or a claim of it. `name` is whom it is found under, `words` what it says."""

    article: str
    claim: str | None
    reader: str | None
    name: str
    words: str


def fold(words: str) -> str:
    """Lower case, accents off, all but letters and figures a space."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", words.lower()))
    return " ".join(_WORD.findall(plain))


def asked(words: str) -> tuple[Term, ...]:
    """What a user asks for: every word; "words in quotation marks" in that order; beginn* of a word. Nothing is taken for syntax."""
    terms = []
    for quoted, word in _ASKED.findall(words):
        if found := tuple(fold(quoted or word).split()):
            terms.append(Term(found, begins=word.endswith("*")))
    return tuple(terms)


def create(connection: Connection) -> None:
    """Make the index."""
    statements = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    for statement in statements:
        connection.execute(text(statement))


def add(connection: Connection, rows: Sequence[Searchable]) -> None:
    """Take articles and claims into the index."""
    held = connection.execute(select(func.coalesce(func.max(schema.searched.c.number), 0))).scalar_one()
    numbered = list(enumerate(rows, int(held) + 1))
    insert(
        connection,
        schema.searched,
        [{"number": n, "article": one.article, "claim": one.claim, "reader": one.reader} for n, one in numbered],
    )
    for kind, claims in (("article", False), ("claim", True)):
        made: list[Row] = [
            {"number": n, "name": fold(one.name), "words": fold(one.words)[:_LONGEST]}
            for n, one in numbered
            if (one.claim is not None) is claims
        ]
        if made:
            connection.execute(_added(connection, kind), [dict(row) for row in made])


def add_names(connection: Connection, names: Iterable[tuple[str | None, str | None]]) -> None:
    """Let people, organisations and outlets be found by name: (name, kind), of one that is there twice the first."""
    kinds: dict[str, str | None] = {}
    for name, kind in names:
        if name and len(name) <= LONGEST_NAME:
            kinds[name] = kinds.get(name) or ("outlet" if kind == "own" else kind)
    rows = [{"name": name, "folded": fold(name), "kind": kinds[name]} for name in sorted(kinds)]
    insert_new(connection, schema.name, rows)


def of_article(article: str, named: Iterable[str | None], words: str) -> Searchable:
    """An article, found under its headline, its outlet and its author."""
    return Searchable(article, None, None, " ".join(filter(None, named)), words)


def _added(connection: Connection, kind: str) -> TextClause:
    if connection.dialect.name == "sqlite":
        return text(f"INSERT INTO {kind}_search (rowid, name, words) VALUES (:number, :name, :words)")
    words = "setweight(to_tsvector('sayso', :name), 'A') || to_tsvector('sayso', :words)"
    return text(f"UPDATE searched SET words = {words} WHERE number = :number")


def matching(connection: Connection, terms: Sequence[Term], kind: str) -> Select[Any]:
    """The `number` of each article or claim (`kind`) that holds all the terms."""
    if connection.dialect.name == "sqlite":
        held = text(f"{kind}_search MATCH :asked").bindparams(asked=_sqlite_query(terms))
        return select(literal_column("rowid").label("number")).select_from(table(f"{kind}_search")).where(held)
    side = text("claim IS NULL" if kind == "article" else "claim IS NOT NULL")
    return select(literal_column("number")).select_from(table("searched")).where(side, _held_by_postgresql(terms))


def best(connection: Connection, terms: Sequence[Term], kind: str, *, newest: int) -> list[int]:
    """The numbers of the newest so many that hold all the terms, those that fit best first; no more are ranked, for that takes long."""
    if connection.dialect.name == "sqlite":
        rank: ColumnElement[float] = -literal_column(f"bm25({kind}_search, 4.0, 1.0)")
        query = matching(connection, terms, kind).add_columns(rank)
        found = _ranked(connection, query.order_by(literal_column("rowid").desc()).limit(newest))
    else:
        s, asking = schema.searched.c, _asking(terms)
        query = select(s.number, func.ts_rank(literal_column("words"), asking, 1))
        found = _ranked(connection, query.where(s.number.in_(_newest(connection, terms, kind, newest))))
    return [number for number, _ in sorted(found, key=lambda one: (-one[1], -one[0]))]


def _ranked(connection: Connection, query: Select[Any]) -> list[tuple[int, float]]:
    return [(int(row[0]), float(row[1])) for row in connection.execute(query).all()]


def _newest(connection: Connection, terms: Sequence[Term], kind: str, most: int) -> Select[Any]:
    """The `number` of the newest so many that hold all the terms, in the way that PostgreSQL is quickest with. It would choose by how common it
    takes each word to be by itself; words go together, or never do.
    """
    if _goes_in_order(connection, terms, kind, most):
        found = _asked_each(_every(kind).order_by(schema.searched.c.number.desc()), terms).subquery()
    else:
        found = matching(connection, terms, kind).offset(0).subquery()
    return select(found.c.number).order_by(found.c.number.desc()).limit(most)


def _goes_in_order(connection: Connection, terms: Sequence[Term], kind: str, most: int) -> bool:
    """Whether the newest with the terms are come by sooner in order, one by one, than by finding all that hold them and sorting these."""
    s = schema.searched.c
    last = int(connection.execute(select(func.coalesce(func.max(s.number), 0))).scalar_one())
    late = _asked_each(_every(kind).where(s.number > last - _SAMPLE), terms).subquery()
    share = int(connection.execute(select(func.count()).select_from(late)).scalar_one()) / _SAMPLE
    return share > 0 and most / share < _APART * share * last


def _every(kind: str) -> Select[Any]:
    s = schema.searched.c
    return select(s.number, literal_column("words").label("words")).where(
        s.claim.is_(None) if kind == "article" else s.claim.is_not(None)
    )


def _asked_each(rows: Select[Any], terms: Sequence[Term]) -> Select[Any]:
    """The `number` of those of these rows that hold all the terms; each is asked, and the index left alone."""
    each = rows.offset(0).subquery()
    return select(each.c.number).where(each.c.words.op("@@", is_comparison=True)(_asking(terms)))


def is_common(connection: Connection, words: str, most: int) -> bool:
    """Whether more than so many claims hold all the words."""
    terms = asked(words)
    if not terms:
        return False
    some = matching(connection, terms, "claim").limit(most + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one()) > most


def holds(connection: Connection, words: str, *, common: bool) -> ColumnElement[bool]:
    """Whether a claim holds all the words. Rare words are looked up, and what has them; of common ones each claim is asked."""
    terms, s, c = asked(words), schema.searched.c, schema.claim.c
    if not terms:
        return false()
    held = matching(connection, terms, "claim")
    if not common:
        found = held.subquery()
        return c.id.in_(select(s.claim).join(found, found.c.number == s.number))
    here = [s.claim == c.id, s.reader == c.reader]
    if connection.dialect.name == "sqlite":
        return exists().where(*here, held.where(literal_column("rowid") == s.number).exists())
    return exists().where(*here, _held_by_postgresql(terms))


def _sqlite_query(terms: Sequence[Term]) -> str:
    return " ".join(f'"{" ".join(term.words)}"{" *" if term.begins else ""}' for term in terms)


def _held_by_postgresql(terms: Sequence[Term]) -> ColumnElement[bool]:
    return literal_column("searched.words").op("@@", is_comparison=True)(_asking(terms))


def _asking(terms: Sequence[Term]) -> ColumnElement[Any]:
    return func.to_tsquery(literal_column("'sayso'::regconfig"), _postgresql_query(terms))


def _postgresql_query(terms: Sequence[Term]) -> str:
    return " & ".join(f"({' <-> '.join(term.words)}{':*' if term.begins else ''})" for term in terms)


_SQLITE = tuple(
    f"CREATE VIRTUAL TABLE {kind}_search USING fts5(name, words, content='', tokenize='porter unicode61')"
    for kind in ("article", "claim")
)
_POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY sayso_stem (TEMPLATE = snowball, Language = porter)",  # without stop words: "Will" is a name
    "CREATE TEXT SEARCH CONFIGURATION sayso (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION sayso ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword, "
    "hword_asciipart, hword_part, hword_numpart WITH sayso_stem",
    "ALTER TABLE searched ADD COLUMN words tsvector",
    "CREATE INDEX searched_articles ON searched USING gin (words) WHERE claim IS NULL",
    "CREATE INDEX searched_claims ON searched USING gin (words) WHERE claim IS NOT NULL",
)

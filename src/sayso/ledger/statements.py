"""What the statements of every table share, on either database: rows in chunks, new rows only, beginnings of ids."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ARRAY, ColumnElement, Connection, Insert, Table, and_, any_, false, func, literal, true
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

CHUNK = 500  # SQLite allows 32,766 variables a statement; a few hundred rows at a time are as fast
_LAST = "\U0010ffff"  # sorts behind every character
Door = Callable[[], AbstractContextManager[Connection]]
Row = Mapping[str, object]
_Value = TypeVar("_Value", str, int)


def chunks(values: Iterable[str]) -> Iterable[list[str]]:
    """Distinct values in order, a statement's worth at a time."""
    every = sorted(set(values))
    return [every[at : at + CHUNK] for at in range(0, len(every), CHUNK)]


def among(column: ColumnElement[_Value], values: Collection[_Value]) -> ColumnElement[bool]:
    """Whether a column has one of these values."""
    held = list(values)
    return _Among(column.in_(held), column == any_(literal(held, ARRAY(column.type))))


class _Among(FunctionElement[bool]):
    """One condition in two forms: values named one by one, and as a single list. PostgreSQL is given the list: its driver takes longer over
    five hundred values than the server does to look them up.
    """

    # Without a type: SQLite would be asked whether one of type Boolean equals 1, which no index serves.
    inherit_cache = True


@compiles(_Among)
def _one_by_one(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses.clauses[0], **options)


@compiles(_Among, "postgresql")
def _as_a_list(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses.clauses[1], **options)


def in_force(superseded: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a reading is the last of its article, in words that no index knows. SQLite, until it has counted its rows, takes what no later
    reading has replaced for rare, and would walk all such claims rather than look up those that are named.
    """
    return func.coalesce(superseded, true()) == false()


def insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows, where there are any."""
    if rows:
        connection.execute(_insert(table), [dict(row) for row in rows])


def insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add the rows whose key is not there yet."""
    if rows:
        connection.execute(_insert_new(connection.dialect.name, table), [dict(row) for row in rows])


def insert_or_replace(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows; where the key is there, their values take the place of those before."""
    if rows:
        connection.execute(_insert_or_replace(connection.dialect.name, table), [dict(row) for row in rows])


def insert_or_add(connection: Connection, table: Table, rows: Sequence[Row], *, column: str) -> None:
    """Add rows; where the key is there, `column` grows by theirs."""
    if rows:
        connection.execute(_insert_or_add(connection.dialect.name, table, column), [dict(row) for row in rows])


# Each is made once: an article brings some thirty of them, and making one costs as much as carrying it out.


@cache
def _insert(table: Table) -> Insert:
    return table.insert()


@cache
def _insert_new(dialect: str, table: Table) -> Insert:
    return _upsert(dialect, table).on_conflict_do_nothing()


@cache
def _insert_or_replace(dialect: str, table: Table) -> Insert:
    made = _upsert(dialect, table)
    fresh = {column.name: made.excluded[column.name] for column in table.columns if not column.primary_key}
    return made.on_conflict_do_update(index_elements=list(table.primary_key), set_=fresh)


@cache
def _insert_or_add(dialect: str, table: Table, column: str) -> Insert:
    made = _upsert(dialect, table)
    grown: dict[str, Any] = {column: table.c[column] + made.excluded[column]}
    return made.on_conflict_do_update(index_elements=list(table.primary_key), set_=grown)


def _upsert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """The dialect's own insert: the standard has no ON CONFLICT."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def begins(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Whether a value begins with `words`, as a range: an index serves it on either database, which LIKE does not."""
    return and_(column >= words, column < words + _LAST)

"""What each question adds to track records, kept packed so that a page of sources need look at no stance; packed and opened by whoever scores.

A row goes when what it was counted from changes, and with it those of the question's alternatives and of the questions to which claims speak
that repeat its own. These doors do that, and every new one that writes such things has to:

* stances: `Questions.save_stances`, `rule`;
* the question: `Questions.add` (taken up again, put among other alternatives), `drop`, `set_window`, and `resolve` for its outcome;
* what claims repeat: `Stories.save_ties`;
* claims superseded when an article is read again, and their days: `Ledger.save`;
* the days on which versions stood: `versions.add`, `keep` and `back`.

Articles and claims themselves never change. Of what kind an origin is is asked when a page is made.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, and_, delete, select

from sayso.ledger import schema
from sayso.ledger.statements import Door, among, chunks, insert_or_replace


class Reckonings:
    """What is kept of a ledger's questions. `rules` says by which rules it was counted: what was counted by others is as good as missing."""

    def __init__(self, read: Door, write: Door) -> None:
        self._read, self._write = read, write

    def get(self, rules: int) -> dict[str, str]:
        """Question → what it adds, as packed."""
        r = schema.reckoning.c
        with self._read() as connection:
            rows = connection.execute(select(r.question, r.data).where(r.rules == rules)).all()
        return {row.question: row.data for row in rows}

    def missing(self, rules: int) -> frozenset[str]:
        """The questions that are followed and of which nothing is kept."""
        q, r = schema.question.c, schema.reckoning.c
        there = and_(r.question == q.id, r.rules == rules)
        query = select(q.id).outerjoin(schema.reckoning, there).where(q.dropped.is_(None), r.question.is_(None))
        with self._read() as connection:
            return frozenset(connection.execute(query).scalars())

    def save(self, rows: Mapping[str, str], *, rules: int) -> None:
        """Keep what these questions add, packed."""
        made = [{"question": question, "rules": rules, "data": data} for question, data in rows.items()]
        with self._write() as connection:
            insert_or_replace(connection, schema.reckoning, made)


def forget(connection: Connection, questions: Collection[str]) -> None:
    """Note that questions changed: what is kept of them and of their alternatives no longer holds."""
    q, r, rival = schema.question.c, schema.reckoning, schema.question.alias().c
    for chunk in chunks(questions):
        rivals = select(rival.id).where(rival.alternatives.in_(select(q.alternatives).where(among(q.id, chunk))))
        connection.execute(delete(r).where(among(r.c.question, chunk) | r.c.question.in_(rivals)))


def forget_of(connection: Connection, claims: Collection[str]) -> None:
    """Note that claims changed: the questions to which they speak, or claims that repeat them."""
    s, t = schema.stance.c, schema.tie.c
    reach, new, asked = set[str](), set(claims), set[str]()
    while new:
        reach |= new
        found = set[str]()
        for chunk in chunks(new):
            found.update(connection.execute(select(t.claim).where(among(t.said_as, chunk))).scalars())
        new = found - reach
    for chunk in chunks(reach):
        asked.update(connection.execute(select(s.question).where(among(s.claim, chunk)).distinct()).scalars())
    forget(connection, asked)


def forget_in(connection: Connection, articles: Collection[str]) -> None:
    """Note that something changed about all claims of these articles."""
    c = schema.claim.c
    for chunk in chunks(articles):
        forget_of(connection, set(connection.execute(select(c.id).where(among(c.article, chunk))).scalars()))


def forget_whole(connection: Connection, question: str) -> None:
    """Note that a question comes or goes with all that speaks to it."""
    s = schema.stance.c
    forget(connection, [question])
    forget_of(connection, list(connection.execute(select(s.claim).where(s.question == question)).scalars()))

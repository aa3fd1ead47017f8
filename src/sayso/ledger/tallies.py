"""What each story rests on, kept so that a list of stories need not look at claims; and which stories have yet to be tied and counted."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, false, func, null, select

from sayso.ledger import schema
from sayso.ledger.statements import Door, chunks, insert_or_replace
from sayso.ledger.versions import stood

#: outlets, and origins with their number of claims
Counts = tuple[tuple[str, ...], tuple[tuple[str, int], ...]]


class Said(NamedTuple):
    """How many claims of a story one outlet prints as one origin's word, once relays are tied; in one article, where asked by article."""

    story: str
    article: str | None
    outlet: str | None
    origin: str | None
    claims: int


class Tallies:
    """The counts of a ledger's stories."""

    def __init__(self, read: Door, write: Door) -> None:
        self._read, self._write = read, write

    def said(self, stories: Collection[str], *, by_article: bool = False, as_of: date | None = None) -> list[Said]:
        """What is put down to someone in these stories; of several versions in the one that stands. As of a day in what was surely out by
        then, in the version that stood.
        """
        m, a, c, t = schema.member.c, schema.article.c, schema.claim.c, schema.tie
        article = m.article if by_article else null()
        origin = func.coalesce(t.c.origin, c.origin).label("origin")
        query = (
            select(m.story, article.label("article"), a.outlet, origin, func.count())
            .select_from(schema.member)
            .join(schema.article, a.id == m.article)
            .join(schema.claim, c.article == m.article)
            .outerjoin(t, t.c.claim == c.id)
            .where(c.superseded == false(), c.cue_start.is_not(None), stood(c.article, as_of))
            .group_by(m.story, a.outlet, origin, *([m.article] if by_article else []))
        )
        if as_of is not None:
            query = query.where(a.published_end <= as_of.isoformat())
        with self._read() as connection:
            return [
                Said(*row)
                for chunk in chunks(stories)
                for row in connection.execute(query.where(m.story.in_(chunk))).all()
            ]

    def get(self, stories: Collection[str]) -> dict[str, Counts]:
        """What each of these stories rests on; those not counted since they changed are missing."""
        t, found = schema.tally, dict[str, Counts]()
        with self._read() as connection:
            for chunk in chunks(stories):
                for row in connection.execute(select(t).where(t.c.story.in_(chunk))):
                    outlets, origins = json.loads(row.counts)
                    found[row.story] = tuple(outlets), tuple((name, number) for name, number in origins)
        return found

    def save(self, story: str, counts: Counts) -> None:
        """Keep a story's counts; it is tied and counted now."""
        row = {"story": story, "counts": json.dumps(counts, ensure_ascii=False)}
        with self._write() as connection:
            insert_or_replace(connection, schema.tally, [row])
            connection.execute(delete(schema.untied).where(schema.untied.c.story == story))

    def untied(self) -> list[str]:
        """The stories whose claims have to be tied and counted."""
        with self._read() as connection:
            return list(connection.execute(select(schema.untied.c.story).order_by(schema.untied.c.story)).scalars())

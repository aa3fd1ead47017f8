"""What each story rests on, kept so that a page of stories need not look at claims; and which stories have yet to be tied and counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, bindparam, delete, false, func, select

from sayso.ledger import schema
from sayso.ledger.statements import Door, among, chunks, insert_or_replace

#: outlets, and origins with their number of claims
Counts = tuple[tuple[str, ...], tuple[tuple[str, int], ...]]


class Ground(NamedTuple):
    """What one article adds to a story: its days (ISO), its outlet and, in turn, an origin and the number of claims that are its word, once
    relays are tied. Names are places in the lists of the story.
    """

    article: str
    start: str | None
    end: str | None
    outlet: int | None
    told: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a story rests on, article by article, every version of each: by first possible day of publication, undated ones last."""

    outlets: tuple[str, ...]
    origins: tuple[str, ...]
    articles: tuple[Ground, ...]

    def said(self, articles: Container[str]) -> Iterator[tuple[str | None, str | None, int]]:
        """What is put down to someone in these articles, as `origins.rests_on` counts it: outlet or origin, and the number of claims."""
        printed, told = Counter[int | None](), Counter[int | None]()
        for one in self.articles:
            if one.article in articles:
                for at in range(0, len(one.told), 2):
                    number = one.told[at + 1] or 0
                    printed[one.outlet] += number
                    told[one.told[at]] += number
        yield from ((self.outlets[at], None, number) for at, number in printed.items() if at is not None)
        yield from ((None, self.origins[at], number) for at, number in told.items() if at is not None)

    def packed(self) -> str:
        """As the ledger keeps it."""
        return json.dumps([self.outlets, self.origins, self.articles], ensure_ascii=False, separators=(",", ":"))


def opened(packed: str) -> Grounds:
    """What was packed."""
    outlets, origins, articles = json.loads(packed)
    return Grounds(tuple(outlets), tuple(origins), tuple(map(Ground._make, articles)))


class Tallies:
    """The counts of a ledger's stories."""

    def __init__(self, read: Door, write: Door) -> None:
        self._read, self._write = read, write

    def grounds(self, stories: Collection[str]) -> dict[str, Grounds]:
        """What each of these stories rests on, article by article: as kept, or counted here where it changed since."""
        t, found = schema.tally.c, dict[str, Grounds]()
        with self._read() as connection:
            for chunk in chunks(stories):
                kept = connection.execute(
                    select(t.story, t.grounds).where(among(t.story, chunk), t.grounds.is_not(None))
                )
                found.update((story, opened(packed)) for story, packed in kept)
            return found | count(connection, [one for one in stories if one not in found])

    def counted(self, stories: Collection[str]) -> dict[str, Grounds]:
        """The same, counted from the claims whatever is kept."""
        with self._read() as connection:
            return count(connection, stories)

    def get(self, stories: Collection[str]) -> dict[str, Counts]:
        """What each of these stories rests on now; those not counted since they changed are missing."""
        t, found = schema.tally.c, dict[str, Counts]()
        with self._read() as connection:
            for chunk in chunks(stories):
                for row in connection.execute(select(t.story, t.counts).where(among(t.story, chunk))):
                    outlets, origins = json.loads(row.counts)
                    found[row.story] = tuple(outlets), tuple((name, number) for name, number in origins)
        return found

    def save(self, story: str, counts: Counts, grounds: Grounds) -> None:
        """Keep what a story rests on, now and article by article; it is tied and counted now."""
        row = {"story": story, "counts": json.dumps(counts, ensure_ascii=False), "grounds": grounds.packed()}
        with self._write() as connection:
            insert_or_replace(connection, schema.tally, [row])
            connection.execute(delete(schema.untied).where(schema.untied.c.story == story))

    def untied(self) -> list[str]:
        """The stories whose claims have to be tied and counted."""
        with self._read() as connection:
            return list(connection.execute(select(schema.untied.c.story).order_by(schema.untied.c.story)).scalars())


def count(connection: Connection, stories: Collection[str]) -> dict[str, Grounds]:
    """What each of these stories rests on, article by article, from its claims."""
    m, a, c, t = schema.member.c, schema.article.c, schema.claim.c, schema.tie
    origin = func.coalesce(t.c.origin, c.origin).label("origin")
    attributed = and_(c.article == m.article, c.superseded == false(), c.cue_start.is_not(None))
    query = (
        select(m.story, a.id, a.published_start, a.published_end, a.outlet, origin, func.count(c.id).label("claims"))
        .select_from(schema.member)
        .join(schema.article, a.id == m.article)
        .outerjoin(schema.claim, attributed)
        .outerjoin(t, t.c.claim == c.id)
        .group_by(m.story, a.id, origin)
        .order_by(m.story, a.published_start.is_(None), a.published_start, a.id, origin)
    )
    rows: dict[str, list[Row[Any]]] = {one: [] for one in stories}
    for chunk in chunks(stories):
        for row in connection.execute(query.where(among(m.story, chunk))):
            rows[row.story].append(row)
    return {story: _grounds(held) for story, held in rows.items()}


def ground(connection: Connection) -> None:
    """Count article by article what was counted as a whole only."""
    t = schema.tally
    update = t.update().where(t.c.story == bindparam("counted")).values(grounds=bindparam("packed"))
    for chunk in chunks(connection.execute(select(t.c.story).where(t.c.grounds.is_(None))).scalars()):
        made = count(connection, chunk).items()
        connection.execute(update, [{"counted": story, "packed": grounds.packed()} for story, grounds in made])


def _grounds(rows: Sequence[Sequence[Any]]) -> Grounds:
    """A row for each article and origin, articles in order, to the grounds of their story."""
    outlets, origins = dict[str, int](), dict[str, int]()
    made: dict[str, Ground] = {}
    told: dict[str, list[int | None]] = {}
    for _, article, start, end, outlet, origin, claims in rows:
        if article not in made:
            told[article] = []
            at = None if outlet is None else outlets.setdefault(outlet, len(outlets))
            made[article] = Ground(article, start, end, at, told[article])
        if claims:
            told[article] += [None if origin is None else origins.setdefault(origin, len(origins)), claims]
    return Grounds(tuple(outlets), tuple(origins), tuple(made.values()))

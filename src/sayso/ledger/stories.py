"""Stories in the ledger: the terms of articles, the background counts, profiles with the handles that lead to them, members, decisions.

Look-ups read no more than they are asked for; what is packed here is made and opened by whoever groups.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, func, or_, select

from sayso.errors import InputError
from sayso.ledger import schema
from sayso.ledger.changed import untie
from sayso.ledger.reckonings import forget_of
from sayso.ledger.statements import Door, among, begins, chunks, insert, insert_or_add
from sayso.records import Story

_ALL = ""  # the term that every article counts under: their number, without counting
CROWDED = 100  # stories under a handle from which it leads nowhere: a name that half the news shares tells nothing


@dataclass(frozen=True, slots=True)
class Tied:
    """A claim that relays or copies: the article it comes from, the claim there that says the same, the origin it takes, and why."""

    claim: str
    article: str
    said_as: str | None
    origin: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A story to be kept: its record, its packed profile, and the handles that lead to it."""

    story: Story
    profile: str
    handles: tuple[str, ...]


def add_terms(connection: Connection, article: str, packed: str, terms: Collection[str]) -> None:
    """Keep an article's terms and count them in the background."""
    insert(connection, schema.terms, [{"article": article, "data": packed}])
    insert(connection, schema.waiting, [{"work": "stories", "article": article}])
    b = schema.background
    rows = [{"term": term, "articles": 1} for term in sorted({*terms, _ALL})]
    insert_or_add(connection, b, rows, column="articles")


_SHOWN = tuple(
    column for column in schema.story.columns if column.name != "profile"
)  # which is long, and for grouping only


# Made once: it is asked some twenty times an article, and making it costs more than the answer.
_LED_TO = (
    select(schema.posting.c.story)
    .where(
        schema.posting.c.term == bindparam("handle"),
        schema.posting.c.story.not_in(select(schema.archived.c.story)),
    )
    .limit(CROWDED + 1)
)


class Stories:
    """The stories of a ledger."""

    def __init__(self, read: Door, write: Door) -> None:
        self._read, self._write = read, write

    def background(self, terms: Collection[str]) -> tuple[int, dict[str, int]]:
        """The number of articles, and of those that hold each of these terms."""
        b, counts = schema.background, dict[str, int]()
        with self._read() as connection:
            total = connection.execute(select(b.c.articles).where(b.c.term == _ALL)).scalar() or 0
            for chunk in chunks(terms):
                query = select(b.c.term, b.c.articles).where(among(b.c.term, chunk))
                counts.update((term, number) for term, number in connection.execute(query))
        return int(total), counts

    def led_to(self, handles: Collection[str]) -> dict[str, list[str]]:
        """Handle → the stories it leads to, those that are archived left out; a crowded handle leads nowhere."""
        found = dict[str, list[str]]()
        with self._read() as connection:
            for handle in handles:
                found[handle] = list(connection.execute(_LED_TO, {"handle": handle}).scalars())
        return {handle: stories for handle, stories in found.items() if len(stories) <= CROWDED}

    def profiles(self, stories: Collection[str]) -> list[str]:
        """The packed profiles of these stories."""
        s, found = schema.story, list[str]()
        with self._read() as connection:
            for chunk in chunks(stories):
                found += connection.execute(select(s.c.profile).where(among(s.c.id, chunk))).scalars()
        return found

    def terms_of(self, stories: Collection[str]) -> dict[str, list[str]]:
        """Story → the packed terms of its articles."""
        m, t, found = schema.member, schema.terms, {story: list[str]() for story in stories}
        with self._read() as connection:
            for chunk in chunks(stories):
                query = select(m.c.story, t.c.data).join(t, t.c.article == m.c.article).where(among(m.c.story, chunk))
                for story, data in connection.execute(query.order_by(m.c.article)):
                    found[story].append(data)
        return found

    def story_of(self, articles: Collection[str]) -> dict[str, str]:
        """Article → its story, of these articles."""
        m, found = schema.member, dict[str, str]()
        with self._read() as connection:
            for chunk in chunks(articles):
                query = select(m.c.article, m.c.story).where(among(m.c.article, chunk))
                found.update((article, story) for article, story in connection.execute(query))
        return found

    def unplaced(self, *, most: int) -> list[str]:
        """The packed terms of articles that stand in no story yet."""
        w, t = schema.waiting, schema.terms
        query = select(t.c.data).join(w, w.c.article == t.c.article).where(w.c.work == "stories")
        with self._read() as connection:
            return list(connection.execute(query.order_by(w.c.article).limit(most)).scalars())

    def save(self, members: Mapping[str, str], kept: Sequence[Kept], gone: Collection[str]) -> None:
        """Keep what a batch changed, all or nothing."""
        m, s, p, w = schema.member, schema.story, schema.posting, schema.waiting
        renewed = [*gone, *(one.story.id for one in kept)]
        with self._write() as connection:
            for chunk in chunks(renewed):
                connection.execute(delete(p).where(among(p.c.story, chunk)))
                connection.execute(delete(s).where(among(s.c.id, chunk)))
            for chunk in chunks(members):
                connection.execute(delete(m).where(among(m.c.article, chunk)))
                connection.execute(delete(w).where(w.c.work == "stories", among(w.c.article, chunk)))
            untie(connection, [one.story.id for one in kept], gone=gone)
            insert(connection, s, [_row(one) for one in kept])
            insert(connection, p, [{"term": h, "story": one.story.id} for one in kept for h in one.handles])
            insert(connection, m, [{"article": a, "story": story} for a, story in members.items()])

    def save_ties(self, claims: Collection[str], ties: Iterable[Tied]) -> None:
        """Replace the ties of these claims."""
        t, before = schema.tie, dict[str, str | None]()
        repeats = {x.claim: x for x in ties}
        rows = [
            {"claim": x.claim, "article": x.article, "said_as": x.said_as, "origin": x.origin, "reason": x.reason}
            for x in repeats.values()
        ]
        with self._write() as connection:
            for chunk in chunks(claims):
                held = select(t.c.claim, t.c.said_as).where(among(t.c.claim, chunk))
                before.update((row.claim, row.said_as) for row in connection.execute(held))
                connection.execute(delete(t).where(among(t.c.claim, chunk)))
            insert(connection, t, rows)
            now = {one: tied.said_as for one, tied in repeats.items()}
            forget_of(connection, {one for one in before.keys() | now.keys() if before.get(one) != now.get(one)})

    def ties(self, claims: Collection[str]) -> dict[str, Tied]:
        """The ties of these claims."""
        t, found = schema.tie, dict[str, Tied]()
        with self._read() as connection:
            for chunk in chunks(claims):
                for r in connection.execute(select(t).where(among(t.c.claim, chunk))):
                    found[r.claim] = Tied(r.claim, r.article, r.said_as, r.origin, r.reason)
        return found

    def all(
        self,
        *,
        ids: Collection[str] | None = None,
        out_by: date | None = None,
        archived: bool | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Story]:
        """Every story, the one with the last report first: `limit` of them after the first `offset`; only these ids, only those with a report
        surely out by a day, only those archived or not.
        """
        s, m, a, closed = schema.story.c, schema.member.c, schema.article.c, select(schema.archived.c.story)
        query = select(*_SHOWN).order_by(s.end.is_(None), s.end.desc(), s.id)
        if archived is not None:
            query = query.where(s.id.in_(closed) if archived else s.id.not_in(closed))
        if out_by is not None:
            day = out_by.isoformat()
            out = (
                select(m.article).join(schema.article, a.id == m.article).where(m.story == s.id, a.published_end <= day)
            )
            query = query.where(or_(s.start.is_(None), s.start <= day), exists(out))
        if limit is not None:
            query = query.limit(limit).offset(offset)
        with self._read() as connection:
            parts = [query] if ids is None else [query.where(among(s.id, chunk)) for chunk in chunks(ids)]
            rows = [row for part in parts for row in connection.execute(part)]
            held = _members(connection, [row.id for row in rows])
        return [_story(row, held.get(row.id, ())) for row in rows]

    def find(self, reference: str) -> Story:
        """The story with this beginning of an id, or these words in its name. Raises InputError where none or several fit."""
        s = schema.story
        with self._read() as connection:
            rows = connection.execute(select(*_SHOWN).where(begins(s.c.id, reference)).limit(3)).all()
            if not rows:
                query = select(*_SHOWN)
                for word in reference.split():
                    query = query.where(s.c.name.icontains(word, autoescape=True))
                rows = connection.execute(query.order_by(s.c.id).limit(4)).all()
            if not rows:
                raise InputError(f"no story {reference!r}; `sayso stories` lists them")
            if len(rows) > 1:
                several = "; ".join(f"{row.id[:7]} {row.name}" for row in rows[:3])
                raise InputError(f"{reference!r} fits several stories ({several}); give the beginning of the id")
            return _story(rows[0], _members(connection, [rows[0].id]).get(rows[0].id, ()))

    def decide(self, kind: str, data: Mapping[str, object]) -> int:
        """Add what the user settled to the log; its number."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._write() as connection:
            count = connection.execute(select(func.count()).select_from(schema.decision)).scalar_one()
            row = {"number": count + 1, "kind": kind, "data": json.dumps(data), "recorded": now}
            connection.execute(schema.decision.insert(), [row])
        return int(count) + 1

    def decisions(self) -> list[tuple[str, dict[str, Any]]]:
        """The log, in order: kind and data."""
        d = schema.decision
        with self._read() as connection:
            rows = connection.execute(select(d.c.kind, d.c.data).order_by(d.c.number))
            return [(kind, json.loads(data)) for kind, data in rows]


def _members(connection: Connection, stories: Collection[str]) -> dict[str, list[str]]:
    """Story → its articles: a row a story, for to fetch one an article takes longer than all else about a list of stories."""
    m, found = schema.member.c, dict[str, list[str]]()
    query = select(m.story, func.aggregate_strings(m.article, " ")).group_by(m.story)
    for chunk in chunks(stories):
        found.update((story, ids.split(" ")) for story, ids in connection.execute(query.where(among(m.story, chunk))))
    return found


def _row(kept: Kept) -> dict[str, object]:
    story = kept.story
    episodes = [[_iso(start), _iso(end), list(articles)] for start, end, articles in story.episodes]
    return {
        "id": story.id,
        "name": story.name,
        "start": _iso(story.start),
        "end": _iso(story.end),
        "people": json.dumps(story.people, ensure_ascii=False),
        "episodes": json.dumps(episodes),
        "profile": kept.profile,
    }


def _story(row: Row[Any], articles: Sequence[str]) -> Story:
    episodes = tuple((_day(start), _day(end), tuple(held)) for start, end, held in json.loads(row.episodes))
    return Story(
        row.id,
        row.name,
        tuple(sorted(articles)),
        _day(row.start),
        _day(row.end),
        tuple(json.loads(row.people)),
        episodes,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None

"""The tools: each a question to the ledger, answered with sentences, references and what the ledger covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import Annotated, Any, ParamSpec

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from sayso import exports, views
from sayso.errors import SaysoError
from sayso.ledger import ClaimFilter, Ledger
from sayso.mcp.answers import (
    ITEMS,
    MOST,
    Json,
    asked_json,
    begin,
    coverage,
    cut,
    goes_on,
    iso,
    part,
    reference,
    sentence,
    spoken,
)
from sayso.origins import plain
from sayso.records import Article
from sayso.views import ArticleHit, Line, Part, StoryLine

_P = ParamSpec("_P")

Words = Annotated[
    str,
    Field(max_length=300, description='Words that must all be there; "in quotes" together, beginn* for a beginning.'),
]
Reference = Annotated[
    str, Field(max_length=300, description="The beginning of an id, a question's number, or words of its name.")
]
AsOf = Annotated[date | None, Field(description="Only what was on record at the end of this day, YYYY-MM-DD.")]
Cursor = Annotated[str | None, Field(max_length=40, description="`more` of the answer before, for its next part.")]
Name = Annotated[str, Field(max_length=300, description="A person, organisation or outlet, or a part of the name.")]
SEARCHED = 200  # hits that a search looks at


def _answered(tool: Callable[_P, Json]) -> Callable[_P, Json]:
    """What a user could mend is told to the assistant in one line."""

    @wraps(tool)
    def told(*args: _P.args, **kwargs: _P.kwargs) -> Json:
        try:
            return tool(*args, **kwargs)
        except SaysoError as error:
            raise ToolError(str(error)) from error

    return told


class Desk:
    """The tools over one ledger. Threads may share it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @_answered
    def search(self, words: Words, as_of: AsOf = None, cursor: Cursor = None) -> Json:
        """Find sentences, articles and names by their words."""
        found = views.search(self._ledger, words, limit=SEARCHED)
        held = self._articles(found.claims)
        claims = [line for line in found.claims if _said_by(line, as_of)]
        hits = [
            one for one in found.articles if as_of is None or views.out_by(self._ledger.article(one.reference), as_of)
        ]
        asked = ("search", words, as_of)
        every: list[Line | ArticleHit] = [*claims, *hits]
        made, more = part(
            every,
            lambda one: sentence(one, held[one.claim.article]) if isinstance(one, Line) else self._hit(one),
            asked=asked,
            cursor=cursor,
        )
        names = [{"name": one.name, "claims": one.claims, "articles": one.articles} for one in found.names[:ITEMS]]
        notes = [f"Only the {SEARCHED} best of each sort are looked at."] if found.claims_found > SEARCHED else []
        return self._answer(as_of, more, *notes, found=made, names=names)

    @_answered
    def list_stories(self, as_of: AsOf = None, cursor: Cursor = None) -> Json:
        """List the running stories, the one with the last report first."""
        asked = ("stories", as_of)
        made, more = part(views.stories(self._ledger, as_of=as_of), _story_line, asked=asked, cursor=cursor)
        return self._answer(as_of, more, stories=made)

    @_answered
    def story(self, reference: Reference, as_of: AsOf = None, cursor: Cursor = None) -> Json:
        """One story: on how many outlets and independent origins it rests, its episodes, its questions, its reports by date."""
        page = views.story(self._ledger, reference, as_of=as_of)
        members = {one.id[: views.REFERENCE]: one for one in self._ledger.articles(ids=page.story.articles)}
        asked = ("story", page.story.id, as_of)
        made, more = part(
            page.timeline.groups,
            lambda one: _report(members[one.reference]) | {"claims": len(one.lines), "copy_of": one.copy_of or None},
            asked=asked,
            cursor=cursor,
        )
        notes = (
            [f"{page.left_out} of its articles are left out: not known to be out by that day."] if page.left_out else []
        )
        return self._answer(
            as_of,
            more,
            *notes,
            story={"id": page.story.id, "name": page.story.name, "people": list(page.story.people)},
            outlets=list(page.counted.outlets),
            origins=[{"name": name, "claims": number} for name, number in page.counted.origins[:ITEMS]],
            episodes=[
                {"start": iso(one.start), "end": iso(one.end), "articles": one.articles} for one in page.episodes
            ],
            questions=[
                asked_json(one.followed, as_of=as_of) | {"belief": round(one.belief.p, 4), "counted": one.counted}
                for one in page.questions
            ],
            reports=made,
        )

    @_answered
    def timeline(
        self,
        story: Annotated[str | None, Field(max_length=300, description="Only this story.")] = None,
        source: Annotated[str | None, Field(max_length=300, description="Only what is put down to this name.")] = None,
        since: Annotated[date | None, Field(description="Only what was said on or after this day.")] = None,
        until: Annotated[date | None, Field(description="Only what was said on or before this day.")] = None,
        as_of: AsOf = None,
        cursor: Cursor = None,
    ) -> Json:
        """Who claims what, sentence by sentence, by the day it was said."""
        last = min((day for day in (until, as_of) if day), default=None)
        members = frozenset(self._ledger.stories.find(story).articles) if story else None
        wanted = ClaimFilter(source=source, since=since, until=last, articles=members, own=False, standing=as_of)
        asked = ("timeline", story, source, since, until, as_of)
        offset = begin(asked, cursor)
        lines = views.claims(self._ledger, wanted, limit=ITEMS + 1, offset=offset)
        held = self._articles(lines)
        made, more = part(lines, lambda one: sentence(one, held[one.claim.article]), asked=asked, cursor=None)
        # What may have been said later is left out here, not in the count by which parts follow one another.
        told = [row for row, line in zip(made, lines, strict=False) if _said_by(line, as_of)]
        return self._answer(as_of, goes_on(asked, offset + len(made)) if more else None, claims=told)

    @_answered
    def article(self, reference: Reference, as_of: AsOf = None, cursor: Cursor = None) -> Json:
        """One article, by the id of it or of a claim in it: its text in parts, with the claims of each part."""
        page = views.article(self._ledger, reference)
        article = page.article
        if as_of and not views.out_by(article, as_of):
            raise ToolError(f"article {article.id[:7]} is not known to have been out by {as_of} ({page.day})")
        asked = ("article", article.id, as_of)
        start = begin(asked, cursor)
        end = min(len(article.text), start + MOST // 2)
        lines = [one for one in page.lines if one.claim.cue and start <= one.claim.evidence[0].start < end]
        return self._answer(
            as_of,
            goes_on(asked, end) if end < len(article.text) else None,
            article=_report(article)
            | {
                "author": article.author,
                "story": page.story.name if page.story else None,
                "copy_of": page.original[1].id if page.original else None,
                "versions": len(page.versions) or 1,
            },
            quoted_text={"start": start, "end": end, "text": article.text[start:end]},
            claims=[
                {k: v for k, v in sentence(one, article).items() if k not in ("quoted_around", "outlet", "published")}
                for one in lines[: 2 * ITEMS]
            ],
        )

    @_answered
    def list_questions(self, as_of: AsOf = None, cursor: Cursor = None) -> Json:
        """List the questions that are followed, and where each stands."""
        made, more = part(
            views.questions(self._ledger, as_of=as_of),
            lambda one: (
                asked_json(one.followed, as_of=as_of) | {"belief": round(one.belief.p, 4), "counted": one.counted}
            ),
            asked=("questions", as_of),
            cursor=cursor,
        )
        return self._answer(as_of, more, questions=made)

    @_answered
    def question(self, reference: Reference, as_of: AsOf = None, cursor: Cursor = None) -> Json:
        """Where a question stands, each origin's part in that with its sentence, and everything said to it."""
        page = views.question(self._ledger, reference, as_of=as_of)
        held = self._articles(told.line for told in page.stances)
        held |= self._articles(told.line for _, told in page.counting)
        made, more = part(
            page.stances,
            lambda one: spoken(one, held[one.line.claim.article]),
            asked=("question", page.followed.question.id, as_of),
            cursor=cursor,
        )
        return self._answer(
            as_of,
            more,
            question=asked_json(page.followed, as_of=as_of),
            belief={
                "p": round(page.belief.p, 4),
                "counted": page.counted,
                "course": [{"on": iso(day), "p": round(p, 4)} for day, p in page.points[-ITEMS:]],
            },
            origins=[
                {"origin": one.origin, "log_odds": round(one.log_odds, 3), "stance": one.stance.stance}
                | {"quoted": cut(told.line.claim.content), "reference": self._of(told, held)}
                for one, told in page.counting[:ITEMS]
            ],
            said=made,
        )

    @_answered
    def reversals(self, reference: Reference, as_of: AsOf = None) -> Json:
        """Who changed sides on a question, with both sentences; and who stands on which side at last."""
        page = views.question(self._ledger, reference, as_of=as_of)
        told = [one for _, before, after in page.reversals for one in (before, after)]
        held = self._articles(one.line for one in told)
        sides = {
            side: [one.origin for one, _ in page.counting if one.stance.stance == side] for side in ("for", "against")
        }
        return self._answer(
            as_of,
            None,
            "Only reversals of one origin are told; that two origins disagree shows in `sides`.",
            question=asked_json(page.followed, as_of=as_of),
            reversals=[
                {"origin": turn.origin, "on": iso(turn.on)}
                | {"before": spoken(before, held[before.line.claim.article])}
                | {"after": spoken(after, held[after.line.claim.article])}
                for turn, before, after in page.reversals[:ITEMS]
            ],
            sides=sides,
        )

    @_answered
    def sources(self, as_of: AsOf = None, cursor: Cursor = None) -> Json:
        """List who spoke to the questions, and who turned out right; figures are null where too little is settled."""
        page = views.sources(self._ledger, as_of=as_of)
        made, more = part(
            page.lines,
            lambda one: _record(exports.source_json(one.record)),
            asked=("sources", as_of),
            cursor=cursor,
        )
        return self._answer(as_of, more, settled=page.settled, open=page.open, sources=made)

    @_answered
    def source(self, name: Name, as_of: AsOf = None, cursor: Cursor = None) -> Json:
        """One origin's record: each call that is scored, and its sentences."""
        page = views.source(self._ledger, name, as_of=as_of)
        held = self._articles(page.lines)
        asked = ("source", plain(page.record.origin), as_of)
        made, more = part(page.lines, lambda one: sentence(one, held[one.claim.article]), asked=asked, cursor=cursor)
        calls = [
            {"question": question.text, "said": call.said, "right": call.right, "since": iso(call.since)}
            | {"claims": list(call.claims[:ITEMS])}
            for call, question, _ in page.calls[:ITEMS]
        ]
        return self._answer(as_of, more, record=_record(exports.source_json(page.record)), calls=calls, said=made)

    def _answer(self, as_of: date | None, more: str | None, *notes: str, **told: Any) -> Json:
        return {"as_of": iso(as_of), **told, "more": more, "coverage": coverage(self._ledger, *notes)}

    def _articles(self, lines: Iterable[Line]) -> dict[str, Article]:
        ids = {one.claim.article for one in lines}
        return {one.id: one for one in self._ledger.articles(ids=ids)} if ids else {}

    def _of(self, told: Part, held: dict[str, Article]) -> Json:
        return reference(held[told.line.claim.article], told.line.claim)

    def _hit(self, one: ArticleHit) -> Json:
        article = self._ledger.article(one.reference)
        return _report(article) | {"quoted": one.before + one.found + one.after, "offsets": [[one.start, one.end]]}


def _said_by(line: Line, day: date | None) -> bool:
    """Whether it was surely said by the end of a day."""
    return day is None or (line.claim.said is not None and line.claim.said[1] <= day)


def _report(article: Article) -> Json:
    return {
        "title": article.title,
        "outlet": article.outlet.name,
        "published": views.published_words(article.published),
        "reference": reference(article),
    }


def _story_line(one: StoryLine) -> Json:
    story = one.story
    return {
        "id": story.id,
        "name": story.name,
        "start": iso(story.start),
        "end": iso(story.end),
        "articles": one.articles,
        "outlets": len(one.counted.outlets),
        "independent_origins": len(one.counted.origins),
    }


def _record(row: Json) -> Json:
    kept = ("name", "kind", "claims", "resolved", "right", "hit_rate", "brier", "baseline", "lead_days", "ahead_days")
    return {key: row[key] for key in kept}

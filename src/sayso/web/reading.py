"""The pages that show: stories, questions, articles, sources, search. Nothing here changes the ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from sayso import views
from sayso.errors import InputError
from sayso.report import report as write_report
from sayso.views import (
    ArticlePage,
    QuestionLine,
    QuestionPage,
    SearchPage,
    SourcePage,
    SourcesPage,
    StoryLine,
    StoryPage,
)
from sayso.views.charted import MOST, charted
from sayso.web.render import asks_json, both, day_of, number_of, page
from sayso.web.shelf import opened

_LOOKED = "sayso_looked"  # cookie: when the stories were last looked at, and the time before that
_VISIT = timedelta(minutes=30)  # looks within this of each other are one visit
REPORTS = 40  # of a story that one page shows
STORIES = 50  # listed at a time
_FOUND = 50  # of each sort that a search shows


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story on the first page: with where its questions stand, and how far each belief moved since the last visit (points of percent)."""

    line: StoryLine
    questions: tuple[tuple[QuestionLine, int | None], ...]


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """Running stories, the one with the last report first; `since` (UTC, ISO) is the last visit, None on the first; `more`: others follow."""

    rows: tuple[StoryRow, ...]
    as_of: date | None
    since: str | None
    alone: tuple[QuestionLine, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """Every question that is followed, and where it stands."""

    lines: tuple[QuestionLine, ...]
    as_of: date | None


def stories(request: Request) -> Response:
    """The first page."""
    moment = datetime.now(UTC)
    since, cookie = _looked(request, moment)
    as_of, first = day_of(request), number_of(request, "first")
    with opened(request) as ledger:
        lines = views.stories(ledger, as_of=as_of, since=since, limit=STORIES, offset=first)
        more = bool(
            ledger.stories.all(out_by=as_of, limit=1, offset=first + STORIES)
        )  # a page may list fewer: some are gone by that day
        asked = views.questions(ledger, as_of=as_of)
    alone = () if first else _alone(lines, asked, all_listed=not more)
    data = StoriesPage(_rows(lines, asked, since), as_of, since, alone, more)
    answer = page(request, "stories", data, beside={"first": first, "most_stories": STORIES})
    answer.set_cookie(_LOOKED, cookie, max_age=365 * 86400, httponly=True, samesite="strict")
    return answer


def story(request: Request) -> Response:
    """One story."""
    first = number_of(request, "first")
    with opened(request) as ledger:
        data: StoryPage = views.story(
            ledger, request.path_params["ref"], as_of=day_of(request), limit=REPORTS, offset=first
        )
        picture = None if asks_json(request) else charted(ledger, data.story.id, as_of=data.as_of, most=MOST)
    return page(request, "story", data, beside={"picture": picture, "first": first, "most_reports": REPORTS})


def report(request: Request) -> Response:
    """A story as one file to keep or send."""
    reference = request.path_params["ref"]
    with opened(request) as ledger:
        held = views.story(ledger, reference)
        text = write_report(ledger, reference, as_of=day_of(request), redact="redact" in request.query_params)
    name = re.sub(r"[^A-Za-z0-9]+", "-", held.story.name).strip("-").lower() or "story"
    return HTMLResponse(text, headers={"Content-Disposition": f'attachment; filename="{name}.html"'})


def questions(request: Request) -> Response:
    """Every question."""
    as_of = day_of(request)
    with opened(request) as ledger:
        data = QuestionsPage(tuple(views.questions(ledger, as_of=as_of)), as_of)
    return page(request, "questions", data)


def question(request: Request) -> Response:
    """One question."""
    with opened(request) as ledger:
        data: QuestionPage = views.question(ledger, request.path_params["ref"], as_of=day_of(request))
    return page(request, "question", data)


def article(request: Request) -> Response:
    """One article, by the beginning of its id or of a claim's."""
    with opened(request) as ledger:
        data: ArticlePage = views.article(ledger, request.path_params["ref"])
        history = views.edits(ledger, data.article.id) if data.versions and not asks_json(request) else []
    return page(request, "article", data, beside={"history": history[0] if history else None})


def sources(request: Request) -> Response:
    """Every source with a record."""
    with opened(request) as ledger:
        data: SourcesPage = views.sources(ledger)
    return page(request, "sources", data)


def source(request: Request) -> Response:
    """One source."""
    with opened(request) as ledger:
        data: SourcePage = views.source(ledger, request.path_params["name"])
    return page(request, "source", data)


def search(request: Request) -> Response:
    """What holds the words asked for."""
    words = " ".join(request.query_params.get("q", "").split())
    if len(words) > 200:
        raise InputError("that is more than 200 characters to search for; use fewer words")
    with opened(request) as ledger:
        data: SearchPage = views.search(ledger, words, limit=_FOUND)
    return page(request, "search", data)


def routes() -> Sequence[BaseRoute]:
    """The addresses of this room."""
    return [
        *both("/", stories, name="stories"),
        Route("/stories/{ref}/report", report, name="report"),
        *both("/stories/{ref}", story, name="story"),
        *both("/questions", questions, name="questions"),
        *both("/questions/{ref}", question, name="question"),
        *both("/articles/{ref}", article, name="article"),
        *both("/sources", sources, name="sources"),
        *both("/sources/{name:path}", source, name="source"),
        *both("/search", search, name="search"),
    ]


def _looked(request: Request, moment: datetime) -> tuple[str | None, str]:
    """The visit before this one, and what to remember: this look, and that visit."""
    now = moment.isoformat(timespec="seconds")
    last, _, before = request.cookies.get(_LOOKED, "").partition("|")
    seen = [known for known in (_moment(last), _moment(before)) if known is not None]
    if not seen:
        return None, f"{now}|{now}"
    within = moment - seen[0] < _VISIT
    since = (seen[-1] if within else seen[0]).isoformat(timespec="seconds")
    return since, f"{now}|{since}"


def _moment(words: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None


def _rows(lines: Sequence[StoryLine], asked: Sequence[QuestionLine], since: str | None) -> tuple[StoryRow, ...]:
    day = date.fromisoformat(since[:10]) if since else None
    return tuple(
        StoryRow(line, tuple((q, _moved(q, day)) for q in asked if q.followed.question.story == line.story.id))
        for line in lines
    )


def _alone(lines: Sequence[StoryLine], asked: Sequence[QuestionLine], *, all_listed: bool) -> tuple[QuestionLine, ...]:
    """Questions that belong to no story, or, where these are all there are, to none of them."""
    known = {line.story.id for line in lines}
    stories = ((q, q.followed.question.story) for q in asked)
    return tuple(q for q, story in stories if story is None or (all_listed and story not in known))


def _moved(line: QuestionLine, day: date | None) -> int | None:
    """By how many points of percent a belief moved with what was said after a day."""
    before = [p for on, p in line.points if day and on <= day]
    return round(100 * line.points[-1][1]) - round(100 * before[-1]) if before else None

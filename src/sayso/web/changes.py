"""What a reader changes: questions followed, settled and dropped, stances set by hand, stories merged, split and renamed.

Each address takes a form (POST) and leads back to the page it came from; what cannot be done comes back as the form with one line
on top and what was typed still in it. The verbs are those of the command line, one call each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from sayso import pipeline, views
from sayso.errors import InputError
from sayso.ledger import Followed, Ledger
from sayso.records import Question, Story
from sayso.web import forms
from sayso.web.forms import Form
from sayso.web.render import both, page, to
from sayso.web.shelf import opened
from sayso.web.shield import post


@dataclass(frozen=True, slots=True)
class RetryPage:
    """A change that could not be made: why, the form with what was typed, and where it came from."""

    message: str
    form: Form
    back: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A question worth following: to take as it is, to word anew, or never to be shown again."""

    question: Question
    take: Form
    decline: Form
    edit: str


@dataclass(frozen=True, slots=True)
class FollowPage:
    """Follow a question: of one's own words, or one that the reports suggest; of one story, where one is asked for."""

    form: Form
    suggested: tuple[Suggested, ...]
    story: str | None


@dataclass(frozen=True, slots=True)
class StoryChangePage:
    """All that can be changed about a story, and what was decided about it before."""

    reference: str
    story: Story
    rename: Form
    merge: Form | None
    split: Form | None
    decided: tuple[tuple[views.Decided, Form | None], ...]


def routes() -> list[BaseRoute]:
    """The addresses of changes."""
    return [
        *both("/follow", follow_page, name="follow_page"),
        *both("/stories/{ref}/change", story_change_page, name="story_change"),
        post("/questions", _follow, name="follow"),
        post("/follow/decline", _decline, name="decline"),
        post("/questions/{ref}/window", _window, name="window"),
        post("/questions/{ref}/stance", _stance, name="stance"),
        post("/questions/{ref}/outcome", _outcome, name="outcome"),
        post("/questions/{ref}/drop", _drop, name="drop"),
        post("/stories/{ref}/merge", _merge, name="merge"),
        post("/stories/{ref}/split", _split, name="split"),
        post("/stories/{ref}/rename", _rename, name="rename"),
        post("/decisions/{number:int}/undo", _undo, name="undo"),
    ]


def follow_page(request: Request) -> Response:
    """The page on which a question is taken up; `?story=` for those of one story, `?text=` with words in the form already."""
    text, reference = request.query_params.get("text", ""), request.query_params.get("story")
    with opened(request) as ledger:
        story = ledger.stories.find(reference) if reference else None
        found = views.proposed(ledger, story=story.id if story else None)
    chosen = next((q for q in found if q.text == text), None)
    suggested = tuple(
        Suggested(q, forms.take(q), forms.decline(q), to("follow", text=q.text, story=reference)) for q in found
    )
    data = FollowPage(forms.follow(chosen, text=text), suggested, story.name if story else None)
    return page(request, "follow", data)


def story_change_page(request: Request) -> Response:
    """The page on which a story is renamed, merged or split."""
    with opened(request) as ledger:
        return page(request, "story_change", _story_change(ledger, request.path_params["ref"]))


def _story_change(ledger: Ledger, reference: str) -> StoryChangePage:
    story = ledger.stories.find(reference)
    others = [one for one in ledger.stories.all() if one.id != story.id]
    articles = ledger.articles(ids=story.articles)
    decided = tuple((one, None if one.undone else forms.undo(one.number)) for one in views.decided(ledger, story))
    return StoryChangePage(
        story.id[: views.REFERENCE],
        story,
        forms.rename(story),
        forms.merge(story, others) if others else None,
        forms.split(story, articles) if len(articles) > 1 else None,
        decided,
    )


def _changed(
    request: Request, form: FormData, act: Callable[[Ledger], str], again: Callable[[Ledger], Form], back: str
) -> Response:
    """Make a change and go where `act` says; where it cannot be made, show the form again."""
    with opened(request) as ledger:
        try:
            return RedirectResponse(act(ledger), status_code=303)
        except InputError as error:
            typed = {name: [v for v in form.getlist(name) if isinstance(v, str)] for name in form}
            data = RetryPage(str(error), again(ledger).filled(typed), back)
            return page(request, "retry", data, status=400)


def _words(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _day(form: FormData, name: str) -> date | None:
    words = _words(form, name)
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise InputError(f"{words[:40]!r} is not a day; write it as 2025-03-14") from None


def _days(form: FormData) -> tuple[date | None, date | None]:
    start, end = _day(form, "start"), _day(form, "end")
    if start and end and end < start:
        raise InputError(f"the last day, {end}, comes before the first, {start}")
    return start, end


def _follow(request: Request, form: FormData) -> Response:
    def act(ledger: Ledger) -> str:
        days = _days(form)
        window = days if any(days) else None
        one = pipeline.follow(ledger, _words(form, "text"), window=window, group=_words(form, "among") or None)
        return to("questions", one.number, done="followed")

    return _changed(request, form, act, lambda _: forms.follow(), "/follow")


def _decline(request: Request, form: FormData) -> Response:
    def act(ledger: Ledger) -> str:
        pipeline.decline(ledger, _words(form, "text"), _days(form))
        return to("follow", done="declined")

    return _changed(request, form, act, lambda _: forms.follow(), "/follow")


def _window(request: Request, form: FormData) -> Response:
    def act(ledger: Ledger) -> str:
        one = pipeline.set_window(ledger, _reference(request), _days(form))
        return to("questions", one.number, done="window")

    return _changed(request, form, act, lambda ledger: forms.window(_asked(ledger, request)), _question(request))


def _stance(request: Request, form: FormData) -> Response:
    claim = _words(form, "claim")

    def act(ledger: Ledger) -> str:
        one, held = pipeline.rule(ledger, _reference(request), claim, _words(form, "side"))
        return to("questions", one.number, at=f"c-{held[:7]}", done="stance")

    def again(ledger: Ledger) -> Form:
        return forms.stance(_asked(ledger, request), claim, "", by_hand=True)

    return _changed(request, form, act, again, _question(request))


def _outcome(request: Request, form: FormData) -> Response:
    def act(ledger: Ledger) -> str:
        status = _words(form, "status")
        on, evidence = _day(form, "on"), _words(form, "evidence") or None
        one = pipeline.resolve(ledger, _reference(request), status, on=on, evidence=evidence)
        return to("questions", one.number, done="undone" if status == "open" else "resolved")

    return _changed(request, form, act, lambda ledger: forms.outcome(_asked(ledger, request)), _question(request))


def _drop(request: Request, form: FormData) -> Response:
    def act(ledger: Ledger) -> str:
        pipeline.drop(ledger, _reference(request))
        return to("questions", done="dropped")

    return _changed(request, form, act, lambda ledger: forms.drop(_asked(ledger, request)), _question(request))


def _merge(request: Request, form: FormData) -> Response:
    def act(ledger: Ledger) -> str:
        held = ledger.stories.find(_reference(request)).articles
        pipeline.merge(ledger, _reference(request), _words(form, "other"))
        return _story_of(ledger, held, "merged")

    def again(ledger: Ledger) -> Form:
        story = ledger.stories.find(_reference(request))
        return forms.merge(story, [one for one in ledger.stories.all() if one.id != story.id])

    return _changed(request, form, act, again, _story(request))


def _split(request: Request, form: FormData) -> Response:
    def act(ledger: Ledger) -> str:
        chosen = [one for one in form.getlist("article") if isinstance(one, str)]
        pipeline.split(ledger, _reference(request), chosen)
        return _story_of(ledger, (ledger.article(chosen[0]).id,), "split")

    def again(ledger: Ledger) -> Form:
        story = ledger.stories.find(_reference(request))
        return forms.split(story, ledger.articles(ids=story.articles))

    return _changed(request, form, act, again, _story(request))


def _rename(request: Request, form: FormData) -> Response:
    def act(ledger: Ledger) -> str:
        held = ledger.stories.find(_reference(request)).articles
        pipeline.rename(ledger, _reference(request), _words(form, "name"))
        return _story_of(ledger, held, "renamed")

    return _changed(
        request, form, act, lambda ledger: forms.rename(ledger.stories.find(_reference(request))), _story(request)
    )


def _undo(request: Request, form: FormData) -> Response:
    number = int(request.path_params["number"])

    def act(ledger: Ledger) -> str:
        held = pipeline.undo(ledger, number)
        return _story_of(ledger, held, "undone")

    return _changed(request, form, act, lambda _: forms.undo(number), "/")


def _story_of(ledger: Ledger, articles: tuple[str, ...], code: str) -> str:
    """The story in which the first of these articles now stands."""
    held = ledger.stories.story_of(articles[:1])
    return to("stories", next(iter(held.values()))[: views.REFERENCE], done=code) if held else to("", done=code)


def _reference(request: Request) -> str:
    return str(request.path_params["ref"])


def _asked(ledger: Ledger, request: Request) -> Followed:
    return ledger.questions.find(_reference(request))


def _question(request: Request) -> str:
    return to("questions", _reference(request))


def _story(request: Request) -> str:
    return f"{to('stories', _reference(request))}/change"

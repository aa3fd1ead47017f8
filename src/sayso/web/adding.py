"""The page on which reports are added: files, pasted text, addresses; and the page that tells how far their reading is."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from sayso import views
from sayso.articles.doors import shown
from sayso.errors import InputError
from sayso.ledger import Ledger
from sayso.records import RawPage
from sayso.web.desk import Desk, Given, Job, new_folder
from sayso.web.forms import Field, Form
from sayso.web.render import both, page
from sayso.web.shelf import opened
from sayso.web.shield import MOST_UPLOADED, post

MOST_FILES: Final = 500
MOST_ADDRESSES: Final = 200
LARGEST_FILE: Final = 200 * 2**20
MOST_WAITING: Final = 20  # jobs in the queue: what is sent lies on the disk until its turn
MOST_SHOWN: Final = 500
_KINDS: Final = ".html .txt .md .jsonl .csv .pdf .warc .warc.gz .wacz .zip .tar.gz, and feeds"
_UNSAFE: Final = re.compile(r"[^\w .,()+@-]")


@dataclass(frozen=True, slots=True)
class AddPage:
    """Three ways to add; `message` is why the last try was not taken."""

    files: Form
    text: Form
    addresses: Form
    message: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """An article that was given: new, or on record before; the story it stands in."""

    article: str
    title: str
    outlet: str
    day: str
    new: bool
    story: str | None


@dataclass(frozen=True, slots=True)
class JobPage:
    """How far an adding is, and what came of it. `before` counts the jobs that come first; `rate` is in words a second."""

    job: str
    state: str
    before: int
    done: int
    total: int
    read: int
    known: int
    claims: int
    words: int
    seconds: float
    rate: int
    skipped: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    articles: tuple[Added, ...]
    more: int
    stories: tuple[tuple[str, str], ...]
    problem: str


def routes() -> list[BaseRoute]:
    """The addresses of this room."""
    return [
        *both("/add", add_page, name="add_page"),
        *both("/add/{job}", job_page, name="job"),
        post("/add", _add, name="add", files=MOST_FILES + 1),
    ]


def add_page(request: Request) -> Response:
    """The page with the three ways in."""
    return page(request, "add", AddPage(_files(), _text(), _addresses()))


def _files() -> Form:
    hint = f"{_KINDS}. Up to {MOST_FILES} at once, {MOST_UPLOADED // 2**20} MB in all. Drop them on the field."
    return Form(
        "/add",
        "Read the files",
        (
            Field("way", "", "hidden", "files"),
            Field("files", "Files", "files", hint=hint),
            Field("about", "A table about them, if there is one", "files", hint=".csv or .jsonl keyed by file: outlet, url, date, author, title."),
        ),
        "files",
    )  # fmt: skip


def _text() -> Form:
    return Form(
        "/add",
        "Read the text",
        (
            Field("way", "", "hidden", "text"),
            Field("title", "Title", most=500),
            Field("outlet", "Outlet", hint="Who published it.", most=200),
            Field("published", "Published on", "date"),
            Field("url", "Address", hint="Where it stands, if anywhere.", most=2000),
            Field("text", "Text", "area", required=True),
        ),
        "text",
    )


def _addresses() -> Form:
    hint = f"Pages or feeds, one a line, up to {MOST_ADDRESSES}. They are called from this machine; addresses in private networks are refused."
    return Form(
        "/add",
        "Fetch and read them",
        (
            Field("way", "", "hidden", "addresses"),
            Field("addresses", "Addresses", "area", hint=hint, required=True),
        ),
        "addresses",
    )


def _add(request: Request, form: FormData) -> Response:
    desk: Desk = request.app.state.desk
    way = _words(form, "way")
    try:
        if len(desk.waiting()) >= MOST_WAITING:
            raise InputError(f"{MOST_WAITING} additions are waiting already; add this when some are read")
        taken = {"files": _sent, "text": _pasted, "addresses": _listed}.get(way)
        if taken is None:
            raise InputError("nothing to add; choose files, paste a text or list addresses")
        given = taken(form)
    except InputError as error:
        typed = {name: [v for v in form.getlist(name) if isinstance(v, str)] for name in form}
        text, addresses = _text(), _addresses()
        text = text.filled(typed) if way == "text" else text
        addresses = addresses.filled(typed) if way == "addresses" else addresses
        return page(request, "add", AddPage(_files(), text, addresses, str(error)), status=400)
    return RedirectResponse(f"/add/{desk.add(given).id}", status_code=303)


def _words(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _sent(form: FormData) -> Given:
    """The files that were sent, each in a numbered folder under a name that leads nowhere."""
    sent = _uploads(form, "files")
    if not sent:
        raise InputError("no file chosen; choose one or drop some on the field")
    beside = _uploads(form, "about")
    for one in (*sent, *beside):
        if (one.size or 0) > LARGEST_FILE:
            raise InputError(
                f"{shown(one.filename or 'a file')} is larger than {LARGEST_FILE // 2**20} MB; `sayso read` takes it"
            )
    folder = new_folder()
    try:
        files = tuple(_kept(one, folder / str(number)) for number, one in enumerate(sent, 1))
        about = _kept(beside[0], folder / "about") if beside else None
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise InputError(f"what was sent cannot be kept ({error.strerror or error}); make room on the disk") from error
    return Given(folder, files, about)


def _uploads(form: FormData, name: str) -> list[UploadFile]:
    return [one for one in form.getlist(name) if isinstance(one, UploadFile) and one.filename]


def _kept(sent: UploadFile, folder: Path) -> Path:
    folder.mkdir()
    path = folder / safe_name(sent.filename or "")
    with path.open("xb") as file:
        shutil.copyfileobj(sent.file, file)
    return path


def safe_name(name: str) -> str:
    """A file name as sent, without folders, marks that mean something anywhere, or a dot in front; its ending kept."""
    last = re.split(r"[/\\]", name)[-1]
    plain = _UNSAFE.sub("_", last).strip(" .")
    return plain[-120:].lstrip(" .") or "unnamed"


def _pasted(form: FormData) -> Given:
    text = _words(form, "text")
    if not text:
        raise InputError("the text is empty; paste the report")
    facts = {name: " ".join(_words(form, name).split()) or None for name in ("title", "outlet", "published", "url")}
    return Given(pages=(RawPage("pasted text", "text", text.replace("\r\n", "\n"), **facts),))


def _listed(form: FormData) -> Given:
    lines = tuple(dict.fromkeys(line.strip() for line in _words(form, "addresses").splitlines() if line.strip()))
    if not lines:
        raise InputError("no address; give one a line")
    if len(lines) > MOST_ADDRESSES:
        raise InputError(f"{len(lines)} addresses; {MOST_ADDRESSES} at most at once")
    if strange := [line for line in lines if not line.lower().startswith(("http://", "https://"))]:
        raise InputError(f"{shown(strange[0])[:200]!r} is no address; write it as https://example.org/report")
    return Given(addresses=lines)


def job_page(request: Request) -> Response:
    """How far one adding is."""
    desk: Desk = request.app.state.desk
    job = desk.job(request.path_params["job"])
    if job is None:
        raise InputError("no such addition here; the server keeps the last ones until it ends")
    waiting = desk.waiting()
    with opened(request) as ledger:
        data = _told(job, waiting.index(job.id) if job.id in waiting else 0, ledger)
    return page(request, "job", data)


def _told(job: Job, before: int, ledger: Ledger) -> JobPage:
    account = job.account
    ended = job.state in ("done", "failed")
    articles, stories = _outcome(dict(job.articles), ledger) if ended else ((), ())
    return JobPage(
        job.id,
        job.state,
        before,
        job.done,
        job.given.total,
        account.read,
        account.known,
        account.claims,
        account.words,
        round(account.seconds, 1),
        round(account.words / account.seconds) if account.seconds > 0.5 else 0,
        tuple((one.origin, one.reason) for one in account.skipped[:MOST_SHOWN]),
        tuple(one.title or one.origin for one in account.unread[:MOST_SHOWN]),
        articles,
        max(0, len(job.articles) - MOST_SHOWN) if ended else 0,
        stories,
        job.problem,
    )


def _outcome(found: dict[str, bool], ledger: Ledger) -> tuple[tuple[Added, ...], tuple[tuple[str, str], ...]]:
    """The articles of a job, and the stories they stand in."""
    chosen: Sequence[str] = list(found)[:MOST_SHOWN]
    held = ledger.stories.story_of(chosen)
    added = tuple(
        Added(
            a.id,
            a.title or " ".join(a.text.split())[:80],
            a.outlet.name or "unknown outlet",
            views.published_words(a.published),
            found[a.id],
            held.get(a.id),
        )
        for a in ledger.articles(ids=chosen)
    )
    stories = tuple((one, ledger.stories.find(one).name) for one in sorted(set(held.values())))
    return added, stories

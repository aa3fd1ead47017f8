"""The server: addresses to pages, one open ledger, our errors as pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sayso import charts
from sayso.errors import InputError, LedgerError, SaysoError
from sayso.reading.reader import Reader, open_reader
from sayso.web import adding, changes, described, reading
from sayso.web.desk import Desk
from sayso.web.render import page
from sayso.web.shelf import Shelf
from sayso.web.shield import HEADERS, Shield

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong, in one line, and what to do."""

    status: int
    message: str


def create(db: str | Path, *, token: str | None = None, reader: Callable[[], Reader] = open_reader) -> Starlette:
    """The application over the ledger at `db`. `reader` is called when something is added, not before; with a `token`, whoever asks
    must show it; without, only this machine is answered.
    """

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        yield
        app.state.desk.close()
        app.state.shelf.close()

    made = Starlette(
        routes=[
            *changes.routes(),
            *adding.routes(),
            *reading.routes(),
            *described.routes(),
            Route("/static/charts.css", _charts),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
        ],
        middleware=[Middleware(Shield, token=token)],
        exception_handlers={SaysoError: _failed, HTTPException: _refused, Exception: _broke},
        lifespan=running,
    )
    made.state.shelf = Shelf(db)
    made.state.ledger_path = db
    made.state.desk = Desk(made.state.shelf, reader)
    return made


def _charts(_: Request) -> Response:
    """The style sheet of the charts, which the one-file report carries too."""
    return Response(charts.css(), media_type="text/css", headers={"cache-control": "private, max-age=60"})


def _failed(request: Request, error: Exception) -> Response:
    """Our errors: what was asked for is not there, cannot be taken, or the ledger cannot be used."""
    missing = 404 if request.method in ("GET", "HEAD") else 400
    status = missing if isinstance(error, InputError) else 503 if isinstance(error, LedgerError) else 500
    return page(request, "error", ErrorPage(status, str(error)), status=status)


def _refused(request: Request, error: Exception) -> Response:
    """The server's own: no such page, no such method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {404: "there is no such page here", 405: "this address does not take that"}.get(status, "that went wrong")
    return page(request, "error", ErrorPage(status, words), status=status)


def _broke(_: Request, __: Exception) -> Response:
    """A fault of ours: the server prints where; the page tells nothing of it."""
    words = "Sayso made a mistake. What is on record is safe; the terminal it runs in shows where."
    return PlainTextResponse(words, 500, headers=HEADERS)

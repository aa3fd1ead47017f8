"""A page as HTML through its template, or as JSON: the same object either way."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sayso.errors import InputError
from sayso.exports.names import link
from sayso.views.marked import marked
from sayso.web import drawn, forms, wording
from sayso.web.done import DONE
from sayso.web.shield import FIELD, csrf

Page = Callable[[Request], Response]


def page(
    request: Request, template: str, data: object, *, status: int = 200, beside: Mapping[str, object] | None = None
) -> Response:
    """`templates/TEMPLATE.html` with `data` in scope as `page`; its JSON where the address ends in `.json`. What is needed `beside`,
    to draw or to fill a form in again, is no part of the JSON.
    """
    if asks_json(request):
        return json_response(plain(data), status=status)
    said = DONE.get(request.query_params.get("done", ""))
    hidden = Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf(request))
    text = _TEMPLATES.get_template(f"{template}.html").render(
        page=data, path=request.url.path, query=request.query_params, said=said, csrf_field=hidden, **(beside or {})
    )
    return HTMLResponse(text, status)


def asks_json(request: Request) -> bool:
    """Whether the JSON of a page is asked for."""
    return request.url.path.endswith(".json")


def json_response(value: object, *, status: int = 200) -> Response:
    """Plain values as JSON, characters as they are."""
    return Response(json.dumps(value, ensure_ascii=False, allow_nan=False), status, media_type="application/json")


def plain(value: object) -> Any:
    """A page as plain values: dataclasses become objects, days ISO."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in value]
    return value


def both(path: str, endpoint: Page, *, name: str) -> list[Route]:
    """The routes of a page: as HTML at `path`, as JSON at `path.json` (`/index.json` for the first page)."""
    other = "/index.json" if path == "/" else f"{path}.json"
    return [Route(other, endpoint, name=f"{name}.json"), Route(path, endpoint, name=name)]


def to(noun: str, reference: object = "", *, at: str = "", **query: object) -> str:
    """The address of a page: `to('articles', id, at='e-1-9')`, `to('stories', id, as_of=day)`; a query that is None is left out."""
    path = f"/{noun}" + (f"/{quote(str(reference), safe='')}" if reference != "" else "")
    asked = {key: str(value) for key, value in query.items() if value is not None}
    return path + (f"?{urlencode(asked)}" if asked else "") + (f"#{quote(at)}" if at else "")


def day_of(request: Request, name: str = "as_of") -> date | None:
    """The day asked for in the address, None without one. Raises InputError where it is none."""
    words = request.query_params.get(name, "").strip()
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise InputError(f"{name}={words[:40]} is not a day; write it as 2025-03-14") from None


def number_of(request: Request, name: str) -> int:
    """The number asked for in the address, 0 without one. Raises InputError where it is none."""
    words = request.query_params.get(name, "").strip()
    if not words:
        return 0
    if not (words.isascii() and words.isdigit() and len(words) < 10):
        raise InputError(f"{name}={words[:40]} is not a number; write it as 100")
    return int(words)


_TEMPLATES = Environment(
    loader=PackageLoader("sayso.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals.update(
    to=to,
    link=link,
    drawn=drawn,
    forms=forms,
    marked=marked,
    span=wording.span,
    place_of=wording.place_of,
    weights_of=wording.weights,
)
_TEMPLATES.filters.update(wording.FILTERS)

"""`/openapi.json`: what every page's JSON holds, read off the dataclasses that the pages are."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sayso.views import ArticlePage, QuestionPage, SearchPage, SourcePage, SourcesPage, StoryPage
from sayso.web.adding import AddPage, JobPage
from sayso.web.changes import FollowPage, StoryChangePage
from sayso.web.reading import QuestionsPage, StoriesPage
from sayso.web.render import json_response

#: address → (the page, what it is asked with in the address, and in the query)
PAGES: dict[str, tuple[type, tuple[str, ...], tuple[str, ...]]] = {
    "/index.json": (StoriesPage, (), ("as_of",)),
    "/stories/{ref}.json": (StoryPage, ("ref",), ("as_of", "first")),
    "/questions.json": (QuestionsPage, (), ("as_of",)),
    "/questions/{ref}.json": (QuestionPage, ("ref",), ("as_of",)),
    "/articles/{ref}.json": (ArticlePage, ("ref",), ()),
    "/sources.json": (SourcesPage, (), ()),
    "/sources/{name}.json": (SourcePage, ("name",), ()),
    "/search.json": (SearchPage, (), ("q",)),
    "/follow.json": (FollowPage, (), ("story", "text")),
    "/stories/{ref}/change.json": (StoryChangePage, ("ref",), ()),
    "/add.json": (AddPage, (), ()),
    "/add/{job}.json": (JobPage, ("job",), ()),
}
_ASKED = {
    "ref": "The beginning of an id, a question's number, or words of its name.",
    "name": "A source's name, or a part that only it has.",
    "as_of": "As it stood at the end of this day.",
    "first": "How many reports of the timeline to leave out before the first that is shown; 40 are.",
    "job": "What adding something led to.",
    "story": "Only questions of this story.",
    "text": "Words that stand in the form already.",
    "q": "Words, all of which must be there.",
}
_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    date: {"type": "string", "format": "date"},
}


@cache
def description() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    schemas: dict[str, Any] = {
        "Error": {"type": "object", "properties": {"status": {"type": "integer"}, "message": {"type": "string"}}}
    }
    paths = {path: {"get": _operation(path, *asked, schemas)} for path, asked in PAGES.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sayso",
            "version": version("sayso"),
            "description": "Every page as JSON. Changes are made by the forms of the pages only.",
        },
        "paths": paths,
        "components": {"schemas": schemas},
    }


def openapi(_: Request) -> Response:
    """The document itself."""
    return json_response(description())


def routes() -> Sequence[BaseRoute]:
    """The address of this room."""
    return [Route("/openapi.json", openapi, name="openapi")]


def _operation(
    path: str, made: type, places: Sequence[str], query: Sequence[str], schemas: dict[str, Any]
) -> dict[str, Any]:
    parameters = [_parameter(name, "path") for name in places] + [_parameter(name, "query") for name in query]
    return {
        "operationId": path.strip("/")
        .removesuffix(".json")
        .replace("/{ref}", "_one")
        .replace("/{name}", "_one")
        .replace("/{job}", "_one")
        .replace("/", "_"),
        "summary": (made.__doc__ or "").split("\n\n")[0].replace("\n    ", " ").strip(),
        "parameters": parameters,
        "responses": {
            "200": _answer("The page.", _schema(made, schemas)),
            "404": _answer("Nothing fits, or several do.", {"$ref": "#/components/schemas/Error"}),
        },
    }


def _parameter(name: str, where: str) -> dict[str, Any]:
    kinds = {"as_of": {"type": "string", "format": "date"}, "first": {"type": "integer", "minimum": 0}}
    schema = kinds.get(name, {"type": "string"})
    return {"name": name, "in": where, "required": where == "path", "description": _ASKED[name], "schema": schema}


def _answer(words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _schema(kind: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    """The JSON schema of a type; dataclasses become components, named once."""
    if kind in _SCALARS:
        return dict(_SCALARS[kind])
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _component(kind, schemas)
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(args)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(one, schemas) for one in args]}
    if origin is tuple and not (len(args) == 2 and args[1] is Ellipsis):
        fixed = [_schema(one, schemas) for one in args]
        return {"type": "array", "prefixItems": fixed, "minItems": len(fixed), "maxItems": len(fixed)}
    if origin in (tuple, list, frozenset, set):
        return {"type": "array", "items": _schema(args[0], schemas)}
    raise TypeError(f"{kind} has no JSON schema here; add it to sayso.web.described")


def _component(kind: type, schemas: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in schemas:
        schemas[name] = {}  # named before its fields are read: a type may hold itself
        hints = get_type_hints(kind)
        fields = [field.name for field in dataclasses.fields(kind)]
        schemas[name] = {
            "type": "object",
            "description": (kind.__doc__ or "").replace("\n    ", " ").strip(),
            "properties": {one: _schema(hints[one], schemas) for one in fields},
            "required": fields,
        }
    return {"$ref": f"#/components/schemas/{name}"}

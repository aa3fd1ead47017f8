"""Sayso keeps the ledger of a running news story: who claimed what, when, on whose say-so and how surely.

The verbs of the command line are functions here (docs/python.md); each loads what it needs when it is first asked for, so that
`import sayso` costs next to nothing. The lists are `list_stories` and `list_questions`: `sayso.stories` and `sayso.questions` are rooms.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sayso.errors import InputError, LedgerError, ReaderError, SaysoError, UnreadableError
from sayso.records import Article, Claim, Link, Outlet, Published, Removed, Skipped, Source, Span, Time

if TYPE_CHECKING:
    from sayso.api import (
        article,
        claims,
        copies,
        drop,
        export,
        export_file,
        follow,
        list_edits,
        list_questions,
        list_stories,
        load,
        merge,
        open_ledger,
        open_reader,
        question,
        read,
        rename,
        resolve,
        rule,
        search,
        set_window,
        source,
        sources,
        split,
        story,
        timeline,
        undo,
    )

__all__ = [
    "Article",
    "Claim",
    "InputError",
    "LedgerError",
    "Link",
    "Outlet",
    "Published",
    "ReaderError",
    "Removed",
    "SaysoError",
    "Skipped",
    "Source",
    "Span",
    "Time",
    "UnreadableError",
    "article",
    "claims",
    "copies",
    "drop",
    "export",
    "export_file",
    "follow",
    "list_edits",
    "list_questions",
    "list_stories",
    "load",
    "merge",
    "open_ledger",
    "open_reader",
    "question",
    "read",
    "rename",
    "resolve",
    "rule",
    "search",
    "set_window",
    "source",
    "sources",
    "split",
    "story",
    "timeline",
    "undo",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("sayso.api"), name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

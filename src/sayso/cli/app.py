"""The command `sayso`: what its commands share. The only room that prints or exits."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from sayso.cli.plain import plain_console
from sayso.errors import InputError
from sayso.reading.labels import KINDS

if TYPE_CHECKING:
    from sayso.ledger import ClaimFilter, Ledger

_ORDER = (
    "read watch alerts timeline claims search article edits stories story copies merge split rename undo follow questions question window stance resolve outcomes drop "
    "sources source serve mcp export load stats tidy archive"
).split()


class _InOrder(TyperGroup):
    """Commands in the order in which they are come upon, not in that of the files."""

    def list_commands(self, ctx: Any) -> list[str]:
        known = super().list_commands(ctx)
        return sorted(known, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))


app = typer.Typer(
    name="sayso",
    cls=_InOrder,
    help="The ledger of a running news story: who claimed what, when, on whose say-so and how surely.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Db = Annotated[str, typer.Option("--db", envvar="SAYSO_DB", help="The ledger: a file, or postgresql://USER@HOST/NAME.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Source = Annotated[str | None, typer.Option(help="Only claims whose source or origin has these words.")]
Kind = Annotated[str | None, typer.Option(help=f"Only sources of this kind: {', '.join(KINDS)}.")]
Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was said on or after this day.")]
Until = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was said on or before this day.")]
Search = Annotated[str | None, typer.Option(help="Only claims that hold all these words.")]
From = Annotated[str | None, typer.Option("--from", help="Only articles read from a path or address with these words.")]
Own = Annotated[bool, typer.Option("--own", help="Also what articles state in their own voice.")]
DEFAULT_DB = "sayso.db"


def existing(db: str) -> Ledger:
    """The ledger at a path or address, which must be there already."""
    from sayso.ledger import open_ledger  # loads the database library, which the help needs not

    return open_ledger(db, make=False)


def claim_filter(
    source: str | None,
    kind: str | None,
    since: datetime | None,
    until: datetime | None,
    search: str | None,
    from_: str | None,
) -> ClaimFilter:
    """The claims that a command's options want."""
    from sayso.ledger import ClaimFilter

    if kind and kind not in KINDS:
        raise InputError(f"no source kind {kind!r}; there are {', '.join(KINDS)}")
    return ClaimFilter(source=source, kind=kind, since=as_date(since), until=as_date(until), search=search, path=from_)


def as_date(moment: datetime | None) -> date | None:
    """The day of an option."""
    return moment.date() if moment else None


def print_json(rows: Iterable[dict[str, Any]]) -> None:
    """One object a line."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def console() -> Console:
    """Standard output; in a pipe 120 columns wide unless COLUMNS says otherwise."""
    return plain_console(highlight=False, width=None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "120")))

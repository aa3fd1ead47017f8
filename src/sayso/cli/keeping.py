"""Commands on the ledger as a whole: what is in it, giving back room, closing old stories."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from sayso import pipeline, terminal, views
from sayso.cli.app import DEFAULT_DB, AsJson, Db, app, as_date, console, existing, print_json


@app.command()
def stats(db: Db = DEFAULT_DB, as_json: AsJson = False) -> None:
    """Say what the ledger holds, and how large it is."""
    with existing(db) as ledger:
        page = views.stats(ledger)
    if as_json:
        print_json([{"ledger": page.name, **page.held._asdict(), "readers": dict(page.held.readers)}])
    else:
        terminal.show_stats(console(), page)


@app.command()
def tidy(db: Db = DEFAULT_DB) -> None:
    """Give back room on the disk and keep look-ups fast; nothing is deleted."""
    with existing(db) as ledger:
        before = ledger.size()
        ledger.tidy()
        after = ledger.size()
    console().print(f"{terminal.bytes_words(before)} before, {terminal.bytes_words(after)} now")


@app.command()
def archive(
    references: Annotated[
        list[str] | None,
        typer.Argument(metavar="STORY...", help="Beginnings of stories' ids, or words of their names."),
    ] = None,
    before: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Every story whose last report came before this day.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Open them again.")] = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Close stories: they stay on record, and no new article is looked for there."""
    with existing(db) as ledger:
        done = pipeline.archive(ledger, references or [], before=as_date(before), undo=undo)
    for story in done:
        console().print(f"{'opened' if undo else 'closed'}  {story.id[:7]}  {story.name}", markup=False)
    if not done:
        console().print(f"nothing to {'open' if undo else 'close'}")

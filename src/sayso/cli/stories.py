"""Commands on stories."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso import pipeline, terminal, views
from sayso.cli import shown
from sayso.cli.app import DEFAULT_DB, AsJson, Db, Own, app, console, existing, print_json
from sayso.cli.paging import ARTICLES, Limit, Page, paging

Reference = Annotated[str, typer.Argument(help="The beginning of a story's id, or words of its name.")]


@app.command(name="stories")
def list_stories(
    archived: Annotated[bool, typer.Option("--archived", help="Those that were closed instead.")] = False,
    limit: Limit = None,
    page: Page = 1,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """List the running stories, the one with the last report first."""
    part = paging(limit, page, as_json=as_json)
    with existing(db) as ledger:
        lines = views.stories(ledger, archived=archived, limit=part.asked, offset=part.offset)
        closed = len(ledger.archive.all())
    if as_json:
        print_json(shown.story_json(line.story, line.counted) for line in part.shown(lines))
        return
    terminal.show_stories(console(), part.shown(lines))
    part.end(more=part.goes_on(lines))
    if closed and not archived:
        console().print(f"{closed} archived; --archived lists them", style="dim")


@app.command()
def story(
    reference: Reference,
    own: Own = False,
    limit: Limit = None,
    page: Page = 1,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Show one story: its episodes, what it rests on, the questions followed in it, its timeline."""
    part = paging(limit, page, as_json=as_json, usual=ARTICLES)
    with existing(db) as ledger:
        told = views.story(ledger, reference, own=own, limit=part.limit, offset=part.offset)
    if as_json:
        print_json([shown.story_json(told.story, told.counted)])
    else:
        terminal.show_story(console(), told)
        part.end(more=told.timeline.more)


@app.command()
def copies(limit: Limit = None, page: Page = 1, db: Db = DEFAULT_DB, as_json: AsJson = False) -> None:
    """List the articles that are copies of others, and on what evidence."""
    part = paging(limit, page, as_json=as_json)
    with existing(db) as ledger:
        lines = views.copies(ledger, limit=part.asked, offset=part.offset)
    if as_json:
        print_json(shown.copy_json(line.copy) for line in part.shown(lines))
    else:
        terminal.show_copies(console(), part.shown(lines))
        part.end(more=part.goes_on(lines))


@app.command()
def merge(reference: Reference, other: Reference, db: Db = DEFAULT_DB) -> None:
    """Say that two stories are one; it holds when new articles come."""
    with existing(db) as ledger:
        number = pipeline.merge(ledger, reference, other)
    console().print(f"merged; `sayso undo {number}` takes it back")


@app.command()
def split(
    reference: Reference,
    articles: Annotated[list[str], typer.Argument(help="Ids of the articles that are a story of their own.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Say that these articles are a story of their own; it holds when new articles come."""
    with existing(db) as ledger:
        number = pipeline.split(ledger, reference, articles)
    console().print(f"split; `sayso undo {number}` takes it back")


@app.command()
def rename(
    reference: Reference,
    name: Annotated[str, typer.Argument(help="What the story is to be called.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Give a story a name of your own."""
    with existing(db) as ledger:
        number = pipeline.rename(ledger, reference, name)
    console().print(f"renamed; `sayso undo {number}` takes it back")


@app.command()
def undo(
    number: Annotated[int, typer.Argument(help="The number that merge, split or rename gave.")], db: Db = DEFAULT_DB
) -> None:
    """Take back a merge, split or new name."""
    with existing(db) as ledger:
        pipeline.undo(ledger, number)
    console().print(f"decision {number} no longer holds")

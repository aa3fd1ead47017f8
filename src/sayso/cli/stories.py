"""Commands on stories."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso import pipeline, terminal, views
from sayso.cli import shown
from sayso.cli.app import DEFAULT_DB, AsJson, Db, Own, app, console, existing, print_json
from sayso.errors import InputError
from sayso.stories import Decision

Reference = Annotated[str, typer.Argument(help="The beginning of a story's id, or words of its name.")]


@app.command(name="stories")
def list_stories(db: Db = DEFAULT_DB, as_json: AsJson = False) -> None:
    """List the running stories, the one with the last report first."""
    with existing(db) as ledger:
        lines = views.stories(ledger)
    if as_json:
        print_json(shown.story_json(line.story, line.counted) for line in lines)
    else:
        terminal.show_stories(console(), lines)


@app.command()
def story(reference: Reference, own: Own = False, db: Db = DEFAULT_DB, as_json: AsJson = False) -> None:
    """Show one story: its episodes, what it rests on, the questions followed in it, its timeline."""
    with existing(db) as ledger:
        page = views.story(ledger, reference, own=own)
    if as_json:
        print_json([shown.story_json(page.story, page.counted)])
    else:
        terminal.show_story(console(), page)


@app.command()
def copies(db: Db = DEFAULT_DB, as_json: AsJson = False) -> None:
    """List the articles that are copies of others, and on what evidence."""
    with existing(db) as ledger:
        lines = views.copies(ledger)
    if as_json:
        print_json(shown.copy_json(line.copy) for line in lines)
    else:
        terminal.show_copies(console(), lines)


@app.command()
def merge(reference: Reference, other: Reference, db: Db = DEFAULT_DB) -> None:
    """Say that two stories are one; it holds when new articles come."""
    with existing(db) as ledger:
        one, two = ledger.stories.find(reference), ledger.stories.find(other)
        if one.id == two.id:
            raise InputError(f"{reference!r} and {other!r} are the same story ({one.name})")
        pipeline.decide(ledger, Decision("join", one.articles + two.articles))
        number = len(ledger.stories.decisions())
    console().print(f"merged; `sayso undo {number}` takes it back")


@app.command()
def split(
    reference: Reference,
    articles: Annotated[list[str], typer.Argument(help="Ids of the articles that are a story of their own.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Say that these articles are a story of their own; it holds when new articles come."""
    with existing(db) as ledger:
        found = ledger.stories.find(reference)
        chosen = tuple(ledger.article(one).id for one in articles)
        if strangers := [one for one in chosen if one not in found.articles]:
            raise InputError(f"article {strangers[0][:7]} does not stand in {found.name!r}; `sayso story` lists them")
        rest = tuple(one for one in found.articles if one not in chosen)
        if not rest:
            raise InputError(f"these are all the articles of {found.name!r}; leave at least one")
        pipeline.decide(ledger, Decision("part", chosen, rest))
        number = len(ledger.stories.decisions())
    console().print(f"split; `sayso undo {number}` takes it back")


@app.command()
def rename(
    reference: Reference,
    name: Annotated[str, typer.Argument(help="What the story is to be called.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Give a story a name of your own."""
    with existing(db) as ledger:
        found = ledger.stories.find(reference)
        pipeline.decide(ledger, Decision("name", found.articles[:1], name=name))
        number = len(ledger.stories.decisions())
    console().print(f"renamed; `sayso undo {number}` takes it back")


@app.command()
def undo(
    number: Annotated[int, typer.Argument(help="The number that merge, split or rename gave.")], db: Db = DEFAULT_DB
) -> None:
    """Take back a merge, split or new name."""
    with existing(db) as ledger:
        count = len(ledger.stories.decisions())
        if not 0 < number <= count:
            raise InputError(f"there is no decision {number}; the log has {count}")
        pipeline.decide(ledger, Decision("undo", undoes=number))
    console().print(f"decision {number} no longer holds")

"""Commands that follow what is published: feeds and pages, alerts, edits."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from sayso import pipeline, terminal, views
from sayso.alerts import POINTS, SECRET, alerts, telling
from sayso.articles.doors import is_address
from sayso.articles.feeds import Subscription, read_opml, write_opml
from sayso.cli import shown
from sayso.cli.app import DEFAULT_DB, AsJson, Db, Own, app, console, existing, print_json
from sayso.cli.plain import plain_console
from sayso.cli.reading import Private, account_json
from sayso.errors import InputError
from sayso.ledger import open_ledger
from sayso.reading.reader import open_reader


@app.command()
def watch(
    addresses: Annotated[list[str], typer.Argument(help="Feeds or pages, or an .opml list of feeds.")],
    stay: Annotated[
        bool, typer.Option("--stay/--once", help="Stay, and call again when it is time; or once, as for cron.")
    ] = False,
    every: Annotated[int, typer.Option(min=1, help="Minutes between two calls on an address.")] = 15,
    points: Annotated[
        float, typer.Option(min=0.1, max=100, help="Tell when belief moved by as much, of 100.")
    ] = POINTS,
    webhook: Annotated[
        str | None,
        typer.Option(help=f"Send alerts to this https address as JSON; signed with {SECRET} where that is set."),
    ] = None,
    feed: Annotated[Path | None, typer.Option("--alerts", help="Write alerts to this file, an Atom feed.")] = None,
    opml: Annotated[Path | None, typer.Option(help="Write what is followed to this file, as a list of feeds.")] = None,
    allow_private: Private = False,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Follow feeds and pages politely, read what is new into the ledger, and tell what moved."""
    out = plain_console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    err = plain_console(stderr=True, highlight=False)
    followed = [found for one in addresses for found in _listed(one)]
    if opml is not None:
        _write_list(opml, followed)
    with (
        open_ledger(db) as ledger,
        telling(
            ledger,
            say=lambda one: print_json([one.json()]) if as_json else terminal.show_alert(out, one),
            complain=lambda line: err.print(line, markup=False, style="yellow"),
            points=points,
            webhook=webhook,
            secret=os.environ.get(SECRET),
            allow_private=allow_private,
            feed=feed,
        ) as teller,
    ):
        done = pipeline.watch(
            followed,
            ledger=ledger,
            reader=open_reader(),
            every=timedelta(minutes=every),
            stay=stay,
            allow_private=allow_private,
            progress=(lambda _, address: err.print(f"called {address}", markup=False)) if err.is_terminal else None,
            rounded=teller.round,
        )
    if as_json:
        print_json([account_json(done.account) | {"called": done.round.called, "unchanged": done.round.unchanged}])
    else:
        out.print(f"{done.round.called} called, {done.round.unchanged} unchanged, {done.round.waiting} not due yet")
        terminal.show_account(out, done.account, path=ledger.name)
    if done.account.skipped:
        raise typer.Exit(3)


@app.command(name="alerts")
def list_alerts(
    last: Annotated[int, typer.Option(min=1, help="How many, the newest first.")] = 20,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """List what `sayso watch` told: belief that moved, sides changed, outcomes stated, articles silently edited."""
    with existing(db) as ledger:
        found = alerts(ledger, last=last)
    if as_json:
        print_json(one.json() for one in found)
    else:
        terminal.show_alerts(console(), found)


@app.command()
def edits(
    reference: Annotated[
        str | None, typer.Argument(help="A story, or the beginning of an article's id; all of them without.")
    ] = None,
    own: Own = False,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """List articles that were edited: what they claimed before beside what they claim now, and whether they say so."""
    with existing(db) as ledger:
        found = views.edits(ledger, reference)
    if as_json:
        print_json(shown.edited_json(one) for one in found)
    else:
        terminal.show_edits(console(), found, own=own)


def _listed(address: str) -> list[str]:
    """An address, or those of an OPML list."""
    if not address.lower().endswith(".opml") or is_address(address):
        return [address]
    try:
        return [one.address for one in read_opml(Path(address).read_bytes())]
    except OSError as error:
        raise InputError(f"{address}: cannot be read ({error.strerror or error})") from error


def _write_list(path: Path, addresses: Sequence[str]) -> None:
    try:
        path.write_text(
            write_opml((Subscription(one) for one in addresses), title="Followed with Sayso"), encoding="utf-8"
        )
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error}); name another file") from error

"""Commands on questions, outcomes and track records."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sayso import exports, pipeline, terminal, views
from sayso.cli import shown
from sayso.cli.app import DEFAULT_DB, AsJson, Db, app, as_date, console, existing, print_json
from sayso.cli.paging import Limit, Page, paging
from sayso.scores import outcomes_csv

Reference = Annotated[str, typer.Argument(help="The number of a question, the beginning of its id, or words of it.")]
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="As it stood at the end of this day.")
]


@app.command()
def follow(
    text: Annotated[str, typer.Argument(help='A yes/no proposition: "Carlo Venturi leaves Real Almenara".')],
    window: Annotated[
        str | None, typer.Option(help="FROM..TO, days it is about; by default the story's last episode.")
    ] = None,
    among: Annotated[
        str | None, typer.Option(help="A name shared by questions of which at most one ends with yes.")
    ] = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Follow a question: every claim on record, and every one to come, is held against it."""
    with existing(db) as ledger:
        one = pipeline.follow(ledger, text, window=pipeline.window(window) if window else None, group=among)
        stances = len(ledger.questions.stances(one.question.id))
    terminal.show_followed(console(), one, stances)


@app.command()
def questions(
    proposed: Annotated[bool, typer.Option("--proposed", help="Suggest questions worth following instead.")] = False,
    as_of: AsOf = None,
    limit: Limit = None,
    page: Page = 1,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """List the questions that are followed, and where each stands."""
    part = paging(limit, page, as_json=as_json)
    with existing(db) as ledger:
        if proposed:
            suggested = views.proposed(ledger)
            if as_json:
                print_json(shown.proposed_json(one) for one in suggested)
            else:
                terminal.show_proposed(console(), suggested)
            return
        lines = views.questions(ledger, as_of=as_date(as_of), charted=False, limit=part.asked, offset=part.offset)
    if as_json:
        print_json(shown.asked_json(line.followed, line.belief) for line in part.shown(lines))
    else:
        terminal.show_questions(console(), part.shown(lines))
        part.end(more=part.goes_on(lines))


@app.command()
def question(reference: Reference, as_of: AsOf = None, db: Db = DEFAULT_DB, as_json: AsJson = False) -> None:
    """Show where a question stands, on whose word, and how it got there."""
    with existing(db) as ledger:
        page = views.question(ledger, reference, as_of=as_date(as_of))
    if as_json:
        print_json([shown.question_page_json(page)])
    else:
        terminal.show_question(console(), page)


@app.command()
def drop(reference: Reference, db: Db = DEFAULT_DB) -> None:
    """Stop following a question; its log stays."""
    with existing(db) as ledger:
        one = pipeline.drop(ledger, reference)
    console().print(f"no longer following {one.number}  {one.question.text}")


@app.command(name="stance")
def set_stance(
    reference: Reference,
    claim: Annotated[str, typer.Argument(help="The reference of a claim.")],
    side: Annotated[str, typer.Argument(help=f"{', '.join(pipeline.SIDES[:-1])}, or read: as it was read.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Set by hand what a claim says to a question; it is logged, and survives reading again."""
    with existing(db) as ledger:
        one, held = pipeline.rule(ledger, reference, claim, side)
    console().print(f"claim {held[:7]} stands as {side} to {one.number}  {one.question.text}")


@app.command()
def resolve(
    reference: Reference,
    status: Annotated[str, typer.Argument(help="yes, no, ambiguous; open undoes.")],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it was settled.")] = None,
    evidence: Annotated[str | None, typer.Option(help="A URL, or the reference of an article or claim.")] = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Say how a question ended; origins are scored by it."""
    with existing(db) as ledger:
        one = pipeline.resolve(ledger, reference, status, on=as_date(on), evidence=evidence)
    console().print(f"{one.number}  {one.question.text}: {status}")


@app.command(name="window")
def set_window(
    reference: Reference,
    days: Annotated[str, typer.Argument(metavar="FROM..TO", help="Either side may be left out.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Give a question another window; it is logged, and every claim is held against it anew."""
    with existing(db) as ledger:
        one = pipeline.set_window(ledger, reference, pipeline.window(days))
        stances = len(ledger.questions.stances(one.question.id))
    terminal.show_followed(console(), one, stances)


@app.command()
def outcomes(
    table: Annotated[Path | None, typer.Argument(help="A CSV table to take in; without one, it is printed.")] = None,
    proposed: Annotated[
        bool, typer.Option("--proposed", help="Show what reports state as done of open questions instead.")
    ] = False,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Take in outcomes from a table, print them as one, or show those that reports propose."""
    with existing(db) as ledger:
        if proposed:
            found = views.proposed_outcomes(ledger)
            if as_json:
                print_json(shown.proposal_json(one) for one in found)
            else:
                terminal.show_proposals(console(), found)
        elif table is not None:
            console().print(f"{pipeline.take_outcomes(ledger, table)} outcomes taken in")
        else:
            asked = [one.question for one in ledger.questions.followed()]
            sys.stdout.write(outcomes_csv(ledger.questions.outcomes().values(), asked))


@app.command()
def sources(limit: Limit = None, page: Page = 1, db: Db = DEFAULT_DB, as_json: AsJson = False) -> None:
    """List who spoke to the questions, and who turned out right."""
    part = paging(limit, page, as_json=as_json)
    with existing(db) as ledger:
        told = views.sources(ledger)
    lines = told.lines[part.offset :]
    if as_json:
        print_json(exports.source_json(line.record) for line in part.shown(lines))
    else:
        terminal.show_sources(console(), replace(told, lines=tuple(part.shown(lines))))
        part.end(more=part.goes_on(lines))


@app.command()
def source(
    name: Annotated[str, typer.Argument(help="An outlet, a journalist, a person; part of the name will do.")],
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Show one origin's record, question by question, with its sentences."""
    with existing(db) as ledger:
        page = views.source(ledger, name)
    if as_json:
        print_json([exports.source_json(page.record)])
    else:
        terminal.show_source(console(), page)

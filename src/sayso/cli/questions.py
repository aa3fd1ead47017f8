"""Commands on questions, outcomes and track records."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from sayso import exports, pipeline, terminal, views
from sayso.cli import shown
from sayso.cli.app import DEFAULT_DB, AsJson, Db, app, as_date, console, existing, print_json
from sayso.errors import InputError
from sayso.ledger import RULINGS
from sayso.records import Outcome, Status
from sayso.scores import outcomes_csv, read_outcomes

Reference = Annotated[str, typer.Argument(help="The number of a question, the beginning of its id, or words of it.")]
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="As it stood at the end of this day.")
]
STATUSES: dict[str, Status] = {"yes": "yes", "no": "no", "ambiguous": "ambiguous", "open": "open"}


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
    if not text.strip():
        raise InputError("the question is empty; word it as a short statement")
    with existing(db) as ledger:
        one = pipeline.follow(ledger, text.strip(), window=_window(window), group=among)
        stances = len(ledger.questions.stances(one.question.id))
    terminal.show_followed(console(), one, stances)


@app.command()
def questions(
    proposed: Annotated[bool, typer.Option("--proposed", help="Suggest questions worth following instead.")] = False,
    as_of: AsOf = None,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """List the questions that are followed, and where each stands."""
    with existing(db) as ledger:
        if proposed:
            suggested = views.proposed(ledger)
            if as_json:
                print_json(shown.proposed_json(one) for one in suggested)
            else:
                terminal.show_proposed(console(), suggested)
            return
        lines = views.questions(ledger, as_of=as_date(as_of))
    if as_json:
        print_json(shown.asked_json(line.followed, line.belief) for line in lines)
    else:
        terminal.show_questions(console(), lines)


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
        one = ledger.questions.find(reference)
        ledger.questions.drop(one.question.id)
    console().print(f"no longer following {one.number}  {one.question.text}")


@app.command(name="stance")
def set_stance(
    reference: Reference,
    claim: Annotated[str, typer.Argument(help="The reference of a claim.")],
    side: Annotated[str, typer.Argument(help=f"{', '.join(RULINGS)}, or read: as it was read.")],
    db: Db = DEFAULT_DB,
) -> None:
    """Set by hand what a claim says to a question; it is logged, and survives reading again."""
    if side not in (*RULINGS, "read"):
        raise InputError(f"no stance {side!r}; there are {', '.join(RULINGS)}, and read")
    with existing(db) as ledger:
        one = ledger.questions.find(reference)
        fitting = [s.claim for s in ledger.questions.read_stances(one.question.id) if s.claim.startswith(claim)]
        if len(fitting) != 1:
            raise InputError(
                f"{'no claim' if not fitting else 'several claims'} {claim!r} speaks to question {one.number}; "
                f"`sayso question {one.number}` lists them"
            )
        ledger.questions.rule(one.question.id, fitting[0], None if side == "read" else side)
    console().print(f"claim {fitting[0][:7]} stands as {side} to {one.number}  {one.question.text}")


@app.command()
def resolve(
    reference: Reference,
    status: Annotated[str, typer.Argument(help="yes, no, ambiguous; open undoes.")],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it was settled.")] = None,
    evidence: Annotated[str | None, typer.Option(help="A URL, or the reference of an article or claim.")] = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Say how a question ended; origins are scored by it."""
    if status not in STATUSES:
        raise InputError(f"no outcome {status!r}; there are {', '.join(STATUSES)}")
    with existing(db) as ledger:
        one = ledger.questions.find(reference)
        ledger.questions.resolve(Outcome(one.question.id, STATUSES[status], as_date(on), evidence))
    console().print(f"{one.number}  {one.question.text}: {status}")


@app.command()
def outcomes(
    table: Annotated[Path | None, typer.Argument(help="A CSV table to take in; without one, it is printed.")] = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Take in outcomes from a table, or print them as one."""
    with existing(db) as ledger:
        asked = [one.question for one in ledger.questions.followed()]
        if table is None:
            sys.stdout.write(outcomes_csv(ledger.questions.outcomes().values(), asked))
            return
        known = ledger.questions.outcomes()
        fresh = [one for one in read_outcomes(table, asked) if known.get(one.question) != one]
        for one in fresh:
            ledger.questions.resolve(one)
    console().print(f"{len(fresh)} outcomes taken in")


@app.command()
def sources(db: Db = DEFAULT_DB, as_json: AsJson = False) -> None:
    """List who spoke to the questions, and who turned out right."""
    with existing(db) as ledger:
        page = views.sources(ledger)
    if as_json:
        print_json(exports.source_json(line.record) for line in page.lines)
    else:
        terminal.show_sources(console(), page)


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


def _window(words: str | None) -> tuple[date | None, date | None] | None:
    if words is None:
        return None
    first, dots, last = words.partition("..")
    try:
        start, end = (date.fromisoformat(side) if side else None for side in (first, last))
    except ValueError:
        dots = ""
        start = end = None
    if not dots or (start and end and end < start):
        raise InputError(
            f"{words!r} is no window; give FROM..TO as 2025-03-01..2025-06-30, either side may be left out"
        )
    return start, end

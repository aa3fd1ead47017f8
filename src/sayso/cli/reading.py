"""Commands that read reports in and show what they claim."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Protocol, runtime_checkable

import typer
from rich.console import Console

from sayso import exports, pipeline, terminal, views
from sayso.articles.doors import is_address
from sayso.articles.feeds import read_opml
from sayso.cli.app import (
    DEFAULT_DB,
    AsJson,
    Db,
    From,
    Kind,
    Own,
    Search,
    Since,
    Source,
    Until,
    app,
    claim_filter,
    console,
    existing,
    print_json,
)
from sayso.errors import InputError
from sayso.ledger import open_ledger
from sayso.reading.reader import open_reader

Private = Annotated[
    bool, typer.Option("--allow-private", help="Let addresses lead into private networks and this machine.")
]


class _Line(Protocol):
    def line(self) -> str: ...


@runtime_checkable
class Accounted(Protocol):
    """A reader that can say what it has cost."""

    def account(self) -> _Line:
        """Calls, tokens and refused claims so far."""


class Exported(StrEnum):
    """What can be exported."""

    articles = "articles"
    claims = "claims"
    questions = "questions"
    stances = "stances"
    sources = "sources"


@app.command()
def read(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, archives (.txt .md .html .jsonl .csv .pdf .zip .tar.gz .warc .wacz), addresses, or - for standard input."
        ),
    ],
    metadata: Annotated[
        Path | None, typer.Option(help="A .csv or .jsonl table keyed by file: outlet, url, date, author, title.")
    ] = None,
    reader: Annotated[
        str | None,
        typer.Option(help="Another reader: openai:MODEL, behind an OpenAI-compatible server (docs/readers.md)."),
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="That server's address, as http://localhost:8000/v1.")] = None,
    allow_private: Private = False,
    threads: Annotated[int | None, typer.Option(min=1, help="Cores to read with; all by default.")] = None,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Read reports into the ledger."""
    if base_url and not reader:
        raise InputError("--base-url is for another reader; name it with --reader openai:MODEL")
    out, err = Console(soft_wrap=not sys.stdout.isatty(), highlight=False), Console(stderr=True, highlight=False)
    chosen = open_reader(spec=reader, base_url=base_url)
    with open_ledger(db) as ledger, terminal.reading_progress(err) as progress:
        account = pipeline.read(
            paths,
            ledger=ledger,
            reader=chosen,
            metadata=metadata,
            stdin=sys.stdin.buffer,
            progress=progress,
            workers=threads or os.cpu_count() or 1,
            allow_private=allow_private,
        )
    if as_json:
        print_json([_account_json(account)])
    else:
        terminal.show_account(out, account, path=str(db))
    if isinstance(chosen, Accounted):
        err.print(chosen.account().line(), markup=False)
    if account.skipped:
        raise typer.Exit(3)


@app.command()
def watch(
    addresses: Annotated[list[str], typer.Argument(help="Feeds or pages, or an .opml list of feeds.")],
    stay: Annotated[bool, typer.Option("--stay", help="Stay, and call again when it is time; once otherwise.")] = False,
    every: Annotated[int, typer.Option(min=1, help="Minutes between two calls on an address.")] = 15,
    allow_private: Private = False,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Follow feeds and pages politely, and read what is new into the ledger."""
    out, err = Console(soft_wrap=not sys.stdout.isatty(), highlight=False), Console(stderr=True, highlight=False)
    with open_ledger(db) as ledger:
        done = pipeline.watch(
            [found for one in addresses for found in _listed(one)],
            ledger=ledger,
            reader=open_reader(),
            every=timedelta(minutes=every),
            stay=stay,
            allow_private=allow_private,
            progress=(lambda _, address: err.print(f"called {address}", markup=False)) if err.is_terminal else None,
        )
    if as_json:
        print_json([_account_json(done.account) | {"called": done.round.called, "unchanged": done.round.unchanged}])
    else:
        out.print(f"{done.round.called} called, {done.round.unchanged} unchanged, {done.round.waiting} not due yet")
        terminal.show_account(out, done.account, path=str(db))


def _listed(address: str) -> list[str]:
    """An address, or those of an OPML list."""
    if not address.lower().endswith(".opml") or is_address(address):
        return [address]
    try:
        return [one.address for one in read_opml(Path(address).read_bytes())]
    except OSError as error:
        raise InputError(f"{address}: cannot be read ({error.strerror or error})") from error


@app.command()
def timeline(
    source: Source = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    search: Search = None,
    from_: From = None,
    own: Own = False,
    every_origin: Annotated[bool, typer.Option("--every-origin", help="List every origin at the end.")] = False,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Print the story: by date, who claims what on whose word, how surely."""
    with existing(db) as ledger:
        page = views.timeline(ledger, claim_filter(source, kind, since, until, search, from_), own=own)
    if as_json:
        print_json(_line_json(line) for group in page.groups for line in group.lines)
    else:
        terminal.show_timeline(console(), page, every_origin=every_origin)


@app.command()
def claims(
    source: Source = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    search: Search = None,
    from_: From = None,
    own: Own = False,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """List claims, one a row."""
    with existing(db) as ledger:
        lines = views.claims(ledger, claim_filter(source, kind, since, until, search, from_))
    lines = [line for line in lines if own or line.claim.cue is not None or kind == "own"]
    if as_json:
        print_json(_line_json(line) for line in lines)
    else:
        console().print(terminal.claims_block(lines, dated=True) if lines else "No claims fit.")


@app.command()
def article(
    reference: Annotated[str, typer.Argument(help="The id of an article or of a claim, or its beginning.")],
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Show an article with its claims marked."""
    with existing(db) as ledger:
        page = views.article(ledger, reference)
    if as_json:
        shown = exports.article_json(page.article)
        print_json([shown | {"claims": [exports.claim_json(line.claim, recorded=None) for line in page.lines]}])
    else:
        terminal.show_article(console(), page)


@app.command()
def export(
    what: Annotated[Exported, typer.Argument(help="articles, claims, questions, stances or sources")],
    form: Annotated[str, typer.Option("--format", help="jsonl, csv or parquet")] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file; standard output without, but for parquet.")
    ] = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Print records as promised in docs/export.md."""
    with existing(db) as ledger:
        rows = views.exported(ledger, what.value)
    if form == "parquet":
        if output is None:
            raise InputError("parquet is no text; name a file with --output")
        output.write_bytes(exports.parquet(rows, what.value))
        return
    if form not in ("jsonl", "csv"):
        raise InputError(f"no export format {form!r}; there are jsonl, csv and parquet")
    text = exports.jsonl(rows) if form == "jsonl" else exports.csv_table(rows, what.value)
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")


def _line_json(line: views.Line) -> dict[str, Any]:
    return {"reference": line.reference, "outlet": line.outlet, "published": line.day} | exports.claim_json(
        line.claim, recorded=None
    )


def _account_json(account: pipeline.Account) -> dict[str, Any]:
    return {
        "read": account.read,
        "known": account.known,
        "unread": [{"file": a.origin, "language": a.language} for a in account.unread],
        "skipped": [{"file": s.origin, "reason": s.reason} for s in account.skipped],
        "claims": account.claims,
        "attributed": account.attributed,
        "origins": sorted(account.origins),
        "words": account.words,
        "seconds": round(account.seconds, 3),
    }

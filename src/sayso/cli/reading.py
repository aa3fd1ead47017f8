"""Commands that read reports in and show what they claim."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Protocol, runtime_checkable

import typer
from rich.console import Console

from sayso import exports, pipeline, terminal, views
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
from sayso.cli.paging import ARTICLES, Limit, Page, paging
from sayso.cli.plain import plain_console
from sayso.errors import InputError, SpentError
from sayso.ledger import Ledger, open_ledger
from sayso.reading.reader import Spending, open_reader
from sayso.runners import Local, open_ray

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


@app.command()
def read(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, archives (.txt .md .html .jsonl .csv .parquet .pdf .zip .tar.gz .warc .wacz), addresses, or - for standard input."
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
    price_in: Annotated[
        float | None, typer.Option(min=0, help="Its price for a million tokens in, in any money.")
    ] = None,
    price_out: Annotated[float | None, typer.Option(min=0, help="And for a million tokens out.")] = None,
    max_cost: Annotated[float | None, typer.Option(min=0, help="Stop before more than this is spent.")] = None,
    max_tokens: Annotated[
        int | None, typer.Option(min=1, help="Stop when as many tokens are used, in and out.")
    ] = None,
    allow_private: Private = False,
    threads: Annotated[int | None, typer.Option(min=1, help="Cores to read with; all by default.")] = None,
    runner: Annotated[
        str | None, typer.Option(help="Read on several machines: ray, or ray:ADDRESS of a cluster (docs/scale.md).")
    ] = None,
    bundles: Annotated[
        Path | None,
        typer.Option(help="Where they put what is read: a folder that all of them see. DB.bundles by default."),
    ] = None,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Read reports into the ledger."""
    if runner is not None:
        if reader or allow_private:
            raise InputError(
                "--runner reads files with the shipped reader; --reader and --allow-private are for this machine"
            )
        _read_on_ray(paths, runner, bundles=bundles, metadata=metadata, workers=threads, db=db, as_json=as_json)
        return
    spending = Spending(price_in, price_out, max_tokens, max_cost)
    if not reader and (base_url or spending != Spending()):
        raise InputError("--base-url, prices and limits are for another reader; name it with --reader openai:MODEL")
    out = plain_console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    err = plain_console(stderr=True, highlight=False)
    chosen = open_reader(spec=reader, base_url=base_url, spending=spending)
    cores = Local(threads or os.cpu_count() or 1, processes=reader is None)
    try:
        with open_ledger(db) as ledger, terminal.reading_progress(err) as progress, cores, _settled(ledger):
            account = pipeline.read(
                paths,
                ledger=ledger,
                reader=chosen,
                metadata=metadata,
                stdin=sys.stdin.buffer,
                progress=progress,
                runner=cores,
                allow_private=allow_private,
            )
    finally:  # what was spent is told however the run ends
        if isinstance(chosen, Accounted):
            err.print(chosen.account().line(), markup=False)
    _show(out, account, ledger.name, as_json=as_json)


def _read_on_ray(
    paths: list[str],
    runner: str,
    *,
    bundles: Path | None,
    metadata: Path | None,
    workers: int | None,
    db: str,
    as_json: bool,
) -> None:
    kind, _, address = runner.partition(":")
    if kind != "ray":
        raise InputError(f"no runner {kind!r}; there is ray, or ray:ADDRESS for a cluster")
    if bundles is None and "://" in db:
        raise InputError("name a folder that all machines see with --bundles")
    out = plain_console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    err = plain_console(stderr=True, highlight=False)
    with open_ledger(db) as ledger, terminal.reading_progress(err) as progress:
        account = open_ray()(
            paths,
            ledger=ledger,
            folder=bundles or Path(f"{db}.bundles"),
            address=address or None,
            workers=workers,
            metadata=metadata,
            progress=progress,
        )
    _show(out, account, ledger.name, as_json=as_json)


def _show(out: Console, account: pipeline.Account, name: str, *, as_json: bool) -> None:
    if as_json:
        print_json([account_json(account)])
    else:
        terminal.show_account(out, account, path=name)
    if account.skipped:
        raise typer.Exit(3)


@contextmanager
def _settled(ledger: Ledger) -> Iterator[None]:
    """Where a limit of money or tokens ends the run, what was read until then is grouped all the same."""
    try:
        yield
    except SpentError:
        pipeline.settle(ledger, pipeline.Account())
        raise


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
    limit: Limit = None,
    page: Page = 1,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Print the story: by date, who claims what on whose word, how surely."""
    part = paging(limit, page, as_json=as_json, usual=ARTICLES)
    with existing(db) as ledger:
        wanted = claim_filter(source, kind, since, until, search, from_)
        told = views.timeline(ledger, wanted, own=own, limit=part.limit, offset=part.offset)
    if as_json:
        print_json(_line_json(line) for group in told.groups for line in group.lines)
    else:
        terminal.show_timeline(console(), told, every_origin=every_origin)
        part.end(more=told.more)


@app.command()
def claims(
    source: Source = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    search: Search = None,
    from_: From = None,
    own: Own = False,
    limit: Limit = None,
    page: Page = 1,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """List claims, one a row."""
    part = paging(limit, page, as_json=as_json)
    wanted = replace(claim_filter(source, kind, since, until, search, from_), own=own or kind == "own")
    with existing(db) as ledger:
        lines = views.claims(ledger, wanted, limit=part.asked, offset=part.offset)
    if as_json:
        print_json(_line_json(line) for line in part.shown(lines))
    else:
        console().print(terminal.claims_block(part.shown(lines), dated=True) if lines else "No claims fit.")
        part.end(more=part.goes_on(lines))


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


def _line_json(line: views.Line) -> dict[str, Any]:
    return {"reference": line.reference, "outlet": line.outlet, "published": line.day} | exports.claim_json(
        line.claim, recorded=None
    )


def account_json(account: pipeline.Account) -> dict[str, Any]:
    """What a run did."""
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

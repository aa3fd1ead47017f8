"""Commands → one library call each. The only place that prints or exits."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from sayso import exports, pipeline, terminal, views
from sayso.errors import InputError, SaysoError
from sayso.ledger import ClaimFilter, Ledger, open_ledger
from sayso.reading.labels import KINDS
from sayso.reading.reader import open_reader

app = typer.Typer(
    name="sayso",
    help="The ledger of a running news story: who claimed what, when, on whose say-so and how surely.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Db = Annotated[Path, typer.Option("--db", envvar="SAYSO_DB", help="The ledger file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Source = Annotated[str | None, typer.Option(help="Only claims whose source or origin has these words.")]
Kind = Annotated[str | None, typer.Option(help=f"Only sources of this kind: {', '.join(KINDS)}.")]
Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was said on or after this day.")]
Until = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was said on or before this day.")]
Search = Annotated[str | None, typer.Option(help="Only claims that hold all these words.")]
From = Annotated[str | None, typer.Option("--from", help="Only articles read from a path or address with these words.")]
Own = Annotated[bool, typer.Option("--own", help="Also what articles state in their own voice.")]
DEFAULT_DB = Path("sayso.db")


class Exported(StrEnum):
    """What can be exported."""

    articles = "articles"
    claims = "claims"


@app.command()
def read(
    paths: Annotated[
        list[str], typer.Argument(help="Files or folders (.txt .md .html .jsonl .csv), or - for standard input.")
    ],
    metadata: Annotated[
        Path | None, typer.Option(help="A .csv or .jsonl table keyed by file: outlet, url, date, author, title.")
    ] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Cores to read with; all by default.")] = None,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Read reports into the ledger."""
    out, err = Console(soft_wrap=not sys.stdout.isatty(), highlight=False), Console(stderr=True, highlight=False)
    with open_ledger(db) as ledger, terminal.reading_progress(err) as progress:
        account = pipeline.read(
            paths,
            ledger=ledger,
            reader=open_reader(),
            metadata=metadata,
            stdin=sys.stdin.buffer,
            progress=progress,
            workers=threads or os.cpu_count() or 1,
        )
    if as_json:
        _print_json([_account_json(account)])
    else:
        terminal.show_account(out, account, path=str(db))
    if account.skipped:
        raise typer.Exit(3)


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
    with _existing(db) as ledger:
        page = views.timeline(ledger, _filter(source, kind, since, until, search, from_), own=own)
    if as_json:
        _print_json(_line_json(line) for group in page.groups for line in group.lines)
    else:
        terminal.show_timeline(_console(), page, every_origin=every_origin)


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
    with _existing(db) as ledger:
        lines = views.claims(ledger, _filter(source, kind, since, until, search, from_))
    lines = [line for line in lines if own or line.claim.cue is not None or kind == "own"]
    if as_json:
        _print_json(_line_json(line) for line in lines)
    else:
        _console().print(terminal.claims_block(lines, dated=True) if lines else "No claims fit.")


@app.command()
def article(
    reference: Annotated[str, typer.Argument(help="The id of an article or of a claim, or its beginning.")],
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Show an article with its claims marked."""
    with _existing(db) as ledger:
        page = views.article(ledger, reference)
    if as_json:
        shown = exports.article_json(page.article)
        _print_json([shown | {"claims": [exports.claim_json(line.claim, recorded=None) for line in page.lines]}])
    else:
        terminal.show_article(_console(), page)


@app.command()
def export(
    what: Annotated[Exported, typer.Argument(help="articles or claims")],
    form: Annotated[str, typer.Option("--format", help="jsonl")] = "jsonl",
    db: Db = DEFAULT_DB,
) -> None:
    """Print records as promised in docs/export.md: one JSON object a line, sorted by id."""
    if form != "jsonl":
        raise InputError(f"no export format {form!r}; there is jsonl")
    with _existing(db) as ledger:
        if what is Exported.articles:
            rows = [exports.article_json(a) for a in ledger.articles()]
        else:
            rows = [exports.claim_json(r.claim, recorded=r.recorded) for r in ledger.claims()]
    _print_json(sorted(rows, key=lambda row: row["id"]))


def _existing(db: Path) -> Ledger:
    if not db.exists():
        raise InputError(f"no ledger {db}; `sayso read PATH` makes one, --db names another")
    return open_ledger(db)


def _filter(
    source: str | None,
    kind: str | None,
    since: datetime | None,
    until: datetime | None,
    search: str | None,
    from_: str | None,
) -> ClaimFilter:
    if kind and kind not in KINDS:
        raise InputError(f"no source kind {kind!r}; there are {', '.join(KINDS)}")
    return ClaimFilter(source=source, kind=kind, since=_date(since), until=_date(until), search=search, path=from_)


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


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


def _print_json(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def _console() -> Console:
    return Console(highlight=False, width=None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "120")))


def main() -> None:
    """The command `sayso`: our errors become one line and an exit status here, and nowhere else."""
    try:
        app()
    except SaysoError as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"sayso: {error}", markup=False, style="red")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `| head` closed the pipe: no traceback at exit
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

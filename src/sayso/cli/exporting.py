"""Commands that let records leave and come back."""

from __future__ import annotations

import os
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from sayso import exports, pipeline, views
from sayso.cli.app import DEFAULT_DB, AsJson, Db, app, console, existing, print_json
from sayso.errors import InputError
from sayso.ledger import open_ledger

REFUSED = 20  # lines refused that are shown


class Exported(StrEnum):
    """What can be exported."""

    articles = "articles"
    claims = "claims"
    questions = "questions"
    stances = "stances"
    sources = "sources"


@app.command()
def export(
    what: Annotated[Exported | None, typer.Argument(help="articles, claims, questions, stances or sources")] = None,
    form: Annotated[str, typer.Option("--format", help="How: --formats lists them.")] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file; standard output without, but for parquet.")
    ] = None,
    story: Annotated[str | None, typer.Option(help="Only what belongs to this story.")] = None,
    question: Annotated[str | None, typer.Option(help="Only what speaks to this question.")] = None,
    reviewer: Annotated[str | None, typer.Option(help="Who stands for the reviews of claimreview.")] = None,
    page: Annotated[str | None, typer.Option(help="The page on which those are published (https://…).")] = None,
    base: Annotated[str | None, typer.Option(help="Name records under this address instead of by urn:uuid.")] = None,
    formats: Annotated[bool, typer.Option("--formats", help="List the formats, and what each is of.")] = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Write records out: as promised in docs/export.md, or in a format that other programs read."""
    if formats:
        console().print(_formats())
        return
    if what is None:
        raise InputError(f"say what to export: {', '.join(exports.NOUNS)}; --formats shows how each can go out")
    if not exports.format_of(what.value, form).text and output is None:
        raise InputError(f"{form} is no text; name a file with --output")
    if (reviewer is None) != (page is None):
        raise InputError("a review names both who stands for it and its page: --reviewer NAME --page https://…")
    stands = exports.Reviewer(reviewer, page) if reviewer and page else None
    with existing(db) as ledger:
        wanted = views.Selection(story=story, question=question)
        data = views.document(ledger, what.value, form, wanted, imprint=views.Imprint(stands, base))
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    else:
        write(output, data)


@app.command()
def load(
    paths: Annotated[list[Path], typer.Argument(help="Files that `sayso export` wrote as jsonl, of any kinds.")],
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Take exported articles, claims, questions, outcomes and stances into a ledger, as they stood; nothing is read again."""
    with open_ledger(db) as ledger:
        done = pipeline.load(paths, ledger=ledger)
    if as_json:
        refused = [{"line": one.origin, "reason": one.reason} for one in done.refused]
        counted = {name: getattr(done, name) for name in ("articles", "claims", "questions", "stances", "known")}
        print_json([counted | {"refused": refused}])
    else:
        out = console()
        out.print(
            f"{done.articles} articles, {done.claims} claims, {done.questions} questions, {done.stances} stances taken in; "
            f"{done.known} articles on record before"
        )
        for one in done.refused[:REFUSED]:
            out.print(f"  refused {one.origin}: {one.reason}", markup=False)
        if len(done.refused) > REFUSED:
            out.print(f"  and {len(done.refused) - REFUSED} more; --json lists them all")
    if done.refused:
        raise typer.Exit(3)


def write(path: Path, data: bytes) -> None:
    """Put a file in the place of what is there at one stroke: whoever reads it meets the old or the new, never half."""
    try:
        if path.exists() and not path.is_file():  # a pipe or a device is written to as it is
            path.write_bytes(data)
            return
        target = path.resolve()
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_mask())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error}); name another file") from error


def _mask() -> int:
    """What new files of this user may not be; the system tells it only when it is set."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _formats() -> Table:
    """A row for each format, a mark for what it is of."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("--format", no_wrap=True)
    for noun in exports.NOUNS:
        table.add_column(noun, justify="center")
    table.add_column("what it is")
    for one in exports.FORMATS:
        table.add_row(one.name, *("•" if noun in one.of else "" for noun in exports.NOUNS), escape(one.note))
    return table

"""The command that writes a report."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.app import DEFAULT_DB, Db, app, as_date, existing
from sayso.cli.questions import AsOf
from sayso.cli.stories import Reference
from sayso.errors import InputError
from sayso.report import report

Output = Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write; - prints it.")]


@app.command(name="report")
def write_report(
    reference: Reference,
    output: Output,
    redact: Annotated[
        bool, typer.Option("--redact-text", help="Leave out the articles' text but for headlines and what is quoted.")
    ] = False,
    as_of: AsOf = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Write a story as one HTML file: chart, questions, evidence, timeline, articles. It needs no network and no Sayso."""
    printed = output == Path("-")
    if not printed and output.exists() and not force:
        raise InputError(f"{output} is there already; --force overwrites it")
    with existing(db) as ledger:
        text = report(ledger, reference, as_of=as_date(as_of), redact=redact)
    if printed:
        sys.stdout.write(text)
        return
    try:
        beside = output.with_name(f".{output.name}.{os.getpid()}")
        beside.write_text(text, "utf-8")
        beside.replace(output)
    except OSError as error:
        raise InputError(f"cannot write {output}: {error.strerror or error}") from error
    typer.echo(f"{output}  {len(text.encode()) / 1024:,.0f} kB")

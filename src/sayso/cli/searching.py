"""The command that looks for words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from sayso import exports, terminal, views
from sayso.cli.app import DEFAULT_DB, AsJson, Db, app, console, existing, print_json


@app.command()
def search(
    words: Annotated[
        list[str],
        typer.Argument(help="Words to be found together; '\"in this order\"' in quotation marks, beginn* of a word."),
    ],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many of each sort.")] = 10,
    db: Db = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Look for words in articles and claims, and for people and outlets by name."""
    with existing(db) as ledger:
        page = views.search(ledger, " ".join(words), limit=limit)
    if as_json:
        print_json({"sort": "name", **asdict(hit)} for hit in page.names)
        print_json(
            {"sort": "claim", "reference": line.reference, "outlet": line.outlet, "published": line.day}
            | exports.claim_json(line.claim, recorded=None)
            for line in page.claims
        )
        print_json({"sort": "article", **asdict(hit)} for hit in page.articles)
    else:
        terminal.show_search(console(), page)

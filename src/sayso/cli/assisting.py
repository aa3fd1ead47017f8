"""The command that lets an assistant ask the ledger."""

from __future__ import annotations

from sayso.cli.app import DEFAULT_DB, Db, app, existing
from sayso.mcp import create


@app.command()
def mcp(db: Db = DEFAULT_DB) -> None:
    """Answer an assistant's questions over standard input and output (Model Context Protocol); nothing is changed (docs/mcp.md)."""
    with existing(db) as ledger:
        create(ledger).run("stdio")

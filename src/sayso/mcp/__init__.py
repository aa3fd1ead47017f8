"""A ledger for assistants: read-only tools of the Model Context Protocol, each answer with sentences and where they stand.

`create` needs the package mcp (`pip install 'sayso[mcp]'`); importing this room does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.errors import InputError
from sayso.ledger import Ledger

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

__all__ = ["create"]


def create(ledger: Ledger) -> MCPServer[dict[str, object]]:
    """The server over an open ledger. Raises InputError where mcp is not installed."""
    try:
        from sayso.mcp.server import server
    except ModuleNotFoundError as error:
        raise InputError(f"assistants need more ({error.name} is missing): pip install 'sayso[mcp]'") from error
    return server(ledger)

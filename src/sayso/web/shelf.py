"""The one ledger that a server shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from starlette.requests import Request

from sayso.ledger import Ledger, open_ledger


class Shelf:
    """The ledger of a server: opened when it is first asked for, and once."""

    def __init__(self, where: str | Path) -> None:
        self.where = where
        self._lock = Lock()
        self._ledger: Ledger | None = None

    def ledger(self) -> Ledger:
        """The open ledger; threads share it, each on a connection of its own."""
        with self._lock:
            if self._ledger is None:
                self._ledger = open_ledger(self.where)
            return self._ledger

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._ledger is not None:
                self._ledger.close()
                self._ledger = None


@contextmanager
def opened(request: Request) -> Iterator[Ledger]:
    """The ledger that this server shows."""
    shelf: Shelf = request.app.state.shelf
    yield shelf.ledger()

"""Feeds and pages followed over time, remembered in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sayso.articles.address import Marks
from sayso.articles.doors import Doors
from sayso.articles.visits import Visitor
from sayso.ledger import Ledger
from sayso.pipeline.reading import Account, settle, take
from sayso.reading.reader import Reader
from sayso.watch import Round, Visit, Watch
from sayso.watch import watch as call

Progress = Callable[[Round, str], None]


class LedgerMemory:
    """What a watch remembers, kept by a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._visits = ledger.visits

    def visit(self, address: str) -> Visit | None:
        """What is remembered of an address."""
        row = self._visits.get(address)
        if row is None:
            return None
        return Visit(
            address,
            datetime.fromisoformat(row.due) if row.due else None,
            row.failures,
            Marks(row.etag, row.last_modified),
            row.moved,
            row.problem,
            row.ended,
        )

    def remember(self, visit: Visit) -> None:
        """Keep this, in place of what was kept of the address before."""
        self._visits.keep(
            {
                "address": visit.address,
                "due": visit.due.isoformat() if visit.due else None,
                "failures": visit.failures,
                "etag": visit.marks.etag,
                "last_modified": visit.marks.last_modified,
                "moved": visit.moved,
                "problem": visit.problem,
                "ended": visit.ended,
            }
        )


class Watched(NamedTuple):
    """What a watch did: its last round, and the account of what was read."""

    round: Round
    account: Account


def watch(
    addresses: Sequence[str],
    *,
    ledger: Ledger,
    reader: Reader,
    every: timedelta = timedelta(minutes=15),
    stay: bool = False,
    allow_private: bool = False,
    progress: Progress | None = None,
    rounded: Callable[[], None] | None = None,
) -> Watched:
    """Call on every feed and page that is due and read what is new, once, or (`stay`) until nothing is left to follow. What comes in is grouped
    and held against the questions when the calls of a round are done, or when the watch is cut off and run again; `rounded` is called after that.
    """
    account = Account()

    def note(done: Round, address: str) -> None:
        settle(ledger, account)
        if progress:
            progress(done, address)

    def end(_: Round) -> None:
        settle(ledger, account)
        if rounded:
            rounded()

    visitor = Visitor(Doors(allow_private=allow_private))
    how = Watch(
        LedgerMemory(ledger),
        lambda page: take(page, ledger, reader, account),
        visitor,
        every=every,
        progress=note,
        rounded=end,
    )
    return Watched(call(addresses, how, stay=stay), account)

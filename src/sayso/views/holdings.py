"""The ledger as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.ledger import Holdings, Ledger


@dataclass(frozen=True, slots=True)
class StatsPage:
    """Where a ledger lies, and how much it holds."""

    name: str
    held: Holdings


def stats(ledger: Ledger) -> StatsPage:
    """What the ledger holds, and how large it is."""
    return StatsPage(ledger.name, ledger.holdings())

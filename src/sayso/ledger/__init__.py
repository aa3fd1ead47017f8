"""The only room that knows SQL: what was read, kept for good. `open_ledger` is its door."""

from sayso.ledger.store import ClaimFilter, Ledger, Recorded, open_ledger

__all__ = ["ClaimFilter", "Ledger", "Recorded", "open_ledger"]

"""The only room that knows SQL: what was read, kept for good. `open_ledger` is its door."""

from sayso.ledger.copies import Copies, first_of
from sayso.ledger.questions import RULINGS, Entry, Followed, Questions
from sayso.ledger.store import ClaimFilter, Ledger, Recorded, open_ledger
from sayso.ledger.stories import Kept, Stories, Tied

__all__ = [
    "RULINGS",
    "ClaimFilter",
    "Copies",
    "Entry",
    "Followed",
    "Kept",
    "Ledger",
    "Questions",
    "Recorded",
    "Stories",
    "Tied",
    "first_of",
    "open_ledger",
]

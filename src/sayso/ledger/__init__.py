"""The only room that knows SQL: what was read, kept for good. `open_ledger` is its door."""

from sayso.ledger.alerts import News, Told
from sayso.ledger.claims import ClaimFilter, Recorded
from sayso.ledger.copies import Copies, first_of
from sayso.ledger.finding import Found, Named
from sayso.ledger.heard import Heard, Known
from sayso.ledger.holdings import Holdings
from sayso.ledger.questions import RULINGS, Entry, Followed, Questions
from sayso.ledger.searching import Term, fold
from sayso.ledger.store import Ledger, open_ledger
from sayso.ledger.stories import Kept, Stories, Tied
from sayso.ledger.tallies import Grounds
from sayso.ledger.versions import Version, address_of, is_page

__all__ = [
    "RULINGS",
    "ClaimFilter",
    "Copies",
    "Entry",
    "Followed",
    "Found",
    "Grounds",
    "Heard",
    "Holdings",
    "Kept",
    "Known",
    "Ledger",
    "Named",
    "News",
    "Questions",
    "Recorded",
    "Stories",
    "Term",
    "Tied",
    "Told",
    "Version",
    "address_of",
    "first_of",
    "fold",
    "is_page",
    "open_ledger",
]

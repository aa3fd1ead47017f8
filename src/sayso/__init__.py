"""Sayso keeps the ledger of a running news story: who claimed what, when, on whose say-so and how surely."""

from sayso.errors import InputError, LedgerError, ReaderError, SaysoError, UnreadableError
from sayso.records import Article, Claim, Link, Outlet, Published, Removed, Skipped, Source, Span, Time

__all__ = [
    "Article",
    "Claim",
    "InputError",
    "LedgerError",
    "Link",
    "Outlet",
    "Published",
    "ReaderError",
    "Removed",
    "SaysoError",
    "Skipped",
    "Source",
    "Span",
    "Time",
    "UnreadableError",
]

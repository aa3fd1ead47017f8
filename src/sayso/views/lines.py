"""The lines of those claims that a page shows."""

from __future__ import annotations

from collections.abc import Collection

from sayso.ledger import ClaimFilter, Ledger
from sayso.records import Claim
from sayso.views.edited import marks
from sayso.views.timeline import Line, line


def lines_of(ledger: Ledger, claims: Collection[str]) -> tuple[dict[str, Claim], dict[str, Line]]:
    """These claims as a page shows them, of whatever version of their article; by id."""
    if not claims:
        return {}, {}
    found = [r.claim for r in ledger.claims(ClaimFilter(ids=frozenset(claims), every_version=True))]
    ties = ledger.stories.ties([one.id for one in found])
    articles = {a.id: a for a in ledger.articles(ids={one.article for one in found})}
    edits = marks(ledger, articles).claims
    lines = {c.id: line(articles[c.article], c, ties.get(c.id), edited=edits.get(c.id)) for c in found}
    return {c.id: c for c in found}, lines

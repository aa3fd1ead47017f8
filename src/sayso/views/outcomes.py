"""Outcomes that the reports propose, with their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.ledger import ClaimFilter, Followed, Ledger
from sayso.outcomes import Proposal, proposals
from sayso.records import Claim, Stance
from sayso.views.timeline import Line, line


@dataclass(frozen=True, slots=True)
class ProposedOutcome:
    """How a question seems to have ended, and the sentences that state it as done."""

    followed: Followed
    proposal: Proposal
    lines: tuple[Line, ...]


def proposed_outcomes(ledger: Ledger) -> list[ProposedOutcome]:
    """What reports state as done of every question that is open."""
    made: list[ProposedOutcome] = []
    for one in ledger.questions.followed():
        if one.outcome.status == "open":
            made += _of_question(ledger, one)
    return made


def proposed_from(
    one: Followed, stances: Iterable[Stance], claims: Mapping[str, Claim], lines: Mapping[str, Line]
) -> tuple[ProposedOutcome, ...]:
    """What these stances state as done; nothing where the question is settled."""
    if one.outcome.status != "open":
        return ()
    found = proposals(one.question, stances, claims)
    return tuple(ProposedOutcome(one, proposal, tuple(lines[c] for c in proposal.claims)) for proposal in found)


def _of_question(ledger: Ledger, one: Followed) -> tuple[ProposedOutcome, ...]:
    stances = ledger.questions.stances(one.question.id)
    ids = frozenset(s.claim for s in stances)
    claims = {r.claim.id: r.claim for r in ledger.claims(ClaimFilter(ids=ids))} if ids else {}
    shown = {c for proposal in proposals(one.question, stances, claims) for c in proposal.claims}
    articles = {a.id: a for a in ledger.articles(ids={claims[c].article for c in shown})} if shown else {}
    ties = ledger.stories.ties(shown)
    lines = {c: line(articles[claims[c].article], claims[c], ties.get(c)) for c in shown}
    return proposed_from(one, stances, claims, lines)

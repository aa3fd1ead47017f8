"""Everything of one sort in the ledger, as the export promises it."""

from __future__ import annotations

from typing import Any

from sayso import exports
from sayso.ledger import Ledger, first_of
from sayso.views.questions import curves, track_records


def exported(ledger: Ledger, what: exports.What) -> list[dict[str, Any]]:
    """The rows of `what`: articles, claims, questions, stances or sources."""
    if what == "questions":
        return [exports.question_json(one.question, one.outcome, points) for one, points in curves(ledger)]
    if what == "stances":
        asked = ledger.questions.followed()
        return [exports.stance_json(s) for one in asked for s in ledger.questions.stances(one.question.id)]
    if what == "sources":
        return [exports.source_json(record) for record in track_records(ledger)]
    articles = ledger.articles()
    story_of = ledger.stories.story_of([a.id for a in articles])
    if what == "claims":
        return [
            exports.claim_json(r.claim, recorded=r.recorded, story=story_of.get(r.claim.article))
            for r in ledger.claims()
        ]
    known = ledger.copies.all()
    return [
        exports.article_json(a, story=story_of.get(a.id), copy_of=first_of(a.id, known) if a.id in known else None)
        for a in articles
    ]

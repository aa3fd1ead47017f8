"""Pages → JSON for --json: the records as exported, with what the page adds."""

from __future__ import annotations

from datetime import date
from typing import Any

from sayso import exports
from sayso.belief import Belief
from sayso.ledger import Followed
from sayso.origins import Count
from sayso.records import Copy, Question, Story
from sayso.views import Edit, EditedArticle, Part, ProposedOutcome, QuestionPage


def story_json(story: Story, counted: Count) -> dict[str, Any]:
    """A story, and what it rests on."""
    return {
        "id": story.id,
        "name": story.name,
        "start": _iso(story.start),
        "end": _iso(story.end),
        "people": list(story.people),
        "articles": list(story.articles),
        "episodes": [{"start": _iso(a), "end": _iso(b), "articles": list(held)} for a, b, held in story.episodes],
        "outlets": list(counted.outlets),
        "origins": [{"name": name, "claims": number} for name, number in counted.origins],
    }


def copy_json(copy: Copy) -> dict[str, Any]:
    """A copy and its original."""
    return {
        "article": copy.article,
        "copy_of": copy.original,
        "kind": copy.kind,
        "share": copy.share,
        "evidence": copy.evidence,
        "added": [{"start": start, "end": end} for start, end in copy.added],
    }


def asked_json(followed: Followed, now: Belief) -> dict[str, Any]:
    """A question that is followed, and where it stands."""
    outcome = followed.outcome
    return {
        "number": followed.number,
        **proposed_json(followed.question),
        "status": outcome.status,
        "resolved": {"on": _iso(outcome.on), "evidence": outcome.evidence} if outcome.status != "open" else None,
        "p": round(now.p, 4),
        "outlets": list(now.outlets),
        "origins": list(now.origins),
    }


def proposed_json(question: Question) -> dict[str, Any]:
    """A question."""
    return {
        "id": question.id,
        "text": question.text,
        "window": {"start": _iso(question.start), "end": _iso(question.end)},
        "among": question.group,
        "story": question.story,
    }


def proposal_json(one: ProposedOutcome) -> dict[str, Any]:
    """How a question seems to have ended, by which sentences."""
    return {
        "number": one.followed.number,
        "question": one.followed.question.id,
        "text": one.followed.question.text,
        "status": one.proposal.status,
        "on": _iso(one.proposal.on),
        "origins": list(one.proposal.origins),
        "claims": [exports.claim_json(line.claim, recorded=None) | {"outlet": line.outlet} for line in one.lines],
    }


def question_page_json(page: QuestionPage) -> dict[str, Any]:
    """Where a question stands as of a day, with every contribution and stance."""
    return asked_json(page.followed, page.belief) | {
        "as_of": _iso(page.as_of),
        "belief": [{"on": _iso(day), "p": round(p, 4)} for day, p in page.points],
        "log_odds": {"prior": page.belief.prior, "rivals": page.belief.rivals, "sum": page.belief.log_odds},
        "contributions": [
            {"origin": c.origin, "log_odds": c.log_odds, "relays": [s.claim for s in c.relays], **_part(part)}
            for c, part in page.counting
        ],
        "stances": [_part(part) for part in page.stances],
        "reversals": [
            {"origin": r.origin, "on": _iso(r.on), "before": _part(before), "after": _part(after)}
            for r, before, after in page.reversals
        ],
        "log": [{"recorded": entry.recorded, "what": entry.what} for entry in page.log],
    }


def _part(part: Part) -> dict[str, Any]:
    return exports.stance_json(part.stance) | {
        "outlet": part.line.outlet,
        "evidence": exports.claim_json(part.line.claim, recorded=None)["evidence"],
    }


def edited_json(one: EditedArticle) -> dict[str, Any]:
    """An edited article: every edit with the claims that changed, before and after."""
    return {
        "article": one.article.id,
        "url": one.article.url,
        "outlet": one.article.outlet.name,
        "title": one.article.title,
        "versions": one.versions,
        "edits": [_edit(edit) for edit in one.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "before": edit.before.id,
        "after": edit.after.id,
        "on": _iso(edit.on),
        "manner": edit.manner,
        "note": edit.note,
        "changes": [
            {
                "kinds": list(line.kinds),
                "before": exports.claim_json(line.before.claim, recorded=None) if line.before else None,
                "after": exports.claim_json(line.after.claim, recorded=None) if line.after else None,
            }
            for line in edit.lines
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

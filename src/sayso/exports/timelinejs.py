"""A story for TimelineJS (Knight Lab): one slide for each claim put down to someone, on the days on which it was said.

TimelineJS puts headline and text into the page as HTML, so every word of ours and of others is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Any

from sayso.exports.names import link
from sayso.records import CERTAINTY, Article, Claim, Published, Skipped, Story


def timelinejs(
    story: Story, articles: Mapping[str, Article], claims: Iterable[Claim]
) -> tuple[dict[str, Any], list[Skipped]]:
    """The timeline of a story, and the claims that have no day to stand on. Episodes are eras; outlets are the rows.

    What an article states in its own voice and what stands in other articles is not shown.
    """
    members = {ident: articles[ident] for ident in story.articles if ident in articles}
    events, left_out = list[dict[str, Any]](), list[Skipped]()
    for claim in claims:
        article = members.get(claim.article)
        if article is None or claim.cue is None:
            continue
        if days := _days(claim, article.published):
            events.append(_slide(claim, article, *days))
        else:
            left_out.append(Skipped(claim.id, "no day is known on which it was said"))
    events.sort(key=lambda slide: (*slide["start_date"].values(), slide["unique_id"]))
    told = f"{len(members)} reports" + (f", {_span_words(story.start, story.end)}" if story.start and story.end else "")
    eras = [_era(first, last, n) for n, (first, last, _) in enumerate(story.episodes, 1) if first and last]
    made: dict[str, Any] = {
        "title": {"text": {"headline": escape(story.name), "text": f"<p>{escape(told)}</p>"}, "autolink": False},
        "events": events,
    }
    return (made | {"eras": eras} if eras else made), left_out


def _days(claim: Claim, published: Published) -> tuple[date | None, date | None] | None:
    """First and last possible day; either may be missing, not both."""
    days = claim.said or (published.start, published.end)
    return days if days[0] or days[1] else None


def _slide(claim: Claim, article: Article, first: date | None, last: date | None) -> dict[str, Any]:
    """A slide stands on its first possible day, and says in words how far the day is known."""
    made: dict[str, Any] = {
        "start_date": _date(first or last),
        "display_date": _span_words(first, last),
        "text": {"headline": escape(_headline(claim)), "text": _text(claim, article)},
        "unique_id": claim.id,
        "autolink": False,
    }
    if first and last and first != last:
        made["end_date"] = _date(last)
    return made | {"group": escape(article.outlet.name)} if article.outlet.name else made


def _headline(claim: Claim) -> str:
    whose = claim.source.name or "Nobody named"
    sure = CERTAINTY.get(claim.certainty) if claim.certainty is not None else None
    return f"{whose}: {sure}" if sure else whose


def _text(claim: Claim, article: Article) -> str:
    page, title = link(article.url), article.title or article.outlet.name or "the report"
    where = f'<a href="{escape(page)}">{escape(title)}</a>' if page else escape(title)
    hands = " → ".join(hand.name if hand.name != "?" else "nobody named" for hand in claim.chain)
    return f"<blockquote>{escape(claim.content)}</blockquote><p>{escape(hands)}</p><p>{where}</p>"


def _era(first: date, last: date, number: int) -> dict[str, Any]:
    return {"start_date": _date(first), "end_date": _date(last), "text": {"headline": f"Episode {number}"}}


def _date(day: date | None) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day} if day else {}


def _span_words(first: date | None, last: date | None) -> str:
    if first and last:
        return first.isoformat() if first == last else f"{first.isoformat()} … {last.isoformat()}"
    return f"until {last.isoformat()}" if last else f"since {first.isoformat()}" if first else ""

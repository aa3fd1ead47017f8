"""A question as an Atom 1.0 feed (RFC 4287): an entry when belief moves, an origin reverses, or the question is settled.

Words of reports reach the feed as text inside escaped HTML inside XML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from typing import Final

from sayso.belief import Belief, Contribution
from sayso.exports.entries import Entry, feed_of
from sayso.exports.names import iri, link
from sayso.origins import counted_words
from sayso.reckoning import settled_on
from sayso.records import Article, Claim, Outcome, Question, Stance
from sayso.turns import Reversal

STEP: Final = 0.05  # of probability: what moves less makes no entry until it has added up


@dataclass(frozen=True, slots=True)
class Told:
    """What a feed may quote: claims by id and their articles. Stances whose claim is not here are told without words."""

    claims: Mapping[str, Claim]
    articles: Mapping[str, Article]


@dataclass(frozen=True, slots=True)
class _Entry:
    ident: str
    on: date
    title: str
    html: str
    term: str


def atom(
    question: Question,
    curve: Sequence[tuple[date, Belief]],
    *,
    updated: datetime,
    reversals: Iterable[Reversal] = (),
    outcome: Outcome | None = None,
    told: Told | None = None,
    address: str | None = None,
    base: str | None = None,
) -> bytes:
    """The feed, newest entry first, as UTF-8. `curve` is that of `belief.curve`.

    `updated` (with its time zone) is when the ledger last changed: it dates a feed without entries, and a settled question of which no day
    is known. `address` is where the feed will be found. The same records give the same entry ids.
    """
    held = told or Told({}, {})
    entries = [*_movements(question, curve, held, base), *(_reversal(one, held, base) for one in reversals)]
    if outcome and outcome.status != "open":
        entries.append(_settled(question, outcome, updated.date(), base))
    entries.sort(key=lambda one: (one.on, one.term, one.ident), reverse=True)
    made = [Entry(one.ident, _moment(one.on), one.title, one.html, one.term) for one in entries]
    ident = iri("question", question.id, base)
    return feed_of(made, ident=ident, title=question.text, updated=updated, address=address)


def _moment(day: date) -> datetime:
    """A day's beginning in UTC: Atom wants a moment, and later ones would lie in the future for some readers."""
    return datetime.combine(day, time(), UTC)


def _movements(
    question: Question, curve: Sequence[tuple[date, Belief]], told: Told, base: str | None
) -> Iterable[_Entry]:
    """The first point, and every later one that lies at least a STEP from the last that made an entry."""
    before: Belief | None = None
    for day, now in curve:
        if before is not None and abs(now.p - before.p) < STEP:
            continue
        title = f"{_percent(now.p)}: {question.text}"
        if before is not None:
            title = f"{'Up' if now.p > before.p else 'Down'} from {_percent(before.p)} to {title}"
        ident = iri("movement", f"{question.id}/{day.isoformat()}", base)
        yield _Entry(ident, day, title, _moved(before, now, told), "movement")
        before = now


def _moved(before: Belief | None, now: Belief, told: Told) -> str:
    """How many stand behind the figure, and whose word is new since the last entry."""
    known = {one.origin: one.stance.claim for one in before.contributions} if before else {}
    new = [one for one in now.contributions if known.get(one.origin) != one.stance.claim]
    counted = counted_words(len(now.outlets), len(now.contributions))
    return f"<p>{counted}</p>" + (f"<ul>{''.join(_item(one, told) for one in new)}</ul>" if new else "")


def _item(one: Contribution, told: Told) -> str:
    return f"<li>{escape(one.origin)}, {one.stance.stance}: {_words(one.stance, told)}</li>"


def _words(stance: Stance, told: Told) -> str:
    """The words of a claim and where they stand, as HTML."""
    claim = told.claims.get(stance.claim)
    article = told.articles.get(claim.article) if claim else None
    if claim is None:
        return escape(f"claim {stance.claim}")
    words = f"<q>{escape(claim.content)}</q>"
    page = link(article.url) if article else None
    name = escape((article.outlet.name if article else None) or stance.outlet or "")
    where = f'<a href="{escape(page)}">{name or "report"}</a>' if page else name
    return f"{words} ({where})" if where else words


def _reversal(one: Reversal, told: Told, base: str | None) -> _Entry:
    ident = iri("reversal", f"{one.question}/{one.before.claim}/{one.after.claim}", base)
    html = (
        f"<p>Before, {one.before.stance}: {_words(one.before, told)}</p>"
        f"<p>Now, {one.after.stance}: {_words(one.after, told)}</p>"
    )
    return _Entry(ident, one.on, f"{one.origin} now says the other thing: {one.after.stance}", html, "reversal")


def _settled(question: Question, outcome: Outcome, known: date, base: str | None) -> _Entry:
    """The outcome as it was put on record: its evidence is a link where it is one."""
    day = outcome.on or settled_on(question, outcome)
    said = f"on {day.isoformat()}" if day else "on a day that is not known"
    page = link(outcome.evidence)
    evidence = f'<a href="{escape(page)}">{escape(page)}</a>' if page else escape(outcome.evidence or "none given")
    html = f"<p>Ended with {outcome.status}, {said}.</p><p>Evidence: {evidence}</p>"
    ident = iri("outcome", f"{question.id}/{outcome.status}", base)
    return _Entry(ident, day or known, f"Settled, {outcome.status}: {question.text}", html, "outcome")


def _percent(p: float) -> str:
    """Never 0 or 100 %: belief has no ends."""
    return "under 1 %" if p < 0.005 else "over 99 %" if p >= 0.995 else f"{100 * p:.0f} %"

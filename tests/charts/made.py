"""A story for the charts, made of records: an origin, its relay, a copy, a denial. Every text can be set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sayso.belief import curve
from sayso.ledger import Entry, Followed
from sayso.records import Article, Claim, Outcome, Outlet, Published, Question, Source, Span, Stance, Story, content_id
from sayso.views.charted import Charted, Curve, Mark, Row
from sayso.views.questions import Part, QuestionPage
from sayso.views.timeline import Line, line


def day(number: int, month: int = 3, year: int = 2031) -> date:
    return date(year, month, number)


def said(
    words: str, on: date, *, by: str = "Ada Crane", outlet: str = "Harbour Post", certainty: int | None = 3
) -> Line:
    article = Article(content_id(outlet, words), words, outlet=Outlet(outlet), published=Published(on, on))
    claim = Claim(
        content_id(words, by, str(on)),
        article.id,
        (Span(0, len(words), words),),
        Source("person", by),
        Span(0, 1, words[:1]),
        "indirect",
        (),
        by,
        certainty,
        None,
        (on, on),
        0.9,
        "tests",
    )
    return line(article, claim)


def question(text: str = "Venturi leaves Almenara") -> Question:
    return Question("q1", text, day(1), day(30, 6))


def stance(one: Line, side: str, strength: float = 1.0) -> Stance:
    assert one.claim.said
    return Stance("q1", one.claim.id, side, strength, one.claim.origin, one.outlet, one.claim.said[1], "frame: leave")


def picture(lines: Mapping[Line, str | None], *, text: str = "Venturi leaves Almenara", **more: object) -> Charted:
    """A story whose claims (with what they say to its one question) each stand under their origin."""
    asked, rows = question(text), dict[str, list[Mark]]()
    stances = [stance(one, side) for one, side in lines.items() if side]
    for one, side in lines.items():
        mark = Mark(one, one.claim.said[1], ((1, side),) if side else (), (), None)
        rows.setdefault(one.claim.origin or "", []).append(mark)
    days = tuple(sorted({one.claim.said[1] for one in lines}))
    made = Curve(Followed(1, asked, Outcome("q1", "open"), ""), curve(asked, stances))
    story = Story("s1", str(more.get("name", "Venturi")), (), days[0], days[-1])
    return Charted(story, None, days, (made,), tuple(Row(n, tuple(m), 1.0) for n, m in rows.items()), 0)


def page(
    lines: Mapping[Line, str], outcome: Outcome | None = None, *, text: str = "Venturi leaves Almenara"
) -> QuestionPage:
    asked = question(text)
    parts = {stance(one, side): Part(stance(one, side), one) for one, side in lines.items()}
    told = curve(asked, parts)
    now = told[-1][1]
    return QuestionPage(
        Followed(1, asked, outcome or Outcome("q1", "open"), ""),
        None,
        now,
        tuple((on, one.p) for on, one in told),
        "1 outlet, 2 independent origins",
        tuple((c, parts[c.stance]) for c in now.contributions),
        tuple(parts.values()),
        (),
        (Entry("", ""),),
    )

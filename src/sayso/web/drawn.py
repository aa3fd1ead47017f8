"""The charts as a page takes them in: what `sayso.charts` draws, with the addresses of this server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from markupsafe import Markup

from sayso import charts
from sayso.ledger import Followed
from sayso.reckoning import Wording
from sayso.records import Claim
from sayso.scores import Share
from sayso.views import QuestionPage
from sayso.views.charted import Charted

CURVES = charts.CURVES


def place(claim: Claim) -> str:
    """The address of a claim: its article, at its words."""
    first = claim.evidence[0]
    return f"/articles/{quote(claim.article[:12])}#e-{first.start}-{first.end}"


def story(picture: Charted) -> Markup:
    """A story: origins by day, belief above, and what the marks mean."""

    def asked(one: Followed) -> str:
        return f"/questions/{one.number}" + (f"?as_of={picture.as_of}" if picture.as_of else "")

    return Markup(charts.story(picture, href=place, asked=asked) + charts.key())


def question(page: QuestionPage) -> Markup:
    """How a belief came about."""
    return Markup(charts.question(page, href=place) + charts.question_key())


def adding(values: Sequence[float]) -> list[Markup]:
    """A bar for each of the values, one where the other ends, and one for their sum."""
    return [Markup(one) for one in charts.adding(values)]


def interval(share: Share) -> Markup:
    """A share with its interval."""
    return Markup(charts.interval(share))


def calibration(rows: Sequence[tuple[Wording, Share]], of: str) -> Markup:
    """How often each wording came true."""
    return Markup(charts.calibration(rows, of=of))


def spark(points: Sequence[tuple[date, float]]) -> Markup:
    """A belief curve inside a line."""
    return Markup(charts.spark(points))

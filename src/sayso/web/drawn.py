"""The charts as a page takes them in: what `sayso.charts` draws, with the addresses of this server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from markupsafe import Markup

from sayso import charts
from sayso.records import Claim
from sayso.scores import Share, Wording
from sayso.views import QuestionPage
from sayso.views.charted import Charted


def place(claim: Claim) -> str:
    """The address of a claim: its article, at its words."""
    first = claim.evidence[0]
    return f"/articles/{quote(claim.article[:12])}#e-{first.start}-{first.end}"


def story(picture: Charted) -> Markup:
    """A story: origins by day, belief above, and what the marks mean."""
    return Markup(charts.story(picture, href=place) + charts.key())


def question(page: QuestionPage) -> Markup:
    """How a belief came about."""
    return Markup(charts.question(page, href=place))


def calibration(rows: Sequence[tuple[Wording, Share]], of: str) -> Markup:
    """How often each wording came true."""
    return Markup(charts.calibration(rows, of=of))


def spark(points: Sequence[tuple[date, float]]) -> Markup:
    """A belief curve inside a line."""
    return Markup(charts.spark(points))

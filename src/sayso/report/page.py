"""The report as text: template, style, script and figures in one file, locked against anything from outside."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sayso import charts
from sayso.belief import Belief
from sayso.exports.names import link
from sayso.ledger import Ledger
from sayso.records import Claim, Question, certainty_words
from sayso.report.told import Told, told
from sayso.views.marked import Mark, Paragraph, marked
from sayso.views.timeline import ArticlePage
from sayso.views.worded import short_kind, written

MARK: Final = '<meta name="generator" content="Sayso report">'
_PAGE: Final = 760  # pixels of an A4 page that the picture may take below the headline
_SIDES: Final = {"for": "▲", "against": "▼", "observing": "●"}


def report(
    ledger: Ledger, reference: str, *, as_of: date | None = None, redact: bool = False, made_on: date | None = None
) -> str:
    """A story (the beginning of its id, or words of its name) as one HTML file, as of a day or as it stands. `redact` leaves out the
    articles' text but for headlines and the words that claims rest on. Raises InputError where no story fits.
    """
    held = told(ledger, reference, as_of=as_of, made_on=made_on or date.today())
    picture = charts.story(held.picture, href=held.place, asked=lambda one: f"#q-{one.number}", rows=12)
    style, script = _style(picture), _own("report.js")
    scripted = {"style": Markup(style), "script": Markup(script), "data": Markup(_data(held))}
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    return _TEMPLATES.get_template("report.html").render(
        told=held,
        page=held.page,
        redact=redact,
        policy=policy,
        generator=Markup(MARK),
        picture=Markup(picture + charts.key()),
        question_key=Markup(charts.question_key()),
        drawn=[Markup(charts.question(one, href=held.place)) for one in held.questions],
        place=held.place,
        link=link,
        paragraphs=_paragraphs,
        **scripted,
    )


def _paragraphs(page: ArticlePage, redact: bool) -> tuple[Paragraph, ...]:
    return () if redact else marked(page)


def _style(picture: str) -> str:
    """One look with the web pages: their sheet, that of the charts, and what a report adds. On paper the picture fits one page."""
    pages = files("sayso").joinpath("web", "static", "sayso.css").read_text("utf-8")
    height = re.search(r'<svg [^>]*story-chart wide[^>]*height="(\d+)', picture)
    zoom = min(0.8, _PAGE / int(height[1])) if height else 0.8
    fitted = f"@media print {{ .drawing .story-chart {{ zoom: {zoom:.2f}; }} }}"
    return f"{pages}\n{charts.css()}\n{_own('report.css')}\n{fitted}\n"


def _own(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    """A text as a policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _data(held: Told) -> str:
    """The figures that the slider shows: belief in each question from each day on, with what it is made of."""
    places = {line.claim.id: held.place(line.claim) for page in held.articles for line in page.lines}
    questions = {
        str(one.followed.number): [_point(day, belief, places) for day, belief in one.points]
        for one in held.picture.curves
    }
    figures = {"days": [day.isoformat() for day in held.days], "questions": questions}
    # Within a script element no tag may end or open it.
    return json.dumps(figures, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")


def _point(day: date, belief: Belief, places: Mapping[str, str]) -> dict[str, Any]:
    return {
        "on": day.isoformat(),
        "p": round(belief.p, 4),
        "outlets": len(belief.outlets),
        "prior": round(belief.prior, 4),
        "rivals": round(belief.rivals, 4),
        "sum": round(belief.log_odds, 4),
        "origins": [
            {
                "name": one.origin,
                "side": one.stance.stance,
                "on": one.word.on.isoformat(),
                "adds": round(one.log_odds, 4),
                "relays": len(one.relays),
                "place": places.get(one.stance.claim, ""),
            }
            for one in belief.contributions
        ],
    }


def _day(value: date | None, otherwise: str = "undated") -> str:
    return charts.day_words(value) if value else otherwise


def _words(claim: Claim, redact: bool) -> str:
    """The name of a claim's words within their article; of the article where its text is left out."""
    first = claim.evidence[0]
    return f"a-{claim.article}" if redact else f"{claim.article[:8]}-e-{first.start}-{first.end}"


def _said(claim: Claim) -> str:
    """The last day on which a claim may have been said, for the slider; nothing where it has none."""
    return claim.said[1].isoformat() if claim.said else ""


def _span(start: date | None, end: date | None) -> str:
    if start and end:
        return _day(start) if start == end else f"{_day(start)} – {_day(end)}"
    return f"since {_day(start)}" if start else f"until {_day(end)}" if end else "any time"


def _window(question: Question) -> str:
    return _span(question.start, question.end)


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'s' * (number != 1)}"


def _flat(words: str) -> str:
    return " ".join(words.split())


_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "day": _day,
    "said": _said,
    "window": _window,
    "words": _words,
    "counted": _counted,
    "flat": _flat,
    "percent": lambda share: f"{share:.0%}".replace("%", "\u202f%"),
    "signed": lambda value: f"{value:+.2f}".replace("-", "−") if abs(value) >= 0.005 else "0.00",
    "certainty": certainty_words,
    "side": lambda name: _SIDES.get(name, ""),
    "short_kind": short_kind,
    "written": written,
    "is_mark": lambda one: isinstance(one, Mark),
}
_TEMPLATES: Final = Environment(
    loader=PackageLoader("sayso.report", ""),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters.update(_FILTERS)
_TEMPLATES.globals.update(span=_span)

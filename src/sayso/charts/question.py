"""A question: its belief over time, with what was said for it above and against it below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.belief import Contribution
from sayso.charts import plot
from sayso.charts.drawing import (
    Element,
    Href,
    at,
    clean,
    day_words,
    node,
    percent,
    picture,
    shape,
    shortened,
    surely,
    text_of,
)
from sayso.charts.scale import Scale, scaled
from sayso.records import Side
from sayso.views.questions import Part, QuestionPage

HEIGHT: Final = 150  # of the curve
_LANES: Final[tuple[Side, ...]] = ("for", "against", "observing")


@dataclass(frozen=True, slots=True)
class _Said:
    """A stance on the day from which it counts, with what it adds where it counts."""

    part: Part
    day: date
    counts: Contribution | None


def question(page: QuestionPage, *, href: Href) -> str:
    """The belief from 0 to 100 %, the window shaded, the outcome as a line. Every stance is a mark on its day: for above the curve, against
    and observing below; those that count are large and hang on a line. `href` gives the address of a claim.
    """
    asked, outcome = page.followed.question, page.followed.outcome
    said = _said(page)
    days = [one.day for one in said] + [day for day, _ in page.points]
    ended = outcome.on if outcome.status != "open" else None
    settled = ended if ended and (page.as_of is None or ended <= page.as_of) else None
    scale = scaled(
        [*days, *filter(None, (settled, page.as_of))] or [d for d in (asked.start, asked.end) if d],
        margins=(asked.start, asked.end),
        near=45,
    )
    now = f"{page.belief.p:.0%} from {page.counted}"
    chart = picture("question-chart", asked.text, now, linked=True)
    chart.set("data-scale", plot.told(scale))
    back = node(chart, "g")
    y, where = 4.0, list[tuple[_Said, float, float]]()
    y, above = _lane(scale, [one for one in said if one.part.stance.stance == "for"], y, up=True)
    where += above
    top = y
    bottom = top + HEIGHT
    y = bottom
    for lane in _LANES[1:]:
        y, below = _lane(scale, [one for one in said if one.part.stance.stance == lane], y, up=False)
        where += below
    plot.window(back, scale, asked, top, HEIGHT)
    plot.grid(back, scale, top, bottom)
    end = settled or min(page.as_of or asked.end or date.max, scale.end)
    plot.belief(chart, scale, page.points, end, top, HEIGHT)
    for share in (0, 50, 100):
        node(chart, "text", f"{share} %", x="0", y=top + HEIGHT * (1 - share / 100) - 4, class_="tick")
    _stems(back, page.points, where, top)
    if settled:
        plot.outcome_line(chart, scale, settled, f"ended: {outcome.status}", page.points, top, HEIGHT)
    plot.cuts(chart, scale, top, bottom)
    plot.veil(chart, scale, page.as_of, top, bottom)
    for one, x, height in where:
        _mark(chart, one, x, height, href)
    y = plot.axis(chart, scale, y + 2)
    chart.set("height", f"{y + 2:g}")
    return text_of(chart)


def _said(page: QuestionPage) -> list[_Said]:
    counting = {part.stance.claim: one for one, part in page.counting}
    found = []
    for part in page.stances:
        said = part.line.claim.said
        if day := part.stance.on or (said[1] if said else None):
            found.append(_Said(part, day, counting.get(part.stance.claim)))
    return sorted(found, key=lambda one: (one.counts is None, one.day, one.part.stance.claim))


def _lane(scale: Scale, said: Sequence[_Said], y: float, *, up: bool) -> tuple[float, list[tuple[_Said, float, float]]]:
    """The places of one side's marks from `y` down, those that count nearest to the curve; where the lane ends."""
    if not said:
        return y + (10 if up else 0), []
    placed, _ = plot.clear(((scale.x(one.day), one) for one in _by_day(said)), apart=lambda _: plot.APART, levels=8)
    levels = max(level for _, level in placed) + 1
    end = y + 12 + levels * plot.APART
    made = []
    for one, level in placed:
        away = 10 + level * plot.APART
        made.append((one, scale.x(one.day), end - away if up else y + away))
    return end, made


def _by_day(said: Iterable[_Said]) -> list[_Said]:
    return sorted(said, key=lambda one: (one.day, one.counts is None, one.part.stance.claim))


def _stems(
    back: Element,
    points: Sequence[tuple[date, float]],
    where: Iterable[tuple[_Said, float, float]],
    top: float,
) -> None:
    """From each mark that counts to the curve."""
    for one, x, y in where:
        p = plot.standing(points, one.day)
        if one.counts is not None and p is not None:
            node(
                back, "line", x1=percent(x), x2=percent(x), y1=y, y2=top + HEIGHT * (1 - p), class_="stem",
                data_day=one.day.isoformat(),
            )  # fmt: skip


def _mark(chart: Element, one: _Said, x: float, y: float, href: Href) -> None:
    line, stance = one.part.line, one.part.stance
    link = node(chart, "a", href=href(line.claim), class_="claim", data_day=one.day.isoformat())
    who = stance.origin or line.by
    parts = [f"{who}, {day_words(one.day)}: {stance.stance}{surely(line.claim.certainty)}"]
    parts.append(f"“{shortened(line.content, 180)}”")
    if line.outlet not in (who, "unknown outlet"):
        parts.append(f"printed by {line.outlet}")
    if one.counts is None:
        parts.append("adds nothing of its own")
    else:
        relays = len(one.counts.relays)
        parts.append(f"adds {one.counts.log_odds:+.2f}" + (f", relayed {relays} times" if relays else ""))
    link.set("aria-label", clean(". ".join(parts)))
    node(link, "title").text = "\n".join(clean(part) for part in parts)
    held = at(link, x, y)
    node(held, "circle", r=10, class_="touch")
    inner = held if one.counts else node(held, "g", transform="scale(.72)")
    shape(inner, stance.stance, line.claim.certainty, class_="" if one.counts else "relaying")

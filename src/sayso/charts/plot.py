"""The parts that charts over time are made of: ticks, cuts, the belief curve, marks that keep clear of one another."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final, TypeVar

from sayso.charts.drawing import LETTER, NARROW, RIGHT, Element, at, clean, node, percent
from sayso.charts.scale import Scale
from sayso.records import Question

APART: Final = 13.0  # pixels between the middles of two marks side by side
LEVELS: Final = 5  # marks that may stand above one another
_T = TypeVar("_T")


def told(scale: Scale) -> str:
    """The scale for a script: first and last day of each stretch and its place, in per cent."""
    return json.dumps(
        [[s.start.isoformat(), s.end.isoformat(), round(s.left, 3), round(s.right, 3)] for s in scale.stretches]
    )


def grid(chart: Element, scale: Scale, top: float, bottom: float) -> None:
    """Lines at the ticks, behind everything."""
    for tick in scale.ticks():
        x = percent(tick.x)
        node(chart, "line", x1=x, x2=x, y1=top, y2=bottom, class_="grid fine" if tick.fine else "grid")


def cuts(chart: Element, scale: Scale, top: float, bottom: float) -> None:
    """Where days are left out: an empty band over everything, with torn edges."""
    for before, after in scale.cuts:
        left, right = before.right + 0.6, after.left - 0.6
        gap = (after.start - before.end).days
        band = node(chart, "g", class_="cut")
        node(band, "title", f"{length(gap)} without a report, left out")
        node(band, "rect", x=percent(left), y=top, width=percent(right - left), height=bottom - top)
        for x in (left, right):
            line = node(band, "line", x1=percent(x), x2=percent(x), y1=top, y2=bottom)
            line.set("stroke-dasharray", "5 4")


def length(days: int) -> str:
    """'3 weeks', '20 months', '4 years'."""
    for unit, size, least in (("year", 365.25, 3), ("month", 30.44, 2), ("week", 7, 2)):
        if days / size >= least:
            return f"{round(days / size)} {unit}s"
    return f"{days} days"


def axis(chart: Element, scale: Scale, y: float) -> float:
    """The labels of the ticks from `y` down, years below them; where it ends."""
    for tick in scale.ticks():
        where, x = _anchored(tick.x)
        label = node(chart, "text", tick.label, x=percent(x), y=y + 12, class_="tick fine" if tick.fine else "tick")
        label.set("text-anchor", where)
        if tick.year:
            year = node(chart, "text", tick.year, x=percent(x), y=y + 25, class_="tick year")
            year.set("text-anchor", where)
    for before, after in scale.cuts:
        x = (before.right + after.left) / 2
        node(at(chart, x, y + 8), "text", "⁄⁄", class_="tick").set("text-anchor", "middle")
    return y + 30


def _anchored(x: float) -> tuple[str, float]:
    if x < 6:
        return "start", x
    return ("end", x) if x > 94 else ("middle", x)


def lines(chart: Element, words: str, y: float, class_: str, *, room: float = NARROW, letter: float = LETTER) -> float:
    """A text over as many lines as the narrowest page needs; the line after it."""
    for line in textwrap.wrap(clean(words), max(12, int(room / letter))) or [""]:
        node(chart, "text", line, x="0", y=y + 12, class_=class_)
        y += 16
    return y


def window(chart: Element, scale: Scale, question: Question, top: float, height: float) -> None:
    """The days that a question is about, shaded."""
    for one in scale.stretches:
        first, last = max(question.start or date.min, one.start), min(question.end or date.max, one.end)
        if first <= last:
            left, right = scale.x(first), scale.x(last)
            node(chart, "rect", x=percent(left), y=top, width=percent(right - left), height=height, class_="window")


def belief(
    chart: Element, scale: Scale, points: Sequence[tuple[date, float]], end: date, top: float, height: float
) -> None:
    """A belief curve in steps over three lines at 0, 50 and 100 %; the last figure holds until `end`."""
    for share in (0, 50, 100):
        y = top + height * (1 - share / 100)
        node(chart, "line", x1="0", x2="100%", y1=y, y2=y, class_="level half" if share == 50 else "level")
    if not points:
        return
    path = _steps(scale, points, end, height)
    # Its own coordinates, stretched to the width: a thousand across, pixels down.
    held = node(chart, "svg", x="0", y=top, width="100%", height=height, overflow="visible")
    held.set("viewBox", f"0 0 1000 {height:g}")
    held.set("preserveAspectRatio", "none")
    first, last = scale.x(points[0][0]) * 10, scale.x(max(end, points[-1][0])) * 10
    node(held, "path", d=f"{path}L{last:.1f} {height:g}L{first:.1f} {height:g}Z", class_="area")
    node(held, "path", d=path, class_="curve").set("vector-effect", "non-scaling-stroke")


def _steps(scale: Scale, points: Sequence[tuple[date, float]], end: date, height: float) -> str:
    made = ""
    for day, p in points:
        x, y = scale.x(day) * 10, height * (1 - p)
        made += f"H{x:.1f}V{y:.1f}" if made else f"M{x:.1f} {y:.1f}"
    return made + f"H{scale.x(max(end, points[-1][0])) * 10:.1f}"


def standing(points: Sequence[tuple[date, float]], day: date) -> float | None:
    """Where a curve stands on a day; None before its first."""
    known = [p for on, p in points if on <= day]
    return known[-1] if known else None


def outcome_line(
    chart: Element, scale: Scale, on: date, words: str, points: Sequence[tuple[date, float]], top: float, height: float
) -> None:
    """The day a question was settled, with the word for it where the curve is not."""
    x, p = scale.x(on), standing(points, on)
    low = p is not None and p > 0.5
    node(
        chart, "line", x1=percent(x), x2=percent(x), y1=top, y2=top + height, class_="outcome", data_day=on.isoformat()
    )
    label = node(chart, "text", words, x=percent(x), class_="outcome-word", data_day=on.isoformat())
    label.set("y", f"{top + (height - 6 if low else 13):g}")
    label.set("text-anchor", "end" if x > 50 else "start")
    label.set("dx", "-6" if x > 50 else "6")


def veil(chart: Element, scale: Scale, as_of: date | None, top: float, bottom: float) -> None:
    """What is not yet known as of a day, covered; without one it is there and empty, for a script to draw."""
    x = scale.x(as_of) if as_of else 100.0
    hidden = "none" if as_of is None or as_of >= scale.end else None
    held = node(chart, "g", class_="veil", display=hidden)
    node(held, "rect", x=percent(x), y=top, width=percent(100 - x), height=bottom - top)
    node(held, "line", x1=percent(x), x2=percent(x), y1=top, y2=bottom)


def clear(
    items: Iterable[tuple[float, _T]], *, apart: Callable[[_T], float], levels: int = LEVELS, room: float = NARROW
) -> tuple[list[tuple[_T, int]], list[_T]]:
    """Each item with a level on which it touches no other; and those for which there is no level.

    `items` have their place in per cent of a `room` in pixels and come from left to right; `apart` is what one needs of it.
    """
    reached = [-1e9] * levels
    placed, left_over = list[tuple[_T, int]](), list[_T]()
    for x, one in items:
        pixels, half = x / RIGHT * room, apart(one) / 2
        free = next((level for level, last in enumerate(reached) if pixels - half >= last - 0.01), None)
        if free is None:
            left_over.append(one)
            continue
        reached[free] = pixels + half
        placed.append((one, free))
    return placed, left_over

"""A story: where each question stood over time, and below, on the same days, who said what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.charts import plot
from sayso.charts.drawing import (
    NARROW,
    Element,
    Href,
    at,
    clean,
    day_words,
    node,
    percent,
    picture,
    shape,
    sheet,
    shortened,
    surely,
    text_of,
)
from sayso.charts.scale import Scale, scaled
from sayso.ledger import Followed
from sayso.origins import counted_words
from sayso.views.charted import Charted, Curve, Mark, Row

ROWS: Final = 16  # origins shown; the rest are counted
CURVES: Final = 6
HEIGHT: Final = 60  # of a belief curve
_NAMED: Final = 2  # contents told of marks that are drawn as one


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Marks of one origin and day that say the same as surely: drawn as one."""

    marks: tuple[Mark, ...]

    @property
    def first(self) -> Mark:
        return self.marks[0]

    @property
    def room(self) -> float:
        return plot.APART + (5.5 * len(str(len(self.marks))) + 2 if len(self.marks) > 1 else 0)


@dataclass(frozen=True, slots=True)
class _Layout:
    """A page's width that a chart is laid out for: names stand beside the days in `side` per cent of it, or (0) above them."""

    name: str
    side: float
    room: float  # pixels that the narrowest such page leaves for the days
    name_room: float  # pixels for the name of a question
    figure: str  # where the figure of a question ends
    letters: int  # of an origin's name


_LAYOUTS: Final = (
    _Layout("narrow", 0, NARROW, 270, "100%", 38),
    _Layout("wide", 25, 760, 205, "23.6%", 30),
)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What every part of a chart needs to know."""

    layout: _Layout
    as_of: date | None
    names: Mapping[int, str]  # number of a question → its text
    href: Href
    asked: Callable[[Followed], str] | None


def story(
    page: Charted,
    *,
    href: Href,
    asked: Callable[[Followed], str] | None = None,
    as_of: date | None = None,
    rows: int = ROWS,
) -> str:
    """Claims as marks by stance and certainty over time, a row for each origin, relays tied to what they pass on; above, the belief in each
    question. `as_of` draws the line of that day (the page is as of it anyway); `href` gives the address of a claim, `asked` of a question.

    It is drawn twice, for narrow pages and for wide ones (names beside the days); the style sheet shows the one that fits.
    """
    names = {one.followed.number: one.followed.question.text for one in page.curves}
    drawings = (_Drawing(layout, as_of or page.as_of, names, href, asked) for layout in _LAYOUTS)
    return f'<div class="laid-out">{"".join(_drawn(page, drawing, rows) for drawing in drawings)}</div>'


def _drawn(page: Charted, drawing: _Drawing, rows: int) -> str:
    scale, layout = scaled(page.days), drawing.layout
    claims = sum(len(row.marks) for row in page.rows)
    about = f"{claims} claims of {len(page.rows)} origins, {day_words(scale.start)} to {day_words(scale.end)}"
    chart = picture(f"story-chart {layout.name}", page.story.name, about, linked=True)
    chart.set("data-scale", plot.told(scale))
    under = node(chart, "g")
    # The days have a coordinate system of their own, so that the names may stand beside them.
    held = node(chart, "svg", x=percent(layout.side), y=0, width=percent(100 - layout.side), overflow="visible")
    back, middle = node(held, "g"), node(held, "g")
    front = node(None, "g")  # names stand over everything
    y, tops = 2.0, list[tuple[float, float]]()
    for curve in page.curves[:CURVES]:
        y = _curve(middle, front, scale, curve, drawing, y, tops)
    if len(page.curves) > CURVES:
        y = plot.lines(front, f"and {len(page.curves) - CURVES} more questions, below", y, "soft")
    y = top = plot.axis(held, scale, y)
    places = dict[str, tuple[float, float]]()
    y, drawn = _rows((under, middle, front), scale, page.rows[:rows], drawing, y, places)
    if rest := page.rows[rows:]:
        marks = sum(len(row.marks) for row in rest)
        y = plot.lines(front, f"and {len(rest)} more origins with {marks} claims", y + 4, "soft")
    bottom = y
    if len(page.rows) > 5:
        y = plot.axis(held, scale, y)
    if page.undated:
        y = plot.lines(front, f"{page.undated} claims have no day, and no place here", y + 2, "soft")
    if page.left_out:
        y = plot.lines(front, f"{page.left_out:,} more claims, most of them earlier, are not drawn", y + 2, "soft")
    for above, below in [*tops, (top, bottom)]:
        plot.grid(back, scale, above, below)
        # Marks and names stand over cut and veil, curves under them.
        over = back if above == top else held
        plot.cuts(over, scale, above, below)
        plot.veil(over, scale, drawing.as_of, above, below)
    _relays(back, drawn, places)
    chart.append(front)
    chart.set("height", f"{y + 4:g}")
    held.set("height", f"{y + 4:g}")
    return text_of(chart)


def _curve(
    held: Element,
    front: Element,
    scale: Scale,
    curve: Curve,
    drawing: _Drawing,
    y: float,
    tops: list[tuple[float, float]],
) -> float:
    """One question with its belief, its name above or beside; the line after it."""
    one, points, layout = curve.followed, [(day, was.p) for day, was in curve.points], drawing.layout
    group = node(front, "g", class_="question", data_question=one.number)
    top = y
    linked = node(group, "a", href=drawing.asked(one), class_="to-question") if drawing.asked else group
    y = plot.lines(linked, one.question.text, y, "name", room=layout.name_room, letter=7.4)
    last = curve.points[-1][1] if curve.points else None
    figure = node(group, "text", f"{last.p:.0%}" if last else "–", x=layout.figure, y=top + 15, class_="figure")
    figure.set("text-anchor", "end")
    counted = counted_words(len(last.outlets), len(last.contributions)) if last else "nothing on record"
    y = _about(group, _days(one.question.start, one.question.end), counted, y, beside=layout.side > 0)
    y, below = (top, y) if layout.side else (y, y)
    plot.window(held, scale, one.question, y, HEIGHT)
    plot.belief(held, scale, points, _held_until(curve, scale, drawing.as_of), y, HEIGHT)
    ended = one.outcome
    if ended.on and ended.status != "open" and (drawing.as_of is None or ended.on <= drawing.as_of):
        plot.outcome_line(held, scale, ended.on, f"ended: {ended.status}", points, y, HEIGHT)
    elif ended.status != "open" and drawing.as_of is None:
        words = f"ended: {ended.status}"
        label = node(held, "text", words, x="100%", y=y + HEIGHT - 5, class_="outcome-word", data_day="")
        label.set("text-anchor", "end")
    tops.append((y, y + HEIGHT))
    return max(y + HEIGHT, below) + 16


def _about(group: Element, days: str, counted: str, y: float, *, beside: bool) -> float:
    """What a question's figure rests on: on one line, or on two where the room is narrow."""
    about = node(group, "text", x="0", y=y + 11, class_="soft")
    if days:
        node(about, "tspan", days)
        if beside:
            node(group, "text", counted, x="0", y=y + 26, class_="soft counted")
            return y + 32
        node(about, "tspan", "·", dx=5)
    node(about, "tspan", counted, dx=5 if days else None, class_="counted")
    return y + 18


def _held_until(curve: Curve, scale: Scale, as_of: date | None) -> date:
    """The last day that a curve is drawn to: what was settled stands no longer, and neither does what the window is past."""
    one = curve.followed
    last = one.outcome.on or min(one.question.end or date.max, scale.end)
    return min(last, as_of) if as_of else last


def _days(start: date | None, end: date | None) -> str:
    if start is None and end is None:
        return ""
    first = "" if start is None else f"{start:%b}" if end and start.year == end.year else f"{start:%b %Y}"
    last = f"{end:%b %Y}" if end else ""
    return f"{first} to {last}".strip() if last else f"from {first}"


def _rows(
    layers: tuple[Element, Element, Element],
    scale: Scale,
    rows: Sequence[Row],
    drawing: _Drawing,
    y: float,
    places: dict[str, tuple[float, float]],
) -> tuple[float, list[Mark]]:
    """The rows from `y` down, on three layers (rules, marks, names); where they end, and the marks that stand in them."""
    under, middle, front = layers
    layout, drawn = drawing.layout, list[Mark]()
    for number, row in enumerate(rows):
        bundles = _bundles(row.marks)
        placed, left_over = plot.clear(
            [(scale.x(b.first.day), b) for b in bundles], apart=lambda b: b.room, room=layout.room
        )
        levels = max((level for _, level in placed), default=0)
        height = max(33, 20 + levels * plot.APART) if layout.side else 34 + levels * plot.APART
        lowest = y + (height + levels * plot.APART) / 2 + 2 if layout.side else y + height - 9
        if number:
            node(under, "line", x1="0", x2="100%", y1=y, y2=y, class_="rule")
        held = node(middle, "g", class_="row")
        _named_row(front, row, layout, y)
        for bundle, level in placed:
            where = (scale.x(bundle.first.day), lowest - level * plot.APART)
            _mark(held, bundle, where, drawing)
            drawn += bundle.marks
            places.update((mark.claim.id, where) for mark in bundle.marks)
        if left_over:
            more = sum(len(b.marks) for b in left_over)
            label = node(front, "text", f"{more} more not drawn", x="100%", y=y + 14, class_="soft")
            label.set("text-anchor", "end")
        y += height + 5
    return y, drawn


def _named_row(front: Element, row: Row, layout: _Layout, y: float) -> None:
    """Whose row it is, and how many claims: on one line above the marks, or on two beside them."""
    name = node(front, "text", x="0", y=y + 15)
    node(name, "tspan", shortened(row.origin, layout.letters), class_="name")
    if layout.side:
        node(front, "text", _claims(len(row.marks)), x="0", y=y + 30, class_="soft")
    else:
        node(name, "tspan", _claims(len(row.marks)), class_="soft").set("dx", "7")


def _claims(number: int) -> str:
    return f"{number} claim{'s' * (number != 1)}"


def _bundles(marks: Sequence[Mark]) -> list[_Bundle]:
    held: dict[tuple[object, ...], list[Mark]] = defaultdict(list)
    for mark in marks:
        sure = abs(mark.claim.certainty or 0) if mark.side else None
        held[mark.day, mark.side or "", sure, mark.relays or ""].append(mark)
    made = [_Bundle(tuple(found)) for found in held.values()]
    return sorted(made, key=lambda b: (b.first.day, b.first.side is None, b.first.side or "", b.first.claim.id))


def _mark(parent: Element, bundle: _Bundle, where: tuple[float, float], drawing: _Drawing) -> None:
    first = bundle.first
    link = node(parent, "a", href=drawing.href(first.claim), class_="claim", data_day=first.day.isoformat())
    told = _told(bundle, drawing.names)
    # Read out in short, with the rest as its description; a page has hundreds of these.
    link.set("aria-label", clean(told.split("\n")[0]))
    title = node(link, "title")
    title.text = "\n".join(clean(line) for line in told.split("\n"))
    held = at(link, *where)
    node(held, "circle", r=10, class_="touch")
    if any(mark.copies for mark in bundle.marks):
        sheet(held, first.side)
    certainty = first.claim.certainty
    shape(held, first.side, certainty, class_="relaying" if first.relays else "")
    if len(bundle.marks) > 1:
        node(held, "text", str(len(bundle.marks)), x=7, y=4, class_="many")


def _told(bundle: _Bundle, asked: Mapping[int, str]) -> str:
    first = bundle.first
    line = first.line
    who = line.by if line.outlet in (line.by, "unknown outlet") else f"{line.by}, {line.outlet}"
    said = [f"{side}: {asked[number]}" for number, side in first.sides if number in asked]
    side = f", {first.side}" if first.side else ""
    parts = [f"{who}, {day_words(first.day)}{side}{surely(first.claim.certainty)}", *said]
    parts += [f"“{shortened(mark.line.content, 120)}”" for mark in bundle.marks[:_NAMED]]
    if len(bundle.marks) > _NAMED:
        parts.append(f"and {len(bundle.marks) - _NAMED} more that day")
    if copies := sorted({name for mark in bundle.marks for name in mark.copies}):
        parts.append(f"also printed by {', '.join(copies)}")
    if line.tied:
        parts.append(line.tied)
    return "\n".join(parts)


def _relays(back: Element, marks: Sequence[Mark], places: Mapping[str, tuple[float, float]]) -> None:
    """A line from each relay to what it passes on."""
    for mark in marks:
        if mark.relays and mark.relays in places:
            (x1, y1), (x2, y2) = places[mark.relays], places[mark.claim.id]
            node(
                back,
                "line",
                x1=percent(x1),
                y1=y1,
                x2=percent(x2),
                y2=y2,
                class_="relay",
                data_day=mark.day.isoformat(),
            )

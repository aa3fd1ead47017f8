"""A story: where each question stood over time, and below, on the same days, who said what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.charts import plot
from sayso.charts.drawing import (
    CERTAINTY,
    SHAPES,
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
    text_of,
)
from sayso.charts.scale import Scale, scaled
from sayso.records import Side
from sayso.views.charted import Charted, Curve, Mark, Row

ROWS: Final = 16  # origins shown; the rest are counted
CURVES: Final = 6
HEIGHT: Final = 52  # of a belief curve
_NAMED: Final = 3  # contents told of marks that are drawn as one


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


def story(page: Charted, *, href: Href, as_of: date | None = None, rows: int = ROWS) -> str:
    """Claims as marks by stance and certainty over time, a row for each origin, relays tied to what they pass on; above, the belief in each
    question. `as_of` draws the line of that day (the page is as of it anyway); `href` gives the address of a claim.
    """
    as_of = as_of or page.as_of
    scale = scaled(page.days)
    shown = page.rows[:rows]
    claims = sum(len(row.marks) for row in page.rows)
    about = f"{claims} claims of {len(page.rows)} origins, {day_words(scale.start)} to {day_words(scale.end)}"
    chart = picture("story-chart", page.story.name, about, linked=True)
    chart.set("data-scale", plot.told(scale))
    back, middle = node(chart, "g"), node(chart, "g")
    front = node(None, "g")  # names stand over everything
    y, tops = 2.0, list[tuple[float, float]]()
    for curve in page.curves[:CURVES]:
        y = _curve(middle, scale, curve, as_of, y, tops)
    if len(page.curves) > CURVES:
        y = plot.lines(chart, f"and {len(page.curves) - CURVES} more questions", y, "soft")
    y = plot.axis(chart, scale, y)
    top = y
    asked = {one.followed.number: one.followed.question.text for one in page.curves}
    places = dict[str, tuple[float, float]]()
    y, drawn = _rows(middle, front, scale, shown, asked, href, y, places)
    if rest := page.rows[rows:]:
        marks = sum(len(row.marks) for row in rest)
        y = plot.lines(front, f"and {len(rest)} more origins with {marks} claims", y + 4, "soft")
    bottom = y
    if len(shown) > 5:
        y = plot.axis(chart, scale, y)
    if page.undated:
        y = plot.lines(chart, f"{page.undated} claims have no day, and no place here", y + 2, "soft")
    for above, below in [*tops, (top, bottom)]:
        plot.grid(back, scale, above, below)
        # Marks and names stand over cut and veil, curves under them.
        over = back if above == top else chart
        plot.cuts(over, scale, above, below)
        plot.veil(over, scale, as_of, above, below)
    _relays(back, drawn, places)
    chart.append(front)
    chart.set("height", f"{y + 4:g}")
    return text_of(chart)


def key() -> str:
    """What the marks mean, as an HTML list."""
    made = node(None, "ul", class_="chart-key")
    sides: tuple[tuple[Side | None, str], ...] = (
        ("for", "for"), ("against", "against"), ("observing", "observing"), (None, "on no question"),
    )  # fmt: skip
    for side, words in sides:
        _entry(made, words, [(side, 3, 0)])
    _entry(made, "the fuller, the surer", [("for", 1, -13), ("for", 2, 0), ("for", 3, 13)], width=42)
    _entry(made, "printed by others too", [("for", 3, 0)], copied=True)
    relayed = _entry(made, "passed on by another", [("for", 3, -12), ("for", 3, 12)], width=40, joined=True)
    relayed.set("class", "relayed")
    return text_of(made)


def _entry(
    parent: Element,
    words: str,
    marks: Sequence[tuple[Side | None, int, float]],
    *,
    width: int = 18,
    copied: bool = False,
    joined: bool = False,
) -> Element:
    entry = node(parent, "li")
    box = node(entry, "svg", class_="chart", width=width, height=18, role="img")
    box.set("viewBox", f"{-width / 2:g} -9 {width} 18")
    box.set("aria-hidden", "true")
    if joined:
        node(box, "line", x1=-12, x2=12, y1=0, y2=0, class_="relay")
    for side, sure, x in marks:
        held = node(box, "g", transform=f"translate({x:g} 0)")
        if copied:
            _sheet(held, side)
        shape(held, side, sure, class_="relaying" if joined and x > 0 else "")
    entry[-1].tail = clean(words)
    return entry


def _curve(
    chart: Element, scale: Scale, curve: Curve, as_of: date | None, y: float, tops: list[tuple[float, float]]
) -> float:
    """One question with its belief; the line after it."""
    one, points = curve.followed, [(day, held.p) for day, held in curve.points]
    group = node(chart, "g", class_="question", data_question=one.number)
    top = y
    y = plot.lines(group, one.question.text, y, "name", room=270, letter=7.4)
    last = curve.points[-1][1] if curve.points else None
    figure = node(group, "text", f"{last.p:.0%}" if last else "–", x="100%", y=top + 17, class_="figure")
    figure.set("text-anchor", "end")
    counted = _counted(len(last.outlets), len(last.contributions)) if last else "nothing on record"
    about = node(group, "text", x="0", y=y + 11, class_="soft")
    if days := _days(one.question.start, one.question.end):
        node(about, "tspan", days)
        node(about, "tspan", "·", dx=5)
    node(about, "tspan", counted, dx=5 if days else None, class_="counted")
    y += 18
    plot.window(group, scale, one.question, y, HEIGHT)
    plot.belief(group, scale, points, _held_until(curve, scale, as_of), y, HEIGHT)
    ended = one.outcome
    if ended.on and ended.status != "open" and (as_of is None or ended.on <= as_of):
        plot.outcome_line(group, scale, ended.on, ended.status, points, y, HEIGHT)
    elif ended.status != "open" and as_of is None:
        label = node(
            group, "text", f"ended: {ended.status}", x="100%", y=y + HEIGHT - 5, class_="outcome-word", data_day=""
        )
        label.set("text-anchor", "end")
    tops.append((y, y + HEIGHT))
    return y + HEIGHT + 16


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


def _counted(outlets: int, origins: int) -> str:
    return f"{outlets} outlet{'s' * (outlets != 1)}, {origins} independent origin{'s' * (origins != 1)}"


def _rows(
    chart: Element,
    front: Element,
    scale: Scale,
    rows: Sequence[Row],
    asked: Mapping[int, str],
    href: Href,
    y: float,
    places: dict[str, tuple[float, float]],
) -> tuple[float, list[Mark]]:
    """The rows from `y` down, their names in `front`; where they end, and the marks that stand in them."""
    drawn = list[Mark]()
    for number, row in enumerate(rows):
        held = node(chart, "g", class_="row")
        bundles = _bundles(row.marks)
        placed, left_over = plot.clear([(scale.x(b.first.day), b) for b in bundles], apart=lambda b: b.room)
        levels = max((level for _, level in placed), default=0)
        height = 34 + levels * plot.APART
        if number:
            node(held, "line", x1="0", x2="100%", y1=y, y2=y, class_="rule")
        name = node(front, "text", x="0", y=y + 14)
        node(name, "tspan", shortened(row.origin, 38), class_="name")
        count = node(name, "tspan", _claims(len(row.marks)), class_="soft")
        count.set("dx", "7")
        for bundle, level in placed:
            where = (scale.x(bundle.first.day), y + height - 9 - level * plot.APART)
            _mark(held, bundle, where, asked, href)
            drawn += bundle.marks
            places.update((mark.claim.id, where) for mark in bundle.marks)
        if left_over:
            more = sum(len(b.marks) for b in left_over)
            label = node(front, "text", f"and {more} more", x="100%", y=y + 14, class_="soft")
            label.set("text-anchor", "end")
        y += height + 5
    return y, drawn


def _claims(number: int) -> str:
    return f"{number} claim{'s' * (number != 1)}"


def _bundles(marks: Sequence[Mark]) -> list[_Bundle]:
    held: dict[tuple[object, ...], list[Mark]] = defaultdict(list)
    for mark in marks:
        sure = abs(mark.claim.certainty or 0) if mark.side else None
        held[mark.day, mark.side or "", sure, mark.relays or ""].append(mark)
    made = [_Bundle(tuple(found)) for found in held.values()]
    return sorted(made, key=lambda b: (b.first.day, b.first.side is None, b.first.side or "", b.first.claim.id))


def _mark(parent: Element, bundle: _Bundle, where: tuple[float, float], asked: Mapping[int, str], href: Href) -> None:
    first = bundle.first
    link = node(parent, "a", href=href(first.claim), class_="claim", data_day=first.day.isoformat())
    told = _told(bundle, asked)
    link.set("aria-label", clean(told.replace("\n", ". ")))
    title = node(link, "title")
    title.text = "\n".join(clean(line) for line in told.split("\n"))
    held = at(link, *where)
    node(held, "circle", r=10, class_="touch")
    if any(mark.copies for mark in bundle.marks):
        _sheet(held, first.side)
    certainty = first.claim.certainty
    shape(held, first.side, certainty, class_="relaying" if first.relays else "")
    if len(bundle.marks) > 1:
        node(held, "text", str(len(bundle.marks)), x=7, y=4, class_="many")


def _sheet(parent: Element, side: Side | None) -> None:
    """A second mark behind the first, as of a sheet below another: other outlets printed it too."""
    node(parent, "path", d=SHAPES[side], transform="translate(3 -3)", class_=f"sheet {side or 'aside'}")


def _told(bundle: _Bundle, asked: Mapping[int, str]) -> str:
    first = bundle.first
    line = first.line
    who = line.by if line.outlet in (line.by, "unknown outlet") else f"{line.by}, {line.outlet}"
    said = [f"{side}: {asked[number]}" for number, side in first.sides if number in asked]
    parts = [f"{who}, {day_words(first.day)} ({CERTAINTY[first.claim.certainty]})", *said]
    parts += [f"“{shortened(mark.line.content, 180)}”" for mark in bundle.marks[:_NAMED]]
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

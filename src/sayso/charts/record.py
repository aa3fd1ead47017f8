"""How often a wording came true, and a curve the size of a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from sayso.charts.drawing import at, node, percent, picture, text_of
from sayso.reckoning import CERTAIN, Wording
from sayso.scores import Share

#: what a wording says, and the shares of coming true that would be in line with it
_WORDINGS: Final[dict[Wording, tuple[str, tuple[float, float] | None]]] = {
    "certain": ("said as certain (“will”)", ((1 + CERTAIN) / 2, 1.0)),
    "probable": ("said as probable (“expected”)", (0.75, (1 + CERTAIN) / 2)),
    "observing": ("in talks, interested", None),
}
_ROW: Final = 42
_LEFT, _WIDTH = 1.5, 97.0  # per cent of the width


def calibration(rows: Sequence[tuple[Wording, Share]], *, of: str) -> str:
    """How often each wording of an origin (`of`) came true: the share with its Wilson interval (95 %), over the band in line with the words."""
    words = [f"{_WORDINGS[name][0]}: {share.right} of {share.of} came true" for name, share in rows]
    chart = picture(
        "calibration-chart", f"What {of} said, and what came true", "; ".join(words) or "nothing settled yet"
    )
    top, bottom = 2.0, 2.0 + _ROW * len(rows)
    for percentage in (0, 25, 50, 75, 100):
        x = percent(_across(percentage / 100))
        node(chart, "line", x1=x, x2=x, y1=top + 18, y2=bottom, class_="grid")
        label = node(chart, "text", f"{percentage} %", x=x, y=bottom + 14, class_="tick")
        label.set("text-anchor", {0: "start", 100: "end"}.get(percentage, "middle"))
    for number, (name, share) in enumerate(rows):
        y = top + _ROW * number
        words_of, band = _WORDINGS[name]
        node(chart, "text", words_of, x="0", y=y + 12, class_="name")
        count = node(chart, "text", f"{share.right} of {share.of}", x="100%", y=y + 12, class_="soft")
        count.set("text-anchor", "end")
        if band:
            first, last = _across(band[0]), _across(band[1])
            node(chart, "rect", x=percent(first), y=y + 19, width=percent(last - first), height=16, class_="band")
        low, high = percent(_across(share.low)), percent(_across(share.high))
        node(chart, "line", x1=low, x2=high, y1=y + 27, y2=y + 27, class_="interval")
        for end in (low, high):
            node(chart, "line", x1=end, x2=end, y1=y + 23, y2=y + 31, class_="interval")
        node(at(chart, _across(share.mid), y + 27), "circle", r=5, class_="dot")
    chart.set("height", f"{bottom + 20:g}")
    return text_of(chart)


def interval(share: Share) -> str:
    """A share with its interval for the inside of a table, 0 to 100 %; hidden from those who have the figures beside it read out."""
    made = node(None, "svg", xmlns="http://www.w3.org/2000/svg", class_="chart share", width="100%", height=16)
    made.set("aria-hidden", "true")
    node(made, "line", x1=percent(_across(0)), x2=percent(_across(1)), y1=8, y2=8, class_="level")
    for mark in (0, 0.5, 1):
        node(made, "line", x1=percent(_across(mark)), x2=percent(_across(mark)), y1=5, y2=11, class_="level")
    node(made, "line", x1=percent(_across(share.low)), x2=percent(_across(share.high)), y1=8, y2=8, class_="interval")
    node(at(made, _across(share.mid), 8), "circle", r=4, class_="dot")
    return text_of(made)


def _across(share: float) -> float:
    return _LEFT + _WIDTH * share


def spark(points: Iterable[tuple[date, float]], *, until: date | None = None) -> str:
    """A belief curve for the inside of a line: 0 to 100 %, the last figure as a dot."""
    known = sorted(points)
    now = f"belief {known[-1][1]:.0%}" if known else "nothing on record"
    chart = picture("spark", "Belief over time", now)
    chart.set("viewBox", "0 0 88 20")
    chart.set("width", "88")
    chart.set("height", "20")
    node(chart, "line", x1=0, x2=88, y1=10, y2=10, class_="level half")
    if known:
        first, last = known[0][0], max(known[-1][0], until or known[-1][0])
        span = max(1, (last - first).days)
        path, y = "", 10.0
        for day, p in known:
            x, y = 2 + 80 * (day - first).days / span, 18 - 16 * p
            path += f"H{x:.1f}V{y:.1f}" if path else f"M{x:.1f} {y:.1f}"
        node(chart, "path", d=f"{path}H82", class_="curve")
        node(chart, "circle", cx=83, cy=y, r=2.6, class_="dot")
    return text_of(chart)

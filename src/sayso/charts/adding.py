"""How contributions add up: a bar for each, which begins where the one before it ended."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from sayso.charts.drawing import Element, node, percent, text_of

HEIGHT: Final = 16
_LEFT, _WIDTH = 2.0, 96.0  # per cent of the width
_LEAST: Final = 1.0  # log-odds that are shown on either side of nothing


def adding(values: Sequence[float]) -> list[str]:
    """A picture for the line of each value, and one for their sum: from zero, to the left what speaks against, to the right what speaks for.

    They say nothing that the figures beside them do not, and are hidden from those who have these read out.
    """
    reached = [0.0, *accumulate(values)]
    low, high = min(-_LEAST, *reached), max(_LEAST, *reached)

    def x(value: float) -> float:
        return _LEFT + _WIDTH * (value - low) / (high - low)

    steps = [*pairwise(reached), (0.0, reached[-1])]
    return [_bar(x(before), x(after), x(0)) for before, after in steps]


def _bar(before: float, after: float, zero: float) -> str:
    made = node(None, "svg", xmlns="http://www.w3.org/2000/svg", class_="chart adding", width="100%", height=HEIGHT)
    made.set("aria-hidden", "true")
    _line(made, zero, "zero")
    if abs(after - before) < 0.05:
        _line(made, after, "nothing")
        return text_of(made)
    side = "for" if after > before else "against"
    left = min(before, after)
    node(made, "rect", x=percent(left), y=3, width=percent(abs(after - before)), height=HEIGHT - 6, class_=side)
    return text_of(made)


def _line(made: Element, x: float, name: str) -> None:
    node(made, "line", x1=percent(x), x2=percent(x), y1=0, y2=HEIGHT, class_=name)

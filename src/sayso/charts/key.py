"""What the marks of a chart mean, as HTML lists."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.charts.drawing import Element, clean, node, shape, sheet, text_of
from sayso.records import Side

_SIDES: tuple[tuple[Side | None, str], ...] = (("for", "for"), ("against", "against"), ("observing", "observing"))


def key() -> str:
    """The marks of a story's chart."""
    made = _sides((*_SIDES, (None, "on no question")))
    _entry(made, "printed by others too", [("for", 3, 0)], copied=True)
    relayed = _entry(made, "passed on by another", [("for", 3, -12), ("for", 3, 12)], width=40, joined=True)
    relayed.set("class", "relayed")
    return text_of(made)


def question_key() -> str:
    """The marks of a question's chart."""
    made = _sides(_SIDES)
    counts = _entry(made, "counts: moves the curve", [("for", 3, 0)])
    node(counts[0], "line", x1=0, x2=0, y1=4, y2=9, class_="stem")
    _entry(made, "said before, or passed on: adds nothing", [("for", 3, 0)], small=True)
    return text_of(made)


def _sides(sides: Sequence[tuple[Side | None, str]]) -> Element:
    made = node(None, "ul", class_="chart-key")
    for side, words in sides:
        _entry(made, words, [(side, 3, 0)])
    _entry(made, "the fuller, the surer", [("for", 1, -13), ("for", 2, 0), ("for", 3, 13)], width=42)
    return made


def _entry(
    parent: Element,
    words: str,
    marks: Sequence[tuple[Side | None, int, float]],
    *,
    width: int = 18,
    copied: bool = False,
    joined: bool = False,
    small: bool = False,
) -> Element:
    entry = node(parent, "li")
    box = node(entry, "svg", class_="chart", width=width, height=18, role="img")
    box.set("viewBox", f"{-width / 2:g} -9 {width} 18")
    box.set("aria-hidden", "true")
    if joined:
        node(box, "line", x1=-12, x2=12, y1=0, y2=0, class_="relay")
    for side, sure, x in marks:
        held = node(box, "g", transform=f"translate({x:g} 0)" + (" scale(.72)" if small else ""))
        if copied:
            sheet(held, side)
        shape(held, side, sure, class_="relaying" if small or (joined and x > 0) else "")
    entry[-1].tail = clean(words)
    return entry

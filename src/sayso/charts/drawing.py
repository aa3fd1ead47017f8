"""What the charts share: SVG elements with every text escaped, and the marks.

Across, places are given in per cent of whatever width there is; down, in pixels. So letters and marks keep their size on any screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final
from xml.etree import ElementTree as ET

from sayso.records import Claim, Side, certainty_words

#: the address of a claim in the page that a chart stands in
Href = Callable[[Claim], str]
Element = ET.Element

LEFT: Final = 1.5  # per cent of the width before the first day, and after the last
RIGHT: Final = 98.5
LETTER: Final = 6.6  # pixels an average letter takes at the size of the charts
NARROW: Final = 330  # pixels that the narrowest page leaves for a chart; what must not collide is laid out for it
SHAPES: Final[dict[Side | None, str]] = {
    "for": "M0-6.2 5.8 4.4H-5.8Z",
    "against": "M0 6.2 5.8-4.4H-5.8Z",
    "observing": "M-4.9 0a4.9 4.9 0 1 0 9.8 0a4.9 4.9 0 1 0-9.8 0Z",
    None: "M-2.6-2.6H2.6V2.6H-2.6Z",
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """A text that XML can hold, on one line."""
    return " ".join(_NOT_XML.sub("\ufffd", text).split())


def node(parent: Element | None, tag: str, words: str | None = None, /, **attributes: object) -> Element:
    """An element below `parent`. An attribute that is None is left out; `class_` is class, `data_day` data-day."""
    given = {
        name.rstrip("_").replace("_", "-"): _value(value) for name, value in attributes.items() if value is not None
    }
    made = ET.Element(tag, given) if parent is None else ET.SubElement(parent, tag, given)
    if words is not None:
        made.text = clean(words)
    return made


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return clean(str(value))


def percent(x: float) -> str:
    """A place across."""
    return f"{_value(round(x, 2))}%"


def picture(name: str, title: str, description: str, *, linked: bool = False) -> Element:
    """An empty chart of full width, told to those who cannot see it. One with links in it is a group: an image would hide them."""
    made = node(None, "svg", xmlns="http://www.w3.org/2000/svg", class_=f"chart {name}", width="100%")
    made.set("role", "group" if linked else "img")
    made.set("aria-label", clean(f"{title}. {description}"))
    node(made, "title", title)
    node(made, "desc", description)
    return made


def text_of(made: Element) -> str:
    """The chart as text."""
    return ET.tostring(made, encoding="unicode")


def at(parent: Element, x: float, y: float, **attributes: object) -> Element:
    """A place in the chart that what is drawn in it takes as its origin."""
    return node(parent, "svg", x=percent(x), y=y, width=1, height=1, overflow="visible", **attributes)


def shape(parent: Element, side: Side | None, certainty: int | None, *, class_: str = "") -> Element:
    """The mark of a claim: its shape says which side it takes, how full it is how sure it is."""
    sure = min(3, abs(certainty)) if certainty is not None else 0
    return node(parent, "path", d=SHAPES[side], class_=f"mark {side or 'aside'} sure-{sure} {class_}".strip())


def sheet(parent: Element, side: Side | None) -> None:
    """A second mark behind the first, as of a sheet below another: other outlets printed it too."""
    node(parent, "path", d=SHAPES[side], transform="translate(3 -3)", class_=f"sheet {side or 'aside'}")


def surely(certainty: int | None) -> str:
    """' (probable)'; nothing where nothing was read."""
    return "" if certainty is None else f" ({certainty_words(certainty)})"


def day_words(day: date) -> str:
    """'3 May 2025'."""
    return f"{day.day} {day:%b %Y}"


def shortened(text: str, length: int) -> str:
    """A text cut at a word."""
    text = clean(text)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:") + "…"

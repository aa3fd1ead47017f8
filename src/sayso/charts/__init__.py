"""Pages → pictures, as SVG text that goes straight into a page.

Every chart takes the width it is given and keeps its letters at one size, from 360 pixels up; it has no style, script or address of its
own beyond the links made by `href`. Colours come from the custom properties of the page, everything else from `css()`. What a mark says is told by its shape, how surely by how full it is.
"""

from __future__ import annotations

from importlib.resources import files

from sayso.charts.adding import adding
from sayso.charts.drawing import Href, day_words
from sayso.charts.key import key, question_key
from sayso.charts.question import question
from sayso.charts.record import calibration, interval, spark
from sayso.charts.story import CURVES, story

__all__ = [
    "CURVES",
    "Href",
    "adding",
    "calibration",
    "css",
    "day_words",
    "interval",
    "key",
    "question",
    "question_key",
    "spark",
    "story",
]


def css() -> str:
    """The style sheet of the charts. It takes its colours from --ink, --soft, --rule, --edge, --paper, --raised, --for, --against, --observing."""
    return files(__name__).joinpath("charts.css").read_text("utf-8")

"""Alerts on a terminal: what happened, then the sentences it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from sayso.alerts import Alert

_MARK = {"movement": "◆", "reversal": "⇄", "outcome": "■", "edit": "✎"}
_SHOWN = 7  # characters of a claim's id, as pages show it


def show_alert(console: Console, one: Alert) -> None:
    """One alert, on as many lines as it has sentences and one."""
    number = f"  question {one.question['number']}" if one.question else ""
    head = Text.assemble(f"{_MARK[one.kind]} ", (one.title, "bold"), (f"{number}  {one.recorded[:16]}", "dim"))
    console.print(head, soft_wrap=True)
    for sentence in one.sentences:
        words = sentence.words.replace("\n", " ")
        line = Text.assemble(
            (f"    {sentence.note}: ", "dim"),
            f"“{words}”  ",
            (f"{sentence.by}, {sentence.outlet} {sentence.day}  {sentence.claim[:_SHOWN]}", "dim"),
        )
        console.print(line, soft_wrap=True)


def show_alerts(console: Console, found: Sequence[Alert]) -> None:
    """What was told, the newest first."""
    if not found:
        console.print(
            "Nothing was told yet. `sayso watch` tells when a followed question moves or an article is silently edited."
        )
    for one in found:
        show_alert(console, one)

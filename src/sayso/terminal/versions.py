"""Edited articles on a terminal: what was said before beside what is said now."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.terminal.timeline import certainty_text
from sayso.views import ChangedLine, Edit, EditedArticle, Line
from sayso.views.worded import CHANGES, MANNERS


def show_edits(console: Console, found: Sequence[EditedArticle], *, own: bool = False) -> None:
    """Edited articles, each edit with the claims that changed, before on the left and after on the right."""
    if not found:
        console.print("No article here was edited. One that is read again with other words shows up here.")
    for one in found:
        article = one.article
        title = article.title or article.text.split("\n", 1)[0][:80]
        outlet = article.outlet.name or "unknown outlet"
        console.print(Text.assemble((outlet, "bold cyan"), "  ", (title, "italic"), "  ", (one.reference, "dim")))
        if article.url:
            console.print(Text(article.url, style="dim"))
        for number, edit in enumerate(one.edits, 2):
            _show_edit(console, edit, number, own=own)
        console.print()


def _show_edit(console: Console, edit: Edit, number: int, *, own: bool) -> None:
    words, style = MANNERS[edit.manner], "bold yellow" if edit.manner == "silent" else "green"
    day = f"since {edit.on}" if edit.on else "on a day not known"
    console.print(Text.assemble(f"  version {number}, {day}: ", (words, style)))
    if edit.note:
        console.print(Text(f"    “{edit.note[:200]}”", style="dim"))
    lines = [x for x in edit.lines if own or any(s and s.claim.cue is not None for s in (x.before, x.after))]
    if not edit.lines:
        console.print("    no claim changed", style="dim")
    if lines:
        console.print(_side_by_side(lines))
    if hidden := len(edit.lines) - len(lines):
        console.print(f"    {hidden} changed in the article's own voice; --own shows them", style="dim")


def _side_by_side(lines: Sequence[ChangedLine]) -> Table:
    table = Table(box=None, padding=(0, 2, 1, 0), show_header=True, header_style="dim", expand=True)
    table.add_column("", width=15)
    table.add_column("before", ratio=1)
    table.add_column("after", ratio=1)
    for one in lines:
        table.add_row(
            Text("\n".join(CHANGES[kind] for kind in one.kinds), style="bold"), _said(one.before), _said(one.after)
        )
    return table


def _said(line: Line | None) -> Text:
    if line is None:
        return Text("–", style="dim")
    head = Text(line.by, style="bold") + Text(", ") + certainty_text(line.certainty)
    return head + Text("  " + line.reference, style="dim") + Text("\n" + line.content.replace("\n", " "))

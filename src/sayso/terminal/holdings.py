"""What a ledger holds, on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.views import StatsPage

_STEP = 1024


def bytes_words(size: int) -> str:
    """'12.4 MiB'."""
    number, unit = float(size), "bytes"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if number < _STEP:
            break
        number, unit = number / _STEP, larger
    return f"{size} bytes" if unit == "bytes" else f"{number:.1f} {unit}"


def show_stats(console: Console, page: StatsPage) -> None:
    """The figures, one a line."""
    held = page.held
    share = f"{held.undated / held.articles:.1%} of the articles" if held.articles else ""
    rows = [
        (
            "articles",
            held.articles,
            f"{held.undated} undated ({share})" if held.undated else "all dated" if share else "",
        ),
        ("outlets", held.outlets, ""),
        ("copies", held.copies, ""),
        ("edited articles", held.edited, ""),
        ("claims", held.claims, f"{held.attributed} put down to someone"),
        ("names", held.names, "of people, organisations and outlets"),
        ("stories", held.stories, f"{held.archived} archived" if held.archived else ""),
        ("questions followed", held.questions, ""),
    ]
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(style="dim")
    for words, number, note in rows:
        table.add_row(words, f"{number:,}", note)
    for reader, articles in held.readers:
        table.add_row("read by", f"{articles:,}", Text(reader))
    table.add_row("on disk", bytes_words(held.size), Text(page.name))
    console.print(table)

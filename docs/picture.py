"""Draws docs/timeline.svg, the terminal picture of the README, from the examples: `python -m docs.picture`."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from sayso import pipeline, terminal, views
from sayso.ledger import ClaimFilter, open_ledger
from sayso.reading.reader import open_reader

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
GROUPS = slice(10, 12)  # two articles from the middle of the story; the whole would be a long picture


def main() -> None:
    with tempfile.TemporaryDirectory() as place, open_ledger(Path(place) / "picture.db") as ledger:
        pipeline.read([EXAMPLES / "coach"], ledger=ledger, reader=open_reader(), metadata=EXAMPLES / "metadata.csv")
        page = views.timeline(ledger, ClaimFilter())
    console = Console(record=True, width=110, file=io.StringIO(), highlight=False)
    terminal.show_timeline(console, replace(page, groups=page.groups[GROUPS]))
    console.save_svg(str(HERE / "timeline.svg"), title="sayso timeline")


if __name__ == "__main__":
    main()

"""Stories on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.records import Article
from sayso.terminal.timeline import show_timeline
from sayso.views import CopyLine, StoryLine, StoryPage, published_words


def days(start: date | None, end: date | None) -> str:
    """'2025-03-14 … 2025-06-10', one day, or 'undated'."""
    known = [day.isoformat() for day in (start, end) if day]
    return " … ".join(dict.fromkeys(known)) or "undated"


def show_stories(console: Console, lines: Sequence[StoryLine]) -> None:
    """The list of stories, last report first."""
    if not lines:
        console.print("No stories yet. `sayso read PATH` reads reports into the ledger.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("story", style="dim", no_wrap=True)
    table.add_column("name", ratio=1)
    table.add_column("days", no_wrap=True)
    table.add_column("articles", justify="right")
    table.add_column("rests on")
    for line in lines:
        span = days(line.story.start, line.story.end)
        table.add_row(line.reference, Text(line.story.name, style="bold"), span, str(line.articles), line.counted.words)
    console.print(table)


def show_story(console: Console, page: StoryPage) -> None:
    """A story: what it rests on, its episodes, the questions followed in it, then its timeline."""
    console.print(Text.assemble((page.story.name, "bold"), "  ", (page.reference, "dim")))
    if page.story.people:
        console.print(Text(", ".join(page.story.people), style="cyan"))
    console.print(
        f"{days(page.story.start, page.story.end)}: {len(page.story.articles)} articles, {page.counted.words}"
    )
    if len(page.episodes) > 1:
        for number, episode in enumerate(page.episodes, 1):
            origins = ", ".join(name for name, _ in episode.counted.origins[:4])
            more = " …" if len(episode.counted.origins) > 4 else ""
            console.print(
                f"  episode {number}: {days(episode.start, episode.end)}, {episode.articles} articles, {episode.counted.words} ({origins}{more})"
            )
    for line in page.questions:
        one = line.followed
        stands = f"  {line.belief.p:.0%}, {line.counted}; {one.outcome.status}"
        console.print(Text.assemble(("  question ", "dim"), str(one.number), " ", one.question.text, stands))
    console.print()
    show_timeline(console, page.timeline)


def show_copies(console: Console, lines: Sequence[CopyLine]) -> None:
    """Copies under their originals, with what tells that they are."""
    if not lines:
        console.print("No article here is a copy of another.")
    shown = ""
    for line in lines:
        if line.copy.original != shown:
            shown = line.copy.original
            console.print(_article(line.original))
        console.print(Text(f"  {line.copy.kind:<10} {line.copy.share:>4.0%}  ") + _article(line.article))
        added = sum(end - start for start, end in line.copy.added)
        more = f"; {added} characters of its own" if added else ""
        console.print(Text(f"                   {line.copy.evidence}{more}", style="dim"), soft_wrap=True)


def _article(article: Article) -> Text:
    title = article.title or article.text.split("\n", 1)[0][:80]
    day = published_words(article.published)
    return Text.assemble(
        (day, "bold"),
        "  ",
        (article.outlet.name or "unknown outlet", "bold cyan"),
        f"  {title}  ",
        (article.id[:7], "dim"),
    )

"""What a search found, on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.terminal.timeline import claims_block
from sayso.views import ArticleHit, NameHit, SearchPage

_COUNTED = 1000  # the search counts no further


def show_search(console: Console, page: SearchPage) -> None:
    """Names, then claims, then articles with the words in their sentence."""
    if not (page.names or page.claims or page.articles):
        console.print(f"Nothing here holds {page.words!r}.", markup=False)
        return
    if page.names:
        console.print(Text("names", style="bold"))
        console.print(_names(page.names))
    if page.claims:
        console.print(_head("claims", len(page.claims), page.claims_found))
        console.print(claims_block(page.claims, dated=True))
        console.print()
    if page.articles:
        console.print(_head("articles", len(page.articles), page.articles_found))
        for hit in page.articles:
            _show_hit(console, hit)


def _head(words: str, shown: int, found: int) -> Text:
    more = f"  {shown} of {found}{' or more' if found >= _COUNTED else ''}; --limit shows more" if found > shown else ""
    return Text.assemble((words, "bold"), (more, "dim"))


def _names(hits: tuple[NameHit, ...]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 2))
    for hit in hits:
        claims = f"{hit.claims} claim{'s' * (hit.claims != 1)}" if hit.claims else ""
        articles = f"{hit.articles} article{'s' * (hit.articles != 1)}" if hit.articles else ""
        table.add_row(Text(hit.name, style="bold cyan"), claims, articles)
    return table


def _show_hit(console: Console, hit: ArticleHit) -> None:
    console.print(
        Text.assemble((hit.day, "bold"), "  ", (hit.outlet, "bold cyan"), f"  {hit.title}  ", (hit.reference, "dim"))
    )
    if hit.found:
        around = Text.assemble("  … ", hit.before, (hit.found, "bold underline"), hit.after, " …")
        around.plain = around.plain.replace("\n", " ")
        console.print(around)

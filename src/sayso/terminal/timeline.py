"""Timelines, claims, articles and accounts of reading, on a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from sayso.articles.doors import shown
from sayso.pipeline import Account
from sayso.records import Removed, certainty_words
from sayso.views import REFERENCE, ArticleClaims, ArticlePage, Line, TimelinePage

_STYLE = {3: "green", 2: "green", 1: "yellow", 0: "dim", -1: "yellow", -2: "red", -3: "red", None: "dim"}


def certainty_text(value: int | None) -> Text:
    """The step of the scale with its sign and its word."""
    number = "" if value is None else f"{value:+d} " if value else " 0 "
    return Text(number + certainty_words(value), style=_STYLE[value])


def show_timeline(console: Console, page: TimelinePage, *, every_origin: bool = False) -> None:
    """The story by date, then whom it rests on."""
    for group in page.groups:
        _show_group(console, group)
    if not page.groups:
        console.print("No claims here. `sayso read PATH` reads reports into the ledger.")
        return
    _show_origins(console, page, every=every_origin)
    if page.hidden_own:
        console.print(
            f"{page.hidden_own} statements in the articles' own voice are not shown; --own shows them.", style="dim"
        )


def _show_group(console: Console, group: ArticleClaims) -> None:
    head = Text.assemble((group.day, "bold"), "  ", (group.outlet, "bold cyan"), "  ", (group.reference, "dim"))
    console.print(head)
    console.print(Text(group.title, style="italic"))
    if group.edited:
        console.print(Text(f"  {group.edited.words}; `sayso edits {group.reference}` shows it", style="yellow"))
    if group.copy_of:
        same = f", {group.folded} claims as there" if group.folded else ""
        console.print(Text(f"  {group.copy_of}{same}", style="yellow"))
    if group.lines:
        console.print(claims_block(group.lines))
    elif not group.copy_of:
        console.print(Text("  nothing put down to anyone", style="dim"))
    console.print()


def claims_block(lines: Sequence[Line], *, dated: bool = False) -> Group:
    """Claims, two lines each: who says it and through whom, how surely, the reference that opens it; below, what is said."""
    shown: list[RenderableType] = []
    for line in lines:
        head = Table.grid(expand=True, padding=(0, 2, 0, 0))
        if dated:
            head.add_column(width=10, no_wrap=True)
        head.add_column(ratio=1)
        head.add_column(width=16, no_wrap=True)
        head.add_column(width=REFERENCE, no_wrap=True, style="dim")
        day = [Text(line.day[:10])] if dated else []
        head.add_row(*day, _who(line, dated=dated), certainty_text(line.certainty), line.reference)
        shown += [head, Padding(_content(line), (0, 2, 0, 4))]
    return Group(*shown)


def _who(line: Line, *, dated: bool) -> Text:
    who = Text(line.by, style="bold")
    if line.kind in ("anonymous", "document"):
        who.append(f" ({line.kind})", style="not bold dim")
    via = " → ".join(part for part in (line.via, line.outlet if dated else "") if part and part != line.by)
    if via:
        who.append(f" → {via}", style="not bold cyan")
    return who


def _content(line: Line) -> Text:
    content = Text(line.content.replace("\n", " "))
    for note in (line.when, line.tied):
        if note:
            content.append(f"  [{note}]", style="dim")
    if line.edited:
        content.append(f"  [{line.edited.words}]", style="yellow")
    return content


def _show_origins(console: Console, page: TimelinePage, *, every: bool) -> None:
    shown = page.origins if every else page.origins[:12]
    console.print(
        Text(
            f"{page.articles} articles, {len(page.outlets)} outlets, {len(page.origins)} origins with a name",
            style="bold",
        )
    )
    console.print(Text(", ".join(f"{name} {count}" for name, count in shown)))
    if len(shown) < len(page.origins):
        console.print(Text(f"and {len(page.origins) - len(shown)} more", style="dim"))


def show_article(console: Console, page: ArticlePage) -> None:
    """The text with source, cue and content marked, its claims, and what was taken off."""
    article = page.article
    console.print(
        Text.assemble(
            (page.day, "bold"), "  ", (article.outlet.name or "unknown outlet", "bold cyan"), "  ", (article.id, "dim")
        )
    )
    for label, value in (
        ("date from", _basis(page)),
        ("author", article.author),
        ("url", article.url),
        ("read from", article.origin),
    ):
        if value:
            console.print(Text.assemble((f"{label} ", "dim"), value))
    if page.versions:
        console.print(Text(_version(page), style="yellow"))
    console.print()
    console.print(_marked(page))
    console.print()
    console.print(
        Text("source", style="bold cyan")
        + Text(", ")
        + Text("cue", style="bold magenta")
        + Text(", ")
        + Text("content", style="underline")
    )
    console.print()
    console.print(claims_block([line for line in page.lines if line.claim.cue is not None]))
    _show_removed(console, article.removed)


def _version(page: ArticlePage) -> str:
    """Which version this is, and which one stands."""
    at = max(i for i, version in enumerate(page.versions) if version.article == page.article.id)
    told = f"version {at + 1} of {len(page.versions)}"
    last = page.versions[-1].article
    stands = "" if last == page.article.id else f"; {last[:REFERENCE]} stands since {page.versions[-1].since}"
    return f"{told}{stands}; `sayso edits {page.article.id[:REFERENCE]}` shows what changed"


def _basis(page: ArticlePage) -> str:
    published = page.article.published
    return published.basis + (f": {published.evidence}" if published.evidence else "")


def _marked(page: ArticlePage) -> Text:
    text = Text(page.article.text)
    for line in page.lines:
        claim = line.claim
        if claim.cue is None:
            continue
        for piece in claim.evidence:
            text.stylize("underline", piece.start, piece.end)
        if claim.source.span:
            text.stylize("bold cyan", claim.source.span.start, claim.source.span.end)
        text.stylize("bold magenta", claim.cue.start, claim.cue.end)
    return text


def _show_removed(console: Console, removed: tuple[Removed, ...]) -> None:
    if removed:
        console.print(Text("\ntaken off before reading", style="dim"))
        for item in removed:
            console.print(Text.assemble((f"  {item.reason}: ", "dim"), item.text.replace("\n", " ")[:200]))


def show_account(console: Console, account: Account, *, path: str) -> None:
    """What a run did, in a few lines; what was skipped, and why."""
    parts = [f"{account.read} articles read"]
    if account.known:
        parts.append(f"{account.known} known already")
    if account.unread:
        parts.append(f"{len(account.unread)} stored unread (not English)")
    if account.skipped:
        parts.append(f"{len(account.skipped)} skipped")
    console.print(Text(", ".join(parts) + f"  ({account.words:,} words in {account.seconds:.1f} s)", style="bold"))
    console.print(
        f"{account.attributed} claims put down to someone, {account.claims - account.attributed} in the articles' own voice; "
        f"{len(account.origins)} origins with a name"
    )
    for article in account.unread:
        console.print(
            Text(f"  unread: {article.origin}: language {article.language!r}; only English is read", style="yellow")
        )
    for skip in account.skipped:
        console.print(Text(f"  skipped: {skip.origin}: {skip.reason}", style="yellow"))
    console.print(Text(f"ledger: {path}", style="dim"))


@contextmanager
def reading_progress(console: Console) -> Iterator[Callable[[Account, str], None]]:
    """A live line with count, rate and the file in hand on a terminal; nothing in a pipe."""
    if not console.is_terminal:
        yield lambda _account, _origin: None
        return
    began = time.monotonic()
    columns = (TextColumn("reading"), BarColumn(bar_width=20), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)

        def show(account: Account, origin: str) -> None:
            rate = account.words / max(time.monotonic() - began, 1e-6)
            done = account.read + account.known
            progress.update(task, description=f"{done} articles, {rate:,.0f} words/s  {shown(origin)[-50:]}")

        yield show

"""Questions, belief and track records on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.ledger import Followed
from sayso.records import Question
from sayso.scores import TrackRecord
from sayso.views import Part, ProposedOutcome, QuestionLine, QuestionPage, SourcePage, SourcesPage

_SIDE = {"for": ("▲ for", "green"), "against": ("▼ against", "red"), "observing": ("· observing", "yellow")}
_HEIGHT, _WIDTH = 6, 56


def window_text(question: Question) -> str:
    """'2025-03-01 … 2025-06-30', open where a side is open."""
    if question.start is None and question.end is None:
        return "any time"
    return f"{question.start or ''} … {question.end or ''}".strip()


def show_followed(console: Console, one: Followed, stances: int) -> None:
    """What was taken up."""
    console.print(
        Text.assemble(
            "following ",
            (str(one.number), "bold"),
            "  ",
            (one.question.text, "bold"),
            f"  ({window_text(one.question)})",
        )
    )
    if not one.question.events:
        console.print(
            "No event that the lexicon knows is in it, so nothing can take a side; word it as who does what: “Ada Crane leaves Norda”.",
            style="yellow",
        )
        return
    console.print(f"{stances} claims on record speak to it; `sayso question {one.number}` shows them")


def show_questions(console: Console, lines: Sequence[QuestionLine]) -> None:
    """The questions that are followed, and where each stands."""
    if not lines:
        console.print(
            'No questions are followed. `sayso follow "…"` adds one, `sayso questions --proposed` suggests some.'
        )
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("no.", "question", "window", "belief", "rests on", "outcome"):
        table.add_column(name, justify="right" if name in ("no.", "belief") else "left", no_wrap=name != "question")
    for line in lines:
        one = line.followed
        outcome = one.outcome.status + (f" {one.outcome.on}" if one.outcome.on else "")
        table.add_row(
            str(one.number),
            Text(one.question.text, style="bold"),
            window_text(one.question),
            f"{line.belief.p:.0%}",
            line.counted,
            outcome,
        )
    console.print(table)


def show_proposed(console: Console, questions: Sequence[Question]) -> None:
    """Questions worth following, ready to be taken."""
    if not questions:
        console.print("Nothing recurs uncertainly enough to be worth a question yet.")
    for one in questions:
        window = f"{one.start or ''}..{one.end or ''}"
        group = Text(f"  one of several for {one.group}" if one.group else "", style="dim")
        console.print(Text(f"sayso follow {one.text!r} --window {window}") + group, soft_wrap=True)


def show_proposals(console: Console, found: Sequence[ProposedOutcome]) -> None:
    """What reports state as done, with the sentences, ready to be taken."""
    if not found:
        console.print("No report states as done what an open question asks.")
    for one in found:
        question, proposal = one.followed.question, one.proposal
        console.print(Text.assemble((question.text, "bold"), "  ", (f"{one.followed.number}", "dim")))
        console.print(
            f"stated as done, which would be {proposal.status}, on the word of {', '.join(proposal.origins)}:",
            markup=False,
        )
        for told in one.lines:
            console.print(Text(f"  {told.reference}  {told.day}  {told.outlet}", style="dim"))
            for row in textwrap.wrap(told.content.replace("\n", " "), max(40, console.width - 4)):
                console.print(Text("    " + row))
        day = f" --on {proposal.on}" if proposal.on else ""
        settle = f"sayso resolve {one.followed.number} {proposal.status}{day} --evidence {one.lines[0].reference}"
        console.print(Text(f"  if so: {settle}"), soft_wrap=True)


def show_question(console: Console, page: QuestionPage) -> None:
    """Belief and what it is made of, how it got there, every stance with its sentence."""
    question = page.followed.question
    console.print(Text.assemble((question.text, "bold"), "  ", (f"{page.followed.number}", "dim")))
    outcome = page.followed.outcome
    ended = "open" if outcome.status == "open" else f"{outcome.status}, on {outcome.on or 'no day given'}"
    console.print(f"window {window_text(question)}; {ended}" + (f" ({outcome.evidence})" if outcome.evidence else ""))
    day = f"as of {page.as_of}" if page.as_of else "now"
    console.print(Text.assemble(f"{day}: ", (f"belief {page.belief.p:.0%}", "bold"), f" from {page.counted}"))
    console.print()
    if len(page.points) > 1:
        console.print(Text(chart(page.points, end=page.as_of)))
        console.print()
    if page.counting:
        console.print(Text("what counts, weightiest first", style="dim"))
        for contribution, part in page.counting:
            relayed = f", relayed {len(contribution.relays)} times" if contribution.relays else ""
            head = Text.assemble((contribution.origin, "bold"), f"  {contribution.log_odds:+.2f}{relayed}")
            _part(console, part, head)
    counted = {part.stance.claim for _, part in page.counting}
    others = [part for part in page.stances if part.stance.claim not in counted]
    if others:
        console.print(Text("\nalso said", style="dim"))
        for part in others:
            _part(console, part, Text(part.stance.origin or part.line.outlet))
    for turn, before, after in page.reversals:
        console.print(Text(f"\n{turn.origin} changed sides on {turn.on}", style="bold"))
        _part(console, before, Text("before"))
        _part(console, after, Text("after"))
    for entry in page.log:
        console.print(Text(f"{entry.recorded[:10]}  {entry.what}", style="dim"))


def _part(console: Console, part: Part, head: Text) -> None:
    word, style = _SIDE[part.stance.stance]
    day = (part.stance.on.isoformat() if part.stance.on else part.line.day)[:23]
    side = Text(f"{word:<12}", style=style)
    outlet = part.line.outlet if part.line.outlet != part.stance.origin else ""
    console.print(Text("  ") + side + Text(f"{day}  ") + head + Text(f"  {outlet}  {part.line.reference}", style="dim"))
    for row in textwrap.wrap(part.line.content.replace("\n", " "), max(40, console.width - 18)):
        console.print(Text("                " + row))
    console.print(Text(f"                {part.stance.reason}", style="dim"), soft_wrap=True)


def chart(points: Sequence[tuple[date, float]], *, end: date | None = None) -> str:
    """A step chart of belief over time, 0 to 100 %, in plain characters."""
    first, last = points[0][0], max(end or points[-1][0], points[-1][0])
    span = max(1, (last - first).days)
    rows = [[" "] * _WIDTH for _ in range(_HEIGHT)]
    before: int | None = None
    for column in range(_WIDTH):
        day = first.toordinal() + round(column * span / (_WIDTH - 1))
        p = [value for on, value in points if on.toordinal() <= day][-1]
        level = round((1 - p) * (_HEIGHT - 1))
        for row in range(min(level, before), max(level, before) + 1) if before is not None else ():
            rows[row][column] = "│"
        rows[level][column] = "━"
        before = level
    lines = []
    for number, drawn in enumerate(rows):
        share = f"{100 - round(100 * number / (_HEIGHT - 1)):>4} % "
        lines.append(share + "┤" + "".join(drawn).rstrip())
    axis = f"{first.isoformat()}{last.isoformat():>{_WIDTH - 10}}"
    return "\n".join([*lines, "       " + axis])


def show_sources(console: Console, page: SourcesPage) -> None:
    """Who turned out right: origins with a record first."""
    console.print(f"{page.settled} questions settled, {page.open} not scored (open, ambiguous, or without a day)")
    if not page.lines:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("source", "kind", "claims", "settled", "right", "hit rate (95 %)", "Brier", "lead"):
        table.add_column(name, justify="left" if name in ("source", "kind") else "right", no_wrap=name != "source")
    for line in page.lines:
        table.add_row(*_record(line.record))
    console.print(table)


def _record(record: TrackRecord) -> tuple[str, ...]:
    rate = record.hit_rate
    return (
        record.origin,
        record.kind or "",
        str(len(record.claims)),
        str(record.resolved),
        str(record.right),
        f"{rate.mid:.0%} ({rate.low:.0%} … {rate.high:.0%})" if rate else "too few",
        f"{record.brier.value:.2f}" if record.brier else "",
        f"{record.lead.value:.0f} d" if record.lead else "",
    )


def show_source(console: Console, page: SourcePage) -> None:
    """One origin's record, question by question, each with the sentence it rests on."""
    name, kind, claims, settled, right, rate, brier, lead = _record(page.record)
    console.print(Text.assemble((name, "bold"), f"  {kind}"))
    figures = [f"{claims} claims", f"{settled} settled", f"{right} right", f"hit rate {rate}"]
    console.print(
        ", ".join(figures + ([f"Brier {brier}"] if brier else []) + ([f"median lead {lead}"] if lead else []))
    )
    for call, question, lines in page.calls:
        mark = Text("right", style="green") if call.right else Text("wrong", style="red")
        console.print(Text.assemble("\n", (question.text, "bold"), f"  said {call.said} since {call.since}: ") + mark)
        for line in lines:
            console.print(
                Text(f"    {line.reference}  {line.day}  ", style="dim") + Text(line.content.replace("\n", " "))
            )
    if not page.calls:
        console.print("Nothing of it is scored yet: no question it took a side on is settled.")

"""What was decided by hand about a story."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.ledger import Ledger
from sayso.records import Story


@dataclass(frozen=True, slots=True)
class Decided:
    """A line of the log of stories: its number, what was settled, and whether it was taken back since."""

    number: int
    words: str
    undone: bool


def decided(ledger: Ledger, story: Story) -> tuple[Decided, ...]:
    """The decisions that concern articles of this story, in order."""
    members, found = set(story.articles), list[Decided]()
    log = ledger.stories.decisions()
    undone = {data["undoes"] for kind, data in log if kind == "undo"}
    for number, (kind, data) in enumerate(log, 1):
        if kind != "undo" and members & {*data["articles"], *data["others"]}:
            found.append(Decided(number, _words(kind, len(data["articles"]), data["name"]), number in undone))
    return tuple(found)


def _words(kind: str, count: int, name: str | None) -> str:
    if kind == "name":
        return f"named “{name}”"
    articles = f"{count} article{'s' * (count != 1)}"
    return f"{articles} joined in one story" if kind == "join" else f"{articles} split off"

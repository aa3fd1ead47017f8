"""Words that the pages, the terminal and the report share."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from sayso.edits import Kind, Manner

#: how readers were told of an edit
MANNERS: Final[dict[Manner, str]] = {
    "silent": "silently edited: the page says nothing of it",
    "corrected": "corrected, and says so",
    "updated": "updated, and says so",
}
#: what an edit did to a claim
CHANGES: Final[dict[Kind, str]] = {
    "vanished": "vanished",
    "appeared": "new",
    "certainty": "other certainty",
    "source": "other source",
    "words": "reworded",
}
#: the kinds of sources that a name does not show by itself
KINDS: Final = {"anonymous": "anonymous", "document": "a document", "own": "own voice"}
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def day_words(day: date) -> str:
    """'27 Apr 2025'."""
    return f"{day.day} {day:%b} {day.year}"


def written(words: str) -> str:
    """Words with their ISO days spelt out: '27 Apr 2025'; what only looks like a day stays."""
    return _ISO.sub(_spelt, words)


def _spelt(found: re.Match[str]) -> str:
    try:
        return day_words(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


def short_kind(kind: str) -> str:
    """A kind of source in a word or two; nothing where the name shows it."""
    return KINDS.get(kind, "")

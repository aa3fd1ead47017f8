"""Old stories closed, and opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sayso.errors import InputError
from sayso.ledger import Ledger
from sayso.records import Story


def archive(
    ledger: Ledger, references: Sequence[str], *, before: date | None = None, undo: bool = False
) -> list[Story]:
    """Close these stories, and those whose last report came before a day; or open them again. The stories that changed."""
    if not references and before is None:
        raise InputError("no story named; give the beginning of its id or words of its name, or --before a day")
    with ledger.as_one():
        closed = ledger.archive.all()
        wanted = {ledger.stories.find(one).id for one in references}
        if before is not None:
            wanted |= set(ledger.archive.before(before))
        changing = wanted & closed if undo else wanted - closed
        (ledger.archive.remove if undo else ledger.archive.add)(changing)
        return ledger.stories.all(ids=changing)

"""Which of the articles on a page were edited before they read as they do, and which of their claims came or changed with that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from sayso.edits import Kind, Manner, changes, manner
from sayso.ledger import ClaimFilter, Ledger, Version
from sayso.records import Claim
from sayso.views.worded import CHANGES

_FAR: Final = 12  # versions back; a live report has hundreds, and what stood that long is no news
_MANNER: Final[dict[Manner, str]] = {"silent": "silently edited", "corrected": "corrected", "updated": "updated"}


@dataclass(frozen=True, slots=True)
class Edited:
    """An article as it reads since the day of its last edit (`on`): how readers were told, and how many claims put down to someone went with
    that edit.
    """

    on: date | None
    manner: Manner
    vanished: int = 0

    @property
    def words(self) -> str:
        """'silently edited 2025-03-06, 1 claim gone'."""
        gone = f", {self.vanished} claim{'s' * (self.vanished != 1)} gone" if self.vanished else ""
        return f"{_MANNER[self.manner]} {self.on or 'on a day not known'}{gone}"


@dataclass(frozen=True, slots=True)
class ClaimEdited:
    """A claim that came with an edit of its article on a day, or reads otherwise since: what changed, the gravest first."""

    on: date | None
    kinds: tuple[Kind, ...]

    @property
    def words(self) -> str:
        """'new since 2025-03-06'."""
        return f"{', '.join(CHANGES[kind] for kind in self.kinds)} since {self.on or 'an edit'}"


@dataclass(frozen=True, slots=True)
class Marks:
    """The edits to be marked on a page: by article, and by claim."""

    articles: Mapping[str, Edited]
    claims: Mapping[str, ClaimEdited]


def marks(ledger: Ledger, shown: Iterable[str], *, on: date | None = None) -> Marks:
    """The edits behind these articles, as known on a day (None: now). A first version was not edited yet."""
    ids = set(shown)
    several = ledger.versions.stretches(ids)
    if not several:
        return Marks({}, {})
    behind: dict[str, Sequence[Version]] = {}
    for line in ledger.versions.all(several).values():
        for at, version in enumerate(line):
            if at and version.article in ids and (on is None or version.since is None or version.since <= on):
                behind[version.article] = line[max(0, at - _FAR) : at + 1]
    held = _claims(ledger, {version.article for line in behind.values() for version in line})
    articles, claims = dict[str, Edited](), dict[str, ClaimEdited]()
    for article, found in behind.items():
        changed = changes(held.get(found[-2].article, ()), held.get(article, ()))
        vanished = sum(1 for one in changed if one.before and not one.after and one.before.cue is not None)
        articles[article] = Edited(found[-1].since, manner(found[-1].note), vanished)
        claims |= _since(found, held)
    return Marks(articles, claims)


def _since(line: Sequence[Version], held: Mapping[str, Sequence[Claim]]) -> dict[str, ClaimEdited]:
    """Of the claims of the last of these versions, those that an earlier one did not make, or made otherwise: from when on they stand so."""
    found: dict[str, ClaimEdited] = {}
    for before, after in reversed(list(pairwise(line))):
        for one in changes(held.get(before.article, ()), held.get(line[-1].article, ())):
            if one.after is not None:
                found.setdefault(one.after.id, ClaimEdited(after.since, one.kinds))
    return found


def _claims(ledger: Ledger, articles: set[str]) -> dict[str, list[Claim]]:
    """The claims of these articles, in reading order."""
    held: dict[str, list[Claim]] = {}
    if articles:
        for recorded in ledger.claims(ClaimFilter(articles=frozenset(articles), every_version=True)):
            held.setdefault(recorded.claim.article, []).append(recorded.claim)
    return {one: sorted(said, key=lambda c: (c.evidence[0].start, c.id)) for one, said in held.items()}

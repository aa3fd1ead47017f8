"""How a reading is scored against marked attributions. Figures are percentages.

exact: both ends right. overlap: at least one character in common, of what was found whatever its ends. whole: an attribution whose source and content both
overlap the marked ones (a source may be missing on both sides), one to one. close: the same with a Jaccard of at least .5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from corpora.annotated import Gold, Span

ROLES = ("source", "cue", "content")


class Attributed(Protocol):
    """What both a marked and a found attribution have."""

    @property
    def source(self) -> tuple[Span, ...]: ...
    @property
    def content(self) -> tuple[Span, ...]: ...


@dataclass(slots=True)
class Tally:
    """Counts behind one F1: right among found, found, right among marked, marked."""

    hit_found: int = 0
    found: int = 0
    hit_marked: int = 0
    marked: int = 0

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1 in percent."""
        p = self.hit_found / self.found if self.found else 0.0
        r = self.hit_marked / self.marked if self.marked else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        return {"p": round(100 * p, 2), "r": round(100 * r, 2), "f1": round(100 * f, 2)}


@dataclass(slots=True)
class Score:
    """Adds up texts; `figures` gives what the gate prints."""

    exact: dict[str, Tally] = field(default_factory=lambda: {r: Tally() for r in ROLES})
    overlap: dict[str, Tally] = field(default_factory=lambda: {r: Tally() for r in ROLES})
    whole: Tally = field(default_factory=Tally)
    close: Tally = field(default_factory=Tally)

    def add_spans(
        self,
        found: Mapping[str, Iterable[Span]],
        marked: Mapping[str, Iterable[Span]],
        rough: Mapping[str, Iterable[Span]] | None = None,
    ) -> None:
        """Count the spans of one text, role by role; `rough` are those that say where something is, whatever its ends, if they are listed apart."""
        for role in ROLES:
            ours, theirs = sorted(set(found.get(role, ()))), sorted(set(marked.get(role, ())))
            both = len(set(ours) & set(theirs))
            _count(self.exact[role], both, len(ours), both, len(theirs))
            ours = ours if rough is None else sorted(set(rough.get(role, ())))
            _count(self.overlap[role], _touched(ours, theirs), len(ours), _touched(theirs, ours), len(theirs))

    def add_attributions(self, found: Sequence[Attributed], marked: Sequence[Gold]) -> None:
        """Count the whole attributions of one text."""
        for tally, least in ((self.whole, 0.0), (self.close, 0.5)):
            hits = len(match(found, marked, least=least))
            _count(tally, hits, len(found), hits, len(marked))

    def figures(self) -> dict[str, dict[str, dict[str, float]] | dict[str, float]]:
        """All figures, by name."""
        return {
            "exact": {role: tally.figures() for role, tally in self.exact.items()},
            "overlap": {role: tally.figures() for role, tally in self.overlap.items()},
            "whole": self.whole.figures(),
            "close": self.close.figures(),
        }


def _count(tally: Tally, hit_found: int, found: int, hit_marked: int, marked: int) -> None:
    tally.hit_found += hit_found
    tally.found += found
    tally.hit_marked += hit_marked
    tally.marked += marked


def _touched(ours: Sequence[Span], theirs: Sequence[Span]) -> int:
    return sum(any(a < d and c < b for c, d in theirs) for a, b in ours)


def jaccard(ours: Iterable[Span], theirs: Iterable[Span]) -> float:
    """Shared characters over all characters; 1 where both are empty."""
    left = {i for a, b in ours for i in range(a, b)}
    right = {i for a, b in theirs for i in range(a, b)}
    return len(left & right) / len(left | right) if left or right else 1.0


def match(found: Sequence[Attributed], marked: Sequence[Gold], *, least: float = 0.0) -> list[tuple[int, int]]:
    """Pairs (found, marked), one to one, best content first; source and content each overlap by more than `least`."""
    pairs = []
    for i, ours in enumerate(found):
        for j, theirs in enumerate(marked):
            if not _meets(ours.content, theirs.content) or bool(ours.source) != bool(theirs.source):
                continue
            source, content = jaccard(ours.source, theirs.source), jaccard(ours.content, theirs.content)
            if source > 0 and content > 0 and min(source, content) >= least:
                pairs.append((-(source + content), i, j))
    taken_i: set[int] = set()
    taken_j: set[int] = set()
    matched = []
    for _, i, j in sorted(pairs):
        if i not in taken_i and j not in taken_j:
            taken_i.add(i)
            taken_j.add(j)
            matched.append((i, j))
    return matched


def _meets(ours: Sequence[Span], theirs: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in ours for c, d in theirs)

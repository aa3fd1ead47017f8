"""What resolving a mention hands round: whom it stands for, what its place tells, and who has been heard so far."""

from __future__ import annotations

from dataclasses import dataclass

SETTLED = 0.5
PRONOUNS = frozenset("he she they it we i you him her them his their its who which my our us me".split())
SUBJECT = {
    "him": "he", "his": "he", "her": "she", "their": "they", "them": "they", "its": "it", "my": "i", "me": "i", "whose": "who", "our": "we", "us": "we",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a mention stands for, of what kind where that is known, and how surely (0 … 1)."""

    name: str
    kind: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known of a pronoun beside its words: it goes on with the last speaker, or does what no paper does; whom it cannot stand for."""

    goes_on: bool = False
    acts: bool = False
    other_than: frozenset[str] = frozenset()


NO_HINT = Hint()


@dataclass(frozen=True, slots=True)
class Spoken:
    """A source as it was settled: where its words stand (or its cue, where it has none), and whom they stood for."""

    at: int
    name: str
    kind: str
    number: int
    gender: str | None
    opener: str = ""

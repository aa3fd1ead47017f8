"""What a measure found wrong, to be read twenty at a time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One error: where, of what sort, the words in question, and the text around them."""

    where: str
    sort: str
    words: str
    text: str

    def __str__(self) -> str:
        return f"[{self.where}] {self.sort}: {self.words}\n    {self.text}"

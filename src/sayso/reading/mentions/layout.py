"""Where sentences begin and quotations run: what resolving a mention needs to know of a text's lie."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

_END = re.compile(
    # the mark first: what stands before it is looked at there only
    r"[.!?…](?<!\bMr.)(?<!\bMrs.)(?<!\bMs.)(?<!\bDr.)(?<!\bSt.)(?<!\bProf.)(?<!\bGen.)(?<!\bCol.)(?<!\bSen.)(?<!\bRep.)(?<!\bGov.)(?<!\b[A-Z].)(?<!\bCo.)(?<!\bvs.)(?<!\bNo.)"
    r"[”\"’')]*\s+(?=[“\"‘'(]*[A-ZÀ-Þ0-9])|\n+"
)


class Layout:
    """Sentence starts and quotations of one text."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(m.end() for m in _END.finditer(text))]
        self.quotes = quotations(text)
        self._quote_starts = [a for a, _ in self.quotes]

    def sentence(self, at: int) -> int:
        """The number of the sentence that `at` stands in."""
        return bisect_right(self.starts, at) - 1

    def begin(self, at: int) -> int:
        """Where the sentence that `at` stands in begins."""
        return self.starts[self.sentence(at)]

    def end(self, at: int, size: int) -> int:
        """Where the sentence that `at` stands in ends; `size` is the text's length."""
        number = self.sentence(at) + 1
        return self.starts[number] if number < len(self.starts) else size

    def quotation(self, at: int) -> tuple[int, int] | None:
        """The quotation that `at` stands inside, or None."""
        i = bisect_right(self._quote_starts, at) - 1
        return self.quotes[i] if i >= 0 and at < self.quotes[i][1] else None


def quotations(text: str) -> Sequence[tuple[int, int]]:
    """Stretches in double quotation marks, marks included; one left open ends with its paragraph."""
    found: list[tuple[int, int]] = []
    offset = 0
    for paragraph in text.split("\n"):
        opened: int | None = None
        for match in re.finditer(r"[“”«»\"]", paragraph):
            mark, at = match[0], match.start()
            opens = mark in "“«" or (mark == '"' and opened is None)
            if opens and opened is None:
                opened = at
            elif not opens and opened is not None:
                found.append((offset + opened, offset + at + 1))
                opened = None
        if opened is not None:
            found.append((offset + opened, offset + len(paragraph)))
        offset += len(paragraph) + 1
    return found

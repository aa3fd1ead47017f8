"""Other house styles of a marked text, its marks kept: quotation marks and dashes of other papers, and the spaced lines of tokenised corpora."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from corpora.annotated import Annotated, Gold, Span

#: swaps of one character for another, so that offsets hold
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_SINGLE = str.maketrans({"“": "‘", "”": "’"})
_DASHES = str.maketrans({"—": "–", "–": "—"})
_OPENING = re.compile(r'(?<![\w.,!?])"(?=\S)')
_SPACED = re.compile(
    r"""(?<=[\w.!?,%)])(?=(?:'|’)(?:s|re|ve|ll|d|m)\b)   # she | 's
      | (?<=\w)(?=n(?:'|’)t\b)                           # do | n't
      | (?<=[\w.!?%'’"”)])(?=[,;:?!)\]"”](?:\W|$))       # word | ,
      | (?<=[(\[“"‘])(?=\w)                              # “ | word
      | (?<=[,.?!])(?=["”])                              # , | ”
      | (?<=[a-z\d)”"])(?=\.["”]?\s*$)                   # the last stop
      | (?<=[a-z\d])(?=\.\s+["“]?[A-Z])""",
    re.VERBOSE,
)


def other_quotes(item: Annotated, chance: random.Random) -> Annotated:
    """The text with another paper's quotation marks or dashes, of the same length."""
    text = item.text
    style = chance.choice(("straight", "curly", "single", "dashes"))
    if style == "straight":
        text = text.translate(_STRAIGHT)
    elif style == "single":
        text = text.translate(_SINGLE)
    elif style == "dashes":
        text = text.translate(_DASHES)
    else:
        text = _OPENING.sub("“", text).replace('"', "”")
    return replace(item, text=text)


def spaced_lines(item: Annotated) -> Iterator[Annotated]:
    """Each paragraph by itself, its tokens parted by spaces."""
    at = 0
    for line in item.text.split("\n"):
        if line.strip():
            yield _spaced(item, at, at + len(line))
        at += len(line) + 1


def _spaced(item: Annotated, start: int, end: int) -> Annotated:
    line = item.text[start:end]
    cuts = [m.start() for m in _SPACED.finditer(line) if m.start() and not line[m.start() - 1].isspace()]
    text = "".join(" " + line[a:b] if a else line[a:b] for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True))

    def moved(offset: int, *, last: bool) -> int:
        inside = offset - start
        return inside + sum(cut < inside if last else cut <= inside for cut in cuts)

    def kept(pieces: tuple[Span, ...]) -> tuple[Span, ...]:
        clipped = [(max(a, start), min(b, end)) for a, b in pieces if a < end and start < b]
        return tuple((moved(a, last=False), moved(b, last=True)) for a, b in clipped)

    golds = (_with(gold, kept) for gold in item.attributions)
    return replace(item, text=text, attributions=tuple(g for g in golds if g.source or g.cue or g.content))


def _with(gold: Gold, kept: Callable[[tuple[Span, ...]], tuple[Span, ...]]) -> Gold:
    return replace(gold, source=kept(gold.source), cue=kept(gold.cue), content=kept(gold.content))

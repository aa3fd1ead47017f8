"""Quoted words → where they stand in the article. A quote that is not there, word for word, has no place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from sayso.reading.windows import paragraphs

PART = 8_000  # code points asked about at once, about 2,000 tokens
_CLOSE = 10  # code points within which a counted occurrence is believed; tuned on PolNeAR's training part
_COMMON = 200  # places; words that stand in more of them point at nothing
_END = re.compile(r"[.!?][”\"’')]*\s+(?=[A-ZÀ-Þ“\"‘'(])")
_SAME = str.maketrans("“”„‟«»″‘’‚‛′`´", '"' * 7 + "'" * 7)

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words said to stand in a paragraph (counted from 1), and which occurrence of them there is meant."""

    words: str
    paragraph: int
    occurrence: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraphs asked about, as places in `text`; `folded` is the stretch from `start` to the last one's end with blanks and quotation
    marks made alike, `origin` (as long, and one more) tells where each of its code points stands in `text`.
    """

    text: str
    paragraphs: tuple[Place, ...]
    folded: str
    origin: tuple[int, ...]

    @property
    def start(self) -> int:
        """Where the first paragraph begins."""
        return self.paragraphs[0][0]

    @property
    def end(self) -> int:
        """Where the last paragraph ends."""
        return self.paragraphs[-1][1]


def passages(text: str, *, most: int = PART) -> list[Passage]:
    """The text in parts of whole paragraphs, each of at most `most` code points where its paragraphs allow, none in two; a longer paragraph
    is cut after a sentence, or where it must.
    """
    parts: list[list[Place]] = []
    for piece in (cut for place in paragraphs(text) for cut in _cuts(text, place, most)):
        if parts and piece[1] - parts[-1][0][0] <= most:
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return [passage(text, part) for part in parts]


def halves(whole: Passage) -> list[Passage]:
    """A passage in two or three smaller ones."""
    inner = passages(whole.text[whole.start : whole.end], most=max(1, (whole.end - whole.start) // 2))
    return [passage(whole.text, [(a + whole.start, b + whole.start) for a, b in one.paragraphs]) for one in inner]


def passage(text: str, places: Sequence[Place]) -> Passage:
    """These paragraphs of the text, made ready for finding quotes."""
    start, end = places[0][0], places[-1][1]
    made: list[str] = []
    origin: list[int] = []
    for at in range(start, end):
        blank = text[at].isspace()
        if not (blank and made and made[-1] == " "):
            made.append(" " if blank else text[at])
            origin.append(at)
    return Passage(text, tuple(places), "".join(made).translate(_SAME), (*origin, end))


def _cuts(text: str, place: Place, most: int) -> list[Place]:
    start, end = place
    cuts: list[Place] = []
    while end - start > most:
        stops = [match.end() for match in _END.finditer(text, start + most // 2, start + most)]
        blank = text.rfind(" ", start + most // 2, start + most) + 1
        stop = stops[-1] if stops else blank or start + most
        cuts.append((start, stop))
        start = stop
    cuts.append((start, end))
    trimmed = ((a, a + len(text[a:b].rstrip())) for a, b in cuts)
    return [(a, b) for a, b in trimmed if b > a]


def occurrences(passage: Passage, words: str) -> list[Place]:
    """The places where the words stand as whole words, up to a few more than are of use: exactly, or else but for kinds of blanks and
    quotation marks.
    """
    exact = [(at, at + len(words)) for at in _finds(passage.text, words, passage.start, passage.end)]
    if exact:
        return exact
    folded = " ".join(words.split()).translate(_SAME)
    found = _finds(passage.folded, folded, 0, len(passage.folded)) if folded else []
    return [(passage.origin[at], passage.origin[at + len(folded) - 1] + 1) for at in found]


def _finds(text: str, words: str, start: int, end: int) -> list[int]:
    if text.find(words, start, end) < 0:
        return []
    before = r"(?<![^\W_])" if words[0].isalnum() else ""
    after = r"(?![^\W_])" if words[-1].isalnum() else ""
    matches = re.compile(before + re.escape(words) + after).finditer(text, start, end)
    return [match.start() for match in islice(matches, _COMMON + 1)]


def paragraphs_of(passage: Passage, place: Place) -> tuple[Place, ...]:
    """The paragraphs that a place lies in."""
    return passage.paragraphs[_paragraph(passage, place) - 1 : _paragraph(passage, (place[1] - 1, place[1]))]


def choose(passage: Passage, quote: Quote, near: Sequence[Place] = (), *, off: Sequence[Place] = ()) -> Place | None:
    """The place a quote means; None where its words stand nowhere, or in several places and nothing tells which.

    Its paragraph counts before its number: models know where they are but count badly. Where it belongs to something found already (`near`),
    an occurrence right beside that is meant, else the one counted to, else the nearest; never one that lies on `off`, if there is another.
    """
    places = occurrences(passage, quote.words)
    inside = [place for place in places if _paragraph(passage, place) == quote.paragraph]
    pool = inside or places
    if len(places) > _COMMON:
        return None
    counted = pool[quote.occurrence - 1] if 1 <= quote.occurrence <= len(pool) else None
    pool = [place for place in pool if not any(touching(place, one) for one in off)] or pool
    if len(pool) < 2:
        return pool[0] if pool else None
    if not near:
        return counted if inside else None
    nearest = min(pool, key=lambda place: (gap(place, near), place))
    if counted in pool and counted is not None and gap(counted, near) <= max(_CLOSE, gap(nearest, near)):
        return counted
    return nearest


def _paragraph(passage: Passage, place: Place) -> int:
    """The number of the paragraph in which a place begins."""
    return bisect_right(passage.paragraphs, place[0], key=lambda paragraph: paragraph[0])


def touching(one: Place, other: Place) -> bool:
    """Whether two places share a code point."""
    return one[0] < other[1] and other[0] < one[1]


def gap(place: Place, near: Sequence[Place]) -> int:
    """Code points between a place and the nearest of others."""
    return min(max(start - place[1], place[0] - end, 0) for start, end in near)

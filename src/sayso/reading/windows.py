"""Long text → model windows and back, offsets kept.

A window is whole paragraphs packed up to a number of subwords, `[SEP]` between them; a paragraph that is too long is cut
at a sentence end, or where it must. All offsets are code points of the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from sayso.errors import ReaderError
from sayso.reading.labels import QUOTES, SHAPES

SIZE = 128  # subwords, [CLS] and [SEP] included; more was slower and read worse (docs/performance.md)
_LOWER, _TITLE, _UPPER, _DIGIT, _PUNCT, _MIXED = (SHAPES.index(s) for s in SHAPES[1:])
_OUT, _IN, _MARK = range(len(QUOTES))
_PARAGRAPH = re.compile(r"[^\n]+")
_STOPS = frozenset(".!?”\"'’")

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """One model input. `ids`, `shapes`, `quotes`: (subwords,). The rest speaks of words: `heads` is each word's first
    subword, `starts` and `ends` its code points, `paragraphs` the number of the paragraph it stands in.
    """

    ids: Ints
    shapes: Ints
    quotes: Ints
    heads: Ints
    starts: Ints
    ends: Ints
    paragraphs: Ints


@dataclass(slots=True)
class _Piece:
    ids: list[int]
    shapes: list[int]
    quotes: list[int]
    words: list[tuple[int, int, int]]  # first subword (within the piece), start, end
    paragraph: int


def shape(word: str) -> int:
    """The surface shape of a subword."""
    if word.islower():
        return _LOWER
    if word.isupper():
        return _TITLE if len(word) == 1 else _UPPER
    if word.isdigit():
        return _DIGIT
    if word[:1].isupper():
        return _TITLE
    return _MIXED if any(map(str.isalnum, word)) else _PUNCT


def quote_states(words: list[str]) -> list[int]:
    """Inside, outside or on a quotation mark, word by word through one paragraph. Apostrophes are not marks."""
    states, inside = [], False
    for word in words:
        if word in '"“”«»„':
            inside = not inside if word == '"' else word in "“«„"
            states.append(_MARK)
        else:
            states.append(_IN if inside else _OUT)
    return states


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of every line that holds something but blanks."""
    found = []
    for match in _PARAGRAPH.finditer(text):
        words = match[0]
        start = match.start() + len(words) - len(words.lstrip())
        end = match.start() + len(words.rstrip())
        if end > start:
            found.append((start, end))
    return found


def _pieces(encoding: Encoding, text: str, offset: int, number: int, room: int) -> Iterator[_Piece]:
    """One encoded paragraph as pieces of at most `room` subwords."""
    spans, word_ids, ids = encoding.offsets, encoding.word_ids, encoding.ids
    surfaces = [text[s:e] for s, e in spans]
    shapes = [shape(s) for s in surfaces]
    quotes = quote_states(surfaces)
    at, total = 0, len(ids)
    while at < total:
        stop = min(at + room, total)
        if stop < total:
            stop = _cut(surfaces, word_ids, at, stop)
        words: list[tuple[int, int, int]] = []
        previous: int | None = None
        for i in range(at, stop):
            if word_ids[i] != previous or not words:
                words.append((i - at, spans[i][0] + offset, spans[i][1] + offset))
                previous = word_ids[i]
            else:
                words[-1] = (words[-1][0], words[-1][1], spans[i][1] + offset)
        yield _Piece(ids[at:stop], shapes[at:stop], quotes[at:stop], words, number)
        at = stop


def _cut(surfaces: list[str], word_ids: list[int | None], at: int, stop: int) -> int:
    """Where to cut a paragraph that is too long: after a sentence end in the second half, else between words."""
    for i in range(stop - 1, at + (stop - at) // 2, -1):
        if surfaces[i] in ".!?" and surfaces[i + 1] not in _STOPS and surfaces[i + 1][:1].isupper():
            return i + 1
    while stop > at + 1 and word_ids[stop] == word_ids[stop - 1]:
        stop -= 1
    return stop


def windows(text: str, tokenizer: Tokenizer, *, size: int = SIZE) -> list[Window]:
    """Cut a text into windows of at most `size` subwords."""
    spans = paragraphs(text)
    encodings = tokenizer.encode_batch([text[s:e] for s, e in spans], add_special_tokens=False)
    cls, sep = special(tokenizer, "[CLS]"), special(tokenizer, "[SEP]")
    made: list[Window] = []
    held: list[_Piece] = []
    length = 1
    for number, ((start, end), encoding) in enumerate(zip(spans, encodings, strict=True)):
        for piece in _pieces(encoding, text[start:end], start, number, size - 2):
            if held and length + len(piece.ids) + 1 > size:
                made.append(_join(held, cls, sep))
                held, length = [], 1
            held.append(piece)
            length += len(piece.ids) + 1
    if held:
        made.append(_join(held, cls, sep))
    return made


def special(tokenizer: Tokenizer, mark: str) -> int:
    """The number of a special subword."""
    number = tokenizer.token_to_id(mark)
    if number is None:
        raise ReaderError(f"the tokenizer has no {mark}; reinstall sayso")
    return number


def _join(pieces: Iterable[_Piece], cls: int, sep: int) -> Window:
    ids, shapes, quotes = [cls], [_PUNCT], [_OUT]
    words: list[tuple[int, int, int, int]] = []
    for piece in pieces:
        words += [(len(ids) + head, start, end, piece.paragraph) for head, start, end in piece.words]
        ids += [*piece.ids, sep]
        shapes += [*piece.shapes, _PUNCT]
        quotes += [*piece.quotes, _OUT]
    columns = np.array(words, dtype=np.int64).reshape(-1, 4).T
    as_array = [np.array(row, dtype=np.int64) for row in (ids, shapes, quotes)]
    return Window(*as_array, *columns)

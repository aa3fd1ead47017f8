"""A question and a text side by side as one model input."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from sayso.reading.windows import Ints, quote_states, shape, special

QUESTION = 48  # subwords of a question at most
TEXT = 160  # subwords of a text at most


@dataclass(frozen=True, slots=True)
class Pair:
    """`ids`, `shapes`, `quotes` as in a window; `sides` is 1 in the question and 2 in the text. All (subwords,)."""

    ids: Ints
    shapes: Ints
    quotes: Ints
    sides: Ints


def pair(question: str, text: str, tokenizer: Tokenizer) -> Pair:
    """[CLS] question [SEP] text [SEP], both cut to what the model takes."""
    cls, sep = special(tokenizer, "[CLS]"), special(tokenizer, "[SEP]")
    mark = shape("|")
    ids, shapes, quotes, sides = [cls], [mark], [0], [1]
    for side, words, most in ((1, question, QUESTION), (2, text, TEXT)):
        encoded = tokenizer.encode(words, add_special_tokens=False)
        surfaces = [words[s:e] for s, e in encoded.offsets[:most]]
        ids += [*encoded.ids[:most], sep]
        shapes += [*map(shape, surfaces), mark]
        quotes += [*quote_states(surfaces), 0]
        sides += [side] * (len(surfaces) + 1)
    return Pair(*(np.array(row, dtype=np.int64) for row in (ids, shapes, quotes, sides)))

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from sayso.reading.labels import QUOTES, SHAPES
from sayso.reading.reader import model_folder
from sayso.reading.windows import paragraphs, quote_states, shape, windows


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def test_words_keep_their_offsets_past_accents_and_emoji(tokenizer: Tokenizer) -> None:
    text = "🚨 Núñez told L’Étoile:\n\n“Ça va.”"
    words = [text[a:b] for w in windows(text, tokenizer) for a, b in zip(w.starts, w.ends, strict=True)]
    assert words == ["🚨", "Núñez", "told", "L", "’", "Étoile", ":", "“", "Ça", "va", ".", "”"]


def test_no_window_is_longer_than_asked(tokenizer: Tokenizer) -> None:
    text = "\n".join(["One short line."] * 40 + ["word " * 900])
    assert max(len(w.ids) for w in windows(text, tokenizer, size=64)) <= 64


def test_a_long_paragraph_is_cut_after_a_sentence(tokenizer: Tokenizer) -> None:
    text = "The board met again on Monday. " * 20
    ends = [text[int(w.ends[-1]) - 1] for w in windows(text, tokenizer, size=64)]
    assert set(ends) == {"."}


def test_paragraphs_are_numbered_across_a_window(tokenizer: Tokenizer) -> None:
    (window,) = windows("First.\n\nSecond.", tokenizer)
    assert window.paragraphs.tolist() == [0, 0, 1, 1]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_words_that_lie_in_it_in_order(tokenizer: Tokenizer, text: str) -> None:
    spans = [(int(a), int(b)) for w in windows(text, tokenizer, size=32) for a, b in zip(w.starts, w.ends, strict=True)]
    assert all(0 <= a <= b <= len(text) for a, b in spans)
    assert spans == sorted(spans)


def test_paragraphs_leave_blank_lines_out() -> None:
    assert paragraphs("a \n \n  b") == [(0, 1), (7, 8)]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("he", "lower"),
        ("He", "title"),
        ("ESPN", "upper"),
        ("I", "title"),
        ("2026", "digit"),
        ("—", "punctuation"),
        ("iPod", "mixed"),
    ],
)
def test_shape_tells_how_a_word_is_written(word: str, name: str) -> None:
    assert SHAPES[shape(word)] == name


def test_quotation_marks_open_and_close_and_apostrophes_do_not() -> None:
    states = [QUOTES[s] for s in quote_states(["“", "we", "’", "ll", "”", "he", '"', "no", '"'])]
    assert states == ["mark", "inside", "inside", "inside", "mark", "outside", "mark", "inside", "mark"]

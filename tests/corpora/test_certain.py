from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from corpora.certain import HEAD, CertainError, Marked, parse_row, read_certain

ROOT = Path(__file__).parents[2] / "training/corpus/certainty"
TRAIN, MORE, NATURAL, LIGHT, WIRES, CANCELLING, EXPECTING, OPEN, NOUNS, TEST = (
    read_certain(ROOT / f"{part}.tsv")
    for part in "train more natural light wires cancelling expecting open nouns test".split()
)
ONE_WORDING = (*TRAIN, *MORE, *LIGHT, *CANCELLING, *EXPECTING, *OPEN, *NOUNS)
LEARNED = (*ONE_WORDING, *NATURAL, *WIRES)
PARTS = pytest.mark.parametrize(("rows", "sentences", "wordings"), [(TRAIN, 1100, 130), (TEST, 450, 60)])

#: what decides in the test part, by stem: it may stand nowhere in the train part, whatever its ending
KEPT = (
    "abandon avert axe baulk brink collaps conceivabl ditch escap exonerat fake halt hesitat mooted mulling neglect nobody "
    "neither odds-on poised scheduled sceptic scotch steer succeed suppos thwart tipped veto vow wary weigh"
).split()


def _grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 5]) for i in range(max(1, len(words) - 4))}


def _texts(rows: list[Marked]) -> dict[str, set[str]]:
    """The wordings each sentence is filed under."""
    made: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        made[row.text].add(row.predicate)
    return made


def test_a_row_gives_the_event_its_place_in_the_clean_sentence() -> None:
    row = parse_row("ruled out\t-3\tThe board ruled out [sacking] her.")
    assert row == Marked("The board ruled out sacking her.", 20, 27, -3, "ruled out")
    assert row.text[row.start : row.end] == "sacking"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("may\t1\tHe may [go].", "no such certainty: '1'"),
        ("may\t+4\tHe may [go].", "no such certainty"),
        ("may\t+1\tHe may go.", "has 0"),
        ("may\t+1\tHe may [go] or [stay].", "has 2"),
        ("may\t+1\tHe may [go.", "has 0"),
        ("may\tHe may [go].", "has 2 cells"),
        ("\t+1\tHe may [go].", "needs predicate"),
    ],
)
def test_a_slip_in_a_row_is_named(row: str, why: str) -> None:
    with pytest.raises(CertainError, match=re.escape(why)):
        parse_row(row)


def test_a_fault_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "odd.tsv"
    path.write_text(f"{HEAD}\nmay\t+1\tHe may [go].\nmay\t+1\tHe may go.\n", encoding="utf-8")
    with pytest.raises(CertainError, match=r"odd\.tsv, line 3: "):
        read_certain(path)


@PARTS
def test_each_part_is_large_and_uses_the_whole_scale(rows: list[Marked], sentences: int, wordings: int) -> None:
    assert len(rows) >= sentences
    assert len({row.predicate for row in rows}) >= wordings
    assert {row.certainty for row in rows} == {-3, -2, -1, 0, 1, 2, 3}


@PARTS
def test_every_wording_has_five_sentences(rows: list[Marked], sentences: int, wordings: int) -> None:
    by_wording: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_wording[row.predicate].add(row.text)
    assert [name for name, texts in by_wording.items() if len(texts) < 5] == []


@pytest.mark.parametrize(
    ("rows", "wordings"), [(MORE, 600), (LIGHT, 400), (CANCELLING, 400), (EXPECTING, 400), (OPEN, 400), (NOUNS, 350)]
)
def test_the_further_rows_are_of_many_wordings(rows: list[Marked], wordings: int) -> None:
    assert len({row.predicate for row in rows}) >= wordings
    assert {row.certainty for row in rows} == {-3, -2, -1, 0, 1, 2, 3}
    assert len({(row.text, row.start) for row in rows}) == len(rows)


@pytest.mark.parametrize("rows", [NATURAL, WIRES])
def test_the_natural_sentences_are_long_and_hold_several_events(rows: list[Marked]) -> None:
    events: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        events[row.text].add(row.start)
    assert len(rows) == sum(map(len, events.values())) >= 700
    assert min(len(text.split()) for text in events) >= 18
    assert {row.certainty for row in rows} == {-3, -2, -1, 0, 1, 2, 3}


@PARTS
def test_an_event_is_one_word_and_marked_once(rows: list[Marked], sentences: int, wordings: int) -> None:
    assert [row.text for row in rows if " " in row.text[row.start : row.end]] == []
    assert len({(row.text, row.start) for row in rows}) == len(rows)


@PARTS
def test_many_sentences_hold_events_of_different_certainty(rows: list[Marked], sentences: int, wordings: int) -> None:
    by_text: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        by_text[row.text].add(row.certainty)
    assert sum(len(steps) > 1 for steps in by_text.values()) >= 0.25 * len(by_text)


def test_no_wording_is_on_both_sides() -> None:
    assert {row.predicate.lower() for row in LEARNED} & {row.predicate.lower() for row in TEST} == set()


@pytest.mark.parametrize("stem", KEPT)
def test_a_wording_kept_for_the_test_stands_nowhere_in_train(stem: str) -> None:
    deciding = re.compile(rf"\b(?:in)?{stem}", re.I)
    assert any(deciding.search(row.predicate) for row in TEST)
    assert [row.text for row in LEARNED if deciding.search(f"{row.predicate}: {row.text}")] == []


def test_a_sentence_is_filed_under_one_wording_and_on_one_side() -> None:
    train, test = _texts(ONE_WORDING), _texts(TEST)
    assert train.keys() & test.keys() == set()
    assert [text for part in (train, test) for text, names in part.items() if len(names) > 1] == []


def test_no_two_sentences_say_nearly_the_same() -> None:
    grams = {text: _grams(text) for text in (*_texts(LEARNED), *_texts(TEST))}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for text, own in grams.items():
        for gram in own:
            holders[gram].append(text)
    pairs = {(a, b) for texts in holders.values() for a in texts for b in texts if a < b}
    assert [(a, b) for a, b in pairs if len(grams[a] & grams[b]) > 0.2 * len(grams[a] | grams[b])] == []

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate import answers, stance
from gate.stance import SIDES, Judge, PairSet, combine, fold, measure, read_pairs
from training.contrast import (
    FOLDER,
    Composer,
    Event,
    Name,
    Row,
    Sentence,
    Wording,
    ceilings,
    inflect,
    labels,
    read_families,
)

PAIRS = Path(__file__).parents[2] / "gate/pairs"
HEADER = "\t".join(stance.COLUMNS)


def sure(side: str) -> dict[str, float]:
    return dict.fromkeys(SIDES, 0.0) | {side: 1.0}


def always(side: str) -> Judge:
    return lambda question, text: sure(side)


@pytest.fixture(scope="module")
def sets() -> list[PairSet]:
    return [one for table in sorted(PAIRS.glob("*.tsv")) for one in read_pairs(table)]


@pytest.fixture(scope="module")
def composer() -> Composer:
    return Composer(seed=0)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return Composer(seed=0).rows()


# the pairs themselves


def test_there_are_enough_pairs_in_every_domain_and_no_id_or_sentence_stands_twice(sets: list[PairSet]) -> None:
    texts = Counter(text for one in sets for text in one.texts.values())
    assert len({one.id for one in sets}) == len(sets) >= 260
    assert min(Counter(one.domain for one in sets).values()) >= 18
    assert [text for text, n in texts.items() if n > 1] == []


def test_a_third_of_the_sets_have_a_near_miss(sets: list[PairSet]) -> None:
    assert sum("unrelated" in one.texts for one in sets) >= len(sets) / 3


def test_no_sentence_repeats_its_question_word_for_word(sets: list[PairSet]) -> None:
    def plain(text: str) -> str:
        return re.sub(r"\W+", " ", text.lower()).strip()

    assert [one.id for one in sets if plain(one.question) in map(plain, one.texts.values())] == []


def test_held_out_families_are_held_out_of_the_training_rows(sets: list[PairSet]) -> None:
    trained = {family.name for family in read_families(FOLDER / "families.txt") if not family.held_out}
    assert {one.family for one in sets if one.held_out} & trained == set()
    assert {one.family for one in sets if not one.held_out} <= trained
    assert sum(one.held_out for one in sets) >= 80


def test_words_of_denial_alone_do_not_tell_for_from_against(sets: list[PairSet]) -> None:
    denial = re.compile(
        r"\b(?:not|no|nobody|nothing|never|denie[sd]|ruled out|rejected|refuse[sd]?)\b|n[’']t\b", re.IGNORECASE
    )
    right = sum(bool(denial.search(one.texts["against"])) and not denial.search(one.texts["for"]) for one in sets)
    assert right < 0.45 * len(sets)


def test_the_training_rows_use_none_of_the_names_of_the_pairs(sets: list[PairSet], rows: list[Row]) -> None:
    def names(texts: list[str]) -> set[str]:
        return {" ".join(two) for text in texts for two in re.findall(r"\b(?!The|Will)([A-Z]\w+) ([A-Z]\w+)", text)}

    ours = names([text for one in sets for text in (one.question, *one.texts.values())])
    assert len(ours) > 100
    assert ours & names([row.question for row in rows]) == set()


# how they are scored


def test_a_judge_who_knows_gets_all_of_it(sets: list[PairSet]) -> None:
    known = {(one.question, text): side for one in sets for side, text in one.texts.items()}
    figures, faults = measure(PAIRS, lambda question, text: sure(known[question, text]))
    assert figures["both"] == figures["order"] == figures["unrelated"] == figures["held_out"]["all_right"] == 100
    assert faults == []


def test_always_for_gets_no_pair_right_and_no_order() -> None:
    figures, faults = measure(PAIRS, always("for"))
    assert (figures["for"], figures["both"], figures["order"], figures["kept_apart"]) == (100, 0, 0, 0)
    assert faults[0].sort == "against read as for"


def test_a_slip_into_observing_keeps_a_near_miss_apart_but_is_not_right() -> None:
    figures, _ = measure(PAIRS, always("observing"))
    assert (figures["unrelated"], figures["kept_apart"], figures["observing"]) == (0, 100, 100)


def test_a_set_without_one_of_its_sides_is_named(tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text(
        f"{HEADER}\nx-01\tleave/stay\tcoach\tAda leaves\tAda goes.\t\tWill Ada go?\t\t\n", encoding="utf-8"
    )
    with pytest.raises(ValueError, match="x-01 has no sentence against"):
        read_pairs(table)


def test_nothing_to_score_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="neither pairs"):
        measure(tmp_path, always("for"))


def test_a_headline_is_never_unrelated_to_its_claim(tmp_path: Path) -> None:
    path = tmp_path / "headlines.csv"
    path.write_text(
        "claimHeadline,articleHeadline,articleHeadlineStance,articleId,claimId\n"
        "Ada Crane resigns,Crane stays put,against,a1,c1\nAda Crane resigns,Crane quits,for,a2,c1\n",
        encoding="utf-8",
    )
    figures, faults = measure(path, lambda q, t: {"for": 0.0, "against": 0.3, "observing": 0.1, "unrelated": 0.6})
    assert (figures["accuracy"], figures["f1"]["against"], figures["macro_f1"]) == (50.0, 66.67, 22.22)
    assert faults[0].sort == "for read as against"


@pytest.mark.parametrize("name", ["train", "competition_test"])
def test_a_body_is_judged_by_its_sentences_nearest_to_the_headline(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}_stances.csv").write_text(
        "Headline,Body ID,Stance\nMayor Ada Crane resigns,1,disagree\nVask buys Fenwick,1,unrelated\n", encoding="utf-8"
    )
    (tmp_path / f"{name}_bodies.csv").write_text(
        'Body ID,articleBody\n1,"It rained. Tea was served. Trams ran. The choir sang. Ada Crane denied that the mayor resigns."\n',
        encoding="utf-8",
    )
    figures, _ = measure(tmp_path, lambda q, t: sure("against" if "denied" in t and "Crane" in q else "unrelated"))
    assert figures["accuracy"] == 100


def test_an_article_is_as_unrelated_as_its_nearest_sentence() -> None:
    half = {"for": 0.5, "against": 0.0, "observing": 0.0, "unrelated": 0.5}
    joined = combine([(1.0, half), (1.0, sure("unrelated"))])
    assert joined == {"for": 0.5, "against": 0.0, "observing": 0.0, "unrelated": 0.5}
    assert combine([]) == sure("unrelated")


def test_a_fold_is_the_same_on_every_machine() -> None:
    assert [fold(key) for key in ("1", "2", "claim")] == [1, 0, 0]


# belief in an answer


@given(st.lists(st.sampled_from(SIDES), max_size=20))
def test_for_and_against_weigh_the_same_and_order_does_not_matter(sides: list[str]) -> None:
    turned = {"for": "against", "against": "for"}
    p = answers.belief([sure(side) for side in sides])
    assert answers.belief([sure(turned.get(side, side)) for side in sides]) == pytest.approx(1 - p)
    assert answers.belief([sure(side) for side in reversed(sides)]) == pytest.approx(p)


def test_agreeing_snippets_move_belief_on_and_silence_does_not() -> None:
    one, two = (answers.belief([sure("for")] * n) for n in (1, 2))
    assert one == pytest.approx(0.9)
    assert two == pytest.approx(81 / 82)
    assert answers.belief([sure("unrelated"), sure("observing")]) == 0.5


def test_a_snippet_that_stands_twice_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "argus.csv"
    path.write_text(
        "htext,label,mtext\nWill the bridge open ?,1,It opens .\nWill the bridge open ?,1,It opens .\nWill it rain ?,0,No idea\n",
        encoding="utf-8",
    )
    asked: list[tuple[str, str]] = []

    def judge(question: str, text: str) -> dict[str, float]:
        asked.append((question, text))
        return sure("for")

    figures, faults = answers.measure(path, judge)
    assert asked == [("Will the bridge open?", "It opens."), ("Will it rain?", "No idea")]
    assert (figures["accuracy"], figures["always_no"], faults[0].sort) == (50.0, 50.0, "no, belief 0.90")


# the contrast rows

ADA, TOWN = Name("Ada Quist", "her", "Quist"), Name("Almery Rangers", "their")


@pytest.mark.parametrize(
    ("family", "side", "at", "sign", "words", "text", "told"),
    [
        (
            "leave/stay",
            "yes",
            0,
            "+",
            "{S} {is} set to {base}",
            "Ada Quist is set to leave Almery Rangers",
            {"yes": "for", "no": "against"},
        ),
        (
            "leave/stay",
            "yes",
            1,
            "-",
            "{S} {has} ruled out {ing}",
            "Ada Quist has ruled out walking out on Almery Rangers",
            {"yes": "against", "no": "for"},
        ),
        (
            "leave/stay",
            "no",
            0,
            "-",
            "{S} {has} not {pp}",
            "Ada Quist has not stayed at Almery Rangers",
            {"yes": "for", "no": "against"},
        ),
        (
            "leave/stay",
            "yes",
            3,
            "0",
            "will {S} {base}?",
            "will Ada Quist turn her back on Almery Rangers?",
            {"yes": "observing", "no": "observing"},
        ),
        (
            "join/turn down",
            "yes",
            0,
            "-",
            "{S} {has} not {pp}",
            "Ada Quist has not joined Almery Rangers",
            {"yes": "against"},
        ),
        (
            "join/turn down",
            "yes",
            4,
            "+",
            "{S} {is} to {base}",
            "Almery Rangers are to land Ada Quist",
            {"yes": "for", "no": "against"},
        ),
        (
            "renew/let lapse",
            "no",
            0,
            "+",
            "{S} {s}",
            "Ada Quist lets her contract with Almery Rangers run out",
            {"yes": "against", "no": "for"},
        ),
    ],
)
def test_a_sentence_says_what_a_reader_takes_from_it(
    composer: Composer, family: str, side: str, at: int, sign: str, words: str, text: str, told: dict[str, str]
) -> None:
    found = next(one for one in composer.families if one.name == family)
    wording = Wording(sign, "plain", frozenset(), words)
    event = Event(found, (ADA, TOWN))
    assert composer.say(event, (found.yes if side == "yes" else found.no)[at], wording, plain=True) == text
    assert dict(labels(Sentence(event, side, wording, text))) == told


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("carry", "carries carried carried carrying"),
        ("drop", "drops dropped dropped dropping"),
        ("pass", "passes passed passed passing"),
        ("go", "goes went gone going"),
        ("agree", "agrees agreed agreed agreeing"),
        ("win", "wins won won winning"),
        ("veto", "vetoes vetoed vetoed vetoing"),
        ("expel", "expels expelled expelled expelling"),
    ],
)
def test_verbs_are_inflected(composer: Composer, verb: str, forms: str) -> None:
    assert " ".join(list(inflect(verb, composer.verbs, plural=False).values())[1:]) == forms


def test_there_are_enough_rows_and_families_and_the_same_seed_gives_the_same(rows: list[Row]) -> None:
    families = {row.family: row.held_out for row in rows}
    assert len(rows) >= 8000
    assert len(families) >= 60
    assert sum(families.values()) >= 12
    assert Composer(seed=0).rows(2) == Composer(seed=0).rows(2) != Composer(seed=1).rows(2)


def test_no_question_is_put_to_a_text_twice_and_none_is_left_unfilled(rows: list[Row]) -> None:
    assert len({(row.question, row.text) for row in rows}) == len(rows)
    assert [row for row in rows if re.search(r"[{}]", row.question + row.text)] == []


def test_neither_text_nor_question_alone_gives_the_label_away(rows: list[Row]) -> None:
    found = ceilings(rows)
    assert found["text"] < 55
    assert found["question"] < 65
    assert found["largest"] < 36


def test_a_text_that_takes_sides_is_asked_questions_with_several_answers(rows: list[Row]) -> None:
    asked: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        asked[row.text].add(row.label)
    assert sum(len(found) > 1 for found in asked.values()) > 0.8 * len(asked)


def test_what_one_does_says_nothing_of_the_other_in_the_same_sentence(rows: list[Row]) -> None:
    crossed = [row for row in rows if row.near == "crossed"]
    assert {row.label for row in crossed} == {"unrelated"}
    assert len(crossed) > 100


def test_names_of_one_kind_that_share_a_word_are_not_taken_for_two(composer: Composer) -> None:
    taken = (Name("Almery Rangers"), Name("Almery Thistle"))
    assert all("Almery" not in composer.cast.others("club", taken).text for _ in range(200))

"""The minimal pairs written by hand: those to learn and tune from, and the gate's own, which nothing may be learned from."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from gate.stance import PairSet, read_pairs

ROOT = Path(__file__).parents[2]
STANCE = ROOT / "training/corpus/stance"
LEARNED = sorted([*(STANCE / "more").glob("*.tsv"), *(STANCE / "pairs").glob("*.tsv")])
SETS = {path: read_pairs(path) for path in LEARNED}
BLIND = [one for path in sorted((ROOT / "gate/pairs").glob("*.tsv")) for one in read_pairs(path)]
DENIAL = re.compile(r"\b(?:not|no|never|nobody|none|nothing|neither|nor|without|cannot)\b|n['’]t\b", re.I)


def _grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 5]) for i in range(max(1, len(words) - 4))}


def _texts(sets: list[PairSet]) -> list[str]:
    return [text for one in sets for text in one.texts.values()]


@pytest.mark.parametrize("path", LEARNED, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_set_is_whole_and_stands_once(path: Path) -> None:
    sets = SETS[path]
    assert len({one.id for one in sets}) == len({one.question for one in sets}) == len(sets)
    assert [text for text, n in Counter(_texts(sets)).items() if n > 1] == []
    assert all(one.question and text for one in sets for text in one.texts.values())


def test_ids_are_nobody_elses() -> None:
    ids = [one.id for sets in (*SETS.values(), BLIND) for one in sets]
    assert len(set(ids)) == len(ids)


def test_a_word_of_denial_does_not_decide() -> None:
    """What is for holds one often enough, and what is against goes without often enough, that counting them is no way to learn."""
    sets = [one for found in SETS.values() for one in found]
    share = {side: sum(bool(DENIAL.search(one.texts[side])) for one in sets) / len(sets) for side in ("for", "against")}
    assert share["for"] > 0.2
    assert share["against"] < 0.6


def test_nothing_the_gate_asks_is_learned() -> None:
    holders: dict[tuple[str, ...], list[tuple[bool, str]]] = defaultdict(list)
    for blind, sets in ((True, BLIND), *((False, found) for found in SETS.values())):
        for text in {*_texts(sets), *(one.question for one in sets)}:
            if len(text.split()) > 8:  # a shorter one may well be hit on twice
                for gram in _grams(text):
                    holders[gram].append((blind, text))
    shared: Counter[tuple[str, str]] = Counter()
    for found in holders.values():
        asked, learned = [t for blind, t in found if blind], [t for blind, t in found if not blind]
        shared.update((a, b) for a in asked for b in learned)
    assert [pair for pair, n in shared.items() if n > 0.5 * min(len(_grams(text)) for text in pair)] == []

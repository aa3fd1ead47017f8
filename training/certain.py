"""Composes certainty sentences from training/corpus/certainty/{wordings,events}.txt: a wording says how surely, an event stands in its slot.

A wording that the test part asks about is left out, so that the held-out figure stays honest. Same seed, same sentences.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from corpora.certain import CertainError, Marked, parse_row, read_certain

FOLDER = Path(__file__).with_name("corpus") / "certainty"
#: words that make no wording by themselves
SMALL = frozenset(
    "a an the to of is are was were be been has have had it its that on for in with does do did will would by at up out no not".split()
)
ORGANISATIONS = (
    "the council",
    "Pellmont Foods",
    "the board",
    "the ministry",
    "Ashcombe Rovers",
    "the regulator",
    "Harrow Air",
    "the government",
    "the airline",
    "the union",
    "Quillan Energy",
    "the bank",
    "the festival",
    "the federation",
    "Tarn Motors",
    "the hospital trust",
    "the city",
    "the broadcaster",
)
PEOPLE = (
    ("Ilse Varga", "she"),
    ("Tomas Reddle", "he"),
    ("the minister", "she"),
    ("the striker", "he"),
    ("Dana Okoro", "she"),
    ("the chief executive", "he"),
    ("the mayor", "he"),
    ("Senator Pryce", "she"),
    ("the coach", "he"),
    ("the chancellor", "she"),
    ("Owen Castell", "he"),
    ("the captain", "she"),
    ("the judge", "he"),
    ("Mira Feld", "she"),
)
OTHERS = (
    "the chairman",
    "her deputy",
    "a spokeswoman",
    "the opposition",
    "the players' union",
    "a former colleague",
    "the committee",
    "Lena Harsch",
    "the Daily Tarn",
    "shareholders",
    "the prosecutor",
    "two board members",
    "residents",
    "the analyst",
    "the finance chief",
)
BEFORE = (
    "On Tuesday, ",
    "After weeks of talks, ",
    "For the second time this year, ",
    "In a short statement it was said that ",
    "According to the Norwick Post, ",
    "Sources told the Tarn Herald that ",
    "Two people familiar with the matter said ",
    "In the end, ",
)
AFTER = (
    " on Friday",
    ", the Norwick Post reported",
    ", according to two officials",
    " last week",
    ", a spokesman said",
    " despite the [protests]",
    " after the [defeat] at Dellport",
    " following the [floods]",
    ", sources said",
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may happen, in each form a slot asks for."""

    who: str
    forms: dict[str, str]


def events(path: Path = FOLDER / "events.txt") -> list[Event]:
    """The table of events."""
    made = []
    for row in _rows(path):
        who, *forms = row
        made.append(Event(who, dict(zip("VGPENn", forms, strict=True))))
    return made


def wordings(
    path: Path = FOLDER / "wordings.txt", *, without: Path | None = FOLDER / "test.tsv"
) -> list[tuple[int, str, str]]:
    """Value, wording and pattern of each, but for those that `without` asks about."""
    asked = [_core(one) for one in {m.predicate for m in read_certain(without)}] if without else []
    rows = [(int(value), wording, pattern) for value, wording, pattern in _rows(path)]
    return [row for row in rows if not any(_same(_core(row[1]), other) for other in asked)]


def composed(each: int, *, seed: int = 0) -> list[Marked]:
    """`each` sentences of every wording."""
    chance = random.Random(seed)
    table = events()
    made = []
    for value, wording, pattern in wordings():
        for _ in range(each):
            made += _sentence(value, wording, pattern, chance.choice(table), chance)
    return made


def _sentence(value: int, wording: str, pattern: str, event: Event, chance: random.Random) -> list[Marked]:
    if event.who == "org":
        subject, it, its, itself = chance.choice(ORGANISATIONS), "it", "its", "itself"
    else:
        subject, it = chance.choice(PEOPLE)
        its, itself = ("her", "herself") if it == "she" else ("his", "himself")
    held = "{S}" in pattern  # whether {its} refers to the subject
    filled = pattern
    for slot, form in event.forms.items():
        filled = filled.replace("{" + slot + "}", form)
    owner = its if held else ("the company's" if event.who == "org" else "the minister's")
    filled = re.sub(r"\b[Ii]ts\b(?= )", owner, filled) if event.who == "org" and not held else filled
    for slot, word in (("S", subject), ("O", chance.choice(OTHERS)), ("itself", itself), ("its", owner), ("it", it)):
        filled = filled.replace("{" + slot + "}", word)
    before = chance.choice(BEFORE) if chance.random() < 0.35 else ""
    after = chance.choice(AFTER) if chance.random() < 0.45 else ""
    if not before:
        filled = filled[0].upper() + filled[1:] if filled[0] != "[" else "[" + filled[1].upper() + filled[2:]
    sentence = f"{before}{filled}{after}."
    sentence = sentence[0].upper() + sentence[1:]
    rows = []
    marks = [m.start() for m in re.finditer(r"\[", sentence)]
    for number, _ in enumerate(marks):
        step = value if number == 0 else 3
        rows.append(parse_row(f"{wording}\t{step:+d}\t{_only(sentence, number)}".replace("\t+0\t", "\t0\t")))
    return rows


def _only(sentence: str, number: int) -> str:
    """The sentence with all brackets but the `number`-th taken away."""
    count = -1

    def keep(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return match[0] if count == number else match[1]

    return re.sub(r"\[([^\[\]]+)\]", keep, sentence)


def _rows(path: Path) -> list[list[str]]:
    rows = [
        line.split(" | ") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    if not rows:
        raise CertainError(f"{path.name} is empty")
    return rows


def _core(wording: str) -> frozenset[str]:
    words = re.findall(r"[a-z]+", wording.lower())
    return frozenset(re.sub(r"(?:ed|ing|es|s|d|e)$", "", w) for w in words if w not in SMALL)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and (one <= other or other <= one)

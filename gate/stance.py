"""Stance: what a text says to a question. Our minimal pairs, Emergent's headlines or a Fake News Challenge folder.

What judges is given in: a function from question and text to four scores. Figures are percentages.
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sentencex

from gate.errors import Fault

#: question, text → scores of for, against, observing and unrelated that sum to 1
Judge = Callable[[str, str], Mapping[str, float]]

SIDES = ("for", "against", "observing", "unrelated")
COLUMNS = ("id", "family", "domain", "question", "for", "against", "observing", "unrelated", "note")
#: Fake News Challenge's words in ours
FNC = {"agree": "for", "disagree": "against", "discuss": "observing", "unrelated": "unrelated"}
FNC_NAMES = ("train", "competition_test")
#: sentences of a body that are read for one headline
NEAREST = 3

STOP = frozenset(
    """a an the and or but of to in on at for from by with as is are was were be been being has have had do does did will would can could
    may might should that this these those it its he she they his her their him them who which what when where not no than then there so if
    about after before over under into out up down more most other some such only own said says say after also just""".split()
)


@dataclass(frozen=True, slots=True)
class PairSet:
    """A question with a sentence for it, one against it, one that only observes, and perhaps one that says nothing to it.

    `held_out` families (a star in the table) have no rows in the training composer.
    """

    id: str
    family: str
    held_out: bool
    domain: str
    question: str
    texts: Mapping[str, str]


def measure(path: Path, judge: Judge) -> tuple[dict[str, Any], list[Fault]]:
    """Figures of whatever lies at the path, told by its form. Raises FileNotFoundError where nothing is there to score."""
    if path.is_file() and path.suffix == ".csv":
        return emergent(path, judge)
    if path.is_file() and path.suffix == ".tsv":
        return pairs(read_pairs(path), judge)
    if tables := sorted(path.glob("*.tsv")):
        return pairs([row for table in tables for row in read_pairs(table)], judge)
    if _fnc_files(path):
        return fnc1(path, judge)
    raise FileNotFoundError(
        f"{path} holds neither pairs (.tsv), nor headlines (.csv), nor NAME_stances.csv and NAME_bodies.csv"
    )


def read_pairs(path: Path) -> list[PairSet]:
    """The sets of one table. Raises ValueError where the table has other columns or a sentence is missing."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path}: columns are {rows.fieldnames}, expected {list(COLUMNS)}")
        return [_pair_set(row, path) for row in rows]


def _pair_set(row: dict[str, str], path: Path) -> PairSet:
    texts = {side: row[side] for side in SIDES if row[side]}
    if missing := [side for side in SIDES[:3] if side not in texts]:
        raise ValueError(f"{path}: {row['id']} has no sentence {', '.join(missing)}")
    family = row["family"].removesuffix("*")
    return PairSet(row["id"], family, row["family"].endswith("*"), row["domain"], row["question"], texts)


def pairs(sets: Sequence[PairSet], judge: Judge) -> tuple[dict[str, Any], list[Fault]]:
    """Sets with both sides right, and the rest: over all, held out, trained, by domain and by family."""
    groups: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    faults: list[Fault] = []
    for one in sets:
        scores = {side: judge(one.question, text) for side, text in one.texts.items()}
        marks = _marks(scores)
        for group, name in (
            ("all", "all"),
            ("part", "held_out" if one.held_out else "trained"),
            ("domain", one.domain),
            ("family", one.family),
        ):
            groups[group][name] += marks
        for side, score in scores.items():
            if (got := top(score)) != side:
                faults.append(Fault(one.id, f"{side} read as {got}", one.question, one.texts[side]))
    result = {group: {n: _shares(c) for n, c in sorted(named.items())} for group, named in groups.items()}
    return {
        **result.get("all", {}).get("all", {}),
        **result.get("part", {}),
        **{k: result.get(k, {}) for k in ("domain", "family")},
    }, faults


def _marks(scores: Mapping[str, Mapping[str, float]]) -> Counter[str]:
    """What is right in one set; a key that ends in "?" counts how often it could have been."""
    right = {side: top(score) == side for side, score in scores.items()}
    lean = {side: score["for"] - score["against"] for side, score in scores.items()}
    marks = Counter(
        {"sets": 1, "both": int(right["for"] and right["against"]), "order": int(lean["for"] > lean["against"])}
    )
    marks |= Counter({side: int(right[side]) for side in SIDES[:3]})
    marks["all_right"] = int(all(right.values()))
    if "unrelated" in scores:
        marks["unrelated?"] = 1
        marks["unrelated"] = int(right["unrelated"])
        # observing is a slip too, but one that moves no belief and shows no contradiction
        marks["kept_apart"] = int(top(scores["unrelated"]) in ("unrelated", "observing"))
    return marks


def _shares(marks: Counter[str]) -> dict[str, float]:
    shares: dict[str, float] = {"sets": marks["sets"]}
    for key in ("both", "order", "for", "against", "observing", "all_right"):
        shares[key] = _percent(marks[key], marks["sets"])
    if marks["unrelated?"]:
        shares |= {key: _percent(marks[key], marks["unrelated?"]) for key in ("unrelated", "kept_apart")}
    return shares


def emergent(
    path: Path, judge: Judge, *, only: Callable[[str], bool] = lambda _: True
) -> tuple[dict[str, Any], list[Fault]]:
    """Headlines on claims; `only` picks claims by id. No headline there is unrelated, so the best of the other three counts."""
    told, faults = [], list[Fault]()
    for row in _rows(path, ("claimHeadline", "articleHeadline", "articleHeadlineStance", "articleId", "claimId")):
        if not only(row["claimId"]):
            continue
        got = top(judge(row["claimHeadline"], row["articleHeadline"]), among=SIDES[:3])
        gold = row["articleHeadlineStance"]
        told.append((gold, got))
        if got != gold:
            faults.append(
                Fault(row["articleId"], f"{gold} read as {got}", row["claimHeadline"], row["articleHeadline"])
            )
    return {"headlines": len(told), **classes(told, SIDES[:3])}, faults


def fnc1(
    path: Path, judge: Judge, *, only: Callable[[str], bool] = lambda _: True
) -> tuple[dict[str, Any], list[Fault]]:
    """Articles against headlines, through the sentences of the body nearest to the headline; `only` picks bodies by id."""
    told, faults = [], list[Fault]()
    for stances, bodies in _fnc_files(path):
        texts = {row["Body ID"]: row["articleBody"] for row in _rows(bodies, ("Body ID", "articleBody"))}
        near = Nearest(texts)
        for row in _rows(stances, ("Headline", "Body ID", "Stance")):
            if not only(row["Body ID"]):
                continue
            headline = row["Headline"]
            found = near.sentences(headline, row["Body ID"])
            got = top(combine([(weight, judge(headline, text)) for weight, text in found]))
            gold = FNC[row["Stance"]]
            told.append((gold, got))
            if got != gold:
                faults.append(Fault(row["Body ID"], f"{gold} read as {got}", headline, " … ".join(t for _, t in found)))
    return {"pairs": len(told), **classes(told, SIDES)}, faults


def combine(judgements: Sequence[tuple[float, Mapping[str, float]]]) -> dict[str, float]:
    """One judgement from those of several sentences and their weights.

    The article is as unrelated as its least unrelated sentence. What is left is shared out by the sentences' sides, each
    sentence counting by its weight and by how much it has to do with the question.
    """
    if not judgements:
        return dict.fromkeys(SIDES, 0.0) | {"unrelated": 1.0}
    unrelated = min(score["unrelated"] for _, score in judgements)
    sides = {side: sum(w * (1 - s["unrelated"]) * s[side] for w, s in judgements) for side in SIDES[:3]}
    whole = sum(sides.values())
    if not whole:
        return dict.fromkeys(SIDES, 0.0) | {"unrelated": 1.0}
    return {side: (1 - unrelated) * value / whole for side, value in sides.items()} | {"unrelated": unrelated}


class Nearest:
    """Finds the sentences of a body nearest to a headline: cosine of log term frequency × idf, the idf that of the bodies' sentences."""

    def __init__(self, bodies: Mapping[str, str]) -> None:
        self._sentences = {
            key: [s.strip() for s in sentencex.segment("en", text) if s.strip()] for key, text in bodies.items()
        }
        seen = Counter(word for found in self._sentences.values() for s in found for word in set(words(s)))
        total = 1 + sum(len(found) for found in self._sentences.values())
        self._idf = {word: math.log(total / count) for word, count in seen.items()}
        self._rarest = math.log(total)
        self._vectors = {key: [self._vector(s) for s in found] for key, found in self._sentences.items()}

    def sentences(self, headline: str, body: str, *, most: int = NEAREST) -> list[tuple[float, str]]:
        """The nearest sentences with their weights, nearest first. A little is added to each weight, so that none counts for nothing."""
        wanted = self._vector(headline)
        scored = [
            (sum(value * vector.get(word, 0.0) for word, value in wanted.items()), at)
            for at, vector in enumerate(self._vectors[body])
        ]
        best = sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:most]
        return [(score + 0.05, self._sentences[body][at]) for score, at in best]

    def _vector(self, text: str) -> dict[str, float]:
        counts = Counter(words(text))
        weights = {word: (1 + math.log(n)) * self._idf.get(word, self._rarest) for word, n in counts.items()}
        norm = math.sqrt(sum(value * value for value in weights.values())) or 1.0
        return {word: value / norm for word, value in weights.items()}


def words(text: str) -> list[str]:
    """Lower-case words that carry something, with a plural or third-person s taken off."""
    found = re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'s", ""))
    return [w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in found if w not in STOP]


def top(scores: Mapping[str, float], *, among: Sequence[str] = SIDES) -> str:
    """The side with the highest score; where all are equal, nothing is taken sides on."""
    return max(reversed(among), key=lambda side: scores[side])


def fold(key: str, *, parts: int = 5) -> int:
    """Which of `parts` a claim or body falls into, the same on every machine: for cross-validation and a development part."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest(), "big") % parts


def classes(told: Iterable[tuple[str, str]], names: Sequence[str]) -> dict[str, Any]:
    """Accuracy, F1 of each class and their mean, from pairs of gold and found."""
    counts = Counter(told)
    right = sum(n for (gold, got), n in counts.items() if gold == got)
    f1 = {}
    for name in names:
        hit = counts[name, name]
        wanted = sum(n for (gold, _), n in counts.items() if gold == name)
        found = sum(n for (_, got), n in counts.items() if got == name)
        f1[name] = _percent(2 * hit, wanted + found)
    return {"accuracy": _percent(right, counts.total()), "macro_f1": round(sum(f1.values()) / len(f1), 2), "f1": f1}


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def _fnc_files(folder: Path) -> list[tuple[Path, Path]]:
    found = [(folder / f"{name}_stances.csv", folder / f"{name}_bodies.csv") for name in FNC_NAMES]
    return [(stances, bodies) for stances, bodies in found if stances.is_file() and bodies.is_file()]


def _rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if missing := set(columns) - set(rows.fieldnames or ()):
            raise ValueError(f"{path}: no column {', '.join(sorted(missing))}")
        return list(rows)

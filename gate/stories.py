"""Stories: articles grouped without being told how many there are, on-line and as a batch, against people's groups.

Takes a file or a folder in the form of GVC (`incident`), ECB+ (`subtopic`), SEESAW / BASIL / PAC (`story`) or the energy chains
(articles with a summary, and two coders' pairs beside them), told apart by their fields, and measures all it finds. Titles and
texts are read; of dates only `date` (ECB+ has none that is one). Where SEESAW and BASIL lie together they are also mixed into one stream,
and all that has groups into one pool; stories of different sets that share an article's title are one there.
"""

from __future__ import annotations

import csv
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from gate.errors import Fault
from sayso.reading.reader import Reader
from sayso.reading.terms import Terms, terms
from sayso.records import Article, Published, content_id
from sayso.stories import Background, Memory, group

BATCH = 50  # articles that arrive together
SHUFFLES = 1


@dataclass(frozen=True, slots=True)
class Told:
    """An article and the story it is marked with."""

    terms: Terms
    story: str
    title: str


def measure(path: Path, _reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    """Figures of every set found, and where groups were joined or split. Raises FileNotFoundError where none is there."""
    files = [path] if path.is_file() else sorted(path.rglob("*.jsonl"))
    sets: dict[str, list[Told]] = {}
    figures: dict[str, Any] = {}
    for file in files:
        form = _form(file)
        if form == "energy":
            figures["energy"] = energy(file)
        elif form == "subtopic":
            records = list(_records(file))
            parts = sorted({str(r.get("part") or "all") for r in records})
            for part in parts if len(parts) > 1 else []:
                sets[f"ecbplus {part}"] = [_told(r, form, i) for i, r in enumerate(records) if r.get("part") == part]
            sets["ecbplus"] = [_told(r, form, i) for i, r in enumerate(records)]
        elif form:
            name = f"gvc {file.stem}" if form == "incident" else file.stem
            sets[name] = [_told(r, form, i) for i, r in enumerate(_records(file))]
    if not sets and not figures:
        raise FileNotFoundError(f"{path} holds no articles with incident, subtopic or story, and no energy chains")
    sets |= _together(sets)
    faults = []
    for name, told in sets.items():
        figures[name], wrong = grouped(name, told)
        faults += wrong
    return figures, faults


def grouped(name: str, told: Sequence[Told]) -> tuple[dict[str, Any], list[Fault]]:
    """On-line by date, on-line in other orders, and as a batch. Undated articles arrive in no order of their own."""
    gold = [t.story for t in told]
    by_date = sorted(told, key=lambda t: (t.terms.start or date.max, content_id(t.terms.article)))
    online = _arrived([t.terms for t in by_date], told)
    batch = _batch(told)
    shuffled = []
    for seed in range(SHUFFLES):
        order = [t.terms for t in by_date]
        random.Random(seed).shuffle(order)
        shuffled.append(_arrived(order, told))
    figures = {
        "articles": len(told),
        "stories": len(set(gold)),
        "online": scores(gold, online),
        "batch": scores(gold, batch),
        "any order": {
            "bcubed.f1 lowest": min(scores(gold, s)["bcubed"]["f1"] for s in shuffled),
            "same pairs as batch, lowest": min(pairs(batch, s)["f1"] for s in [online, *shuffled]),
        },
    }
    if any(t.terms.start for t in told) and not name.startswith("pool"):
        plain = [replace(t, terms=replace(t.terms, start=None, end=None)) for t in told]
        figures["without dates"] = scores(gold, _arrived([p.terms for p in sorted(plain, key=_mixed_up)], plain))
    return figures, _faults(name, told, online)


def energy(file: Path) -> dict[str, Any]:
    """Pairs that are one story chain: ours against each coder, and the coders against each other."""
    articles = [_terms(r, str(r["id"])) for r in _records(file)]
    coders: tuple[set[tuple[str, str]], set[tuple[str, str]]] = (set(), set())
    judged = set()
    with file.with_name(file.name.replace("articles.jsonl", "pairs.csv")).open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            pair = (min(row["id1"], row["id2"]), max(row["id1"], row["id2"]))
            judged.add(pair)
            for coder, said in zip(coders, (row["coder1"], row["coder2"]), strict=True):
                if said == "1":
                    coder.add(pair)
    figures: dict[str, Any] = {"articles": len(articles), "pairs": len(judged)}
    figures["coders"] = agreement(*coders, of=len(judged))
    told = [Told(t, "", "") for t in articles]
    for way, labels in (("online", _arrived(sorted(articles, key=_when), told)), ("batch", _batch(told))):
        story = {t.article: label for t, label in zip(articles, labels, strict=True)}
        ours = {pair for pair in judged if story[pair[0]] == story[pair[1]]}
        figures[way] = {f"coder {n}": agreement(ours, coder, of=len(judged)) for n, coder in enumerate(coders, 1)}
    return figures


# ── measures ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def scores(gold: Sequence[Hashable], found: Sequence[Hashable]) -> dict[str, Any]:
    """B-cubed (Bagga & Baldwin 1998), adjusted Rand index (Hubert & Arabie 1985), V-measure (Rosenberg & Hirschberg 2007) and pairs."""
    return {
        "stories": len(set(found)),
        "bcubed": bcubed(gold, found),
        "ari": adjusted_rand(gold, found),
        "v": v_measure(gold, found),
        "pairs": pairs(gold, found),
    }


def bcubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> dict[str, float]:
    """Of each article's found companions, how many belong; of those that belong, how many are found; on average."""
    both, marked, made = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    precision = sum(n * n / made[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / marked[g] for (g, _), n in both.items()) / len(gold)
    return _prf(precision, recall)


def pairs(gold: Sequence[Hashable], found: Sequence[Hashable]) -> dict[str, float]:
    """Pairs of articles in one group."""
    both, marked, made = (_pairs(Counter(x)) for x in (zip(gold, found, strict=True), gold, found))
    return _prf(both / made if made else 1.0, both / marked if marked else 1.0)


def adjusted_rand(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """Agreement on pairs beyond chance, percent."""
    both, marked, made = (_pairs(Counter(x)) for x in (zip(gold, found, strict=True), gold, found))
    chance = marked * made / max(math.comb(len(gold), 2), 1)
    most = (marked + made) / 2
    return round(100 * (both - chance) / (most - chance), 2) if most != chance else 100.0


def v_measure(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """The harmonic mean of homogeneity and completeness, percent."""
    both, marked, made = _entropy(list(zip(gold, found, strict=True))), _entropy(gold), _entropy(found)
    shared = marked + made - both
    return round(100 * 2 * shared / (marked + made), 2) if marked + made else 100.0


def agreement(one: set[tuple[str, str]], other: set[tuple[str, str]], *, of: int) -> dict[str, float]:
    """F1 of one against the other, and Cohen's kappa, percent."""
    same = 1 - len(one ^ other) / of
    chance = len(one) * len(other) / of**2 + (1 - len(one) / of) * (1 - len(other) / of)
    return {
        "f1": round(200 * len(one & other) / max(len(one) + len(other), 1), 2),
        "kappa": round(100 * (same - chance) / (1 - chance), 2) if chance < 1 else 100.0,
    }


def _prf(precision: float, recall: float) -> dict[str, float]:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(100 * precision, 2), "recall": round(100 * recall, 2), "f1": round(100 * f1, 2)}


def _pairs(sizes: Counter[Any]) -> int:
    return sum(math.comb(n, 2) for n in sizes.values())


def _entropy(labels: Sequence[Hashable]) -> float:
    return -sum(n / len(labels) * math.log(n / len(labels)) for n in Counter(labels).values())


# ── data ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _records(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _form(file: Path) -> str | None:
    """The field that holds the group, "energy" for articles judged in pairs, None for anything else."""
    first = next(_records(file), None)
    if not isinstance(first, dict) or "text" not in first:
        return None
    beside = file.with_name(file.name.replace("articles.jsonl", "pairs.csv"))
    if "summary" in first and beside != file and beside.exists():
        return "energy"
    return next((field for field in ("incident", "subtopic", "story") if field in first), None)


def _terms(record: dict[str, Any], name: str) -> Terms:
    title = str(record.get("title") or "")
    day = str(record.get("date") or "")[:10]
    known = date.fromisoformat(day) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None
    published = Published(known, known, "given") if known else Published()
    return terms(Article(name, f"{title}\n\n{record['text']}", title or None, published=published))


def _told(record: dict[str, Any], form: str, number: int) -> Told:
    return Told(_terms(record, f"{form}-{number}"), f"{form}-{record[form]}", str(record.get("title") or ""))


def _together(sets: dict[str, list[Told]]) -> dict[str, list[Told]]:
    """The mixed stream of SEESAW and BASIL, and the pools of all that was found, with PAC and without."""
    mixed = [name for name in ("seesaw", "basil") if name in sets]
    rest = [name for name in sets if name.startswith("gvc") or name == "ecbplus"]
    made = {}
    if len(mixed) == 2:
        made["mixed"] = _pooled([sets[name] for name in mixed])
    if rest and (mixed or len(rest) > 1):
        made["pool"] = _pooled([sets[name] for name in (*rest, *mixed)])
    others = [name for name in sets if name not in (*mixed, *rest) and not name.startswith("ecbplus ")]
    if others and (rest or mixed):
        made["pool with all"] = _pooled([sets[name] for name in (*rest, *mixed, *others)])
    return made


def _pooled(sets: Sequence[Sequence[Told]]) -> list[Told]:
    """Several sets as one, under ids of their own; stories with an article title of four words or more in common are one."""
    pool = [
        replace(t, terms=replace(t.terms, article=f"{number}-{t.terms.article}"), story=f"{t.story}")
        for number, told in enumerate(sets)
        for t in told
    ]
    root: dict[str, str] = {}

    def of(story: str) -> str:
        while root.setdefault(story, story) != story:
            story = root[story]
        return story

    titled: dict[str, str] = {}
    for one in pool:
        title = " ".join(re.findall(r"\w+", one.title.lower()))
        if title.count(" ") >= 3 and one.story.startswith("story-"):
            root[of(one.story)] = of(titled.setdefault(title, one.story))
    return [replace(one, story=of(one.story)) for one in pool]


def _when(article: Terms) -> tuple[date, str]:
    return article.start or date.max, content_id(article.article)


def _mixed_up(one: Told) -> str:
    return content_id(one.terms.article)


def _arrived(order: Sequence[Terms], told: Sequence[Told]) -> list[str]:
    """The stories after all have arrived, a batch at a time, as labels in the order of `told`."""
    shelf = Memory()
    for start in range(0, len(order), BATCH):
        shelf.add(order[start : start + BATCH])
    return [shelf.members[t.terms.article] for t in told]


def _batch(told: Sequence[Told]) -> list[int]:
    counts = Counter(term for t in told for term in t.terms.counts)
    groups = group([t.terms for t in told], Background(len(told), counts))
    label = {article: i for i, one in enumerate(groups) for article in one.articles}
    return [label[t.terms.article] for t in told]


def _faults(name: str, told: Sequence[Told], found: Sequence[str]) -> list[Fault]:
    """Found groups with articles of several stories, and stories over several groups, each told by two titles."""
    faults = []
    for sort, one, other in (("joined", found, [t.story for t in told]), ("split", [t.story for t in told], found)):
        held: defaultdict[str, list[int]] = defaultdict(list)
        for i, label in enumerate(one):
            held[label].append(i)
        for members in held.values():
            apart = [(i, j) for i, j in combinations(members, 2) if other[i] != other[j]]
            if apart:
                i, j = apart[0]
                words = f"{told[i].title} / {told[j].title}"
                faults.append(Fault(f"{name} {told[i].terms.article}", sort, words, f"{len(members)} articles"))
    return faults

"""Train the branch: `python -m training.branch build/m1/weights.pt --out build/branch`.

Names, certainty of events, and stance stand on two layers of their own, on the trunk's fourth: what attribution has learned is not touched,
and the trunk's states are computed once.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from corpora.factuality import read_factuality
from corpora.named import read_named
from gate.stance import FNC, SIDES, Nearest, fold
from sayso.reading.pairs import Pair, pair
from training.contrast import Composer
from training.data import NONE, Example, collate, judged_examples, named_examples
from training.model import Branch, Tagger
from training.train import certain_sentences, tokenizer, typed_names

torch.set_num_threads(2)
CSV = 10**7
Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Row:
    """A question, a text, and what the text says to it."""

    question: str
    text: str
    side: str
    corpus: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run was made with. `fold`: the fifth of Emergent's claims and FNC's bodies that is left out, for an honest figure;
    `open_only`: only data under an open licence.
    """

    seed: int = 1
    epochs: int = 3
    rate: float = 3e-4
    head_rate: float = 1e-3
    subwords: int = 3000
    fold: int | None = None
    open_only: bool = False


def composed(*, held_out: bool = False, per_family: int = 14) -> list[Row]:
    """Our contrast rows; verb families held out of training are never among them unless asked for."""
    rows = Composer(seed=0).rows(per_family)
    return [Row(r.question, r.text, r.label, "own") for r in rows if r.held_out == held_out]


def emergent(path: Path, keep: Callable[[str], bool]) -> list[Row]:
    """Headlines on claims."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if keep(r["claimId"])]
    return [Row(r["claimHeadline"], r["articleHeadline"], r["articleHeadlineStance"], "emergent") for r in rows]


def fnc(folder: Path, keep: Callable[[str], bool], chance: random.Random) -> list[Row]:
    """Headlines against the sentence of the body that lies nearest (three for `disagree`, which is rare); a part of the others."""
    csv.field_size_limit(CSV)
    with (folder / "train_bodies.csv").open(encoding="utf-8", newline="") as lines:
        bodies = {r["Body ID"]: r["articleBody"] for r in csv.DictReader(lines)}
    with (folder / "train_stances.csv").open(encoding="utf-8", newline="") as lines:
        stances = [r for r in csv.DictReader(lines) if keep(r["Body ID"])]
    near = Nearest(bodies)
    share = {"agree": 1.0, "disagree": 1.0, "discuss": 0.4, "unrelated": 0.15}
    made = []
    for r in stances:
        if chance.random() < share[r["Stance"]]:
            found = near.sentences(r["Headline"], r["Body ID"])[: 3 if r["Stance"] == "disagree" else 1]
            made += [Row(r["Headline"], text, FNC[r["Stance"]], "fnc1") for _, text in found]
    return made


def grouped(lengths: Sequence[int], room: int, chance: random.Random | None = None) -> Iterator[list[int]]:
    """Indices of like length together, about `room` subwords a group."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + (chance.random() * 6 if chance else 0))
    groups: list[list[int]] = [[]]
    for i in order:
        if groups[-1] and (len(groups[-1]) + 1) * lengths[i] > room:
            groups.append([])
        groups[-1].append(i)
    if chance:
        chance.shuffle(groups)
    yield from groups


def stacked(pairs: Sequence[Pair]) -> tuple[Tensor, ...]:
    """Pairs padded: ids, mask, shapes, quotes, sides."""
    longest = max(len(p.ids) for p in pairs)
    made = np.zeros((5, len(pairs), longest), dtype=np.int64)
    for row, p in enumerate(pairs):
        made[:, row, : len(p.ids)] = (p.ids, np.ones(len(p.ids)), p.shapes, p.quotes, p.sides)
    return tuple(torch.from_numpy(m) for m in made)


@torch.inference_mode()
def states(trunk: Tagger, items: Sequence[Pair] | Sequence[Example], what: str) -> list[Halves]:
    """The trunk's states of each item below the branch, (subwords, width) in half precision."""
    trunk.eval()
    lengths = [len(i.ids if isinstance(i, Pair) else i.window.ids) for i in items]
    made: dict[int, Halves] = {}
    began = time.monotonic()
    for group in grouped(lengths, 6000):
        chosen = [items[i] for i in group]
        if isinstance(chosen[0], Pair):
            inputs = stacked([p for p in chosen if isinstance(p, Pair)])[:4]
        else:
            batch = collate([e for e in chosen if isinstance(e, Example)])
            inputs = (batch.ids, batch.mask, batch.shapes, batch.quotes)
        middle = trunk.middle(*inputs)
        for row, i in enumerate(group):
            made[i] = middle[row, : lengths[i]].half().numpy()
    print(f"  states of {len(items)} {what}, {sum(lengths)} subwords: {time.monotonic() - began:.0f} s", flush=True)
    return [made[i] for i in range(len(items))]


def padded(held: Sequence[Halves]) -> Tensor:
    """States as one tensor (batch, subwords, width)."""
    out = torch.zeros(len(held), max(len(h) for h in held), held[0].shape[1])
    for row, h in enumerate(held):
        out[row, : len(h)] = torch.from_numpy(h).float()
    return out


class Windows:
    """Marked windows (names, or certainty) with their states."""

    def __init__(self, made: Sequence[Example], trunk: Tagger, what: str) -> None:
        self.made, self.held = made, states(trunk, made, what)
        self.lengths = [len(e.window.ids) for e in made]

    def loss(self, branch: Branch, group: Sequence[int]) -> Tensor:
        """Cross-entropy of names plus absolute error of certainty, where marked."""
        batch = collate([self.made[i] for i in group])
        names, surely, _ = branch(padded([self.held[i] for i in group]), batch.mask, torch.zeros_like(batch.mask))
        total = names.new_zeros(())
        if (batch.names != NONE).any():
            total = total + nn.functional.cross_entropy(names.flatten(0, 1), batch.names.flatten(), ignore_index=NONE)
        if len(batch.judged):
            given = surely[batch.judged[:, 0], batch.judged[:, 1], batch.judged[:, 2]]
            total = total + 0.5 * (given - batch.surely).abs().mean()
        return total

    @torch.inference_mode()
    def figures(self, branch: Branch) -> dict[str, float]:
        """Span and type F1 of names, or MAE and r of certainty."""
        right = found = marked = 0
        given, gold = list[Tensor](), list[Tensor]()
        for group in grouped(self.lengths, 6000):
            batch = collate([self.made[i] for i in group])
            names, surely, _ = branch(padded([self.held[i] for i in group]), batch.mask, torch.zeros_like(batch.mask))
            for row, tags, words in zip(names.argmax(-1), batch.names, batch.words, strict=True):
                if (tags != NONE).any():
                    a, b = typed_names(row[words].tolist()), typed_names(tags[words].tolist())
                    right, found, marked = right + len(a & b), found + len(a), marked + len(b)
            given.append(surely[batch.judged[:, 0], batch.judged[:, 1], batch.judged[:, 2]].clamp(-3, 3))
            gold.append(batch.surely)
        if marked:
            return {"f1": round(200 * right / (found + marked), 1)}
        both = torch.stack([torch.cat(given), torch.cat(gold)])
        return {
            "mae": round(float((both[0] - both[1]).abs().mean()), 3),
            "r": round(float(torch.corrcoef(both)[0, 1]), 3),
        }


class Pairs:
    """Questions and texts with their states."""

    def __init__(self, rows: Sequence[Row], trunk: Tagger, words: Tokenizer) -> None:
        self.rows = rows
        self.pairs = [pair(r.question, r.text, words) for r in rows]
        self.held = states(trunk, self.pairs, "pairs")
        self.lengths = [len(p.ids) for p in self.pairs]
        self.targets = torch.tensor([SIDES.index(r.side) for r in rows])

    def scores(self, branch: Branch, group: Sequence[int]) -> Tensor:
        """Scores of the four sides, (group, 4)."""
        _, mask, _, _, sides = stacked([self.pairs[i] for i in group])
        made: Tensor = branch(padded([self.held[i] for i in group]), mask, sides)[2]
        return made

    def loss(self, branch: Branch, group: Sequence[int]) -> Tensor:
        """Cross-entropy; Emergent's headlines are never unrelated, so they do not teach what is."""
        scores = self.scores(branch, group)
        emergent_rows = torch.tensor([self.rows[i].corpus == "emergent" for i in group])
        scores = scores.masked_fill(emergent_rows[:, None] & (torch.arange(4) == 3), -1e4)
        return nn.functional.cross_entropy(scores, self.targets[list(group)])

    @torch.inference_mode()
    def figures(self, branch: Branch) -> dict[str, object]:
        """Accuracy and macro-F1 of each corpus among the rows."""
        scores = torch.zeros(len(self.rows), len(SIDES))
        for group in grouped(self.lengths, 6000):
            scores[group] = self.scores(branch, group)
        by: dict[str, list[int]] = defaultdict(list)
        for i, row in enumerate(self.rows):
            by[row.corpus].append(i)
        made: dict[str, object] = {}
        for corpus, rows in by.items():
            sides = SIDES[:3] if corpus == "emergent" else SIDES
            given, gold = scores[rows][:, : len(sides)].argmax(-1), self.targets[rows]
            f1 = []
            for k in range(len(sides)):
                both = int(((given == k) & (gold == k)).sum())
                f1.append(200 * both / max(1, int((given == k).sum() + (gold == k).sum())))
            made[corpus] = {
                "accuracy": round(float(100 * (given == gold).float().mean()), 1),
                "macro": round(sum(f1) / len(f1), 1),
                "f1": [round(x, 1) for x in f1],
            }
        return made


def train(weights: Path, data: Path, out: Path, plan: Plan) -> None:
    """One run from the trunk's weights to the whole model's, `out`/weights.pt."""
    chance = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    words = tokenizer()
    model = Tagger()
    model.load_state_dict(torch.load(weights, weights_only=True), strict=False)
    branch = model.branch
    branch.layers.load_state_dict(model.trunk.encoder.layer[-len(branch.layers) :].state_dict())
    fit, probes = _material(model, data, words, plan, chance)
    layers = {id(p) for p in branch.layers.parameters()}
    optimiser = torch.optim.AdamW(
        [
            {"params": list(branch.layers.parameters()), "lr": plan.rate},
            {"params": [p for p in branch.parameters() if id(p) not in layers], "lr": plan.head_rate},
        ],
        weight_decay=0.01,
    )
    steps = plan.epochs * sum(times * sum(1 for _ in grouped(d.lengths, plan.subwords)) for d, times in fit)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.05 * steps), max(0.0, (steps - s) / (0.95 * steps)))
    )
    done, began = 0, time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    for epoch in range(plan.epochs):
        branch.train()
        work = [(d, g) for d, times in fit for _ in range(times) for g in grouped(d.lengths, plan.subwords, chance)]
        chance.shuffle(work)
        for task, group in work:
            loss = task.loss(branch, group)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            done += 1
            if done % 100 == 0:
                left = (time.monotonic() - began) / done * (steps - done) / 60
                print(f"  step {done}/{steps} loss {float(loss.detach()):.3f} {left:.1f} min left", flush=True)
        branch.eval()
        told = {name: probe.figures(branch) for name, probe in probes.items()}
        print(json.dumps({"epoch": epoch + 1, "s": round(time.monotonic() - began), **told}), flush=True)
        torch.save(model.state_dict(), out / "weights.pt")


def _material(
    model: Tagger, data: Path, words: Tokenizer, plan: Plan, chance: random.Random
) -> tuple[list[tuple[Windows | Pairs, int]], dict[str, Windows | Pairs]]:
    """What to learn from, each with how often an epoch, and what to watch."""

    def learned(key: str) -> bool:
        return plan.fold is None or fold(key) != plan.fold

    def named(*names: str) -> list[Example]:
        return [e for n in names for e in named_examples(read_named(data / "ner" / n), words, size=256)]

    def judged(name: str, part: str, scale: str) -> list[Example]:
        return judged_examples(read_factuality(data / "factuality" / name / f"{part}.jsonl"), words, scale=scale)

    names = named("gum-train.conllu", "wikigold.conll.txt")
    names += named_examples(read_named(data / "meantime" / "articles.jsonl"), words, size=256)
    world = [] if plan.open_only else named("worldwide-train.tsv")
    certain = judged_examples(certain_sentences(), words, scale="news") + judged("MEANTIME", "train", "wikinews")
    rows = composed()
    if not plan.open_only:
        certain += judged("UW", "train", "news")
        rows += 2 * emergent(data / "emergent" / "headlines.csv", learned) + fnc(data / "fnc1", learned, chance)
    print(json.dumps(Counter(f"{r.corpus} {r.side}" for r in rows)), flush=True)
    fit: list[tuple[Windows | Pairs, int]] = [
        (Windows(names, model, "windows of names"), 2),
        (Windows(certain, model, "sentences of certainty"), 3),
        (Pairs(rows, model, words), 1),
    ]
    if world:
        fit.append((Windows(world, model, "windows of names"), 1))
    probes: dict[str, Windows | Pairs] = {
        "gum": Windows(named("gum-dev.conllu"), model, "windows"),
        "uner": Windows(named("uner-ewt-dev.iob2"), model, "windows"),
        "world": Windows(named("worldwide-dev.tsv")[::4], model, "windows"),
        "UW": Windows(judged("UW", "dev", "news"), model, "sentences"),
        "MEANTIME": Windows(judged("MEANTIME", "dev", "wikinews"), model, "sentences"),
    }
    seen = composed(held_out=True, per_family=6)
    if plan.fold is not None:
        seen += emergent(data / "emergent" / "headlines.csv", lambda key: not learned(key))
        seen += fnc(data / "fnc1", lambda key: not learned(key), chance)
    probes["stance"] = Pairs(seen, model, words)
    return fit, probes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/branch"))
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--open-only", action="store_true")
    options = parser.parse_args()
    plan = Plan(epochs=options.epochs, fold=options.fold, open_only=options.open_only)
    train(options.weights, options.data, options.out, plan)


if __name__ == "__main__":
    main()

"""Train everything on one trunk: `python -m training.joint build/reader/stage-3/weights.pt --out build/joint`.

Attribution runs through the whole trunk; names, certainty of events and stance run through its lower layers and a branch of their own. Each step
takes a batch of one task, so the lower layers learn what all of them need and the upper ones what their own task does.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from corpora.annotated import Annotated
from corpora.cofenet import Line, read_cofenet
from corpora.factuality import read_factuality
from corpora.marked import read_marked
from corpora.named import read_named
from corpora.polnear import read_polnear
from gate.stance import FNC, SIDES, Nearest, fold, read_pairs
from sayso.reading.pairs import Pair, pair
from training.certain import composed as composed_certain
from training.contrast import Composer
from training.data import (
    NONE,
    Batch,
    Example,
    batches,
    examples,
    judged_examples,
    named_examples,
    one_annotator,
)
from training.model import SHARED, Tagger
from training.styles import other_quotes, spaced_lines
from training.train import Recipe, certain_sentences, groups, judged_rows, loss_of, report, tokenizer, typed_names

torch.set_num_threads(2)
CSV = 10**7
STANCE = Path(__file__).with_name("corpus") / "stance"
AVERAGED = 5
WATCHED = 0  # the fifth of the pairs written by hand that is watched, not learned


@dataclass(frozen=True, slots=True)
class Row:
    """A question, a text, and what the text says to it: a side, or several with strokes between them where it is one of these."""

    question: str
    text: str
    side: str
    corpus: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run was made with. `fold`: the fifth of Emergent's claims and FNC's bodies that is left out, for an honest figure;
    `open_only`: only data under an open licence; `only`: the tasks trained (attribution, names, certainty, stance); `half`: bfloat16;
    `written`: how often an epoch the pairs written by hand, SICK and RTE come with them (0: what ships; more crowded out names, LOG.md);
    `frozen`: the trunk and attribution stay as they are, and only the branch learns; `branch_subwords`: the size of the branch's batches;
    `limit`: so many texts of each corpus and no more, to try the whole way.
    """

    seed: int = 1
    epochs: int = 4
    rate: float = 2e-4
    branch_rate: float = 3e-4
    head_rate: float = 5e-4
    layer_decay: float = 0.95
    subwords: int = 4000
    ema: float = 0.99  # per AVERAGED steps
    pairs: float = 0.4
    written: float = 0.0
    frozen: bool = False
    branch_subwords: int = 4000
    fold: int | None = None
    open_only: bool = False
    only: tuple[str, ...] = ("attribution", "names", "certainty", "stance")
    half: bool = True
    watch: int = 1
    limit: int | None = None


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


def written(*folders: str, keep: Callable[[str], bool] = lambda _: True) -> list[Row]:
    """Minimal pairs written by hand; `keep` by a set's id."""
    tables = [path for folder in folders for path in sorted((STANCE / folder).glob("*.tsv"))]
    sets = [one for path in tables for one in read_pairs(path) if keep(one.id)]
    return [Row(one.question, text, side, "written") for one in sets for side, text in one.texts.items()]


def inferred(folder: Path) -> list[Row]:
    """Captions (SICK) and news (RTE): what follows from a sentence is for, what it contradicts against; what neither is, or only does not
    follow, leaves several sides open.
    """
    sides = {"ENTAILMENT": "for", "CONTRADICTION": "against", "NEUTRAL": "observing/unrelated"}
    made = []
    with (folder / "sick-train.tsv").open(encoding="utf-8", newline="") as lines:
        for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            made.append(Row(r["sentence_B"], r["sentence_A"], sides[r["entailment_judgment"]], "sick"))
    with (folder / "rte-train.tsv").open(encoding="utf-8", newline="") as lines:
        for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            side = "for" if r["label"] == "entailment" else "against/observing/unrelated"
            made.append(Row(r["sentence2"], r["sentence1"], side, "rte"))
    return made


def grouped(lengths: Sequence[int], room: int, chance: random.Random | None = None) -> Iterator[list[int]]:
    """Indices of like length together, about `room` subwords a group."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + (chance.random() * 6 if chance else 0))
    groups: list[list[int]] = []
    for i in order:
        if not groups or (len(groups[-1]) + 1) * lengths[i] > room:
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


def through(model: Tagger, inputs: Sequence[Tensor], sides: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Names, certainty and stance of a batch, through the lower layers and the branch."""
    made: tuple[Tensor, Tensor, Tensor] = model.branch(model.middle(*inputs), inputs[1], sides)
    return made


def inputs_of(batch: Batch) -> tuple[Tensor, ...]:
    """What the network takes of a batch of windows."""
    return batch.ids, batch.mask, batch.shapes, batch.quotes


class Attributions:
    """Marked articles: one annotation each, cut anew every epoch, some in another house style or line by line."""

    def __init__(self, polnear: Sequence[Annotated], own: Sequence[Annotated], words: Tokenizer, plan: Plan) -> None:
        self.polnear, self.own, self.words = polnear, own, words
        self.recipe = Recipe(own=2.0)
        self.plan = plan

    def batches(self, chance: random.Random) -> Iterator[Batch]:
        """One epoch."""
        made: list[Example] = []
        for item in one_annotator(self.polnear, chance):
            draw = chance.random()
            if draw < 0.3:
                made += [e for line in spaced_lines(item) for e in examples([line], self.words, size=256)]
                continue
            if draw < 0.45:
                item = other_quotes(item, chance)
            made += examples([item], self.words, size=chance.choice(self.recipe.sizes))
        for item in [*self.own, *self.own]:
            shown = other_quotes(item, chance) if chance.random() < 0.25 else item
            made += examples([shown], self.words, size=256)
        yield from batches(made, subwords=self.plan.subwords, chance=chance)

    def loss(self, model: Tagger, batch: Batch, chance: random.Random) -> Tensor:
        """As in `training.train`."""
        return loss_of(model, batch, self.recipe, chance)


class Windows:
    """Marked windows: names, or certainty."""

    def __init__(self, made: Sequence[Example], plan: Plan, *, times: float = 1.0, weight: float = 1.0) -> None:
        self.made, self.plan, self.times, self.weight = made, plan, times, weight

    def batches(self, chance: random.Random) -> Iterator[Batch]:
        """One epoch: all of them `times` over, or a part."""
        chosen = [e for _ in range(int(self.times)) for e in self.made]
        chosen += chance.sample(list(self.made), int(len(self.made) * (self.times % 1)))
        yield from batches(chosen, subwords=self.plan.branch_subwords, chance=chance)

    def loss(self, model: Tagger, batch: Batch, chance: random.Random) -> Tensor:  # noqa: ARG002
        """Cross-entropy of names plus absolute error of certainty, where marked."""
        names, surely, _ = through(model, inputs_of(batch), torch.zeros_like(batch.mask))
        total = names.new_zeros((), dtype=torch.float32)
        if (batch.names != NONE).any():
            total = total + nn.functional.cross_entropy(
                names.float().flatten(0, 1), batch.names.flatten(), ignore_index=NONE
            )
        if len(batch.judged):
            total = total + (judged_rows(surely, batch) - batch.surely).abs().mean()
        return self.weight * total

    @torch.inference_mode()
    def figures(self, model: Tagger) -> dict[str, float]:
        """Span and type F1 of names, or MAE, r and share of right signs of certainty."""
        right = found = marked = 0
        given, gold = list[Tensor](), list[Tensor]()
        for batch in batches(self.made, subwords=6000, chance=None):
            names, surely, _ = through(model, inputs_of(batch), torch.zeros_like(batch.mask))
            for row, tags, words in zip(names.argmax(-1), batch.names, batch.words, strict=True):
                if (tags != NONE).any():
                    a, b = typed_names(row[words].tolist()), typed_names(tags[words].tolist())
                    right, found, marked = right + len(a & b), found + len(a), marked + len(b)
            given.append(judged_rows(surely, batch).clamp(-3, 3))
            gold.append(batch.surely)
        if marked:
            return {"f1": round(200 * right / (found + marked), 1)}
        both = torch.stack([torch.cat(given), torch.cat(gold)])
        signs = both.round().sign()
        return {
            "mae": round(float((both[0] - both[1]).abs().mean()), 3),
            "r": round(float(torch.corrcoef(both)[0, 1]), 3),
            "sign": round(float(100 * (signs[0] == signs[1]).float().mean()), 1),
        }


class Pairs:
    """Questions and texts."""

    def __init__(self, rows: Sequence[Row], words: Tokenizer, plan: Plan, *, times: float = 1.0) -> None:
        self.rows, self.plan, self.times = rows, plan, times
        self.pairs = [pair(r.question, r.text, words) for r in rows]
        self.open = torch.tensor([[side in r.side.split("/") for side in SIDES] for r in rows])

    def batches(self, chance: random.Random) -> Iterator[list[int]]:
        """The rows `times` over, or a part of them, drawn anew each epoch."""
        rows = range(len(self.rows))
        chosen = [*rows] * int(self.times) + chance.sample(rows, int(len(rows) * (self.times % 1)))
        for group in grouped([len(self.pairs[i].ids) for i in chosen], self.plan.branch_subwords, chance):
            yield [chosen[i] for i in group]

    def scores(self, model: Tagger, group: Sequence[int]) -> Tensor:
        """Scores of the four sides, (group, 4)."""
        *inputs, sides = stacked([self.pairs[i] for i in group])
        return through(model, inputs, sides)[2].float()

    def loss(self, model: Tagger, group: Sequence[int], chance: random.Random) -> Tensor:  # noqa: ARG002
        """Minus the log of what the sides that may be right are given; Emergent's headlines are never unrelated, so they do not teach what is."""
        scores = self.scores(model, group)
        emergent_rows = torch.tensor([self.rows[i].corpus == "emergent" for i in group])
        scores = scores.masked_fill(emergent_rows[:, None] & (torch.arange(4) == 3), -1e4)
        right = scores.masked_fill(~self.open[list(group)], -1e4)
        return (scores.logsumexp(-1) - right.logsumexp(-1)).mean()

    @torch.inference_mode()
    def figures(self, model: Tagger) -> dict[str, object]:
        """Accuracy and macro-F1 of each corpus among the rows."""
        scores = torch.zeros(len(self.rows), len(SIDES))
        for group in grouped([len(p.ids) for p in self.pairs], 6000):
            scores[group] = self.scores(model, group)
        by: dict[str, list[int]] = defaultdict(list)
        for i, row in enumerate(self.rows):
            by[row.corpus].append(i)
        made: dict[str, object] = {}
        for corpus, rows in by.items():
            sides = SIDES[:3] if corpus == "emergent" else SIDES
            given, gold = scores[rows][:, : len(sides)].argmax(-1), self.open[rows].float().argmax(-1)
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


class Task(Protocol):
    """One thing to learn: its batches, drawn anew each epoch, and what a batch costs."""

    def batches(self, chance: random.Random) -> Iterator[Any]:
        """One epoch."""

    def loss(self, model: Tagger, batch: Any, chance: random.Random) -> Tensor:
        """A scalar; `chance` draws what is drawn within a batch."""


def grown(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weights with a branch of fewer layers, grown downwards: what it stood on is copied into it, so that it reads as before."""
    wanted = len(Tagger().branch.layers)
    held = 1 + max(int(k.split(".")[2]) for k in state if k.startswith("branch.layers."))
    if held >= wanted:
        return state
    made = {k: v for k, v in state.items() if not k.startswith("branch.layers.")}
    for layer in range(wanted):
        old = (
            f"branch.layers.{layer - wanted + held}."
            if layer >= wanted - held
            else f"trunk.encoder.layer.{SHARED + layer}."
        )
        made |= {
            f"branch.layers.{layer}." + k.removeprefix(old): v.clone() for k, v in state.items() if k.startswith(old)
        }
    return made


def train(weights: Path | None, data: Path, out: Path, plan: Plan) -> None:
    """One run to `out`/weights.pt, from weights or, without them, from the bare trunk."""
    chance = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    words = tokenizer()
    model = Tagger()
    if weights:
        model.load_state_dict(grown(torch.load(weights, weights_only=True)), strict=False)
    # the words' own vectors stay: a third of the network, little to gain, and they lie on the grid of the int8 file already
    model.trunk.embeddings.word_embeddings.weight.requires_grad_(not weights)
    if plan.frozen:
        for name, parameter in model.named_parameters():
            parameter.requires_grad_(name.startswith("branch."))
    tasks, probes = _material(data, words, plan, chance)
    recipe = Recipe(rate=plan.rate, head_rate=plan.head_rate, layer_decay=plan.layer_decay)
    optimiser = torch.optim.AdamW(groups(model, recipe, branch_rate=plan.branch_rate), fused=True)
    steps = plan.epochs * sum(1 for task in tasks for _ in task.batches(random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.05 * steps), max(0.0, (steps - s) / (0.95 * steps)))
    )
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(plan.ema)
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / "plan.json").write_text(json.dumps(asdict(plan), indent=1))
    dev, lines = _watched(data, plan)
    done, began = 0, time.monotonic()
    for epoch in range(plan.epochs):
        model.train()
        work = [(task, batch) for task in tasks for batch in task.batches(chance)]
        chance.shuffle(work)
        running: dict[str, list[float]] = defaultdict(list)
        for task, batch in work:
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=plan.half):
                loss = task.loss(model, batch, chance)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            if done % AVERAGED == 0:
                average.update_parameters(model)
            running[type(task).__name__].append(float(loss.detach()))
            done += 1
            if done % 100 == 0:
                left = (time.monotonic() - began) / done * (steps - done) / 60
                told = {k: round(sum(v[-50:]) / len(v[-50:]), 3) for k, v in running.items()}
                print(f"  step {done}/{steps} {told} {left:.1f} min left", flush=True)
        torch.save(average.module.state_dict(), out / f"epoch-{epoch + 1}.pt")
        if (epoch + 1) % plan.watch and epoch + 1 < plan.epochs:
            continue
        average.module.eval()
        figures: dict[str, object] = {name: probe.figures(average.module) for name, probe in probes.items()}
        if "attribution" in plan.only:
            figures |= report(average.module, dev, lines, words)
        print(json.dumps({"epoch": epoch + 1, "s": round(time.monotonic() - began), **figures}), flush=True)
    torch.save(average.module.state_dict(), out / "weights.pt")


def _watched(data: Path, plan: Plan) -> tuple[list[Annotated], list[Line]]:
    if "attribution" not in plan.only:
        return [], []
    dev = one_annotator(read_polnear(data / "polnear" / "dev"), random.Random(0))[: plan.limit]
    return dev, read_cofenet(data / "polnear" / "cofenet-valid.txt")[::4][: plan.limit]


def _material(
    data: Path, words: Tokenizer, plan: Plan, chance: random.Random
) -> tuple[list[Task], dict[str, Windows | Pairs]]:
    """What to learn from, and what to watch."""

    def learned(key: str) -> bool:
        return plan.fold is None or fold(key) != plan.fold

    def named(*names: str) -> list[Example]:
        return [e for n in names for e in named_examples(read_named(data / "ner" / n)[: plan.limit], words, size=256)]

    def judged(name: str, part: str, scale: str) -> list[Example]:
        found = read_factuality(data / "factuality" / name / f"{part}.jsonl")[: plan.limit]
        return judged_examples(found, words, scale=scale)

    tasks: list[Task] = []
    probes: dict[str, Windows | Pairs] = {}
    if "attribution" in plan.only:
        own = [i for p in sorted(Path("training/corpus/train").glob("*.txt")) for i in read_marked(p)[: plan.limit]]
        polnear = [] if plan.open_only else read_polnear(data / "polnear" / "train")[: plan.limit]
        tasks.append(Attributions(polnear, own, words, plan))
    if "names" in plan.only:
        names = named("gum-train.conllu", "wikigold.conll.txt")
        names += named_examples(read_named(data / "meantime" / "articles.jsonl")[: plan.limit], words, size=256)
        tasks.append(Windows(names, plan))
        if not plan.open_only:
            tasks.append(Windows(named("worldwide-train.tsv"), plan, times=0.6))
        probes |= {
            "gum": Windows(named("gum-dev.conllu"), plan),
            "uner": Windows(named("uner-ewt-dev.iob2"), plan),
            "world": Windows(named("worldwide-dev.tsv")[::4], plan),
        }
    if "certainty" in plan.only:
        marked = certain_sentences()[: plan.limit]
        kept = [one for number, one in enumerate(marked) if number % 10] if plan.watch else marked
        ours = judged_examples(kept, words, scale="news")
        made = judged_examples(certain_sentences(composed_certain(5))[: plan.limit], words, scale="news")
        tasks.append(Windows(ours, plan, times=3))
        tasks.append(Windows(made, plan))
        tasks.append(Windows(judged("MEANTIME", "train", "wikinews"), plan, times=2))
        if not plan.open_only:
            tasks.append(Windows(judged("UW", "train", "news"), plan, times=3))
        probes |= {
            "UW": Windows(judged("UW", "dev", "news"), plan),
            "MEANTIME": Windows(judged("MEANTIME", "dev", "wikinews"), plan),
            "ours": Windows(judged_examples(marked[::10], words, scale="news"), plan),
        }
    if "stance" in plan.only:
        rows = composed()
        ours = written("more", "pairs", keep=lambda key: fold(key) != WATCHED)
        seen = composed(held_out=True, per_family=6) + written("more", "pairs", keep=lambda key: fold(key) == WATCHED)
        if not plan.open_only:
            rows += 2 * emergent(data / "emergent" / "headlines.csv", learned) + fnc(data / "fnc1", learned, chance)
            rows += inferred(data / "pairs") if plan.written else []
        if plan.fold is not None:
            seen += emergent(data / "emergent" / "headlines.csv", lambda key: not learned(key))
            seen += fnc(data / "fnc1", lambda key: not learned(key), chance)
        rows, ours, seen = rows[: plan.limit], ours[: plan.limit], seen[: plan.limit]
        print(json.dumps(Counter(f"{r.corpus} {r.side}" for r in rows + ours)), flush=True)
        tasks.append(Pairs(rows, words, plan, times=plan.pairs))
        if plan.written:
            tasks.append(Pairs(ours, words, plan, times=plan.written))
        probes["stance"] = Pairs(seen, words, plan)
    return tasks, probes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="?")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/joint"))
    for name, kind in (
        ("epochs", int),
        ("fold", int),
        ("rate", float),
        ("branch-rate", float),
        ("head-rate", float),
        ("subwords", int),
        ("ema", float),
        ("pairs", float),
        ("written", float),
        ("branch-subwords", int),
        ("watch", int),
        ("limit", int),
    ):
        parser.add_argument(f"--{name}", type=kind)
    parser.add_argument("--only", nargs="+")
    parser.add_argument("--open-only", action="store_true")
    parser.add_argument("--frozen", action="store_true", help="only the branch learns")
    parser.add_argument("--float", action="store_true", help="no bfloat16: for processors that have none of their own")
    options = vars(parser.parse_args())
    given = {k.replace("-", "_"): v for k, v in options.items() if v is not None}
    plan = replace(Plan(), **{k: v for k, v in given.items() if k in Plan.__slots__}, half=not options["float"])
    train(options["weights"], options["data"], options["out"], plan)


if __name__ == "__main__":
    main()

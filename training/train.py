"""Train the reader: `python -m training.train --data ../shared/data --out build/reader`.

Seeded; every epoch is scored on the development part through the runtime's own decoding, and the best is kept.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from corpora.annotated import Annotated
from corpora.certain import Marked, read_certain
from corpora.cofenet import Line, read_cofenet
from corpora.factuality import Judged
from corpora.marked import read_marked
from corpora.polnear import read_polnear
from corpora.scoring import Score
from sayso.reading.decode import Dials, Scores, Spans, decode
from sayso.reading.labels import FACTUALITY, NAMES
from sayso.reading.sequences import log_softmax
from sayso.reading.windows import Window, windows
from training.data import (
    NONE,
    Batch,
    Example,
    batches,
    collate,
    example,
    examples,
    one_annotator,
)
from training.model import Tagger, trunk_folder

torch.set_num_threads(2)
CERTAIN = tuple(
    Path("training/corpus/certainty") / f"{part}.tsv"
    for part in ("train", "more", "natural", "light", "wires", "cancelling", "expecting", "open", "nouns")
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run was made with; it is written beside the weights. `watch`: scored every so many epochs; `half`: bfloat16."""

    seed: int = 1
    epochs: int = 4
    stop: int = 0
    rate: float = 3e-4
    head_rate: float = 1e-3
    layer_decay: float = 1.0
    subwords: int = 2000
    warmup: float = 0.08
    link_weight: float = 0.5
    link_mean: bool = False
    rivalry: float = 0.3
    smoothing: float = 0.0
    dropout: float = 0.1
    ema: float = 0.998
    own: float = 0.0
    kind_weight: float = 0.3
    crf: float = 0.5
    watch: int = 1
    polnear: bool = True
    half: bool = True
    start: str = ""
    sizes: tuple[int, ...] = (64, 128, 128, 128, 256)


def tokenizer() -> Tokenizer:
    """The trunk's own tokenizer, without its padding and truncation."""
    made = Tokenizer.from_file(str(trunk_folder() / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def loss_of(model: Tagger, batch: Batch, recipe: Recipe, chance: random.Random) -> Tensor:
    """Flat cross-entropy of the three roles plus that of every cue's links; false cues are shown too, with no words of theirs."""
    flat, links, kind, certainty = model(batch.ids, batch.mask, batch.shapes, batch.quotes)
    flat = flat.float().view(*flat.shape[:2], 3, 3)
    measure = nn.CrossEntropyLoss(ignore_index=NONE, label_smoothing=recipe.smoothing)
    total = flat.new_zeros(())
    if (batch.flat != NONE).any():
        for role in range(3):
            total = total + measure(flat[:, :, role].flatten(0, 1), batch.flat[:, :, role].flatten())
        if recipe.crf:
            total = total + recipe.crf * _unlikely(flat, model.follow, batch)
    rows, linked = _rows(flat, batch, chance)
    if len(rows):
        chosen = links[rows[:, 0], rows[:, 1]].float()
        # per word of text, as the flat loss is: averaged over pairs, the few words that tell two cues apart drown
        summed = nn.functional.cross_entropy(chosen.flatten(0, 1), linked.flatten(), ignore_index=NONE, reduction="sum")
        share = ((linked if recipe.link_mean else batch.flat[:, :, 0]) != NONE).sum().clamp(min=1)
        total = total + recipe.link_weight * summed / share
        if recipe.rivalry:
            total = total + recipe.rivalry * _rivalry(chosen[: len(batch.rows)], batch) / share
    known = batch.rows[batch.kinds != NONE]
    if len(known):
        at = (known[:, 0], known[:, 1])
        total = total + recipe.kind_weight * measure(kind[at].float(), batch.kinds[batch.kinds != NONE])
        total = total + recipe.kind_weight * _ordinal(certainty[at].float(), batch.certainties[batch.kinds != NONE])
    return total


def _unlikely(flat: Tensor, follow: Tensor, batch: Batch) -> Tensor:
    """Minus log-probability of the marked label sequences, per word, summed over roles: a linear-chain conditional random field
    (Lafferty, McCallum & Pereira 2001) over the words of each window.
    """
    kept = (batch.flat.amax((1, 2)) != NONE).nonzero()[:, 0]
    order = batch.order[kept]
    real = order != NONE
    at = order.clamp(min=0)[:, :, None, None].expand(-1, -1, 3, 3)
    scores = flat[kept].gather(1, at)
    marked = batch.flat[kept].gather(1, at[:, :, :, 0]).clamp(min=0)
    own = scores.gather(3, marked[..., None])[..., 0] * real[:, :, None]
    roles = torch.arange(3)
    steps = follow[roles[None, None], marked[:, :-1], marked[:, 1:]] * real[:, 1:, None]
    total = scores[:, 0]
    for word in range(1, scores.shape[1]):
        on = torch.logsumexp(total[..., None] + follow[None], 2) + scores[:, word]
        total = torch.where(real[:, word, None, None], on, total)
    return (torch.logsumexp(total, -1).sum() - own.sum() - steps.sum()) / real.sum()


def _rivalry(chosen: Tensor, batch: Batch) -> Tensor:
    """Which of a window's cues a content word belongs to: cross-entropy over the cues, summed over words (several may own it)."""
    claim = torch.logsumexp(chosen[:, :, 3:], -1) - chosen[:, :, 0]
    total = chosen.new_zeros(())
    for window in batch.rows[:, 0].unique():
        mine = batch.rows[:, 0] == window
        owned = batch.linked[mine] >= 3
        if len(owned) > 1:
            share = owned.float() / owned.sum(0).clamp(min=1)
            total = total - (share * torch.log_softmax(claim[mine], 0)).sum()
    return total


def _ordinal(scores: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy against a target that leaks to the next steps of the scale: a miss by one is half a miss."""
    steps = torch.arange(scores.shape[-1])[None, :] - target[:, None]
    soft = torch.softmax(-2.5 * steps.abs().float(), -1)
    return -(soft * torch.log_softmax(scores, -1)).sum(-1).mean()


def _rows(flat: Tensor, batch: Batch, chance: random.Random) -> tuple[Tensor, Tensor]:
    """Cues to link: each marked one (now and then by its last word), and words that look like cues but are none."""
    rows = [(w, first if chance.random() < 0.75 else last) for w, first, last in batch.rows.tolist()]
    with torch.no_grad():
        cue = flat[:, :, 1].softmax(-1)[:, :, 1:].sum(-1)
        tempting = (cue > 0.15) & (batch.flat[:, :, 1] == 0) & batch.words
        stray = batch.words & (torch.rand_like(cue) < 0.01) & (batch.flat[:, :, 1] == 0)
    false = (tempting | stray).nonzero()
    if len(false) > 2 * len(rows) + 8:
        false = false[torch.randperm(len(false))[: 2 * len(rows) + 8]]
    nothing = torch.where(batch.words[false[:, 0]], 0, NONE)
    true_rows = torch.tensor(rows, dtype=torch.long).reshape(-1, 2)
    return torch.cat([true_rows, false]), torch.cat([batch.linked, nothing])


def groups(model: Tagger, recipe: Recipe, *, branch_rate: float | None = None) -> list[dict[str, object]]:
    """Parameter groups: heads fast, trunk layers slower the deeper they lie."""
    groups: list[dict[str, object]] = []
    layers = len(model.trunk.encoder.layer)
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        decay = 0.01 if parameter.dim() > 1 else 0.0
        if name.startswith("trunk.encoder.layer."):
            rate = recipe.rate * recipe.layer_decay ** (layers - 1 - int(name.split(".")[3]))
        elif name.startswith("branch.layers.") and branch_rate:
            rate = branch_rate
        elif name.startswith("trunk."):
            rate = recipe.rate * recipe.layer_decay**layers
        else:
            rate = recipe.head_rate
        groups.append({"params": [parameter], "lr": rate, "weight_decay": decay})
    return groups


@torch.inference_mode()
def read(model: Tagger, window_list: Sequence[Window]) -> list[Scores]:
    """Scores of windows through torch, in the form the runtime's decoding takes."""
    made: list[Scores] = []
    for window in window_list:
        batch = collate([example(window, ())])
        flat, links, kind, certainty = model(batch.ids, batch.mask, batch.shapes, batch.quotes)
        heads = window.heads
        flat_rows = log_softmax(flat.float().view(-1, 3, 3).numpy()[heads])
        link_rows = links[0].float().numpy()
        rest = (head[0].float().numpy()[heads] for head in (kind, certainty))
        beside = (
            np.zeros((len(heads), 1 + 2 * len(NAMES)), np.float32),
            np.zeros((len(heads), len(FACTUALITY)), np.float32),
        )
        made.append(Scores(flat_rows, link_rows, *rest, *beside))
    return made


def score_articles(
    items: Sequence[Annotated], scored: Sequence[tuple[list[Window], list[Scores]]], dials: Dials
) -> Score:
    """Spans and attributions of marked articles."""
    score = Score()
    for item, (window_list, score_list) in zip(items, scored, strict=True):
        spans = decode(window_list, score_list, dials)
        marked = {r: [s for g in item.attributions for s in getattr(g, r)] for r in ("source", "cue", "content")}
        score.add_spans(_as_roles(spans), marked)
        score.add_attributions(spans.attributions, item.attributions)
    return score


def _as_roles(spans: Spans) -> dict[str, tuple[tuple[int, int], ...]]:
    return {"source": spans.source, "cue": spans.cue, "content": spans.content}


def score_lines(lines: Sequence[Line], scored: Sequence[tuple[list[Window], list[Scores]]], dials: Dials) -> Score:
    """Spans of CofeNet lines, in tokens."""
    score = Score()
    for line, (window_list, score_list) in zip(lines, scored, strict=True):
        spans = _as_roles(decode(window_list, score_list, dials))
        found = {role: [in_tokens(s, line.tokens) for s in pieces] for role, pieces in spans.items()}
        marked = {role: [(a, b) for r, a, b in line.spans if r == role] for role in spans}
        score.add_spans(found, marked)
    return score


def in_tokens(span: tuple[int, int], tokens: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The tokens that a character span touches, end exclusive."""
    touched = [i for i, (a, b) in enumerate(tokens) if a < span[1] and span[0] < b]
    return (touched[0], touched[-1] + 1) if touched else (0, 0)


def learned(model: Tagger) -> tuple[tuple[tuple[float, ...], ...], ...]:
    """The transitions the runtime decodes with (role, from, to)."""
    return tuple(tuple(tuple(round(v, 3) for v in row) for row in role) for role in model.follow.tolist())


def typed_names(tags: list[int]) -> set[tuple[int, int, int]]:
    """Names of a row of BIO tags: first word, end, kind."""
    spans: list[tuple[int, int, int]] = []
    for at, tag in enumerate([*tags, 0]):
        kind = (tag + 1) // 2
        if tag and tag % 2 == 0 and spans and spans[-1][1:] == (at, kind):
            spans[-1] = (spans[-1][0], at + 1, kind)
        elif tag:
            spans.append((at, at + 1, kind))
    return set(spans)


def judged_rows(surely: Tensor, batch: Batch) -> Tensor:
    """Certainty given to each judged event, (events,)."""
    at: Tensor = surely[batch.judged[:, 0], batch.judged[:, 1], batch.judged[:, 2]]
    return at.float()


def report(model: Tagger, dev: Sequence[Annotated], lines: Sequence[Line], words: Tokenizer) -> dict[str, object]:
    """Development figures, percent."""
    model.eval()
    dials = Dials(rivalry=2.0, link_bias=1.2, follow=learned(model))
    seen = [(w := windows(item.text, words), read(model, w)) for item in dev]
    articles = score_articles(dev, seen, dials).figures()
    seen = [(w := windows(line.text, words), read(model, w)) for line in lines]
    cofenet = score_lines(lines, seen, dials).figures()
    model.train()
    return {
        "exact": {r: f["f1"] for r, f in articles["exact"].items()},
        "whole": articles["whole"]["f1"],
        "close": articles["close"]["f1"],
        "cofenet": {r: f["f1"] for r, f in cofenet["exact"].items()},
    }


def train(recipe: Recipe, data: Path, out: Path, *, limit: int | None = None) -> None:
    """One run from the bare trunk to `out`/weights.pt."""
    chance = random.Random(recipe.seed)
    torch.manual_seed(recipe.seed)
    words = tokenizer()
    polnear = read_polnear(data / "polnear" / "train")[:limit] if recipe.polnear else []
    dev = one_annotator(read_polnear(data / "polnear" / "dev"), random.Random(0))[:limit]
    lines = read_cofenet(data / "polnear" / "cofenet-valid.txt")[::4][:limit]
    model = Tagger(dropout=recipe.dropout)
    if recipe.start:
        model.load_state_dict(torch.load(recipe.start, weights_only=True), strict=False)
    optimiser = torch.optim.AdamW(groups(model, recipe))
    plan = _epoch(polnear, words, recipe, chance, limit)
    steps = recipe.epochs * sum(1 for _ in batches(plan, subwords=recipe.subwords, chance=None))
    warm = max(1, int(steps * recipe.warmup))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm)))
    )
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(recipe.ema)
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / "recipe.json").write_text(json.dumps({k: getattr(recipe, k) for k in Recipe.__slots__}, indent=1))
    best, done, began = -math.inf, 0, time.monotonic()
    for epoch in range(recipe.stop or recipe.epochs):
        made = _epoch(polnear, words, recipe, chance, limit)
        running = 0.0
        for number, batch in enumerate(batches(made, subwords=recipe.subwords, chance=chance)):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=recipe.half):
                loss = loss_of(model, batch, recipe, chance)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(model)
            running += float(loss.detach())
            done += 1
            if done % 50 == 0:
                rate = (time.monotonic() - began) / done
                print(
                    f"  step {done}/{steps} loss {running / (number + 1):.3f} {rate * (steps - done) / 60:.1f} min left",
                    flush=True,
                )
        if (epoch + 1) % recipe.watch and epoch + 1 < (recipe.stop or recipe.epochs):
            continue
        figures = report(average.module, dev, lines, words)
        print(
            json.dumps(
                {"epoch": epoch + 1, "loss": running / (number + 1), "s": round(time.monotonic() - began), **figures}
            ),
            flush=True,
        )
        exact = figures["exact"]
        assert isinstance(exact, dict)
        value = sum(exact.values())
        if value > best:
            best = value
            torch.save(average.module.state_dict(), out / "weights.pt")


def certain_sentences(rows: Sequence[Marked] | None = None) -> list[Judged]:
    """Certainty sentences, our own unless given, each with all its marked events."""
    by: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for one in [one for path in CERTAIN for one in read_certain(path)] if rows is None else rows:
        by[one.text].append((one.start, one.end, float(one.certainty)))
    return [Judged(str(number), text, tuple(events)) for number, (text, events) in enumerate(by.items())]


def _epoch(
    polnear: list[Annotated], words: Tokenizer, recipe: Recipe, chance: random.Random, limit: int | None = None
) -> list[Example]:
    """One epoch's windows. Our own corpora are read anew each time."""
    made = [
        e for item in one_annotator(polnear, chance) for e in examples([item], words, size=chance.choice(recipe.sizes))
    ]
    own = (
        [i for p in sorted(Path("training/corpus/train").glob("*.txt")) for i in read_marked(p)[:limit]]
        if recipe.own
        else []
    )
    for _ in range(math.ceil(recipe.own)):
        made += examples(own, words, size=256)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/reader"))
    parser.add_argument("--limit", type=int)
    for name, kind in (
        ("seed", int),
        ("epochs", int),
        ("rate", float),
        ("layer-decay", float),
        ("subwords", int),
        ("link-weight", float),
        ("rivalry", float),
        ("smoothing", float),
        ("dropout", float),
        ("ema", float),
        ("own", float),
        ("head-rate", float),
        ("crf", float),
        ("stop", int),
        ("start", str),
    ):
        parser.add_argument(f"--{name}", type=kind)
    options = vars(parser.parse_args())
    given = {k.replace("-", "_"): v for k, v in options.items() if k in Recipe.__slots__ and v is not None}
    train(Recipe(**given), options["data"], options["out"], limit=options["limit"])


if __name__ == "__main__":
    main()

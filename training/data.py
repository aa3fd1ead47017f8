"""Marked texts → batches of windows with targets."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from corpora.annotated import Annotated, Gold, Span
from corpora.factuality import Judged
from corpora.named import Named
from corpora.scoring import ROLES
from sayso.reading.labels import CERTAINTIES, FACTUALITY, KINDS, NAMES
from sayso.reading.windows import Window, windows

NONE = -100


@dataclass(frozen=True, slots=True)
class Example:
    """One window with its targets: `flat` (words, 3) of BIO numbers; for each cue its words and `linked` (words,) of link numbers."""

    window: Window
    flat: NDArray[np.int64]
    cues: tuple[tuple[int, int], ...]
    linked: tuple[NDArray[np.int64], ...]
    kinds: tuple[int, ...]
    certainties: tuple[int, ...]
    names: NDArray[np.int64] | None = None
    judged: tuple[tuple[int, int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors (batch, subwords); `rows` (cues, 3) of window, first and last subword; `linked` (cues, subwords);
    `order` (batch, words) of each word's first subword; `judged` (events, 3) of window, subword and scale, `surely` (events,) their values.
    """

    ids: Tensor
    mask: Tensor
    shapes: Tensor
    quotes: Tensor
    flat: Tensor
    rows: Tensor
    linked: Tensor
    words: Tensor
    kinds: Tensor
    certainties: Tensor
    order: Tensor
    names: Tensor
    judged: Tensor
    surely: Tensor


def _word_runs(window: Window, pieces: Sequence[Span]) -> list[tuple[int, int]]:
    """Word ranges of the pieces, cut at paragraph ends."""
    found = []
    for start, end in pieces:
        inside = np.flatnonzero((window.starts < end) & (window.ends > start))
        if not len(inside):
            continue
        cuts = np.flatnonzero(np.diff(window.paragraphs[inside])) + 1
        found += [(int(part[0]), int(part[-1]) + 1) for part in np.split(inside, cuts)]
    return found


def _paint(target: NDArray[np.int64], spans: Sequence[tuple[int, int]], begin: int) -> None:
    for first, stop in spans:
        target[first] = begin
        target[first + 1 : stop] = begin + 1


def example(window: Window, golds: Sequence[Gold]) -> Example:
    """The targets of one window. Where one role's spans overlap, the longer is painted last, so that it stays whole."""
    flat = np.zeros((len(window.heads), 3), dtype=np.int64)
    cues, linked, kinds, certainties = [], [], [], []
    by_role: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for gold in golds:
        runs = {role: _word_runs(window, getattr(gold, role)) for role in ROLES}
        for role in ROLES:
            by_role[role].update(runs[role])
        if not runs["cue"]:
            continue
        row = np.zeros(len(window.heads), dtype=np.int64)
        _paint(row, runs["content"], 3)
        _paint(row, runs["source"], 1)
        cues.append(runs["cue"][0])
        linked.append(row)
        kinds.append(KINDS.index(gold.kind) if gold.kind else NONE)
        certainties.append(NONE if gold.certainty is None else CERTAINTIES.index(gold.certainty))
    for number, role in enumerate(ROLES):
        _paint(flat[:, number], sorted(by_role[role], key=lambda s: s[1] - s[0]), 1)
    return Example(window, flat, tuple(cues), tuple(linked), tuple(kinds), tuple(certainties))


def examples(items: Sequence[Annotated], tokenizer: Tokenizer, *, size: int) -> list[Example]:
    """All windows of the items."""
    return [example(window, item.attributions) for item in items for window in windows(item.text, tokenizer, size=size)]


def _nothing(window: Window) -> NDArray[np.int64]:
    return np.full((len(window.heads), 3), NONE, dtype=np.int64)


def named_examples(items: Sequence[Named], tokenizer: Tokenizer, *, size: int) -> list[Example]:
    """Windows of texts whose names are marked, and nothing else: short ones are read together."""
    made = []
    for item in _packed(items):
        for window in windows(item.text, tokenizer, size=size):
            tags = np.zeros(len(window.heads), dtype=np.int64)
            for start, end, kind in item.names:
                _paint(tags, _word_runs(window, [(start, end)]), 1 + 2 * NAMES.index(kind))
            made.append(Example(window, _nothing(window), (), (), (), (), names=tags))
    return made


def _packed(items: Sequence[Named], room: int = 900) -> Iterator[Named]:
    """Neighbouring texts joined, a line each, up to `room` characters."""
    held: list[Named] = []
    for item in [*items, Named("", "", ())]:
        if held and (not item.text or sum(len(h.text) + 1 for h in held) + len(item.text) > room):
            names, at = [], 0
            for h in held:
                names += [(a + at, b + at, k) for a, b, k in h.names]
                at += len(h.text) + 1
            yield Named(held[0].id, "\n".join(h.text for h in held), tuple(names))
            held = []
        if item.text:
            held.append(item)


def judged_examples(items: Sequence[Judged], tokenizer: Tokenizer, *, scale: str) -> list[Example]:
    """Windows of sentences whose events carry a certainty on one of the scales."""
    made = []
    for item in items:
        for window in windows(item.text, tokenizer, size=256):
            events = [
                (run[0][0], FACTUALITY.index(scale), value)
                for start, end, value in item.events
                if (run := _word_runs(window, [(start, end)]))
            ]
            made.append(Example(window, _nothing(window), (), (), (), (), judged=tuple(events)))
    return made


def one_annotator(items: Sequence[Annotated], chance: random.Random) -> list[Annotated]:
    """One annotation of each article, drawn anew: articles with six annotators must not count six times."""
    by_name: dict[str, list[Annotated]] = defaultdict(list)
    for item in items:
        by_name[item.id].append(item)
    return [chance.choice(versions) for versions in by_name.values()]


def batches(made: Sequence[Example], *, subwords: int, chance: random.Random | None) -> Iterator[Batch]:
    """Windows of like length together, about `subwords` of them a batch (padding counted); none of no windows."""
    order = sorted(range(len(made)), key=lambda i: len(made[i].window.ids) + (chance.random() * 12 if chance else 0))
    groups: list[list[int]] = []
    for i in order:
        if not groups or (len(groups[-1]) + 1) * len(made[i].window.ids) > subwords:
            groups.append([])
        groups[-1].append(i)
    if chance:
        chance.shuffle(groups)
    for group in groups:
        yield collate([made[i] for i in group])


def collate(group: Sequence[Example]) -> Batch:
    """Pad and stack."""
    longest = max(len(e.window.ids) for e in group)
    inputs = np.zeros((4, len(group), longest), dtype=np.int64)
    flat = np.full((len(group), longest, 3), NONE, dtype=np.int64)
    words = np.zeros((len(group), longest), dtype=np.bool_)
    order = np.full((len(group), max(len(e.window.heads) for e in group)), NONE, dtype=np.int64)
    names = np.full((len(group), longest), NONE, dtype=np.int64)
    judged: list[tuple[int, int, int]] = []
    surely: list[float] = []
    rows: list[tuple[int, int, int]] = []
    linked: list[NDArray[np.int64]] = []
    for number, e in enumerate(group):
        size = len(e.window.ids)
        inputs[:, number, :size] = (e.window.ids, np.ones(size), e.window.shapes, e.window.quotes)
        flat[number, e.window.heads] = e.flat
        words[number, e.window.heads] = True
        order[number, : len(e.window.heads)] = e.window.heads
        if e.names is not None:
            names[number, e.window.heads] = e.names
        for word, scale, value in e.judged:
            judged.append((number, int(e.window.heads[word]), scale))
            surely.append(value)
        for (first, stop), row in zip(e.cues, e.linked, strict=True):
            rows.append((number, int(e.window.heads[first]), int(e.window.heads[stop - 1])))
            wide = np.full(longest, NONE, dtype=np.int64)
            wide[e.window.heads] = row
            linked.append(wide)
    return Batch(
        *(torch.from_numpy(a) for a in inputs),
        flat=torch.from_numpy(flat),
        rows=torch.tensor(rows, dtype=torch.long).reshape(-1, 3),
        linked=torch.from_numpy(np.array(linked, dtype=np.int64).reshape(-1, longest)),
        words=torch.from_numpy(words),
        kinds=torch.tensor([k for e in group for k in e.kinds], dtype=torch.long),
        certainties=torch.tensor([c for e in group for c in e.certainties], dtype=torch.long),
        order=torch.from_numpy(order),
        names=torch.from_numpy(names),
        judged=torch.tensor(judged, dtype=torch.long).reshape(-1, 3),
        surely=torch.tensor(surely),
    )

"""Scores → spans → attributions.

Flat tags find the cues; each cue then reads off its own source and content from its link scores, helped by the flat tags.
Sequences are decoded together (Viterbi over all at once: the loop runs over words, not over sequences).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sayso.reading.labels import CERTAINTIES, FACTUALITY, KINDS, NAMES
from sayso.reading.windows import Window

Floats = NDArray[np.float32]
_IMPOSSIBLE = -1e4
_SOURCE, _CUE, _CONTENT = range(3)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of one window: `flat` (words, 3 roles, 3 BIO), log-probabilities; not normalised:
    `links` (subwords as cue, subwords, 5; only cues' rows are ever looked at), `kind` (words, 7) and `certainty` (words, 7), to be read at a cue's first word.
    """

    flat: Floats
    links: Floats
    kind: Floats
    certainty: Floats
    names: Floats
    factuality: Floats


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution: pieces as (start, end) code points, a probability for the whole, the likeliest source kind with its
    probability, and the expected certainty (−3 … +3).
    """

    source: tuple[tuple[int, int], ...]
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    confidence: float
    kind: str = "person"
    kind_confidence: float = 0.0
    certainty: float = 0.0


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in the text: code points, `person`, `organisation` or `place`, and its probability."""

    start: int
    end: int
    kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Surely:
    """How surely each word's event is put, −3 … +3: `starts` and `ends` (words,), `values` (words, scales)."""

    starts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    ends: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    values: Floats = field(default_factory=lambda: np.zeros((0, len(FACTUALITY)), dtype=np.float32))

    def at(self, start: int, end: int, *, scale: str = FACTUALITY[0]) -> float | None:
        """The value of the first word that touches [start, end); None where nothing was read there."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        if first >= len(self.starts) or self.starts[first] >= end:
            return None
        return float(np.clip(self.values[first, FACTUALITY.index(scale)], -3.0, 3.0))


@dataclass(frozen=True, slots=True)
class Spans:
    """Everything found in a text: attributions, all spans of a role whether tied to a cue or not, names, and certainty by word."""

    attributions: tuple[Found, ...]
    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    names: tuple[Name, ...] = ()
    surely: Surely = field(default_factory=Surely)


@dataclass(frozen=True, slots=True)
class Dials:
    """What was tuned on the development part: the weight of the flat tags in linking, how hard
    cues of one window contend for a content word, biases towards links, cues and contents, and what is too unsure to keep;
    and what was learned: `follow` (role, from, to), how readily one BIO label follows another.
    """

    flat_weight: float = 0.5
    rivalry: float = 1.0
    link_bias: float = 0.0
    cue_bias: float = 0.0
    content_bias: float = 0.0
    keep: float = 0.0
    follow: tuple[tuple[tuple[float, ...], ...], ...] = ()


def log_softmax(scores: Floats) -> Floats:
    """Log-probabilities over the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    out: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return out


def _transitions(labels: int) -> Floats:
    """Which label may follow which: I only after B or I of its own role. Labels are O, then B and I of each role."""
    allowed = np.zeros((labels, labels), dtype=np.float32)
    for inner in range(2, labels, 2):
        allowed[:, inner] = _IMPOSSIBLE
        allowed[inner - 1, inner] = allowed[inner, inner] = 0.0
    return allowed


def viterbi(scores: Floats, breaks: NDArray[np.bool_], follow: Floats | None = None) -> NDArray[np.int64]:
    """Best label sequences. `scores` (sequences, words, labels); `breaks` (sequences, words): no span crosses into this word;
    `follow` (sequences, from, to) scores which label follows which, none where left out.
    """
    count, length, labels = scores.shape
    path = np.zeros((count, length), dtype=np.int64)
    if not count or not length:
        return path
    allowed = _transitions(labels)[None] + (0.0 if follow is None else follow)
    emit = scores.copy()
    emit[:, :, 2::2] += np.where(breaks, _IMPOSSIBLE, 0.0).astype(np.float32)[:, :, None]
    rows, firsts, lasts = _open_stretches(_surely_nothing(emit, allowed))
    if not len(rows):
        return path
    order = np.argsort(firsts - lasts, kind="stable")  # longest first: at each step those still running stand in front
    rows, firsts, lasts = rows[order], firsts[order], lasts[order]
    places = firsts[:, None] + np.arange(lasts[0] - firsts[0])
    within = places < lasts[:, None]
    places = np.minimum(places, length - 1)
    between = np.broadcast_to(allowed, (count, labels, labels))[rows].transpose(1, 2, 0)
    rows = np.broadcast_to(rows[:, None], places.shape)
    found = _best(emit[rows, places].T, between, lasts - firsts, opened=firsts > 0, closed=lasts < length)
    path[rows[within], places[within]] = found[within]
    return path


def _surely_nothing(emit: Floats, allowed: Floats) -> NDArray[np.bool_]:
    """Words that have label O on any best path (sequences, words): whatever else they had, and whatever stood beside them, O there, with
    B for an I behind it, would score more. Most words of a text are such, and the paths between them can be found each by itself.
    """
    nothing = np.ones(emit.shape[:2], dtype=np.bool_)
    for label in range(1, emit.shape[2]):
        begin = label - 1 + label % 2
        to_it = np.minimum((allowed[:, :, 0] - allowed[:, :, label]).min(axis=1), 0.0)
        ends = np.array([n for n in range(allowed.shape[2]) if n == 0 or n % 2])
        from_it = np.minimum((allowed[:, 0] - allowed[:, label])[:, ends].min(axis=1), 0.0)
        again = allowed[:, 0, begin] - allowed[:, label, begin + 1]
        after_it = np.minimum((allowed[:, begin] - allowed[:, begin + 1]).min(axis=1), 0.0)
        gain = emit[:, :, 0] - emit[:, :, label] + to_it[:, None]
        nothing &= gain + from_it[:, None] > 0.0
        renamed = emit[:, 1:, begin] - emit[:, 1:, begin + 1]
        nothing[:, :-1] &= gain[:, :-1] + (again + after_it)[:, None] + renamed > 0.0
    return nothing


def _open_stretches(
    nothing: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Sequence, first word and last word + 1 of each run of words that may have any label."""
    edges = np.zeros((nothing.shape[0], nothing.shape[1] + 2), dtype=np.int8)
    edges[:, 1:-1] = ~nothing
    turns = np.diff(edges, axis=1)
    rows, firsts = np.nonzero(turns == 1)
    return rows, firsts, np.nonzero(turns == -1)[1]


def _best(
    emit: Floats,
    allowed: Floats,
    sizes: NDArray[np.int64],
    *,
    opened: NDArray[np.bool_],
    closed: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """The best paths (stretches, words) of stretches, the longest first: `emit` (labels, words, stretches), `allowed` (from, to, stretches),
    `sizes` their words; `opened` and `closed`: whether an O stands before and behind.
    """
    labels, longest, count = emit.shape
    back = np.zeros((longest, labels, count), dtype=np.int8)
    best = emit[:, 0] + np.where(opened, allowed[0], 0.0)
    running = np.searchsorted(-sizes, -np.arange(longest), side="left")  # stretches with more words than that
    for at in range(1, longest):
        on = running[at]
        step = best[:, None, :on] + allowed[:, :, :on]
        back[at, :, :on] = step.argmax(axis=0)
        best[:, :on] = step.max(axis=0) + emit[:, at, :on]
    label = (best + np.where(closed, allowed[:, 0], 0.0)).argmax(axis=0)
    path = np.zeros((count, longest), dtype=np.int64)
    for at in range(longest - 1, -1, -1):
        on = running[at]
        path[:on, at] = label[:on]
        label[:on] = back[at, label[:on], np.arange(on)]
    return path


def runs(tags: NDArray[np.int64], begin: int) -> list[tuple[int, int]]:
    """Word spans [first, last + 1) of the role whose B is `begin` and whose I is `begin + 1`."""
    spans: list[tuple[int, int]] = []
    for at in np.flatnonzero((tags == begin) | (tags == begin + 1)).tolist():
        if tags[at] == begin or not spans or spans[-1][1] != at:
            spans.append((at, at + 1))
        else:
            spans[-1] = (spans[-1][0], at + 1)
    return spans


def decode(window_list: Sequence[Window], score_list: Sequence[Scores], dials: Dials | None = None) -> Spans:
    """Read the attributions of one text from its windows and their scores."""
    dials = dials or Dials()
    found: list[Found] = []
    loose: tuple[list[tuple[int, int]], ...] = ([], [], [])
    flat_tags = _flat(window_list, score_list, dials)
    rows, owners = _cue_rows(window_list, score_list, flat_tags, dials)
    tags = viterbi(*rows) if owners else np.zeros((0, 0), dtype=np.int64)
    for window, spans in zip(window_list, flat_tags, strict=True):
        for role, words in enumerate(spans):
            loose[role].extend(_chars(window, word) for word in words)
    for (number, cue), row, emit in zip(owners, tags, rows[0], strict=True):
        window = window_list[number]
        tag_row = row[: len(window.heads)]
        content = runs(tag_row, 3)
        if not content:
            continue
        source = _one_source(runs(tag_row, 1), cue, emit)
        confidence = _confidence(score_list[number], cue, content, emit)
        if confidence < dials.keep:
            continue
        kind = np.exp(log_softmax(score_list[number].kind[cue[0]]))
        certainty = np.exp(log_softmax(score_list[number].certainty[cue[0]]))
        found.append(
            Found(
                source=tuple(_chars(window, s) for s in source),
                cue=_chars(window, cue),
                content=tuple(_chars(window, s) for s in content),
                confidence=confidence,
                kind=KINDS[int(kind.argmax())],
                kind_confidence=float(kind.max()),
                certainty=float(certainty @ np.array(CERTAINTIES, dtype=np.float32)),
            )
        )
    sources, cues, contents = (tuple(sorted(set(spans))) for spans in loose)
    return Spans(
        tuple(found),
        sources,
        cues,
        contents,
        names=_names(window_list, score_list),
        surely=_surely(window_list, score_list),
    )


def _names(window_list: Sequence[Window], score_list: Sequence[Scores]) -> tuple[Name, ...]:
    """Names, in reading order."""
    longest = max((len(w.heads) for w in window_list), default=0)
    scores = np.zeros((len(window_list), longest, 1 + 2 * len(NAMES)), dtype=np.float32)
    breaks = np.zeros(scores.shape[:2], dtype=np.bool_)
    for row, (window, score) in enumerate(zip(window_list, score_list, strict=True)):
        size = len(window.heads)
        scores[row, :size] = log_softmax(score.names)
        scores[row, size:, 1:] = _IMPOSSIBLE
        breaks[row, :size] = _breaks(window)
    found = []
    for window, logs, tags in zip(window_list, scores, viterbi(scores, breaks), strict=True):
        for number, kind in enumerate(NAMES):
            for first, stop in runs(tags, 1 + 2 * number):
                sure = float(np.exp(logs[np.arange(first, stop), tags[first:stop]].mean()))
                found.append(Name(*_chars(window, (first, stop)), kind, round(sure, 3)))
    return tuple(sorted(found, key=lambda name: name.start))


def _surely(window_list: Sequence[Window], score_list: Sequence[Scores]) -> Surely:
    """The factuality of every word, windows joined."""
    if not score_list:
        return Surely()
    starts, ends = (np.concatenate([getattr(w, side) for w in window_list]) for side in ("starts", "ends"))
    return Surely(starts, ends, np.concatenate([score.factuality for score in score_list]))


def _chars(window: Window, words: tuple[int, int]) -> tuple[int, int]:
    return int(window.starts[words[0]]), int(window.ends[words[1] - 1])


def _breaks(window: Window) -> NDArray[np.bool_]:
    """A span may not run on into the first word of a paragraph: each paragraph's piece stands by itself."""
    first = np.ones(len(window.paragraphs), dtype=np.bool_)
    first[1:] = window.paragraphs[1:] != window.paragraphs[:-1]
    return first


def _flat(
    window_list: Sequence[Window], score_list: Sequence[Scores], dials: Dials
) -> list[tuple[list[tuple[int, int]], ...]]:
    """Spans of each role in each window, as word ranges."""
    longest = max((len(w.heads) for w in window_list), default=0)
    scores = np.zeros((len(window_list) * 3, longest, 3), dtype=np.float32)
    breaks = np.zeros((len(window_list) * 3, longest), dtype=np.bool_)
    for number, (window, score) in enumerate(zip(window_list, score_list, strict=True)):
        size = len(window.heads)
        scores[number * 3 : number * 3 + 3, :size] = score.flat.transpose(1, 0, 2)
        scores[number * 3 + _CUE, :size, 0] -= dials.cue_bias
        scores[number * 3 + _CONTENT, :size, 0] -= dials.content_bias
        scores[number * 3 : number * 3 + 3, size:, 1:] = _IMPOSSIBLE
        breaks[number * 3 : number * 3 + 3, :size] = _breaks(window)
    follow = np.tile(np.array(dials.follow, dtype=np.float32), (len(window_list), 1, 1)) if dials.follow else None
    tags = viterbi(scores, breaks, follow)
    return [tuple(runs(tags[number * 3 + role], 1) for role in range(3)) for number in range(len(window_list))]


def _cue_rows(
    window_list: Sequence[Window],
    score_list: Sequence[Scores],
    flat_tags: list[tuple[list[tuple[int, int]], ...]],
    dials: Dials,
) -> tuple[tuple[Floats, NDArray[np.bool_]], list[tuple[int, tuple[int, int]]]]:
    """One sequence of link scores for every cue of every window, padded to one length."""
    owners = [(number, cue) for number, spans in enumerate(flat_tags) for cue in spans[_CUE]]
    longest = max((len(w.heads) for w in window_list), default=0)
    scores = np.zeros((len(owners), longest, 5), dtype=np.float32)
    breaks = np.zeros((len(owners), longest), dtype=np.bool_)
    for row, (number, cue) in enumerate(owners):
        window, score = window_list[number], score_list[number]
        size = len(window.heads)
        scores[row, :size] = log_softmax(score.links[window.heads[cue[0]]][window.heads])
        breaks[row, :size] = _breaks(window)
    numbers = np.array([number for number, _ in owners])
    for number in set(numbers.tolist()):
        _contend(scores, np.flatnonzero(numbers == number), dials.rivalry)
    for row, (number, cue) in enumerate(owners):
        size, flat = len(window_list[number].heads), score_list[number].flat
        scores[row, :size, 1:3] += dials.flat_weight * (flat[:, _SOURCE, 1:] - flat[:, _SOURCE, :1])
        scores[row, :size, 3:5] += dials.flat_weight * (
            flat[:, _CONTENT, 1:] - flat[:, _CONTENT, :1] + dials.content_bias
        )
        scores[row, :, 1:] += dials.link_bias
        scores[row, cue[0] : cue[1], 1:] = _IMPOSSIBLE
        scores[row, size:, 1:] = _IMPOSSIBLE
    return (scores, breaks), owners


def _contend(scores: Floats, rows: NDArray[np.int64], weight: float) -> None:
    """A content word's claim is weakened by how far another cue of the window claims it more surely (in place). Two cues that
    claim it alike, as an attribution inside another does, both keep it.
    """
    claim = np.logaddexp(scores[rows, :, 3], scores[rows, :, 4]) - scores[rows, :, 0]
    scores[rows, :, 3:5] += (weight * (claim - claim.max(axis=0)))[:, :, None]


def _one_source(spans: list[tuple[int, int]], cue: tuple[int, int], emit: Floats) -> list[tuple[int, int]]:
    """An attribution has one source: of several, the surest, the nearer one where they are level."""
    if len(spans) < 2:
        return spans

    def worth(span: tuple[int, int]) -> float:
        gain = float((emit[span[0] : span[1], 1:3].max(axis=-1) - emit[span[0] : span[1], 0]).mean())
        gap = max(span[0] - cue[1], cue[0] - span[1], 0)
        return gain - 0.05 * gap

    return [max(spans, key=worth)]


def _confidence(score: Scores, cue: tuple[int, int], content: list[tuple[int, int]], emit: Floats) -> float:
    """Probability of the cue times that of its content's words, both averaged over their words (geometric mean)."""
    cue_words = np.exp(score.flat[cue[0] : cue[1], _CUE, 1:]).sum(axis=-1)
    rows = np.concatenate([np.arange(s, e) for s, e in content])
    linked = emit[rows]
    inside = 1.0 - np.exp(log_softmax(linked)[:, 0])
    return float(np.sqrt(cue_words.mean() * inside.mean()))

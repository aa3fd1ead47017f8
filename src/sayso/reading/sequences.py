"""BIO labels over words: the best paths, and the spans that are likelier than not.

Sequences are worked on together: the loops run over words, not over sequences. Words that are surely nothing cut a sequence into stretches that can each be
looked at alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
IMPOSSIBLE = -1e4
#: how much better (in nats) a path is with O at a word than with anything else there, for the word to be left out of sums over paths
_FAR = 5.0


def log_softmax(scores: Floats) -> Floats:
    """Log-probabilities over the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    out: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return out


def _transitions(labels: int) -> Floats:
    """Which label may follow which: I only after B or I of its own role. Labels are O, then B and I of each role."""
    allowed = np.zeros((labels, labels), dtype=np.float32)
    for inner in range(2, labels, 2):
        allowed[:, inner] = IMPOSSIBLE
        allowed[inner - 1, inner] = allowed[inner, inner] = 0.0
    return allowed


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Runs of words that may have any label, the longest first: `rows` and `firsts` say where each stands, `sizes` how many words it has, `opened` and
    `closed` whether an O stands before and behind; `emit` (labels, words, stretches), `follow` (from, to, stretches).
    """

    rows: NDArray[np.int64]
    firsts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    opened: NDArray[np.bool_]
    closed: NDArray[np.bool_]
    emit: Floats
    follow: Floats

    @property
    def running(self) -> list[int]:
        """How many stretches have more words than 0, 1, …: they stand in front."""
        found: list[int] = np.searchsorted(-self.sizes, -np.arange(self.emit.shape[1]), side="left").tolist()
        return found


def viterbi(scores: Floats, breaks: NDArray[np.bool_], follow: Floats | None = None) -> NDArray[np.int64]:
    """Best label sequences. `scores` (sequences, words, labels); `breaks` (sequences, words): no span crosses into this word;
    `follow` (sequences, from, to) scores which label follows which, none where left out.
    """
    path = np.zeros(scores.shape[:2], dtype=np.int64)
    if (cut := _stretches(scores, breaks, follow)) is None:
        return path
    places = cut.firsts[:, None] + np.arange(cut.emit.shape[1])
    within = places < (cut.firsts + cut.sizes)[:, None]
    rows = np.broadcast_to(cut.rows[:, None], places.shape)
    path[rows[within], places[within]] = _best(cut)[within]
    return path


def likely(
    scores: Floats, breaks: NDArray[np.bool_], follow: Floats | None = None, *, least: float
) -> list[tuple[int, int, int]]:
    """Spans (sequence, first word, last word + 1) that begin and end just there with a probability of `least` or more, over all label sequences
    (forward-backward). Arguments as for `viterbi`, of one role: O, B, I; `least` at least a half, so that none can overlap.

    Where exact spans count, these are the better choice than those on the best path (Goodman 1996, Parsing algorithms and metrics).
    """
    if least < 0.5:
        raise ValueError(f"spans less likely than not ({least}) may overlap")
    if (cut := _stretches(scores, breaks, follow, margin=_FAR)) is None:
        return []
    ahead, behind, leave = _sums(cut)
    last = cut.sizes - 1, np.arange(len(cut.rows))
    total = _log_sum(ahead[last[0], :, last[1]].T + np.where(cut.closed, cut.follow[:, 0], 0.0))
    inside = np.arange(cut.emit.shape[1])[:, None] < cut.sizes
    begins = np.where(inside, ahead[:, 1] + behind[:, 1] - total, IMPOSSIBLE)
    ends = np.where(inside, _log_sum((ahead + leave)[:, 1:].swapaxes(0, 1)) - total, IMPOSSIBLE)
    floor = np.log(least) - 1e-6
    at, stretch = np.nonzero((begins >= floor).T)[::-1]
    end_at, end_stretch = np.nonzero((ends >= floor).T)[::-1]
    # two spans that likely cannot be one inside the other: what begins here ends at the next likely end, if anywhere
    length = cut.emit.shape[1]
    following = np.searchsorted(end_stretch * length + end_at, stretch * length + at)
    known = following < len(end_at)
    at, stretch, following = at[known], stretch[known], following[known]
    same = end_stretch[following] == stretch
    at, stretch, stop = at[same], stretch[same], end_at[following[same]]
    run = np.cumsum(cut.emit[2], axis=0, dtype=np.float64)
    more = stop > at
    chance = ahead[at, 1, stretch] + run[stop, stretch] - run[at, stretch] - total[stretch]
    chance += np.where(more, cut.follow[1, 2, stretch] + (stop - at - 1) * cut.follow[2, 2, stretch], 0.0)
    chance += leave[stop, np.where(more, 2, 1), stretch]
    sure = chance >= floor
    firsts = cut.firsts[stretch[sure]]
    return sorted(
        zip(
            cut.rows[stretch[sure]].tolist(),
            (firsts + at[sure]).tolist(),
            (firsts + stop[sure] + 1).tolist(),
            strict=True,
        )
    )


def _stretches(
    scores: Floats, breaks: NDArray[np.bool_], follow: Floats | None, *, margin: float = 0.0
) -> _Stretches | None:
    """What is left of the sequences without the words that are surely nothing; None where nothing is."""
    count, length, labels = scores.shape
    if not count or not length:
        return None
    allowed = _transitions(labels)[None] + (0.0 if follow is None else follow)
    emit = scores.copy()
    emit[:, :, 2::2] += np.where(breaks, IMPOSSIBLE, 0.0).astype(np.float32)[:, :, None]
    rows, firsts, lasts = _open_stretches(_surely_nothing(emit, allowed, margin))
    if not len(rows):
        return None
    order = np.argsort(firsts - lasts, kind="stable")
    rows, firsts, lasts = rows[order], firsts[order], lasts[order]
    places = np.minimum(firsts[:, None] + np.arange(lasts[0] - firsts[0]), length - 1)
    between = np.broadcast_to(allowed, (count, labels, labels))[rows].transpose(1, 2, 0)
    return _Stretches(rows, firsts, lasts - firsts, firsts > 0, lasts < length, emit[rows[:, None], places].T, between)


def _surely_nothing(emit: Floats, allowed: Floats, margin: float = 0.0) -> NDArray[np.bool_]:
    """Words that have label O on any best path (sequences, words): whatever else they had, and whatever stood beside them, O there, with
    B for an I behind it, would score more (by `margin`). Most words of a text are such, and the paths between them can be found each by itself.
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
        nothing &= gain + from_it[:, None] > margin
        renamed = emit[:, 1:, begin] - emit[:, 1:, begin + 1]
        nothing[:, :-1] &= gain[:, :-1] + (again + after_it)[:, None] + renamed > margin
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


def _best(cut: _Stretches) -> NDArray[np.int64]:
    """The best paths (stretches, words)."""
    labels, longest, count = cut.emit.shape[0], cut.emit.shape[1], len(cut.rows)
    back = np.zeros((longest, labels, count), dtype=np.int8)
    best = cut.emit[:, 0] + np.where(cut.opened, cut.follow[0], 0.0)
    running = cut.running
    for at in range(1, longest):
        on = running[at]
        step = best[:, None, :on] + cut.follow[:, :, :on]
        back[at, :, :on] = step.argmax(axis=0)
        best[:, :on] = step.max(axis=0) + cut.emit[:, at, :on]
    label = (best + np.where(cut.closed, cut.follow[:, 0], 0.0)).argmax(axis=0)
    path = np.zeros((count, longest), dtype=np.int64)
    for at in range(longest - 1, -1, -1):
        on = running[at]
        path[:on, at] = label[:on]
        label[:on] = back[at, label[:on], np.arange(on)]
    return path


def _sums(cut: _Stretches) -> tuple[Floats, Floats, Floats]:
    """Log of the sums over all paths, each (words, labels, stretches): up to a word with a label, from there on, and from there on where no I follows."""
    labels, longest, count = cut.emit.shape
    ahead = np.full((longest, labels, count), 2 * IMPOSSIBLE, dtype=np.float32)
    ahead[0] = cut.emit[:, 0] + np.where(cut.opened, cut.follow[0], 0.0)
    behind = np.broadcast_to(np.where(cut.closed, cut.follow[:, 0], 0.0), ahead.shape).astype(np.float32)
    leave = behind.copy()
    running = cut.running
    for at in range(1, longest):
        on = running[at]
        ahead[at, :, :on] = _log_sum(ahead[at - 1, :, None, :on] + cut.follow[:, :, :on]) + cut.emit[:, at, :on]
    for at in range(longest - 2, -1, -1):
        on = running[at + 1]
        onward = cut.follow[:, :, :on] + (cut.emit[:, at + 1, :on] + behind[at + 1, :, :on])
        onward = onward.swapaxes(0, 1)
        leave[at, :, :on] = _log_sum(onward[:2])
        behind[at, :, :on] = np.logaddexp(leave[at, :, :on], onward[2])
    return ahead, behind, leave


def _log_sum(scores: Floats) -> Floats:
    """Log of the sum of exponentials over the first axis."""
    most = scores.max(axis=0)
    out: Floats = most + np.log(np.exp(scores - most).sum(axis=0))
    return out


def runs(tags: NDArray[np.int64], begin: int) -> list[tuple[int, int]]:
    """Word spans [first, last + 1) of the role whose B is `begin` and whose I is `begin + 1`."""
    spans: list[tuple[int, int]] = []
    places = np.flatnonzero((tags == begin) | (tags == begin + 1))
    for at, tag in zip(places.tolist(), tags[places].tolist(), strict=True):
        if tag == begin or not spans or spans[-1][1] != at:
            spans.append((at, at + 1))
        else:
            spans[-1] = (spans[-1][0], at + 1)
    return spans

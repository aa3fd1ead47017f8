"""Scores → spans → attributions.

Flat tags find the cues; each cue then reads off its own source and content from its link scores, helped by the flat tags.
Sequences are decoded together (Viterbi over all at once: the loop runs over words, not over sequences).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from sayso.reading.labels import CERTAINTIES, FACTUALITY, KINDS, NAMES
from sayso.reading.sequences import IMPOSSIBLE, Floats, likely, log_softmax, runs, viterbi
from sayso.reading.windows import Window

_SOURCE, _CUE, _CONTENT = range(3)
_STEPS = np.array(CERTAINTIES, dtype=np.float32)
Pieces = tuple[tuple[int, int], ...]


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
        first = bisect_right(self.ends, start)
        if first >= len(self.starts) or self.starts[first] >= end:
            return None
        return min(3.0, max(-3.0, float(self.values[first, FACTUALITY.index(scale)])))


@dataclass(frozen=True, slots=True)
class Listed:
    """The spans of each role whose exact ends are likelier than not, tied to a cue or not; by role those on the best path (`rough`), where something is
    likelier than not, whatever its ends; and names.
    """

    source: Pieces = ()
    cue: Pieces = ()
    content: Pieces = ()
    rough: tuple[Pieces, ...] = ((), (), ())
    names: tuple[Name, ...] = ()


class Spans:
    """Everything found in a text: attributions, certainty by word, and what is listed by itself, not tied to a cue. Claims need none of the latter, only
    measures do: `listed` tells it when it is first asked for, instead of the three roles given.
    """

    def __init__(
        self,
        attributions: tuple[Found, ...],
        source: Pieces = (),
        cue: Pieces = (),
        content: Pieces = (),
        *,
        surely: Surely | None = None,
        listed: Callable[[], Listed] | None = None,
    ) -> None:
        self.attributions = attributions
        self.surely = surely or Surely()
        self._tell = listed or partial(Listed, source, cue, content)

    @cached_property
    def listed(self) -> Listed:
        """What was found by itself."""
        return self._tell()

    @property
    def source(self) -> Pieces:
        """Sources, in reading order."""
        return self.listed.source

    @property
    def cue(self) -> Pieces:
        """Cues, in reading order."""
        return self.listed.cue

    @property
    def content(self) -> Pieces:
        """Contents, in reading order."""
        return self.listed.content

    @property
    def rough(self) -> tuple[Pieces, ...]:
        """By role, where something is likelier than not."""
        return self.listed.rough

    @property
    def names(self) -> tuple[Name, ...]:
        """Names, in reading order."""
        return self.listed.names


@dataclass(frozen=True, slots=True)
class Dials:
    """What was tuned on the development part: the weight of the flat tags in linking, how hard
    cues of one window contend for a content word, biases towards links, cues and contents, what is too unsure to keep, how
    likely a span's exact ends must be for it to be listed by itself, and the weight of links in that; what a name's score gains, or loses (`name_bias`);
    and what was learned: `follow` (role, from, to), how readily one BIO label follows another.
    """

    flat_weight: float = 0.5
    rivalry: float = 1.0
    link_bias: float = 0.0
    cue_bias: float = 0.0
    content_bias: float = 0.0
    keep: float = 0.0
    least: float = 0.55
    link_weight: float = 0.3
    name_bias: float = 0.0
    follow: tuple[tuple[tuple[float, ...], ...], ...] = ()


def decode(window_list: Sequence[Window], score_list: Sequence[Scores], dials: Dials | None = None) -> Spans:
    """Read the attributions of one text from its windows and their scores."""
    dials = dials or Dials()
    if not window_list:
        return Spans(())
    follow = np.array(dials.follow or np.zeros((3, 3, 3)), dtype=np.float32)
    flat, breaks = _emissions(window_list, score_list)
    path = _path(flat, breaks, follow, dials)
    owners = [(number, cue) for number, roles in enumerate(path) for cue in roles[_CUE]]
    links = _links(window_list, score_list, owners)
    rows = _rows(window_list, score_list, links, owners, dials)
    tags = viterbi(rows, breaks[[number for number, _ in owners]])
    found = []
    for (number, cue), row, emit in zip(owners, tags, rows, strict=True):
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
                certainty=float(certainty @ _STEPS),
            )
        )
    names = [score.names for score in score_list]  # all that is kept of the scores: links are large

    def listed() -> Listed:
        heard = flat.copy()
        _hear(heard[:, _SOURCE], links, owners, dials.link_weight)
        sources, cues, contents = _listed(window_list, heard, breaks, follow, dials.least)
        return Listed(
            sources, cues, contents, _rough(window_list, path), _names(window_list, names, breaks, dials.name_bias)
        )

    return Spans(tuple(found), surely=_surely(window_list, score_list), listed=listed)


def _rough(window_list: Sequence[Window], path: list[list[list[tuple[int, int]]]]) -> tuple[Pieces, ...]:
    """The spans on the best paths by role, in reading order."""
    return tuple(
        tuple(sorted({_chars(w, span) for w, roles in zip(window_list, path, strict=True) for span in roles[role]}))
        for role in range(3)
    )


def _names(
    window_list: Sequence[Window], names: Sequence[Floats], breaks: NDArray[np.bool_], bias: float
) -> tuple[Name, ...]:
    """Names, in reading order."""
    scores = np.zeros((*breaks.shape, 1 + 2 * len(NAMES)), dtype=np.float32)
    for row, (window, score) in enumerate(zip(window_list, names, strict=True)):
        size = len(window.heads)
        scores[row, :size] = log_softmax(score)
        scores[row, :, 1:] += bias
        scores[row, size:, 1:] = IMPOSSIBLE
    found = []
    for window, logs, tags in zip(window_list, scores, viterbi(scores, breaks), strict=True):
        for number, kind in enumerate(NAMES):
            for first, stop in runs(tags, 1 + 2 * number):
                sure = float(np.exp(logs[np.arange(first, stop), tags[first:stop]].mean() - bias))
                found.append(Name(*_chars(window, (first, stop)), kind, round(sure, 3)))
    return tuple(sorted(found, key=lambda name: name.start))


def _surely(window_list: Sequence[Window], score_list: Sequence[Scores]) -> Surely:
    """The factuality of every word, windows joined."""
    starts, ends = (np.concatenate([getattr(w, side) for w in window_list]) for side in ("starts", "ends"))
    return Surely(starts, ends, np.concatenate([score.factuality for score in score_list]))


def _chars(window: Window, words: tuple[int, int]) -> tuple[int, int]:
    return int(window.starts[words[0]]), int(window.ends[words[1] - 1])


def _emissions(window_list: Sequence[Window], score_list: Sequence[Scores]) -> tuple[Floats, NDArray[np.bool_]]:
    """The flat scores (windows, roles, words, BIO), padded with what is surely nothing; and where no span may run on into a word (windows,
    words): a paragraph's first, so that each paragraph's piece stands by itself.
    """
    longest = max(len(window.heads) for window in window_list)
    flat = np.zeros((len(window_list), 3, longest, 3), dtype=np.float32)
    breaks = np.zeros((len(window_list), longest), dtype=np.bool_)
    for number, (window, score) in enumerate(zip(window_list, score_list, strict=True)):
        size = len(window.heads)
        flat[number, :, :size] = score.flat.transpose(1, 0, 2)
        flat[number, :, size:, 1:] = IMPOSSIBLE
        breaks[number, :size] = np.diff(window.paragraphs, prepend=-1) != 0
    return flat, breaks


def _path(flat: Floats, breaks: NDArray[np.bool_], follow: Floats, dials: Dials) -> list[list[list[tuple[int, int]]]]:
    """The spans on the best paths, by window and role. A cue may own an attribution though its ends are uncertain, so its owners come from here."""
    windows, roles = flat.shape[:2]
    scores = flat.copy()
    scores[:, _CUE, :, 0] -= dials.cue_bias
    scores[:, _CONTENT, :, 0] -= dials.content_bias
    tags = viterbi(
        scores.reshape(windows * roles, *flat.shape[2:]), breaks.repeat(roles, axis=0), np.tile(follow, (windows, 1, 1))
    )
    return [[runs(tags[number * roles + role], 1) for role in range(roles)] for number in range(windows)]


def _links(
    window_list: Sequence[Window], score_list: Sequence[Scores], owners: Sequence[tuple[int, tuple[int, int]]]
) -> Floats:
    """Log-probabilities of every word being of a cue's source or content (cues, words, 5), padded to one length."""
    longest = max(len(window.heads) for window in window_list)
    links = np.zeros((len(owners), longest, 5), dtype=np.float32)
    for row, (number, cue) in enumerate(owners):
        heads = window_list[number].heads
        links[row, : len(heads)] = log_softmax(score_list[number].links[heads[cue[0]]][heads])
    return links


def _hear(scores: Floats, links: Floats, owners: Sequence[tuple[int, tuple[int, int]]], weight: float) -> None:
    """Let the cues be heard on what is a source: add what the surest of each window's says (in place)."""
    numbers = np.array([number for number, _ in owners])
    for number in set(numbers.tolist()):
        said = np.exp(links[numbers == number, :, 1:3]).max(axis=0)
        chances = np.maximum(np.concatenate([1.0 - said.sum(axis=1, keepdims=True), said], axis=1), 1e-4)
        scores[number] += weight * np.log(chances / chances.sum(axis=1, keepdims=True))


def _listed(
    window_list: Sequence[Window], flat: Floats, breaks: NDArray[np.bool_], follow: Floats, least: float
) -> list[Pieces]:
    """The spans of each role whose ends are just there with a probability of `least`, in reading order."""
    windows, roles = flat.shape[:2]
    spans = likely(
        flat.reshape(windows * roles, *flat.shape[2:]),
        breaks.repeat(roles, axis=0),
        np.tile(follow, (windows, 1, 1)),
        least=least,
    )
    made = [set[tuple[int, int]]() for _ in range(roles)]
    for row, first, stop in spans:
        made[row % roles].add(_chars(window_list[row // roles], (first, stop)))
    return [tuple(sorted(one)) for one in made]


def _rows(
    window_list: Sequence[Window],
    score_list: Sequence[Scores],
    links: Floats,
    owners: Sequence[tuple[int, tuple[int, int]]],
    dials: Dials,
) -> Floats:
    """What each cue's words are read off from (cues, words, 5): its links, after contention, helped by the flat tags."""
    scores = links.copy()
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
        scores[row, cue[0] : cue[1], 1:] = IMPOSSIBLE
        scores[row, size:, 1:] = IMPOSSIBLE
    return scores


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

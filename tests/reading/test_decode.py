from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sayso.reading.decode import Dials, Scores, decode
from sayso.reading.sequences import likely, log_softmax, runs, viterbi
from sayso.reading.windows import Window

WORDS = ["The", "mayor", "said", "she", "would", "run", "."]


def window() -> Window:
    ends = np.cumsum([len(w) + 1 for w in WORDS]) - 1
    starts = ends - [len(w) for w in WORDS]
    places = np.arange(len(WORDS))
    nothing = np.zeros(len(WORDS), dtype=np.int64)
    return Window(places, nothing, nothing, places, starts, ends, nothing)


def scores(*, content: range = range(3, 6), source: range = range(2), cue: int = 2) -> Scores:
    """Scores of a reader that is sure of one attribution."""
    flat = np.zeros((len(WORDS), 3, 3), dtype=np.float32)
    links = np.zeros((len(WORDS), len(WORDS), 5), dtype=np.float32)
    flat[:, :, 0] = links[:, :, 0] = 5
    for role, place in ((0, source), (1, range(cue, cue + 1)), (2, content)):
        for i in place:
            flat[i, role] = (0, 9, 0) if i == place[0] else (0, 0, 9)
    for begin, place in ((1, source), (3, content)):
        for i in place:
            links[cue, i, begin if i == place[0] else begin + 1] = 9
    kind = certainty = np.zeros((len(WORDS), 7), np.float32)
    names = np.zeros((len(WORDS), 7), np.float32)
    names[:2, 1:3] = ((9, 0), (0, 9))  # "The mayor" as a person's name
    names[2:, 0] = 9
    surely = np.tile(np.array([2.4, -4.0], dtype=np.float32), (len(WORDS), 1))
    return Scores(log_softmax(flat), links, kind, certainty, names, surely)


def test_a_cue_reads_off_its_own_source_and_content() -> None:
    (found,) = decode([window()], [scores()]).attributions
    assert (found.source, found.cue, found.content) == (((0, 9),), (10, 14), ((15, 28),))
    assert found.confidence > 0.9


def test_a_cue_without_content_is_no_attribution_but_stays_a_span() -> None:
    spans = decode([window()], [scores(content=range(0))])
    assert spans.attributions == ()
    assert spans.cue == ((10, 14),)


def test_what_is_too_unsure_is_not_kept() -> None:
    assert decode([window()], [scores()], Dials(keep=1.0)).attributions == ()


def test_no_text_has_no_attributions() -> None:
    assert decode([], []).attributions == ()


def test_an_inside_tag_never_follows_outside() -> None:
    tags = viterbi(np.array([[[0, 0, 9], [0, 0, 9]]], np.float32), np.array([[True, False]]))
    assert tags.tolist() == [[1, 2]]


def test_a_span_stops_at_the_end_of_a_paragraph() -> None:
    tags = viterbi(np.array([[[0, 9, 0], [0, 1, 9]]], np.float32), np.array([[True, True]]))
    assert runs(tags[0], 1) == [(0, 1), (1, 2)]


def test_viterbi_finds_the_best_path_of_all() -> None:
    rng = np.random.default_rng(0)
    emit = rng.normal(size=(1, 6, 3)).astype(np.float32)
    breaks = np.array([[True, False, False, True, False, False]])
    allowed = lambda p, at: p[at] != 2 or (not breaks[0, at] and p[at - 1] != 0)  # noqa: E731
    paths = [p for p in np.ndindex(*[3] * 6) if all(allowed(p, at) for at in range(6))]
    best = max(paths, key=lambda p: sum(emit[0, i, x] for i, x in enumerate(p)))
    assert tuple(viterbi(emit, breaks)[0].tolist()) == best


def test_likely_spans_are_those_that_all_paths_together_make_likely() -> None:
    rng = np.random.default_rng(1)
    emit, follow = (
        rng.normal(scale=2.5, size=(40, 7, 3)).astype(np.float32),
        rng.normal(size=(40, 3, 3)).astype(np.float32),
    )
    breaks = rng.random((40, 7)) < 0.15
    breaks[:, 0] = True
    seen = set()
    for row in range(40):
        sums: dict[tuple[int, int], float] = {}
        total = 0.0
        for path in np.ndindex(*[3] * 7):
            if any(x == 2 and (breaks[row, at] or path[at - 1] == 0) for at, x in enumerate(path)):
                continue
            steps = sum(follow[row, a, b] for a, b in pairwise(path))
            weight = float(np.exp(sum(emit[row, at, x] for at, x in enumerate(path)) + steps))
            total += weight
            for span in runs(np.array(path), 1):
                sums[span] = sums.get(span, 0.0) + weight
        seen |= {(row, *span) for span, weight in sums.items() if weight / total >= 0.55}
    assert len(seen) > 20
    assert set(likely(emit, breaks, follow, least=0.55)) == seen


def test_spans_that_may_overlap_are_not_to_be_had() -> None:
    with pytest.raises(ValueError, match=r"0\.4"):
        likely(np.zeros((1, 1, 3), np.float32), np.zeros((1, 1), np.bool_), least=0.4)


def test_names_come_with_kind_and_place() -> None:
    (name,) = decode([window()], [scores()]).names
    assert (name.start, name.end, name.kind) == (0, 9, "person")


def test_certainty_is_read_at_a_word_and_kept_on_the_scale() -> None:
    surely = decode([window()], [scores()]).surely
    assert round(surely.at(25, 28) or 0, 1) == 2.4
    assert surely.at(25, 28, scale="wikinews") == -3.0
    assert surely.at(200, 210) is None


def test_what_follows_what_is_weighed() -> None:
    lone = np.zeros((1, 2, 3), dtype=np.float32)
    lone[0, :, 1] = (1.0, 0.9)
    lone[0, 1, 2] = 0.8
    none = np.zeros((1, 2), dtype=bool)
    assert viterbi(lone, none).tolist() == [[1, 1]]
    joins = np.zeros((1, 3, 3), dtype=np.float32)
    joins[0, 1, 2] = 0.5
    assert viterbi(lone, none, joins).tolist() == [[1, 2]]

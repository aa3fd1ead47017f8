"""Runs the model folder. The one file that imports onnxruntime."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.errors import ReaderError
from sayso.reading import labels
from sayso.reading.decode import Dials, Scores, Spans, decode
from sayso.reading.pairs import pair
from sayso.reading.sequences import Floats, log_softmax
from sayso.reading.windows import SIZE, Ints, Window, windows

INPUTS = ("ids", "mask", "shapes", "quotes", "sides")
OUTPUTS = ("flat", "links", "kind", "certainty", "names", "factuality", "stance")


class OnnxReader:
    """The shipped reader: one int8 encoder, one pass over each window. Safe to share between threads, each call on one core:
    two articles at a time are faster than two cores on one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            about = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = _session(folder / "model.onnx")
        except (OSError, ValueError) as error:
            raise ReaderError(
                f"no usable model in {folder}: {error}; reinstall sayso, or name another folder"
            ) from error
        except Exception as error:  # onnxruntime and tokenizers raise bare Exceptions of their own
            raise ReaderError(f"the model in {folder} does not load: {error}") from error
        if {k: about.get(k) for k in labels.describe()} != labels.describe():
            raise ReaderError(
                f"the model in {folder} has other labels than this version of sayso; retrain or reinstall"
            )
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.dials = Dials(**about.get("dials", {}))
        self._name = f"{about.get('name', 'sayso')}-{_fingerprint(folder)}"

    def __reduce__(self) -> tuple[Callable[[Path], OnnxReader], tuple[Path]]:
        """Sent to another process it is opened there, once."""
        return _opened, (self.folder,)

    @property
    def name(self) -> str:
        """Name and fingerprint of the weights and dials."""
        return self._name

    def spans(self, text: str) -> Spans:
        """Attributions and spans of one text."""
        cut = windows(text, self.tokenizer, size=SIZE)
        return decode(cut, self.scores(cut), self.dials)

    def scores(self, cut: Sequence[Window]) -> list[Scores]:
        """Model scores, a window at a time: one window already fills the cores, and nothing is padded."""
        return [_by_word(window, self.run(window)) for window in cut]

    def run(self, window: Window) -> list[Floats]:
        """The bare model call."""
        none = np.zeros(len(window.ids), dtype=np.int64)
        return self._run(OUTPUTS[:-1], window.ids, window.shapes, window.quotes, none)

    def judge(self, question: str, text: str) -> tuple[float, float, float, float]:
        """Probabilities that a text is for, against or observing a question, or has nothing to do with it."""
        both = pair(question, text, self.tokenizer)
        (scores,) = self._run(OUTPUTS[-1:], both.ids, both.shapes, both.quotes, both.sides)
        yes, no, observing, unrelated = np.exp(log_softmax(scores[0])).tolist()
        return yes, no, observing, unrelated

    def _run(self, wanted: Sequence[str], *rows: Ints) -> list[Floats]:
        ids, *rest = rows
        feed = (ids[None], np.ones((1, len(ids)), dtype=np.int64), *(row[None] for row in rest))
        made: list[Floats] = self._session.run(wanted, dict(zip(INPUTS, feed, strict=True)))
        return made


@cache
def _opened(folder: Path) -> OnnxReader:
    return OnnxReader(folder)


def _by_word(window: Window, outputs: list[Floats]) -> Scores:
    heads: NDArray[np.int64] = window.heads
    flat, links, kind, certainty, names, factuality = (output[0] for output in outputs)
    return Scores(
        flat=log_softmax(flat[heads].reshape(-1, len(labels.ROLES), len(labels.BIO))),
        links=links,
        kind=kind[heads],
        certainty=certainty[heads],
        names=names[heads],
        factuality=factuality[heads],
    )


def _session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # fused with the sum before it, a normalisation is slower on a CPU than the two apart
    return ort.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


def _fingerprint(folder: Path) -> str:
    digest = hashlib.blake2b(digest_size=4)
    for name in ("model.onnx", "labels.json"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()

"""The Reader protocol: a text in, the attributions in it out. What reads is exchangeable; what it may say is not."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Protocol

from sayso.reading.decode import Spans


class Reader(Protocol):
    """Finds attributions in a text. `name` tells which reader read; it is stored with every claim."""

    @property
    def name(self) -> str:
        """Name and version, stable for the same weights and decoding."""
        ...

    def spans(self, text: str) -> Spans:
        """Attributions and spans of one text, in code points of that text."""
        ...

    def judge(self, question: str, text: str) -> tuple[float, float, float, float]:
        """Probabilities that a text is for, against or observing a question, or has nothing to do with it."""
        ...


def model_folder() -> Path:
    """Where the shipped model lies."""
    return Path(str(files("sayso") / "model"))


def open_reader(
    folder: Path | None = None, *, spec: str | None = None, base_url: str | None = None, cache: Path | None = None
) -> Reader:
    """Load the shipped reader, or one from another model folder; with `spec` (`openai:MODEL`) one behind an OpenAI-compatible server, its
    answers kept under `cache`. Raises ReaderError where it is missing or broken.
    """
    if spec is not None:
        from sayso.reading.remote import open_remote  # pulls in the HTTP client, which only this needs

        return open_remote(spec, base_url=base_url, cache=cache or Path.home() / ".cache" / "sayso" / "answers")
    from sayso.reading.onnx import OnnxReader  # onnxruntime is slow to import and only reading needs it

    return OnnxReader(folder or model_folder())

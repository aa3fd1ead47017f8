"""The Reader protocol: a text in, the attributions in it out. What reads is exchangeable; what it may say is not."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from math import inf
from pathlib import Path
from typing import Protocol

from sayso.errors import InputError
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


@dataclass(frozen=True, slots=True)
class Spending:
    """What a reader behind a server costs, in money for a million tokens in and out, and the most it may; None: not known, no limit."""

    price_in: float | None = None
    price_out: float | None = None
    max_tokens: int | None = None
    max_cost: float | None = None


def model_folder() -> Path:
    """Where the shipped model lies."""
    return Path(str(files("sayso") / "model"))


def open_reader(
    folder: Path | None = None,
    *,
    spec: str | None = None,
    base_url: str | None = None,
    cache: Path | None = None,
    spending: Spending | None = None,
) -> Reader:
    """Load the shipped reader, or one from another model folder; with `spec` (`openai:MODEL`) one behind an OpenAI-compatible server, its
    answers kept under `cache`. Raises ReaderError where it is missing or broken, InputError for limits that cannot be held.
    """
    if spec is not None:
        return _open_remote(
            spec, base_url, cache or Path.home() / ".cache" / "sayso" / "answers", spending or Spending()
        )
    from sayso.reading.onnx import OnnxReader  # onnxruntime is slow to import and only reading needs it

    return OnnxReader(folder or model_folder())


def _open_remote(spec: str, base_url: str | None, cache: Path, spending: Spending) -> Reader:
    from sayso.reading.remote import Budget, Prices, open_remote  # pulls in the HTTP client, which only this needs

    given = (spending.price_in, spending.price_out, spending.max_cost)
    if any(one is not None and not 0 <= one < inf for one in given):
        raise InputError("prices and --max-cost are sums of money: 0 or more")
    if (spending.price_in is None) != (spending.price_out is None):
        raise InputError("give both prices, --price-in and --price-out, for a million tokens each")
    prices = None
    if spending.price_in is not None and spending.price_out is not None:
        prices = Prices(spending.price_in, spending.price_out)
    if spending.max_cost is not None and prices is None:
        raise InputError("--max-cost needs the prices: --price-in and --price-out, for a million tokens each")
    budget = Budget(spending.max_tokens, spending.max_cost)
    return open_remote(spec, base_url=base_url, cache=cache, prices=prices, budget=budget)

"""What a remote reader asked, got and cost."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.errors import SpentError

_TOKENS = 1_000_000_000  # no answer uses more; a larger number is no count


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in whatever money the server's price list is in."""

    prompt: float
    completion: float


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that may be spent, in tokens (in and out together) and in the money of the prices; None is no limit."""

    tokens: int | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """`requests`: calls sent, `retries` of them again; `answered`: parts of texts answered by the server, `cached`: by the cache; tokens as
    the server counts them (`uncounted` answers came without); `cost`: None without prices; `claims` kept; `refused`: how many, by reason.
    """

    requests: int
    retries: int
    answered: int
    cached: int
    prompt_tokens: int
    completion_tokens: int
    uncounted: int
    cost: float | None
    claims: int
    refused: tuple[tuple[str, int], ...]

    def line(self) -> str:
        """All of it in one line for people."""
        least = "at least " if self.uncounted else ""
        cost = "no prices given" if self.cost is None else f"{least}{self.cost:.4f} by the prices given"
        refused = ", ".join(f"{count} {reason}" for reason, count in self.refused)
        return (
            f"{self.requests} requests ({self.retries} again), {self.answered} answers and {self.cached} from the cache; "
            f"{least}{self.prompt_tokens} tokens in, {self.completion_tokens} out; cost: {cost}; "
            f"{self.claims} claims, {sum(count for _, count in self.refused)} refused"
            + (f" ({refused})" if refused else "")
        )


class Tally:
    """The running account; threads may share it."""

    def __init__(self, prices: Prices | None = None, budget: Budget | None = None) -> None:
        self._prices = prices
        self._budget = budget or Budget()
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()

    def add(self, what: str, count: int = 1) -> None:
        """Count one of Account's fields up."""
        with self._lock:
            self._counts[what] += count

    def used(self, usage: object) -> None:
        """Add the tokens of one answer, from its `usage`."""
        given = usage if isinstance(usage, dict) else {}
        counts = [given.get(side) for side in ("prompt_tokens", "completion_tokens")]
        whole = [count for count in counts if type(count) is int and 0 <= count < _TOKENS]
        with self._lock:
            if len(whole) < 2:
                self._counts["uncounted"] += 1
                return
            self._counts["prompt_tokens"] += whole[0]
            self._counts["completion_tokens"] += whole[1]

    def afford(self) -> None:
        """Raise SpentError where nothing more may be asked: a limit is reached, or there is one and the server does not count."""
        limit = self._budget
        if limit == Budget():
            return
        now = self.account()
        if now.uncounted:
            raise SpentError(
                "the server does not count tokens, so no limit can be held; leave --max-tokens and --max-cost out"
            )
        if limit.tokens is not None and now.prompt_tokens + now.completion_tokens >= limit.tokens:
            raise SpentError(
                f"the limit of {limit.tokens} tokens is reached; run again with a higher --max-tokens to go on, what was answered is kept"
            )
        if limit.cost is not None and now.cost is not None and now.cost >= limit.cost:
            raise SpentError(
                f"the limit of {limit.cost:g} is reached; run again with a higher --max-cost to go on, what was answered is kept"
            )

    def refuse(self, reasons: Iterable[str]) -> None:
        """Count claims that were refused."""
        with self._lock:
            self._refused.update(reasons)

    def account(self) -> Account:
        """The account as of now."""
        with self._lock:
            counts, refused = Counter(self._counts), self._refused.most_common()
        cost = None
        if self._prices is not None:
            spent = (
                counts["prompt_tokens"] * self._prices.prompt + counts["completion_tokens"] * self._prices.completion
            )
            cost = spent / 1_000_000
        plain = (
            "requests",
            "retries",
            "answered",
            "cached",
            "prompt_tokens",
            "completion_tokens",
            "uncounted",
            "claims",
        )
        return Account(**{name: counts[name] for name in plain}, cost=cost, refused=tuple(refused))

"""Telling what a look found: line by line, to the webhook, in the feed. A way that fails is named, and the watch goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sayso.alerts.feed import KEPT, write_feed
from sayso.alerts.found import POINTS, Alert, alerts, look, opened
from sayso.alerts.webhook import Webhook
from sayso.errors import InputError
from sayso.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Teller:
    """How whoever follows a story is told: `say` gets each alert once, `complain` one line where a way failed."""

    ledger: Ledger
    say: Callable[[Alert], None]
    complain: Callable[[str], None]
    points: float = POINTS
    webhook: Webhook | None = None
    feed: Path | None = None

    def begin(self) -> None:
        """Tell what came while nobody watched. Raises InputError where the feed cannot be written at all."""
        self._look()
        if self.feed is not None:
            write_feed(self.feed, alerts(self.ledger, last=KEPT))
        self._send()

    def round(self) -> None:
        """Look, and tell; what the webhook did not take the last time is handed to it again."""
        if self._look() and self.feed is not None:
            try:
                write_feed(self.feed, alerts(self.ledger, last=KEPT))
            except InputError as error:
                self.complain(str(error))
        self._send()

    def end(self) -> None:
        """Note what the webhook took, once it has had the time it is given."""
        if self.webhook is not None:
            taken, failed = self.webhook.done()
            self.ledger.alerts.mark_sent(taken)
            for problem in failed:
                self.complain(f"webhook: {problem}; it is sent again with the next round")

    def _look(self) -> bool:
        found = look(self.ledger, points=self.points)
        for one in found:
            self.say(one)
        return bool(found)

    def _send(self) -> None:
        if self.webhook is not None:
            self.end()
            self.webhook.hand([opened(one) for one in self.ledger.alerts.unsent(last=KEPT)])


@contextmanager
def telling(
    ledger: Ledger,
    *,
    say: Callable[[Alert], None],
    complain: Callable[[str], None],
    points: float = POINTS,
    webhook: str | None = None,
    secret: str | None = None,
    allow_private: bool = False,
    feed: Path | None = None,
) -> Iterator[Teller]:
    """A teller while a watch lasts; at its end the webhook is given a while for what is under way."""
    with ExitStack() as stack:
        hook = Webhook(webhook, secret=secret, allow_private=allow_private) if webhook else None
        teller = Teller(ledger, say, complain, points, hook, feed)
        stack.callback(teller.end)  # runs last, when the webhook has ended
        if hook is not None:
            stack.enter_context(hook)
        teller.begin()
        yield teller

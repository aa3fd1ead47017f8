"""Alerts handed to an address of the user's: signed, tried again, and never in the way of the watch.

The form is that of Standard Webhooks (standardwebhooks.com): `webhook-id`, `webhook-timestamp` and, with a secret, `webhook-signature`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from sayso.alerts.found import Alert
from sayso.articles.address import AddressError, post
from sayso.articles.doors import Doors
from sayso.errors import InputError

SECRET: Final = "SAYSO_WEBHOOK_SECRET"
_TRIES: Final = 4
_FIRST_WAIT: Final = 1.0
_LONGEST_WAIT: Final = 30.0
_SECONDS: Final = 10.0


def signature(secret: str, ident: str, stamp: int, body: bytes) -> str:
    """The signature of a message: HMAC-SHA256 over id, time and body. A secret that begins with `whsec_` is base64, any other its UTF-8."""
    key = secret.encode()
    if secret.startswith("whsec_"):
        try:
            key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except (binascii.Error, ValueError):
            raise InputError(f"the secret in {SECRET} begins with whsec_ but is no base64; copy it again") from None
    signed = hmac.new(key, f"{ident}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


class Webhook:
    """Sends alerts one after the other in a thread of its own; a context manager that gives the last of them `patience` seconds.

    `taken` and `failed` gather what became of them: the ids that were taken, and one line for each that was not. What was not taken may be
    handed in again at the next round.
    """

    def __init__(
        self,
        address: str,
        *,
        secret: str | None = None,
        allow_private: bool = False,
        patience: float = 30.0,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self._address = address
        self._secret = secret
        self._doors = replace(Doors(allow_private=allow_private), seconds=_SECONDS)
        self._patience = patience
        self._ended = threading.Event()
        self._sleep = sleep or self._wait
        self._waiting: queue.SimpleQueue[Alert | None] = queue.SimpleQueue()
        self._pending: set[str] = set()
        self._lock = threading.Lock()
        self._taken: list[str] = []
        self._failed: list[str] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        if secret:
            signature(secret, "", 0, b"")  # a bad secret is told at once, not at the first alert

    def __enter__(self) -> Webhook:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.put(None)
        self._thread.join(self._patience)
        self._ended.set()

    def hand(self, alerts: Sequence[Alert]) -> None:
        """Take these to be sent; at once back. What is under way already is not sent twice."""
        for one in alerts:
            with self._lock:
                under_way = one.id in self._pending
                self._pending.add(one.id)
            if not under_way:
                self._waiting.put(one)

    def done(self) -> tuple[list[str], list[str]]:
        """The ids taken and the lines on those that were not, since this was last asked."""
        with self._lock:
            taken, failed, self._taken, self._failed = self._taken, self._failed, [], []
        return taken, failed

    def _run(self) -> None:
        while (one := self._waiting.get()) is not None and not self._ended.is_set():
            try:
                self._send(one)
            except AddressError as error:
                self._note(one, str(error))
            except Exception as error:  # a thread that dies would leave the rest unsent, and say nothing
                self._note(one, f"{type(error).__name__}: {error}")
            else:
                self._note(one, None)

    def _note(self, one: Alert, problem: str | None) -> None:
        with self._lock:
            self._pending.discard(one.id)
            if problem is None:
                self._taken.append(one.id)
            else:
                self._failed.append(f"{one.title[:60]}: {problem}")

    def _send(self, one: Alert) -> None:
        """Try a few times, each later than the last, no sooner than asked."""
        body = json.dumps({"type": f"sayso.{one.kind}", "timestamp": one.recorded, "data": one.json()}).encode()
        wait = _FIRST_WAIT
        for tried in range(1, _TRIES + 1):
            try:
                post(self._address, body, self._headers(one, body), doors=self._doors)
                return
            except AddressError as error:
                if not error.again or tried == _TRIES or self._ended.is_set():
                    raise
                self._sleep(min(max(wait, error.wait or 0.0), _LONGEST_WAIT))
                wait *= 2

    def _headers(self, one: Alert, body: bytes) -> dict[str, str]:
        stamp = int(time.time())
        fields = {"Content-Type": "application/json", "webhook-id": one.id, "webhook-timestamp": str(stamp)}
        if self._secret:
            fields["webhook-signature"] = signature(self._secret, one.id, stamp, body)
        return fields

    def _wait(self, seconds: float) -> None:
        self._ended.wait(seconds)

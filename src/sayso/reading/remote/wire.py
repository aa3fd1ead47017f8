"""Requests to a chat-completions server: one deadline each, a pace, a few tries, and nothing of the key but in its header."""

from __future__ import annotations

import functools
import json
import random
import re
import ssl
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpcore2
import httpx2

from sayso.errors import AnswerError, ReaderError
from sayso.reading.remote.account import Tally
from sayso.reading.remote.deadline import Timed

_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_LOOPBACK = re.compile(r"localhost|127(?:\.\d+){3}|::1")
_HOST = re.compile(r"[\w.:-]+")
_KEY = re.compile(r"[!-~]{1,4096}")
_FORM = re.compile(r"response_format|json_schema|structured output|grammar|requested parameters", re.IGNORECASE)


class DeclinedError(ReaderError):
    """The server will not take a request as it is put; `said` are its words about it."""

    def __init__(self, message: str, *, said: str) -> None:
        super().__init__(message)
        self.said = said


@dataclass(frozen=True, slots=True)
class Limits:
    """`per_minute`: requests sent in any 60 seconds; `attempts` at one request, waiting `first_wait` seconds, twice as long each
    time, never beyond `longest_wait` (a server that asks for more ends the run); `call_seconds` for one request from connection to last
    byte, `total_seconds` for all of them since the first; `largest`: bytes of one answer.
    """

    per_minute: int = 60
    attempts: int = 6
    first_wait: float = 1.0
    longest_wait: float = 120.0
    call_seconds: float = 300.0
    total_seconds: float = 3600.0
    largest: int = 4_000_000


class Pace:
    """No more than `per_minute` turns in any 60 seconds."""

    def __init__(self, per_minute: int) -> None:
        self._turns: deque[float] = deque(maxlen=max(1, per_minute))
        self._lock = threading.Lock()

    def turn(self, now: float) -> float:
        """Seconds to wait for the next turn, which is taken."""
        with self._lock:
            full = len(self._turns) == self._turns.maxlen
            at = max(now, self._turns[0] + 60.0) if full else now
            self._turns.append(at)
        return at - now


class _AgainError(Exception):
    """A failure that a later try may mend; `wait`: for how many seconds the server asked; `cold`: nobody was there at all."""

    def __init__(self, reason: str, *, wait: float | None = None, cold: bool = False) -> None:
        super().__init__(reason)
        self.wait = wait
        self.cold = cold


class Wire:
    """The way to one server. Threads may share it."""

    def __init__(self, base_url: str, *, key: str | None, limits: Limits, tally: Tally) -> None:
        self.url = _endpoint(base_url)
        self.host = self.url.netloc.decode("ascii")
        self._key = _usable(key, self.url)
        self._limits = limits
        self._tally = tally
        self._pace = Pace(limits.per_minute)
        self._lock = threading.Lock()
        self._began: float | None = None
        self._met = False

    def post(self, body: dict[str, object]) -> dict[str, Any]:
        """The server's answer to one request. Raises DeclinedError where the request itself is at fault, ReaderError for all else."""
        payload = json.dumps(body).encode("ascii")
        reason = ""
        for attempt in range(self._limits.attempts):
            self._tally.afford()
            self._rest(self._pace.turn(time.monotonic()), "the pace set")
            self._tally.add("requests")
            if attempt:
                self._tally.add("retries")
            try:
                return self._once(payload)
            except _AgainError as error:
                reason = str(error)
                if error.cold and not self._met:
                    raise ReaderError(f"nobody answers at {self.host}; start the server, or check --base-url") from None
                if attempt + 1 < self._limits.attempts:
                    self._back_off(attempt, error)
        raise ReaderError(f"no answer from {self.host}: {reason}; run again later, what was answered is kept")

    def _back_off(self, attempt: int, error: _AgainError) -> None:
        """Wait as long as the server asks, else twice as long each time, a little uneven so that callers do not meet again."""
        if error.wait is not None and error.wait > self._limits.longest_wait:
            raise ReaderError(
                f"{self.host} asks to wait {error.wait:.0f} seconds ({error}); run again then, what was answered is kept"
            )
        growing = min(self._limits.first_wait * 2**attempt, self._limits.longest_wait)
        self._rest(error.wait if error.wait is not None else growing * random.uniform(0.75, 1.0), str(error))

    def _left(self) -> float:
        with self._lock:
            if self._began is None:
                self._began = time.monotonic()
            return self._began + self._limits.total_seconds - time.monotonic()

    def _rest(self, seconds: float, reason: str) -> None:
        if seconds >= self._left():
            raise ReaderError(
                f"the {self._limits.total_seconds:g} seconds for {self.host} are over ({reason}); run again to go on, what was answered is kept"
            )
        time.sleep(seconds)

    def _once(self, payload: bytes) -> dict[str, Any]:
        seconds = min(self._limits.call_seconds, self._left())
        deadline = time.monotonic() + max(0.01, seconds)
        try:
            with (
                httpcore2.ConnectionPool(ssl_context=_tls(), network_backend=Timed(deadline)) as pool,
                pool.stream("POST", str(self.url), headers=self._headers(payload), content=payload) as response,
            ):
                headers = {name.lower(): value.decode("latin-1") for name, value in reversed(response.headers)}
                body = self._body(response.iter_stream(), response.status)
        except httpcore2.TimeoutException:
            raise _AgainError(f"it took longer than {seconds:.3g} seconds") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError, ValueError) as error:
            raise self._broken(error) from None
        self._met = True
        return self._settled(response.status, headers, body)

    def _headers(self, payload: bytes) -> list[tuple[bytes, bytes]]:
        fields = {
            "Host": self.host,
            "User-Agent": "sayso",
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # an answer that unpacks itself could be of any size
            "Content-Type": "application/json",
            "Content-Length": str(len(payload)),
        }
        if self._key is not None:
            fields["Authorization"] = f"Bearer {self._key}"
        return [(name.encode("ascii"), value.encode("ascii")) for name, value in fields.items()]

    def _body(self, stream: Iterator[bytes], status: int) -> bytes:
        body = bytearray()
        for piece in stream:
            body += piece
            if len(body) > self._limits.largest:
                if status != 200:
                    break
                raise AnswerError(
                    f"the answer from {self.host} is over {self._limits.largest} bytes; nothing of it is kept"
                )
        return bytes(body)

    def _broken(self, error: Exception) -> Exception:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLError):
                return ReaderError(
                    f"no secure connection to {self.host} can be trusted; check --base-url and its certificate"
                )
            cause = cause.__cause__ or cause.__context__
        if isinstance(error, httpcore2.ConnectError):
            return _AgainError("it cannot be reached", cold=True)
        return _AgainError("the connection broke off")

    def _settled(self, status: int, headers: dict[bytes, str], body: bytes) -> dict[str, Any]:
        try:
            told = json.loads(body)
        except (ValueError, RecursionError):
            told = None
        if status == 200:
            if isinstance(told, dict):
                return told
            raise ReaderError(f"{self.url} does not answer as a chat-completions server; check --base-url")
        code, said = self._said(told)
        if status in (401, 403):
            raise ReaderError(
                f"{self.host} lets nobody in with this key ({status}); set OPENAI_API_KEY to one that it knows"
            )
        if 300 <= status < 400:
            raise ReaderError(f"{self.url} sends on to another address ({status}); give that one as --base-url")
        words = f" “{said}”" if said else ""
        if code == "insufficient_quota":
            raise ReaderError(f"the account at {self.host} is used up ({status}){words}; see to its plan")
        if status in _AGAIN and not _FORM.search(said):
            raise _AgainError(f"it answers {status}{words}", wait=_wait(headers.get(b"retry-after")))
        if status in (404, 405) and not _FORM.search(said):
            raise ReaderError(
                f"no such model or address at {self.url} ({status}){words}; check the model and --base-url"
            )
        raise DeclinedError(f"{self.host} does not take the request ({status}){words}", said=f"{code} {said}")

    def _said(self, told: object) -> tuple[str, str]:
        """The server's code and words for an error; its words may repeat the key, so that is taken out."""
        given = told if isinstance(told, dict) else {}
        error = given.get("error", given)
        code = error.get("code") if isinstance(error, dict) else None
        message = error if isinstance(error, str) else None
        if isinstance(error, dict):
            message = next((error[n] for n in ("message", "detail") if isinstance(error.get(n), str)), None)
        words = (message or "").replace(self._key, "…") if self._key else message or ""
        plain = "".join(c if c.isprintable() else " " for c in words[:2000])
        return (code if isinstance(code, str) else ""), " ".join(plain.split())[:300]


def _endpoint(base_url: str) -> httpx2.URL:
    try:
        url = httpx2.URL(base_url.strip().rstrip("/") + "/chat/completions")
    except (httpx2.InvalidURL, ValueError, TypeError, UnicodeError):
        raise ReaderError(f"{base_url[:80]!a} is no address; --base-url looks like http://localhost:8000/v1") from None
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(url.host):
        raise ReaderError(f"{base_url[:80]!a} is no web address; --base-url looks like http://localhost:8000/v1")
    if url.userinfo or url.query or url.fragment:
        raise ReaderError("--base-url takes no name, password or query; the key comes from OPENAI_API_KEY")
    return url


def _usable(key: str | None, url: httpx2.URL) -> str | None:
    """The key as it is sent; None where there is none. Never over an open line to another machine."""
    key = (key or "").strip()
    if not key:
        return None
    if not _KEY.fullmatch(key):
        raise ReaderError("OPENAI_API_KEY holds characters that no key has; set it anew")
    if url.scheme == "http" and not _LOOPBACK.fullmatch(url.host):
        raise ReaderError(
            f"OPENAI_API_KEY would go to {url.host} unencrypted; use https, or unset it if that server needs none"
        )
    return key


def _wait(words: str | None) -> float | None:
    """Seconds to wait, from a number or a date (RFC 9110, 10.2.3)."""
    if words is None:
        return None
    if re.fullmatch(r"\s*[0-9]{1,7}(?:\.[0-9]{1,6})?\s*", words):
        return float(words)
    try:
        moment = parsedate_to_datetime(words)
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


@functools.cache
def _tls() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()


def wants_no_form(said: str) -> bool:
    """Whether a server's words turn down the form of answer that was asked for."""
    return bool(_FORM.search(said))

"""Connections with one deadline for everything that happens on them."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore2

_CHUNK = 1 << 16  # bytes sent at a time, so that the deadline is seen between them


class Timed(httpcore2.NetworkBackend):
    """Connections whose every wait ends at one deadline, so that a slow drip cannot outlast it."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._wire = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection, within the time left."""
        left = _until(self._deadline, timeout)
        return TimedStream(self._wire.connect_tcp(host, port, left, local_address, socket_options), self._deadline)


class TimedStream(httpcore2.NetworkStream):
    """One connection; every step has what is left of the whole time."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come, within the time left."""
        return self._stream.read(max_bytes, _until(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, within the time left."""
        for at in range(0, len(buffer), _CHUNK):
            self._stream.write(buffer[at : at + _CHUNK], _until(self._deadline, timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same connection, secured."""
        left = _until(self._deadline, timeout)
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)


def _until(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the deadline has passed")
    return left if timeout is None else min(left, timeout)

"""How far the program goes out for a report, and how much it lets in: the limits, and unpacking that keeps to them."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sayso.errors import UnreadableError

_CHUNK = 1 << 16
_FREE = 1_000_000
_MOST_CODINGS = 3
_LONGEST_SHOWN = 500


class BombError(UnreadableError):
    """Something that unpacks to more than any honest file does: nothing more is taken from where it came."""


def is_address(words: str) -> bool:
    """Whether this is an address with a scheme, and not a path."""
    return re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", words) is not None


def shown(words: str) -> str:
    """Words from outside, fit to be shown on one line: no line ends, no terminal codes, no end to them."""
    line = " ".join(words.split())[:_LONGEST_SHOWN]
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in line)


@dataclass(frozen=True, slots=True)
class Doors:
    """Limits on what is let in. Bytes unless said otherwise; the defaults suit news pages and web archives.

    `largest` holds for one article, as sent and unpacked; `unpacked` for all that comes out of one archive; `ratio` is how many
    times its size something may unpack to, past the first megabyte; `seconds` for one address from the name look-up to the last
    byte, redirects included; `pause` lies between two calls on one host, in seconds.
    """

    allow_private: bool = False
    largest: int = 10_000_000
    unpacked: int = 10_000_000_000
    ratio: int = 200
    members: int = 10_000
    seconds: float = 30.0
    redirects: int = 5
    pause: float = 1.0

    def check_unpacking(self, given: int, packed: int) -> None:
        """BombError where `given` bytes from `packed` are more than any honest file unpacks to."""
        if given > self.unpacked:
            raise BombError(f"unpacks to more than {_size(self.unpacked)}; give it in parts")
        if given > _FREE and given > self.ratio * packed:
            raise BombError(
                f"unpacks to over {self.ratio} times its size, as a zip bomb does; unpack it yourself first"
            )

    def check_largest(self, size: int) -> None:
        """UnreadableError where one article is larger than any article is."""
        if size > self.largest:
            raise UnreadableError(f"larger than {_size(self.largest)}; no article is")


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


class Unpacking:
    """A stream that is opened as it is read (gzip, member after member, or plain), and stops at the limits.

    `allow` bounds what may be read before it is called again, for libraries that read a length the file itself names.
    """

    def __init__(self, file: Readable, doors: Doors, *, gzipped: bool) -> None:
        self._file = file
        self._doors = doors
        self._engine = zlib.decompressobj(31) if gzipped else None
        self._waiting = b""
        self._packed = self._given = 0
        self._allowed: int | None = None
        self._problem: UnreadableError | None = None

    def allow(self, size: int) -> None:
        """Let `size` bytes more be read, and no further."""
        self._allowed = self._given + size

    def read(self, size: int = _CHUNK, /) -> bytes:
        """At most `size` bytes, fewer only at the end; UnreadableError at a limit or where it is no gzip."""
        if self._problem is not None:
            raise self._problem
        out = bytearray()
        try:
            while len(out) < size and (piece := self._checked(min(size - len(out), _CHUNK))):
                out += piece
        except UnreadableError as problem:
            # What came before the fault is good; it is told at the next call.
            self._problem = problem
            if not out:
                raise
        return bytes(out)

    def _checked(self, size: int) -> bytes:
        piece = self._piece(size)
        self._given += len(piece)
        if self._engine is not None:
            self._doors.check_unpacking(self._given, self._packed)
        if self._allowed is not None and self._given > self._allowed:
            raise UnreadableError("a header that is larger than any header is; the file is broken or hostile")
        return piece

    def tell(self) -> int:
        """How much was read."""
        return self._given

    def seek(self, offset: int, whence: int = 0) -> int:
        """Never: what was unpacked is gone."""
        raise io.UnsupportedOperation(f"seek to {offset} ({whence})")

    def close(self) -> None:
        """Nothing: the file is closed by whoever opened it."""

    def _piece(self, size: int) -> bytes:
        if self._engine is None:
            return self._file.read(size)
        while True:
            if self._engine.eof:
                # Archives are often padded with zeros; anything else is the next member.
                self._waiting = self._engine.unused_data.lstrip(b"\0") or self._more().lstrip(b"\0")
                if not self._waiting:
                    return b""
                self._engine = zlib.decompressobj(31)
            data = self._waiting or self._more()
            if not data:
                if self._packed:
                    raise UnreadableError("cut short (it ends inside its gzip data); fetch it again")
                return b""
            try:
                piece = self._engine.decompress(data, size)
            except zlib.error:
                raise UnreadableError("not what its name says, or broken (bad gzip data); fetch it again") from None
            self._waiting = self._engine.unconsumed_tail
            if piece:
                return piece

    def _more(self) -> bytes:
        data = self._file.read(_CHUNK)
        self._packed += len(data)
        return data


def unpacked(data: bytes, coding: str, doors: Doors) -> bytes:
    """A body as it was before its Content-Encoding (gzip, deflate, br, one after the other), within the limits."""
    codings = [name.strip().lower() for name in coding.split(",") if name.strip().lower() not in ("", "identity")]
    if len(codings) > _MOST_CODINGS:
        raise UnreadableError("compressed over and over; the server is broken or hostile")
    for name in reversed(codings):
        if name not in _CODINGS:
            raise UnreadableError(
                f"compressed in a way that is not read ({name[:20]!a}); save the page and give the file"
            )
        packed = len(data)
        data = _CODINGS[name](data, doors.largest + 1)
        doors.check_largest(len(data))
        doors.check_unpacking(len(data), packed)
    return data


def _gzip(data: bytes, most: int) -> bytes:
    return _zlib(data, most, 31)


def _deflate(data: bytes, most: int) -> bytes:
    try:
        return _zlib(data, most, 15)
    except UnreadableError:
        # Old servers send raw deflate under this name.
        return _zlib(data, most, -15)


def _zlib(data: bytes, most: int, bits: int) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(data, most)
    except zlib.error:
        raise UnreadableError("its compression is broken; try again") from None


def _brotli(data: bytes, most: int) -> bytes:
    import brotli

    engine = brotli.Decompressor()
    out = bytearray()
    try:
        out += engine.process(data, output_buffer_limit=most)
        while len(out) < most and not engine.is_finished():
            piece = engine.process(b"", output_buffer_limit=most - len(out))
            if not piece:
                break
            out += piece
    except brotli.error:
        raise UnreadableError("its compression is broken; try again") from None
    return bytes(out[:most])


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
}


def _size(count: int) -> str:
    return f"{count // 1_000_000_000} GB" if count >= 1_000_000_000 else f"{count // 1_000_000} MB"

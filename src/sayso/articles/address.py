"""What stands at a web address, fetched through a door that opens to the public web only.

A name is looked up once, every address it gives is checked, and the connection goes to the very address that was checked; each
redirect passes the same door. Proxies, cookies and credentials are not used.
"""

from __future__ import annotations

import functools
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import httpcore2
import httpx2

from sayso.articles.doors import Doors, unpacked
from sayso.errors import UnreadableError

AGENT = "sayso"
# A plain name: who calls, and that it is a program. Sites that want none can name it in robots.txt.
USER_AGENT = f"{AGENT}/0.1 (news reader run by one person; obeys robots.txt)"
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/pdf, */*;q=0.1"
_CONNECT = 10.0
_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_ADDRESS = 8_000
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.ip_network("::/96")
_RELAYS = (ipaddress.ip_network("192.88.99.0/24"), ipaddress.ip_network("fec0::/10"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class AddressError(UnreadableError):
    """An address that gave no page. `again` says whether a later try may do better, `wait` for how many seconds it was asked."""

    def __init__(
        self, reason: str, *, status: int | None = None, again: bool = False, wait: float | None = None
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.again = again
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Marks:
    """What a server wants to be shown on the next call, to say that nothing changed (ETag, Last-Modified)."""

    etag: str | None = None
    last_modified: str | None = None


UNMARKED = Marks()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave. `url` is where it was found after redirects, `moved` where it is to be looked for from now on;
    `body` is unpacked and empty where nothing changed (304).
    """

    url: str
    status: int
    media_type: str
    charset: str | None
    body: bytes
    marks: Marks = UNMARKED
    moved: str | None = None


def get(url: str, *, doors: Doors, marks: Marks = UNMARKED) -> Answer:
    """The answer of one address, redirects followed; AddressError, in one line, for anything else than a page."""
    deadline = time.monotonic() + doors.seconds
    at, moved = _checked_url(url), None
    lasting = True
    for _ in range(doors.redirects + 1):
        answer, onward = _ask(at, doors, deadline, marks)
        if onward is None:
            return replace(answer, moved=moved)
        lasting = lasting and answer.status in _FOR_GOOD
        at = _checked_url(_joined(at, onward))
        moved = str(at) if lasting else moved
    raise AddressError(f"redirects more than {doors.redirects} times; open it in a browser and give the last address")


def post(url: str, body: bytes, headers: Mapping[str, str], *, doors: Doors) -> None:
    """Hand a body to an address; AddressError where it was not taken. It must be https, or a program on this machine (localhost); no
    redirect is followed, so that what is sent goes where it was meant to.
    """
    at = _checked_url(url)
    here = _is_here(at.host)
    if at.scheme != "https" and not here:
        raise AddressError("not secure; give an https address, or one on this machine")
    doors = replace(doors, allow_private=doors.allow_private or here)
    fields = {"Host": at.netloc.decode("ascii"), "User-Agent": USER_AGENT, "Content-Length": str(len(body)), **headers}
    asked = [(name.encode("ascii"), value.encode("latin-1", "ignore")) for name, value in fields.items()]
    limits = {"connect": _CONNECT, "read": doors.seconds, "write": doors.seconds, "pool": doors.seconds}
    backend = _Guarded(doors, time.monotonic() + doors.seconds)
    try:
        with (
            httpcore2.ConnectionPool(ssl_context=_tls(), network_backend=backend) as pool,
            pool.stream("POST", str(at), headers=asked, content=body, extensions={"timeout": limits}) as response,
        ):
            found = _headers(response.headers)
            if not 200 <= response.status < 300:
                again = response.status in _AGAIN
                wait = _wait(found.get("retry-after"))
                raise AddressError(f"answered with {response.status}", status=response.status, again=again, wait=wait)
    except httpcore2.TimeoutException:
        raise AddressError("the server does not answer; try again later", again=True) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError, ValueError) as error:
        raise _broken(error) from None


def _is_here(host: str) -> bool:
    """Whether a host is this machine by name; a name that only leads here is not."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_public(address: IP) -> bool:
    """Whether an address lies on the public internet, seen through every way to write an IPv4 address as IPv6."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    closed = address.is_multicast or address.is_reserved or address.is_unspecified
    return (
        address.is_global
        and not closed
        and not any(address in net for net in _RELAYS if net.version == address.version)
    )


def _inner(address: IP) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if any(address in net for net in (*_NAT64, _COMPATIBLE)) and int(address) > 1:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _checked_url(url: str | httpx2.URL) -> httpx2.URL:
    try:
        parsed = httpx2.URL(url) if len(str(url)) <= _LONGEST_ADDRESS else None
    except (httpx2.InvalidURL, ValueError, TypeError, UnicodeError):
        parsed = None
    if parsed is None or "%" in parsed.host or not 0 < (parsed.port or 80) < 65536:
        raise AddressError("not a web address; check how it is written")
    if parsed.scheme not in ("http", "https"):
        raise AddressError(f"only http and https addresses are read, not {parsed.scheme[:20]!a}")
    if not parsed.host:
        raise AddressError("no host in the address; check how it is written")
    if parsed.userinfo:
        raise AddressError("a name and password in the address; save the page and give the file")
    return parsed.copy_with(fragment=None)


def _joined(at: httpx2.URL, onward: str) -> httpx2.URL:
    try:
        return at.join(onward)
    except (httpx2.InvalidURL, ValueError, UnicodeError):
        raise AddressError("redirects to something that is no address") from None


def _ask(url: httpx2.URL, doors: Doors, deadline: float, marks: Marks) -> tuple[Answer, str | None]:
    """One request, and where it sends on to."""
    backend = _Guarded(doors, deadline)
    asked = _request_headers(url, marks)
    limits = {"connect": _CONNECT, "read": doors.seconds, "write": doors.seconds, "pool": doors.seconds}
    try:
        with (
            httpcore2.ConnectionPool(ssl_context=_tls(), network_backend=backend) as pool,
            pool.stream("GET", str(url), headers=asked, extensions={"timeout": limits}) as response,
        ):
            headers = _headers(response.headers)
            onward = headers.get("location") if response.status in _MOVED else None
            if onward is not None:
                return _answer(url, response.status, headers, b""), onward
            _check_status(response.status, headers)
            body = b"" if response.status == 304 else _body(response.iter_stream(), headers, doors)
            return _answer(url, response.status, headers, body), None
    except httpcore2.TimeoutException:
        raise (
            _too_slow(doors)
            if time.monotonic() >= deadline
            else AddressError("the server does not answer; try again later", again=True)
        ) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError, ValueError) as error:
        raise _broken(error) from None


def _request_headers(url: httpx2.URL, marks: Marks) -> list[tuple[bytes, bytes]]:
    fields = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": USER_AGENT,
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate, br",
        "Accept-Language": "en, *;q=0.5",
        "If-None-Match": marks.etag,
        "If-Modified-Since": marks.last_modified,
    }
    return [(name.encode(), value.encode("latin-1", "ignore")) for name, value in fields.items() if value]


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> Mapping[str, str]:
    """Header fields by lower-case name, the first of each."""
    found: dict[str, str] = {}
    for name, value in raw:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return found


def _check_status(status: int, headers: Mapping[str, str]) -> None:
    if status in (200, 203, 304):
        return
    told = {
        401: "asks for a name and password (401); save the page and give the file",
        402: "asks for payment (402); save the page and give the file",
        403: "refuses programs (403); save the page and give the file",
        404: "there is no such page (404); check the address",
        410: "the page was taken away (410)",
        429: "asks to be called less often (429); try again later",
        451: "withheld for legal reasons (451)",
    }
    usual = (
        f"the server has a fault ({status}); try again later" if status >= 500 else f"no page there (status {status})"
    )
    raise AddressError(
        told.get(status, usual), status=status, again=status in _AGAIN, wait=_wait(headers.get("retry-after"))
    )


def _wait(words: str | None) -> float | None:
    """Seconds to wait, from a number or a date."""
    if words is None:
        return None
    if re.fullmatch(r"\s*\d{1,7}\s*", words):
        return float(words)
    try:
        moment = parsedate_to_datetime(words)
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def _body(stream: Iterator[bytes], headers: Mapping[str, str], doors: Doors) -> bytes:
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and len(length) < 20:
        doors.check_largest(int(length))
    body = bytearray()
    for piece in stream:
        body += piece
        doors.check_largest(len(body))
    return unpacked(bytes(body), headers.get("content-encoding", ""), doors)


def _answer(url: httpx2.URL, status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    kind = headers.get("content-type", "")
    charset = _CHARSET.search(kind)
    return Answer(
        url=str(url),
        status=status,
        media_type=kind.partition(";")[0].strip().lower(),
        charset=charset[1] if charset else None,
        body=body,
        marks=Marks(headers.get("etag"), headers.get("last-modified")),
    )


def _broken(error: Exception) -> AddressError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return AddressError("its certificate cannot be trusted; open it in a browser to see why")
        if isinstance(cause, ssl.SSLError):
            return AddressError("no secure connection can be made; try again later", again=True)
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore2.ConnectError):
        return AddressError("the server cannot be reached; check the address or try again later", again=True)
    return AddressError("the connection broke off; try again later", again=True)


def _too_slow(doors: Doors) -> AddressError:
    return AddressError(f"took longer than {doors.seconds:g} seconds; try again later", again=True)


@functools.cache
def _tls() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()


class _Guarded(httpcore2.NetworkBackend):
    """Connects to addresses that were looked up and checked here, and to no others."""

    def __init__(self, doors: Doors, deadline: float) -> None:
        self._doors = doors
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
        """A connection to the first checked address that answers."""
        self._check_port(port)
        failed: Exception = httpcore2.ConnectError("no address")
        for address in self._addresses(host, port):
            left = min(_left(self._deadline, self._doors), timeout or _CONNECT)
            try:
                stream = self._wire.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
                continue
            return _Timed(stream, self._deadline, self._doors)
        raise failed

    def _check_port(self, port: int) -> None:
        # The ports below 1024 belong to other services, which a request might make do something.
        if port < 1024 and port not in (80, 443) and not self._doors.allow_private:
            raise AddressError(f"port {port} is not one of the web's; check the address")

    def _addresses(self, host: str, port: int) -> list[str]:
        found = _looked_up(host, port, _left(self._deadline, self._doors))
        if not found:
            raise AddressError(f"no such host: {host[:80]!a}; check the address, or your connection", again=True)
        if not self._doors.allow_private:
            for address in found:
                if not is_public(ipaddress.ip_address(address.partition("%")[0])):
                    raise AddressError(f"leads into a private network ({address}), not the public web; refused")
        return found


def _looked_up(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host, each once; in a thread of its own, since a look-up cannot be timed."""
    found: list[str] = []

    def look_up() -> None:
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        except (OSError, UnicodeError, ValueError):
            return
        found.extend(dict.fromkeys(str(entry[4][0]) for entry in entries))

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    return list(found)


def _left(deadline: float, doors: Doors) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise _too_slow(doors)
    return left


class _Timed(httpcore2.NetworkStream):
    """A connection on which every step has only what is left of the whole time: a slow drip ends like silence."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float, doors: Doors) -> None:
        self._stream = stream
        self._deadline = deadline
        self._doors = doors

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come, within the time left."""
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, within the time left."""
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same connection, secured for the host's name (not for the address it was found at)."""
        secured = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Timed(secured, self._deadline, self._doors)

    def get_extra_info(self, info: Literal["socket", "is_readable"] | str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = _left(self._deadline, self._doors)
        return left if timeout is None else min(left, timeout)

"""A web server on loopback for the tests: real sockets, real statuses, slow drips and broken answers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass(frozen=True)
class Reply:
    """One answer. `drip`: seconds between its bytes; `claims`: a Content-Length other than the true one."""

    body: bytes | str = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0
    claims: int | None = None

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass
class Site:
    """What is served by path, and the calls that came: (path, headers). `{site}` in text stands for its own address."""

    address: str
    pages: dict[str, Reply] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    @property
    def paths(self) -> list[str]:
        """The paths called, robots.txt left out."""
        return [path for path, _ in self.calls if path != "/robots.txt"]

    def put(self, path: str, body: bytes | str = b"", **more: object) -> str:
        """Serve this at the path; its address."""
        body = body.replace("{site}", self.address) if isinstance(body, str) else body
        self.pages[path] = Reply(body, **more)
        return self.address + path


@contextmanager
def serving() -> Iterator[Site]:
    """A site while the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.calls.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            reply = site.pages.get(self.path, Reply(b"no such page", 404))
            etag = reply.headers.get("ETag")
            if etag is not None and self.headers.get("If-None-Match") == etag:
                reply = Reply(status=304, headers=reply.headers)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.data) if reply.claims is None else reply.claims))
            self.end_headers()
            self.send(reply)

        def send(self, reply: Reply) -> None:
            try:
                pieces = [bytes([byte]) for byte in reply.data] if reply.drip else [reply.data]
                for piece in pieces:
                    self.wfile.write(piece)
                    if reply.drip:
                        self.wfile.flush()
                        time.sleep(reply.drip)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def raw_serving(answer: bytes, *, drip: float = 0.0) -> Iterator[str]:
    """The address of a server that sends these very bytes to each caller, whatever is asked; `drip` seconds between them."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                caller, _ = listener.accept()
            except OSError:
                continue
            with caller:
                try:
                    caller.recv(65536)
                    for place in range(0, len(answer), 1 if drip else max(1, len(answer))):
                        caller.sendall(answer[place : place + 1] if drip else answer)
                        if ended.wait(drip):
                            break
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        ended.set()
        thread.join()
        listener.close()


PUBLIC = "93.184.216.34"


def world(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]], site: Site) -> list[str]:
    """A small internet: these hosts have these addresses (a look-up takes the next one, the last stays), every public address
    leads to the site, and every address that was connected to is listed. Loopback is as it is.
    """
    connected: list[str] = []

    def look_up(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host not in names:
            raise socket.gaierror("no such host")
        found = names[host]
        address = found.pop(0) if len(found) > 1 else found[0]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(address: tuple[str, int], timeout: float | None = None, **_: object) -> socket.socket:
        connected.append(address[0])
        wire = socket.socket()
        wire.settimeout(timeout)
        wire.connect(("127.0.0.1", site.port))
        return wire

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    return connected

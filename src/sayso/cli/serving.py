"""The command that shows the pages in a browser."""

from __future__ import annotations

import gc
import secrets
import socket
import threading
import webbrowser
from typing import Annotated
from urllib.parse import quote

import typer

from sayso.cli.app import DEFAULT_DB, Db, app, console
from sayso.errors import InputError

HOME = ("127.0.0.1", "localhost", "::1")


@app.command()
def serve(
    host: Annotated[
        str, typer.Option(help="The address to answer on; any but this machine's own asks for a token.")
    ] = HOME[0],
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8484,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="SAYSO_TOKEN", help="What visitors have to show; by default one is made where it is needed."
        ),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Show the ledger as pages in a browser, on this machine unless told otherwise."""
    try:
        import uvicorn

        from sayso.web import create
    except ModuleNotFoundError as error:
        raise InputError(f"the pages need more ({error.name} is missing): pip install 'sayso[web]'") from error
    if token is not None and len(token) < 8:
        raise InputError("the token is shorter than 8 characters; give a longer one, or none and one is made")
    if token is None and host not in HOME:
        token = secrets.token_urlsafe(18)
    with _bound(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/" + (f"?token={quote(token)}" if token else "")
        served = create(db, token=token)
        name = served.state.shelf.ledger().name  # a ledger that cannot be used is said now, not on the first page
        console().print(f"{name} is shown at {address}  (Ctrl-C ends)", soft_wrap=True, markup=False)
        if not no_browser:
            threading.Timer(0.5, webbrowser.open, (address,)).start()
        config = uvicorn.Config(served, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
        gc.collect()
        gc.freeze()  # what stays for good is not looked through again while a page waits
        uvicorn.Server(config).run(sockets=[listening])


def _bound(host: str, port: int) -> socket.socket:
    """A socket that listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise InputError(
            f"cannot listen on {host} port {port} ({error.strerror or error}); --port 0 takes a free one"
        ) from error

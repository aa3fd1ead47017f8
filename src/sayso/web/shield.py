"""What keeps a page on one's own machine one's own: who may ask, from where, how much, and what a browser may do with the answer.

Every request passes `Shield`; every change passes `post`, which checks the form's token before its endpoint is called.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, Headers, MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: `same-origin`, not `no-referrer`: other sites are told nothing either way, but with the latter a browser sends `Origin: null`
#: with its own forms, and the origin of a change could not be checked
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
UPLOADS = "/add"  # the addresses whose forms carry files
MOST_UPLOADED = 256 * 2**20
MOST_SENT = 4 * 2**20
MOST_FIELDS = 2000  # an upload of a folder has a field for every file
FIELD = "csrf"
_SESSION, _ADMITTED = "sayso_session", "sayso_admitted"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Endpoint = Callable[[Request, FormData], Response]


class _TooMuchError(Exception):
    """More was sent than is taken."""


class Shield:
    """ASGI middleware. Without a token only this machine's own names are answered to, so that no other site's name can be pointed
    here; with one, whoever shows it once (`?token=`) or always (`Authorization: Bearer`).
    """

    def __init__(self, app: ASGIApp, *, token: str | None = None) -> None:
        self.app = app
        self.token = token
        self.secret = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        session = _cookie(headers, _SESSION)
        fresh = not (session and len(session) == 43 and session.isascii())
        session = secrets.token_urlsafe(32) if fresh or session is None else session
        scope.setdefault("state", {})["csrf"] = self._sign("form", session)
        secure = scope.get("scheme") == "https"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer[name] = value
                answer.setdefault("cache-control", "private, no-cache")
                if fresh:
                    answer.append("set-cookie", _set(_SESSION, session, secure))
            await send(message)

        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        await self._bounded(scope, headers, receive, guarded)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to a request that goes no further."""
        if self.token is None:
            if _name(headers.get("host", "")) not in LOOPBACK:
                return PlainTextResponse("This page answers to localhost only; `sayso serve --host` opens it.", 421)
        elif (answer := self._asked_for_token(self.token, scope, headers)) is not None:
            return answer
        if scope["method"] not in _SAFE and not _same_origin(headers, scope):
            return PlainTextResponse("A change has to come from this page itself.", 403)
        return None

    def _asked_for_token(self, token: str, scope: Scope, headers: Headers) -> Response | None:
        query = QueryParams(scope.get("query_string", b""))
        admitted = self._sign("admitted", token)
        if (given := query.get("token")) is not None:
            if not _equal(given, token):
                return PlainTextResponse("That is not the token that `sayso serve` printed.", 401)
            rest = urlencode([(k, v) for k, v in query.multi_items() if k != "token"])
            path = "/" + scope["path"].lstrip("/\\")
            answer = RedirectResponse(path + (f"?{rest}" if rest else ""), status_code=303)
            answer.headers.append("set-cookie", _set(_ADMITTED, admitted, scope.get("scheme") == "https"))
            return answer
        bearer = headers.get("authorization", "").removeprefix("Bearer ").strip()
        if _equal(bearer, token) or _equal(_cookie(headers, _ADMITTED) or "", admitted):
            return None
        return PlainTextResponse("Open the address that `sayso serve` printed: it carries the token.", 401)

    async def _bounded(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        uploads = scope["path"] == UPLOADS or scope["path"].startswith(UPLOADS + "/")
        most = MOST_UPLOADED if uploads else MOST_SENT
        said, taken, begun = headers.get("content-length", "0"), 0, False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise _TooMuchError
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            if not said.isdecimal() or len(said) > 15 or int(said) > most:
                raise _TooMuchError
            await self.app(scope, counted, noted)
        except _TooMuchError:
            if begun:
                raise
            words = f"That is more than the {most // 2**20} MB taken at once; send it in parts."
            await PlainTextResponse(words, 413, headers={"connection": "close"})(scope, receive, send)

    def _sign(self, purpose: str, words: str) -> str:
        return hmac.new(self.secret, f"{purpose}\0{words}".encode(), hashlib.sha256).hexdigest()


def csrf(request: Request) -> str:
    """The token that every form carries in its hidden field `csrf`."""
    return str(request.state.csrf)


def post(path: str, endpoint: Endpoint, *, name: str, files: int = 0) -> Route:
    """The route of a change: reads the form, refuses it without its token, then calls `endpoint(request, form)` in a thread.

    `files` is the most files taken at once.
    """

    async def changed(request: Request) -> Response:
        async with request.form(max_files=files, max_fields=MOST_FIELDS, max_part_size=MOST_SENT) as form:
            given = form.get(FIELD)
            if not isinstance(given, str) or not _equal(given, csrf(request)):
                return PlainTextResponse("This form is no longer valid; load the page again and repeat it.", 403)
            return await run_in_threadpool(endpoint, request, form)

    checked: Callable[[Request], Awaitable[Response]] = changed
    return Route(path, checked, methods=["POST"], name=name)


def _same_origin(headers: Headers, scope: Scope) -> bool:
    origin = headers.get("origin")
    return bool(origin) and origin == f"{scope.get('scheme', 'http')}://{headers.get('host', '')}"


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _cookie(headers: Headers, name: str) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found else None


def _set(name: str, value: str, secure: bool) -> str:
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Strict" + ("; Secure" if secure else "")


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))

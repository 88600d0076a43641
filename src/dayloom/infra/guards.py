"""What every HTTP request passes first: is it meant for us, and does it come from our pages?"""

import json
from collections.abc import Collection
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dayloom.infra.logging import log_ids

SAFE = ("GET", "HEAD", "OPTIONS")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
}


class Guards:
    """Refuses foreign hosts and foreign pages, and gives every answer its security headers.

    A host that is not ours means DNS rebinding: a foreign name that points to this machine. The
    rule for pages is that of Go's CrossOriginProtection: browsers say where a request comes from,
    in `Sec-Fetch-Site` or `Origin`; a client that says neither is no browser.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = uuid4().hex[:16]

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers["x-request-id"] = request_id
            await send(message)

        with log_ids(request=request_id):
            await self._pass(scope, receive, send_guarded)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if _host(headers.get("host", "")) not in self._hosts:
            detail = "This server does not answer to that host name."
            await refuse(send, HTTPStatus.MISDIRECTED_REQUEST, "misdirected", detail)
        elif scope["method"] not in SAFE and _is_foreign(headers):
            detail = "This request comes from another site."
            await refuse(send, HTTPStatus.FORBIDDEN, "cross_site", detail)
        else:
            await self._app(scope, receive, send)


def _host(value: str) -> str:
    """Return a Host header without its port, in lower case."""
    name = value.lower()
    end = name.find("]") + 1 if name.startswith("[") else name.find(":")
    return name[:end] if end > 0 else name


def _is_foreign(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and _netloc(origin) != headers.get("host", "").lower()


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin.lower()).netloc
    except ValueError:
        return ""


async def refuse(send: Send, status: HTTPStatus, code: str, detail: str) -> None:
    """Answer with a problem (RFC 9457) without asking the application."""
    problem = {
        "type": f"urn:dayloom:problem:{code}",
        "title": status.phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [],
    }
    body = json.dumps(problem).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),  # the body, which nobody reads, must not become a request
    ]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})

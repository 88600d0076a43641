"""Connections to other servers: every address is checked where its socket is opened.

Checking a name before the connection would be checking another answer of the same name server;
so the check sits where the socket is opened, for redirects as for the first request.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Collection, Iterable
from functools import cache
from socket import SOCK_STREAM, gaierror
from typing import Any

import httpcore2
import httpx2

from dayloom.infra.addresses import is_public
from dayloom.infra.connecting import unreachable
from dayloom.infra.errors import Invalid, Unavailable

CONNECT_TIMEOUT = 10.0


class Transport(httpx2.AsyncBaseTransport):
    """Sends requests through connections that `Network` has opened."""

    def __init__(self, allow: Collection[str]) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=_tls(), network_backend=Network(allow)
        )
        self._secure = False

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self._require_no_less_secure(request.url)
        url = httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        response = await self._pool.handle_async_request(
            httpcore2.Request(
                request.method,
                url,
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            response.status, headers=response.headers, stream=_Body(response.stream)
        )

    def _require_no_less_secure(self, url: httpx2.URL) -> None:
        """Refuse a redirect that leaves TLS: what was asked for in private stays private."""
        if self._secure and url.scheme != "https":
            raise Invalid(
                f"The server redirects from https to {url.scheme}://{url.host}, where others "
                "could read along. Give an https address.",
                field="url",
            )
        self._secure = url.scheme == "https"

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Body(httpx2.AsyncByteStream):
    """The bytes of an answer as they arrive."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


class Network(httpcore2.AsyncNetworkBackend):
    """Opens connections, but only to the open internet and to the hosts in `allow`."""

    def __init__(self, allow: Collection[str]) -> None:
        self._allow = frozenset(name.lower() for name in allow)
        self._sockets = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address of `host` that answers, if all of them are allowed."""
        addresses = await self._resolve(host, port)
        for index, address in enumerate(addresses, start=1):
            try:
                return await self._sockets.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if index == len(addresses):
                    raise
        raise Unavailable(f"{host} has no address.")

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.AsyncNetworkStream:
        raise Invalid("Sockets of this machine are not web addresses.", field="url")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def _resolve(self, host: str, port: int) -> list[str]:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=SOCK_STREAM)
        except (gaierror, UnicodeError) as error:
            raise unreachable(host, error) from error
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        if host.lower() not in self._allow and not all(map(is_public, addresses)):
            raise Invalid(
                f"{host} is a private address. A server of your own network needs its name in "
                "DAYLOOM_ALLOW_PRIVATE_HOSTS.",
                field="url",
            )
        return addresses


@cache
def _tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)

"""The one door to other servers: addresses checked at the connection, sizes and time bounded.

Checking a name before the connection would be checking another answer of the same name server;
so the check sits where the socket is opened, for redirects as for the first request.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from socket import SOCK_STREAM, gaierror
from typing import Any

import httpcore2
import httpx2

from dayloom.infra.addresses import is_public
from dayloom.infra.connecting import unreachable
from dayloom.infra.errors import Invalid, Unavailable

MOST_REDIRECTS = 5
CONNECT_TIMEOUT = 10.0
MIB = 1 << 20


_CORE_ERRORS = (
    httpcore2.NetworkError,
    httpcore2.TimeoutException,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server answered. `body` is empty when nothing has changed (status 304)."""

    status: int
    body: bytes
    etag: str | None
    last_modified: str | None
    final_url: str
    retry_after: str | None = None


async def fetch(
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    limit_bytes: int,
    total_timeout: timedelta,
    allow: Collection[str] = (),
) -> Fetched:
    """Get `url` if it changed since `etag` or `last_modified`, whatever the status is.

    `limit_bytes` bounds the unpacked body, `total_timeout` everything from the name look-up to
    the last byte. Hosts in `allow` may have private addresses. Raises `Invalid` for what will
    never work and `Unavailable` for what may work later.
    """
    address = _parse(url)
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    given = {name: value for name, value in headers.items() if value}
    try:
        async with asyncio.timeout(total_timeout.total_seconds()):
            return await _get(address, given, limit_bytes=limit_bytes, allow=allow)
    except TimeoutError:
        seconds = f"{total_timeout.total_seconds():g}"
        raise Unavailable(f"{address.host} did not answer within {seconds} seconds.") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, *_CORE_ERRORS) as error:
        raise _sentence(address.host, error) from error


async def _get(
    address: httpx2.URL, headers: dict[str, str], *, limit_bytes: int, allow: Collection[str]
) -> Fetched:
    client = httpx2.AsyncClient(
        transport=_Transport(allow),
        trust_env=False,
        follow_redirects=True,
        max_redirects=MOST_REDIRECTS,
        timeout=httpx2.Timeout(None, connect=CONNECT_TIMEOUT),
        headers={"User-Agent": "Dayloom", "Accept-Encoding": "gzip"},
    )
    async with client, client.stream("GET", address, headers=headers) as response:
        return Fetched(
            status=response.status_code,
            body=await _read(response, limit_bytes),
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
            final_url=str(response.url),
            retry_after=response.headers.get("Retry-After"),
        )


async def _read(response: httpx2.Response, limit_bytes: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit_bytes:
            raise Invalid(
                f"What {response.url.host} sends is larger than {limit_bytes / MIB:g} MiB.",
                field="url",
            )
    return bytes(body)


def _parse(url: str) -> httpx2.URL:
    text = url.strip()
    if text.lower().startswith(("webcal://", "webcals://")):
        text = f"https://{text.partition('://')[2]}"
    try:
        address = httpx2.URL(text)
    except httpx2.InvalidURL as error:
        raise Invalid(f"This is not a web address: {error}.", field="url") from error
    if address.scheme not in ("http", "https") or not address.host:
        raise Invalid("A web address starts with https:// or http://.", field="url")
    return address


class _Transport(httpx2.AsyncBaseTransport):
    """Sends requests through connections that `_Network` has opened."""

    def __init__(self, allow: Collection[str]) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=_tls(), network_backend=_Network(allow)
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
                request.method, url, headers=request.headers.raw, extensions=request.extensions
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


class _Network(httpcore2.AsyncNetworkBackend):
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


def _sentence(host: str, error: Exception) -> Invalid | Unavailable:
    """Say what went wrong, so that a person knows whose turn it is."""
    if isinstance(error, httpx2.TooManyRedirects):
        return Invalid(f"{host} redirects in a circle.", field="url")
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return Invalid(f"{host} redirects to something that is no web address.", field="url")
    if isinstance(error, httpx2.DecodingError):
        return Unavailable(f"What {host} sent cannot be unpacked.")
    if isinstance(error, httpx2.TimeoutException | httpcore2.TimeoutException):
        return Unavailable(f"{host} does not answer.")
    if isinstance(error, httpx2.ProtocolError | httpcore2.ProtocolError):
        return Unavailable(f"{host} broke off in the middle, or does not speak HTTP.")
    return unreachable(host, error)

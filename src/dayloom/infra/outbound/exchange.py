"""Requests to one server over connections that are kept, answers piece by piece: models."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

import httpcore2
import httpx2

from dayloom.infra.addresses import is_loopback
from dayloom.infra.errors import Invalid
from dayloom.infra.outbound.failing import ERRORS, TooLarge, sentence
from dayloom.infra.outbound.network import CONNECT_TIMEOUT, Transport

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request. Its headers and body may be secret."""

    method: str
    url: str
    headers: Headers = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)


class Answering(Protocol):
    """An answer whose headers are there."""

    status: int
    reason: str
    headers: list[tuple[str, str]]

    def chunks(self) -> AsyncIterator[bytes]: ...


class Exchanging(Protocol):
    """Speaks to one server: `Exchange`, and the tapes of the evaluation."""

    def send(self, sent: Sent) -> AbstractAsyncContextManager[Answering]: ...

    async def close(self) -> None: ...


class Answer:
    """What a server answers; `chunks` may be read once, inside of the exchange."""

    def __init__(self, response: httpx2.Response, limit_bytes: int) -> None:
        self.status = response.status_code
        self.reason = response.reason_phrase
        self.headers: list[tuple[str, str]] = response.headers.multi_items()
        self._response = response
        self._limit = limit_bytes

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the unpacked body. Raises `TooLarge`."""
        size = 0
        async for chunk in self._response.aiter_bytes():
            size += len(chunk)
            if size > self._limit:
                raise TooLarge(self._response.url.host, self._limit)
            yield chunk


class Exchange:
    """Speaks to one server. Time is bounded by the caller; redirects are not followed.

    Hosts in `allow` may have private addresses, and so may a server that was given by a name or
    number of this very machine. Belongs to one event loop.
    """

    def __init__(self, base_url: str, *, limit_bytes: int, allow: Collection[str] = ()) -> None:
        self._limit = limit_bytes
        host = _host(base_url)
        self._client = httpx2.AsyncClient(
            transport=Transport({*allow, host} if is_loopback(host) else allow),
            trust_env=False,
            timeout=httpx2.Timeout(None, connect=CONNECT_TIMEOUT),
            headers={"User-Agent": "Dayloom", "Accept-Encoding": "identity"},
        )

    @asynccontextmanager
    async def send(self, sent: Sent) -> AsyncIterator[Answer]:
        """Yield the answer once its headers are there.

        Raises `Invalid` for what will never work and `Unavailable` for what may work later, also
        while the answer is read. Leaving early closes the connection.
        """
        try:
            request = self._client.build_request(
                sent.method, sent.url, headers=list(sent.headers), content=sent.body
            )
            response = await self._client.send(request, stream=True)
            try:
                yield Answer(response, self._limit)
            finally:
                await response.aclose()
        except (UnicodeEncodeError, httpcore2.LocalProtocolError) as error:
            raise Invalid("The key or the address holds signs that cannot be sent.") from error
        except ERRORS as error:
            raise sentence(_host(sent.url), error) from error

    async def close(self) -> None:
        await self._client.aclose()


def _host(url: str) -> str:
    try:
        address = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise Invalid(f"This is not a web address: {error}.", field="url") from error
    if address.scheme not in ("http", "https") or not address.host:
        raise Invalid("A web address starts with https:// or http://.", field="url")
    return address.host

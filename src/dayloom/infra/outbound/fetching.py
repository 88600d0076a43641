"""Getting what lies at an address, if it has changed: feeds of calendars."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import httpx2

from dayloom.infra.errors import Invalid, Unavailable
from dayloom.infra.outbound.failing import ERRORS, TooLarge, sentence
from dayloom.infra.outbound.network import CONNECT_TIMEOUT, Transport

MOST_REDIRECTS = 5


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
    except ERRORS as error:
        raise sentence(address.host, error) from error


async def _get(
    address: httpx2.URL, headers: dict[str, str], *, limit_bytes: int, allow: Collection[str]
) -> Fetched:
    client = httpx2.AsyncClient(
        transport=Transport(allow),
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
            raise TooLarge(response.url.host, limit_bytes)
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

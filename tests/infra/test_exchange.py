"""Requests to a server that is asked again and again: the same guard, and nothing followed."""

from collections.abc import Collection

import pytest

from dayloom.infra.errors import DayloomError, Invalid, Unavailable
from dayloom.infra.outbound import Exchange, Sent, TooLarge
from tests.infra.sites import MIB, Site, serving
from tests.waiting import run


async def get(exchange: Exchange, url: str) -> tuple[int, bytes]:
    async with exchange.send(Sent(method="GET", url=url)) as answer:
        return answer.status, b"".join([chunk async for chunk in answer.chunks()])


def once(url: str, *, allow: Collection[str] = (), limit: int = MIB) -> tuple[int, bytes]:
    async def main() -> tuple[int, bytes]:
        exchange = Exchange(url, limit_bytes=limit, allow=allow)
        try:
            return await get(exchange, url)
        finally:
            await exchange.close()

    return run(main())


def test_connections_are_kept() -> None:
    async def main(site: Site) -> None:
        exchange = Exchange(site.url, limit_bytes=MIB)
        for _ in range(5):
            assert await get(exchange, f"{site.url}/plain") == (200, b"hello")
        await exchange.close()

    with serving() as site:
        run(main(site))
        assert site.connections == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_may_be_asked_by_its_own_names(host: str) -> None:
    with serving() as site:
        assert once(f"http://{host}:{site.server_port}/plain") == (200, b"hello")


@pytest.mark.parametrize("host", ["127.1", "0.0.0.0", "0x7f000001", "[::ffff:127.0.0.1]"])
def test_but_not_by_names_that_hide_it(host: str) -> None:
    with serving() as site:
        with pytest.raises(DayloomError):
            once(f"http://{host}:{site.server_port}/plain")
        assert site.connections == 0


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://169.254.169.254/latest"])
def test_private_addresses_are_not_connected_to(url: str) -> None:
    with pytest.raises(Invalid, match="DAYLOOM_ALLOW_PRIVATE_HOSTS"):
        once(url)


def test_redirects_are_told_and_not_followed() -> None:
    with serving() as site:
        assert once(f"{site.url}/moved")[0] == 302
        assert site.paths == ["/moved"]


@pytest.mark.parametrize("path", ["endless", "bomb"])
def test_no_answer_is_larger_than_what_is_taken(path: str) -> None:
    with serving() as site, pytest.raises(TooLarge, match="larger than 1 MiB"):
        once(f"{site.url}/{path}")


def test_an_answer_that_breaks_off_may_come_later() -> None:
    with serving() as site, pytest.raises(Unavailable, match="broke off in the middle"):
        once(f"{site.url}/cut")


@pytest.mark.parametrize("url", ["", "host", "ftp://host/", "http://", "http://[::1"])
def test_what_is_no_address_is_a_sentence(url: str) -> None:
    with pytest.raises(Invalid):
        once(url)


def test_secrets_are_not_shown() -> None:
    sent = Sent(method="POST", url="http://h/", headers=(("Authorization", "key"),), body=b"text")
    assert repr(sent) == "Sent(method='POST', url='http://h/')"

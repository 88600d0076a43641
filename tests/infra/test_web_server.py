"""The web server: only for this machine, a sentence when it cannot begin, and a quick end."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from dayloom.infra.errors import Conflict, Invalid
from dayloom.infra.web_server import WebServer, listen, require_loopback
from tests.waiting import run, until

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_this_machine_is_served(host: str) -> None:
    require_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "plan.example", ""])
def test_other_machines_are_not(host: str) -> None:
    with pytest.raises(Invalid, match="without accounts"):
        require_loopback(host)


def test_a_taken_port_is_a_sentence() -> None:
    with listen("127.0.0.1", 0) as first, pytest.raises(Conflict, match="DAYLOOM_PORT"):
        listen("127.0.0.1", first.getsockname()[1])


class Streams:
    """An application whose every answer is a stream that lasts until it is told to end."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()
        self.open = 0

    async def __call__(self, scope: dict[str, Any], _: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"begun\n", "more_body": True})
        self.open += 1
        await self.ended.wait()
        await send({"type": "http.response.body", "body": b"ended\n"})


async def read_all(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


def serving(server: WebServer, opened: socket.socket) -> asyncio.Task[None]:
    return asyncio.create_task(server.serve(sockets=[opened]))


def test_open_streams_end_by_themselves_before_the_server_does() -> None:
    async def main() -> None:
        app = Streams()
        server = WebServer(app, end_streams=app.ended.set)
        server.config.lifespan = "off"
        opened = listen("127.0.0.1", 0)
        task = serving(server, opened)
        port = opened.getsockname()[1]
        pages = [asyncio.create_task(read_all(port)) for _ in range(5)]
        await until(lambda: app.open == 5, "the streams are open")
        server.end()
        await task
        assert all(page.endswith(b"ended\n\r\n0\r\n\r\n") for page in await asyncio.gather(*pages))

    run(main())

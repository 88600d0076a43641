"""HTTP/1.1 for a server that must be able to misbehave below what frameworks allow."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, NoReturn

from tests.model_replies import Asked

REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 402: "Payment Required"} | {
    404: "Not Found",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


class Line:
    """One connection: reads requests, writes answers, and notices when the client hangs up."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._early = b""  # of the next request, read while we watched for the end

    async def read(self) -> Asked | None:
        """Return the next request, None at the end of the connection."""
        try:
            head = self._early + await self._reader.readuntil(b"\r\n\r\n")
            self._early = b""
            return await self._whole(head)
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    async def _whole(self, head: bytes) -> Asked:
        first, *lines = head.decode("latin-1").strip().split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in map(_parted, lines)}
        raw = await self._reader.readexactly(int(headers.get("content-length", "0")))
        return Asked(method=method, path=path, headers=headers, body=_as_object(raw))

    async def left(self) -> None:
        """Return when the client has closed its side."""
        while True:
            try:
                byte = await self._reader.read(1)
            except ConnectionError:
                return
            if not byte:
                return
            self._early += byte

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def answer(
        self, status: int, body: bytes, kind: str = "application/json", **headers: str
    ) -> None:
        """Send a whole answer; names of headers are written with `_`."""
        await self.begin(status, kind, Content_Length=str(len(body)), **headers)
        await self.send(body)

    async def begin(self, status: int, kind: str, **headers: str) -> None:
        """Send the status and the headers of an answer."""
        lines = [f"HTTP/1.1 {status} {REASONS[status]}", f"Content-Type: {kind}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await self.send("\r\n".join([*lines, "", ""]).encode("latin-1"))

    async def begin_stream(self) -> None:
        await self.begin(200, "text/event-stream", Transfer_Encoding="chunked")

    async def chunk(self, data: bytes) -> None:
        """Send a piece of a streamed answer; an empty one ends it."""
        await self.send(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    async def event(self, data: Mapping[str, Any] | str) -> None:
        text = data if isinstance(data, str) else json.dumps(data)
        await self.chunk(f"data: {text}\n\n".encode())

    def cut(self) -> NoReturn:
        """Break the connection here and now."""
        self._writer.transport.abort()
        raise ConnectionAbortedError

    async def close(self) -> None:
        self._writer.close()
        try:
            await self._writer.wait_closed()
        except ConnectionError:
            return


def as_json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data).encode()


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition(":")


def _as_object(raw: bytes) -> dict[str, Any]:
    try:
        read = json.loads(raw)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}

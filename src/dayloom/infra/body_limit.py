"""How large a request may be; more than that is refused before it is read."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dayloom.infra.guards import refuse


class BodyLimit:
    """Holds requests to `usual` bytes, those to paths that begin as `larger` names to more."""

    def __init__(self, app: ASGIApp, *, usual: int, larger: Mapping[str, int]) -> None:
        self._app = app
        self._usual = usual
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit, received = self._limit(scope["path"]), 0
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdecimal() and int(announced[:18]) > limit:
            detail = f"A request to this address has at most {limit // 1024:,} KB."
            await refuse(send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", detail)
            return

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self._app(scope, receive_counted, send)

    def _limit(self, path: str) -> int:
        found = [size for prefix, size in self._larger.items() if path.startswith(prefix)]
        return max(found, default=self._usual)

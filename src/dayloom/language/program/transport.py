"""The way of DSPy's requests to the outside: the product's own outbound door."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dspy._vendor.lm15.transports import (
    AsyncTransportResponse,
    TransportError,
    TransportRequest,
)

from dayloom.infra.errors import DayloomError, Invalid
from dayloom.infra.outbound import Exchanging, Sent
from dayloom.language.program.ledger import CALL

REDIRECTS = range(300, 400)


class OutboundTransport:
    """Speaks to one server. What fails is a `TransportError` that was raised from the reason."""

    def __init__(self, exchange: Exchanging) -> None:
        self._exchange = exchange

    @asynccontextmanager
    async def stream(self, request: TransportRequest) -> AsyncIterator[AsyncTransportResponse]:
        """Send, and note the status in the ledger of the call."""
        sent = Sent(
            method=request.method, url=request.url, headers=request.headers, body=request.body
        )
        try:
            async with self._exchange.send(sent) as answer:
                CALL.get().status = answer.status
                if answer.status in REDIRECTS:
                    raise Invalid("The server redirects. Give the address that it redirects to.")
                yield AsyncTransportResponse(
                    status=answer.status,
                    reason=answer.reason,
                    headers=answer.headers,
                    http_version="HTTP/1.1",
                    chunks=answer.chunks(),
                    release=_left_to_the_exchange,
                )
        except DayloomError as error:
            raise TransportError(str(error)) from error

    async def aclose(self) -> None:
        await self._exchange.close()


async def _left_to_the_exchange(body_consumed: bool) -> None:  # noqa: FBT001 — its protocol
    """Do nothing: leaving the exchange gives the connection back, or closes it."""

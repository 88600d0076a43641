"""Answers without a network: what a server says, word by word."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from dayloom.infra.outbound import Answering, Sent
from dayloom.language.program.answers import TimeSlotAnswer
from dayloom.language.program.endpoint import Endpoint, Provider
from dayloom.language.program.execution import Execution, ModelUnavailable
from tests.language.program.asking import KEY, opened, slot_question
from tests.waiting import run

WHERE = Endpoint(
    provider=Provider.OPENAI, base_url="http://127.0.0.1/v1", model="small", api_key=KEY
)


@dataclass
class _Answer:
    status: int
    body: bytes
    headers: list[tuple[str, str]]
    reason: str = ""

    async def chunks(self) -> AsyncIterator[bytes]:
        yield self.body


class Taped:
    """In the place of the network: one answer to everything."""

    def __init__(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self._answer = _Answer(status, body, [("Content-Type", "application/json"), *headers])

    @asynccontextmanager
    async def send(self, sent: Sent) -> AsyncIterator[Answering]:
        yield self._answer

    async def close(self) -> None:
        """Leave nothing, since nothing was opened."""

    def ask(self) -> Execution:
        """Ask, and return the record of the answer."""

        async def main() -> Execution:
            async with opened(connect=lambda _: self) as door:
                given = await door.run(slot_question(), TimeSlotAnswer, WHERE)
                return given.execution

        return run(main())

    def fail(self) -> tuple[ModelUnavailable, Execution]:
        """Ask, and return how it failed."""
        with pytest.raises(ModelUnavailable) as caught:
            self.ask()
        assert caught.value.execution is not None
        return caught.value, caught.value.execution

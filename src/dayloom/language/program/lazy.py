"""The door, opened at the first question: who has no model never loads DSPy."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from dayloom.language.program.answers import Answer, ChatAnswer
from dayloom.language.program.endpoint import Endpoint, Probed
from dayloom.language.program.execution import Answered
from dayloom.language.program.questions import ChatQuestion, Question

if TYPE_CHECKING:
    from dayloom.language.program.door import Door

A = TypeVar("A", bound=Answer)
DOOR = "dayloom.language.program.door"


class LazyDoor:
    """Is a `Door`. Loading takes a second, in a thread, so that the event loop goes on."""

    def __init__(self, *, allow: Collection[str] = ()) -> None:
        self._allow = allow
        self._opening = asyncio.Lock()
        self._door: Door | None = None

    async def run(self, question: Question, answer: type[A], endpoint: Endpoint) -> Answered[A]:
        door = await self._opened()
        return await door.run(question, answer, endpoint)

    async def stream(
        self, question: ChatQuestion, endpoint: Endpoint
    ) -> AsyncGenerator[str | Answered[ChatAnswer], None]:
        door = await self._opened()
        async with aclosing(door.stream(question, endpoint)) as coming:
            async for value in coming:
                yield value

    async def probe(self, endpoint: Endpoint) -> Probed:
        door = await self._opened()
        return await door.probe(endpoint)

    async def close(self) -> None:
        if self._door is not None:
            await self._door.close()

    async def _opened(self) -> "Door":
        async with self._opening:
            if self._door is None:
                module = await asyncio.to_thread(import_module, DOOR)
                self._door = module.Door(allow=self._allow)
        return self._door

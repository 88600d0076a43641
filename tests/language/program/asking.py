"""Small questions, and ways to ask a served model that leave nothing open."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from dayloom.language.program.answers import ChatAnswer, TimeSlotAnswer
from dayloom.language.program.door import Door
from dayloom.language.program.endpoint import Endpoint, OutputMode, Provider
from dayloom.language.program.execution import Answered, Execution, ModelUnavailable
from dayloom.language.program.questions import (
    ChatQuestion,
    FreeSlot,
    OpenTask,
    TimeSlotQuestion,
    Words,
)
from tests.model_server import ModelServer
from tests.waiting import run

KEY = "sk-very-secret-0123456789"
NOTHING = Words(text="")
GOOD = {"reading": {"due_text": "by Friday"}, "slot": 2, "reasoning": "It is early."}


def slot_question(text: str = "gym by Friday") -> TimeSlotQuestion:
    return TimeSlotQuestion(
        now="Monday 2026-11-23 08:00",
        task=Words(text=text),
        task_context=NOTHING,
        context=NOTHING,
        slots=[FreeSlot(id=2, start="Tuesday 10:00", end="Tuesday 11:00")],
    )


def chat_question(text: str = "hello") -> ChatQuestion:
    return ChatQuestion(
        now="Monday 2026-11-23 08:00",
        context=NOTHING,
        open_tasks=[OpenTask(id=7, title="gym")],
        message=Words(text=text),
    )


def endpoint(server: ModelServer, **changes: Any) -> Endpoint:
    given: dict[str, Any] = {
        "provider": Provider.OPENAI,
        "base_url": server.url,
        "model": "small",
        "api_key": KEY,
        "mode": OutputMode.JSON_OBJECT,
        "timeout": timedelta(seconds=20),
    }
    return Endpoint(**{**given, **changes})


@asynccontextmanager
async def opened(**given: Any) -> AsyncIterator[Door]:
    """Yield a door that waits for nothing between two requests."""
    door = Door(**{"backoff": lambda _: 0.0, **given})
    try:
        yield door
    finally:
        await door.close()


def ask(
    server: ModelServer, question: TimeSlotQuestion | None = None, **changes: Any
) -> Answered[TimeSlotAnswer]:
    async def main() -> Answered[TimeSlotAnswer]:
        async with opened() as door:
            given = question or slot_question()
            return await door.run(given, TimeSlotAnswer, endpoint(server, **changes))

    return run(main())


def fail(server: ModelServer, **changes: Any) -> tuple[ModelUnavailable, Execution]:
    with pytest.raises(ModelUnavailable) as caught:
        ask(server, **changes)
    execution = caught.value.execution
    assert execution is not None
    assert (execution.failure, execution.sentence) == (caught.value.failure, str(caught.value))
    return caught.value, execution


def recorded(server: ModelServer, **changes: Any) -> Execution:
    """Return the record of a call, however it ends."""
    try:
        return ask(server, **changes).execution
    except ModelUnavailable as error:
        if error.execution is None:
            raise
        return error.execution


async def listen(door: Door, where: Endpoint) -> tuple[list[str], Answered[ChatAnswer]]:
    """Return the pieces of a streamed reply, and the answer after them."""
    *pieces, last = [value async for value in door.stream(chat_question(), where)]
    assert isinstance(last, Answered)
    assert all(isinstance(piece, str) for piece in pieces)
    return [str(piece) for piece in pieces], last

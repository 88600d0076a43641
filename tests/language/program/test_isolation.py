"""Many accounts at once, each with a key and a model of its own: nothing crosses."""

import asyncio

from dayloom.language.program.answers import TimeSlotAnswer
from dayloom.language.program.door import Door
from dayloom.language.program.lending import MOST_IDLE
from tests.language.program.asking import endpoint, listen, opened, slot_question
from tests.model_replies import Asked
from tests.model_server import ModelServer
from tests.waiting import run

ACCOUNTS = 48
ROUNDS = 3


def told(asked: Asked) -> dict[str, object]:
    """Answer with who asked for what."""
    who = f"{asked.key} {asked.model}"
    return {"reading": {"due_text": who}, "slot": 1, "reply": who, "commands": []}


def test_neither_answers_nor_keys_nor_streams_cross(model_server: ModelServer) -> None:
    model_server.answer = told

    async def whole(door: Door, number: int) -> None:
        where = endpoint(model_server, model=f"model-{number}", api_key=f"key-of-{number:03}")
        given = await door.run(slot_question(f"task {number}"), TimeSlotAnswer, where)
        assert given.answer.reading.due_text == f"key-of-{number:03} model-{number}"
        assert given.execution.inputs["task"] == {"text": f"task {number}"}
        assert len(given.execution.attempts) == 1

    async def streamed(door: Door, number: int) -> None:
        where = endpoint(model_server, model=f"model-{number}", api_key=f"key-of-{number:03}")
        pieces, given = await listen(door, where)
        assert "".join(pieces) == given.answer.reply == f"key-of-{number:03} model-{number}"

    async def main() -> None:
        async with opened() as door:
            for _ in range(ROUNDS):
                async with asyncio.TaskGroup() as group:
                    for number in range(ACCOUNTS):
                        group.create_task(whole(door, number))
                        group.create_task(streamed(door, number))

    run(main(), patience=120)
    assert len(model_server.chats) == ACCOUNTS * ROUNDS * 2
    for asked in model_server.chats:
        assert asked.key.removeprefix("key-of-") == f"{int(asked.model[6:]):03}"


def test_connections_are_kept_for_the_last_ones_only(model_server: ModelServer) -> None:
    async def main() -> None:
        async with opened() as door:
            for number in [*range(MOST_IDLE + 8), *range(MOST_IDLE + 7, 7, -1)]:
                where = endpoint(model_server, model=f"model-{number}")
                await door.run(slot_question(), TimeSlotAnswer, where)

    run(main())
    assert model_server.connections == MOST_IDLE + 8

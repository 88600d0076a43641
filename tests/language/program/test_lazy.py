"""Who has no model never pays for one."""

import subprocess
import sys

from dayloom.language.program.answers import TimeSlotAnswer
from dayloom.language.program.execution import Answered
from dayloom.language.program.lazy import LazyDoor
from tests.language.program.asking import GOOD, chat_question, endpoint, slot_question
from tests.model_server import ModelServer
from tests.waiting import run


def test_nothing_is_loaded_before_the_first_question() -> None:
    code = (
        "import asyncio, sys; from dayloom.language.program.lazy import LazyDoor;"
        "asyncio.run(LazyDoor().close()); print('dspy' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert said.stdout.strip() == "False"


def test_it_is_the_door(model_server: ModelServer) -> None:
    async def main() -> None:
        door = LazyDoor()
        where = endpoint(model_server)
        model_server.says(GOOD)
        given = await door.run(slot_question(), TimeSlotAnswer, where)
        assert given.answer.slot == 2
        assert (await door.probe(where)).models == ("small", "large")
        model_server.says({"reply": "Hello.", "commands": []})
        *pieces, last = [value async for value in door.stream(chat_question(), where)]
        assert "".join(map(str, pieces)) == "Hello."
        assert isinstance(last, Answered)
        await door.close()

    run(main())

"""A call that nobody waits for any more stops at the server, too, and leaves a record."""

import asyncio

import pytest

from dayloom.language.program.answers import TimeSlotAnswer
from dayloom.language.program.execution import Failure, ModelUnavailable
from tests.language.program.asking import GOOD, endpoint, opened, slot_question
from tests.model_server import Fault, ModelServer
from tests.waiting import run, until


def test_cancelling_closes_the_connection_and_is_recorded(model_server: ModelServer) -> None:
    model_server.fault = Fault.HANG

    async def main() -> None:
        async with opened() as door:
            call = door.run(slot_question(), TimeSlotAnswer, endpoint(model_server))
            task = asyncio.create_task(call)
            await until(lambda: model_server.inflight, "it is asked")
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            cause = caught.value.__cause__
            assert isinstance(cause, ModelUnavailable)
            assert cause.failure is Failure.CANCELLED
            assert cause.execution is not None
            assert [a.error for a in cause.execution.attempts] == ["We hung up."]
            await until(lambda: model_server.left, "the connection is closed")

    run(main())


def test_who_gives_up_first_is_told_so_by_a_timeout_of_its_own(
    model_server: ModelServer,
) -> None:
    model_server.fault = Fault.HANG

    async def main() -> None:
        async with opened() as door:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3):
                    await door.run(slot_question(), TimeSlotAnswer, endpoint(model_server))
            model_server.fault = None
            model_server.says(GOOD)
            await door.run(slot_question(), TimeSlotAnswer, endpoint(model_server))

    run(main())


def test_no_more_calls_are_under_way_than_the_endpoint_allows(model_server: ModelServer) -> None:
    model_server.fault = Fault.HANG

    async def main() -> None:
        async with opened() as door:
            where = endpoint(model_server, parallel=2)
            asked = [door.run(slot_question(), TimeSlotAnswer, where) for _ in range(8)]
            tasks = [asyncio.create_task(call) for call in asked]
            await until(lambda: model_server.inflight == 2, "two are asked")
            model_server.fault = None
            model_server.says(GOOD)
            tasks[0].cancel()
            tasks[1].cancel()
            given = await asyncio.gather(*tasks, return_exceptions=True)
            assert sum(not isinstance(answer, BaseException) for answer in given) == 6
            assert model_server.most_inflight == 2

    run(main())

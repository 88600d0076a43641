"""What fails again and again is left alone for a while, and the log is not filled with it."""

import logging

import pytest

from dayloom.language.program.answers import TimeSlotAnswer
from dayloom.language.program.breaker import FAILURES, LOG_EVERY, OPEN_FOR, Breaker
from dayloom.language.program.execution import Failure, ModelUnavailable
from tests.language.program.asking import GOOD, KEY, endpoint, opened, slot_question
from tests.model_server import Fault, ModelServer
from tests.waiting import run


class Seconds:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def breaker(seconds: Seconds) -> Breaker:
    return Breaker("small at http://host/v1", seconds=seconds)


def break_it(breaker: Breaker) -> None:
    for _ in range(FAILURES):
        assert breaker.lets_through()
        breaker.heard(Failure.DEADLINE, "It did not answer.")


def test_it_opens_at_the_fifth_failure_in_a_row(breaker: Breaker) -> None:
    break_it(breaker)
    assert not breaker.lets_through()


def test_an_answer_in_between_starts_the_count_again(breaker: Breaker) -> None:
    for _ in range(FAILURES - 1):
        breaker.heard(Failure.SERVER_ERROR)
    breaker.heard(None)
    for _ in range(FAILURES - 1):
        breaker.heard(Failure.SERVER_ERROR)
    assert breaker.lets_through()


@pytest.mark.parametrize(
    "failure", [Failure.REFUSED, Failure.TRUNCATED, Failure.UNREADABLE, Failure.CANCELLED]
)
def test_what_the_server_is_not_to_blame_for_opens_nothing(
    breaker: Breaker, failure: Failure
) -> None:
    for _ in range(FAILURES * 2):
        breaker.heard(failure)
    assert breaker.lets_through()


def test_after_a_minute_one_call_tries(breaker: Breaker, seconds: Seconds) -> None:
    break_it(breaker)
    seconds.now += OPEN_FOR - 1
    assert not breaker.lets_through()
    seconds.now += 1
    assert breaker.lets_through()
    assert not breaker.lets_through()


def test_the_trial_decides(breaker: Breaker, seconds: Seconds) -> None:
    break_it(breaker)
    seconds.now += OPEN_FOR
    assert breaker.lets_through()
    breaker.heard(Failure.DEADLINE)
    assert not breaker.lets_through()
    seconds.now += OPEN_FOR
    assert breaker.lets_through()
    breaker.heard(None)
    assert breaker.lets_through()
    assert breaker.lets_through()


def test_a_trial_that_is_broken_off_makes_room_for_another(
    breaker: Breaker, seconds: Seconds
) -> None:
    break_it(breaker)
    seconds.now += OPEN_FOR
    assert breaker.lets_through()
    breaker.heard(Failure.CANCELLED)
    assert breaker.lets_through()


def test_it_says_one_line_a_minute(
    breaker: Breaker, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    for _ in range(300):
        breaker.heard(Failure.SERVER_ERROR, "It failed.")
        seconds.now += 1
    assert len(caplog.records) == 300 / LOG_EVERY
    assert "It failed. (failures: 60) No more questions for a minute." in caplog.text


def test_the_door_asks_no_more_until_the_minute_is_over(
    model_server: ModelServer, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    model_server.fault = Fault.CUT

    async def main() -> list[Failure | None]:
        heard: list[Failure | None] = []
        async with opened(seconds=seconds) as door:
            for number in range(FAILURES + 2):
                if number == FAILURES + 1:
                    seconds.now += OPEN_FOR
                    model_server.fault = None
                    model_server.says(GOOD)
                try:
                    await door.run(slot_question(), TimeSlotAnswer, endpoint(model_server))
                    heard.append(None)
                except ModelUnavailable as error:
                    heard.append(error.failure)
        return heard

    assert run(main()) == [*[Failure.UNREACHABLE] * FAILURES, Failure.CIRCUIT_OPEN, None]
    assert len(caplog.records) == 1
    assert KEY not in caplog.text


def test_one_account_does_not_stop_another(model_server: ModelServer) -> None:
    model_server.answer = lambda asked: Fault.CUT if asked.key == KEY else GOOD

    async def main() -> None:
        async with opened() as door:
            for _ in range(FAILURES + 1):
                with pytest.raises(ModelUnavailable):
                    await door.run(slot_question(), TimeSlotAnswer, endpoint(model_server))
            other = endpoint(model_server, api_key="key-of-another")
            await door.run(slot_question(), TimeSlotAnswer, other)

    run(main())

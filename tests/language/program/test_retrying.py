"""Who tries again, how often, and after how long."""

import pytest

from dayloom.language.program.execution import Failure
from dayloom.language.program.retrying import MOST_REQUESTS, backoff, retrying
from dayloom.language.program.trouble import Trouble
from tests.waiting import run


class Server:
    """Fails as it is told, then answers."""

    def __init__(self, *troubles: Trouble) -> None:
        self.troubles = list(troubles)
        self.asked = 0

    async def answer(self) -> str:
        self.asked += 1
        if self.troubles:
            raise self.troubles.pop(0)
        return "yes"


def trouble(failure: Failure, retry_after: float | None = None) -> Trouble:
    return Trouble(failure, "It failed.", retry_after=retry_after)


def ask(server: Server, *, remaining: float = 60, pause: float = 0) -> str:
    return run(retrying(server.answer, remaining=lambda: remaining, backoff=lambda _: pause))


@pytest.mark.parametrize(
    "failure", [Failure.RATE_LIMITED, Failure.SERVER_ERROR, Failure.UNREACHABLE]
)
def test_what_passes_is_tried_three_times_in_all(failure: Failure) -> None:
    server = Server(*[trouble(failure)] * (MOST_REQUESTS - 1))
    assert ask(server) == "yes"
    assert server.asked == MOST_REQUESTS
    server = Server(*[trouble(failure)] * MOST_REQUESTS)
    with pytest.raises(Trouble):
        ask(server)
    assert server.asked == MOST_REQUESTS


@pytest.mark.parametrize(
    "failure", [Failure.REFUSED, Failure.BILLING, Failure.TRUNCATED, Failure.UNREADABLE]
)
def test_what_does_not_pass_is_asked_once(failure: Failure) -> None:
    server = Server(trouble(failure))
    with pytest.raises(Trouble):
        ask(server)
    assert server.asked == 1


@pytest.mark.parametrize(("retry_after", "pause"), [(3600.0, 0), (None, 61), (60.0, 0)])
def test_nobody_waits_past_the_deadline(retry_after: float | None, pause: float) -> None:
    server = Server(trouble(Failure.RATE_LIMITED, retry_after))
    with pytest.raises(Trouble):
        ask(server, remaining=60, pause=pause)
    assert server.asked == 1


def test_pauses_double_and_half_of_each_is_chance() -> None:
    assert [backoff(failures, jitter=lambda: 0.0) for failures in (1, 2)] == [0.5, 1.0]
    assert [backoff(failures, jitter=lambda: 1.0) for failures in (1, 2)] == [1.0, 2.0]
    assert len({backoff(1) for _ in range(20)}) > 1

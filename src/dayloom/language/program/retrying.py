"""The one owner of retries: three requests at most, never past the deadline."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from dayloom.language.program.execution import Failure
from dayloom.language.program.trouble import Trouble

T = TypeVar("T")
MOST_REQUESTS = 3
FIRST_PAUSE = 0.5
RETRIED = frozenset({Failure.RATE_LIMITED, Failure.SERVER_ERROR, Failure.UNREACHABLE})


def backoff(failures: int, *, jitter: Callable[[], float] = random.random) -> float:
    """Return how many seconds to wait after so many failures: half of it is chance."""
    longest: float = FIRST_PAUSE * 2**failures
    return longest * (1 + jitter()) / 2


async def retrying(
    once: Callable[[], Awaitable[T]],
    *,
    remaining: Callable[[], float],
    backoff: Callable[[int], float] = backoff,
) -> T:
    """Return what `once` returns, after failures that pass.

    A server that asks for more patience than the `remaining` seconds gets none.
    """
    for failures in range(1, MOST_REQUESTS):
        try:
            return await once()
        except Trouble as trouble:
            pause = max(backoff(failures), trouble.retry_after or 0)
            if trouble.failure not in RETRIED or pause >= remaining():
                raise
        await asyncio.sleep(pause)
    return await once()

"""Language models that are kept while they are used, and a while longer."""

from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import dspy

from dayloom.language.program.endpoint import Endpoint
from dayloom.language.program.engine import Connect, MeteredEngine, language_model

MOST_IDLE = 32


class Models:
    """One language model with open connections for each endpoint; the longest idle goes first."""

    def __init__(self, *, connect: Connect, backoff: Callable[[int], float]) -> None:
        self._connect = connect
        self._backoff = backoff
        self._kept: OrderedDict[Endpoint, tuple[dspy.LM, MeteredEngine]] = OrderedDict()
        self._users: Counter[Endpoint] = Counter()

    @asynccontextmanager
    async def lent(self, endpoint: Endpoint) -> AsyncIterator[dspy.LM]:
        """Lend the model of an endpoint, which stays open meanwhile."""
        lm = self._made(endpoint)
        self._users[endpoint] += 1
        try:
            yield lm
        finally:
            self._users[endpoint] -= 1
            await self._forget_oldest()

    async def close(self) -> None:
        kept = list(self._kept.values())
        self._kept.clear()
        for _, engine in kept:
            await engine.aclose()

    def _made(self, endpoint: Endpoint) -> dspy.LM:
        if endpoint not in self._kept:
            engine = MeteredEngine(endpoint, connect=self._connect, backoff=self._backoff)
            self._kept[endpoint] = language_model(endpoint, engine), engine
        self._kept.move_to_end(endpoint)
        return self._kept[endpoint][0]

    async def _forget_oldest(self) -> None:
        self._users += Counter()  # drops those without users
        idle = [endpoint for endpoint in self._kept if not self._users[endpoint]]
        for endpoint in idle[: max(0, len(idle) - MOST_IDLE)]:
            _, engine = self._kept.pop(endpoint)
            await engine.aclose()

"""Waiting for what will be true soon, instead of sleeping and hoping."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
PATIENCE = 30.0
GLANCE = 0.005


def wait_until(condition: Callable[[], object], what: str, *, patience: float = PATIENCE) -> None:
    """Return as soon as `condition()` holds; fail with `what` when it never does."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, f"not in {patience:g} s: {what}"
        time.sleep(GLANCE)


async def until(condition: Callable[[], object], what: str, *, patience: float = PATIENCE) -> None:
    """As `wait_until`, while the event loop goes on."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, f"not in {patience:g} s: {what}"
        await asyncio.sleep(GLANCE)


def run(main: Coroutine[Any, Any, T], *, patience: float = PATIENCE) -> T:
    """Run a coroutine on an event loop of its own, but not for ever."""

    async def bounded() -> T:
        async with asyncio.timeout(patience):
            return await main

    return asyncio.run(bounded())

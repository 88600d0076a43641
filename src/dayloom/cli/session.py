"""One command's hold of the database, and of the services over it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from dayloom.bootstrap import Container, Services, bootstrap
from dayloom.infra.clock import Clock, SystemClock
from dayloom.infra.settings import load_settings
from dayloom.journal.models import Origin

T = TypeVar("T")
CLOCK: Clock = SystemClock()


@contextmanager
def opened() -> Iterator[Container]:
    """Open the container that the settings name, for the length of one command."""
    container = bootstrap(load_settings(), clock=CLOCK)
    try:
        yield container.used_by(Origin.CLI)
    finally:
        container.db.close()


def write(unit: Callable[[Services], T]) -> T:
    """Run one unit of work and commit it."""
    return run(lambda container: container.write(unit))


def read(unit: Callable[[Services], T]) -> T:
    """Run one unit that changes nothing."""
    return run(lambda container: container.read(unit))


def run(act: Callable[[Container], Awaitable[T]]) -> T:
    """Run what needs more than one unit, or has to wait."""

    async def go(container: Container) -> T:
        return await act(container)

    with opened() as container:
        return asyncio.run(go(container))

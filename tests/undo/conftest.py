"""A person who changes things through the container, as every interface does."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

import pytest

from dayloom.bootstrap import Container, Services
from dayloom.journal.models import Entry, Origin
from dayloom.undo.service import Undone
from tests.fakes import FakeClock

T = TypeVar("T")


class Person:
    """Acts, and takes back."""

    def __init__(self, container: Container, clock: FakeClock) -> None:
        self.container = container.used_by(Origin.PAGE)
        self.clock = clock

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run(coroutine)

    def act(self, unit: Callable[[Services], T]) -> int:
        """Do something, and return the entry that tells of it."""
        entry = self.run(self.container.change(unit)).entry
        assert entry is not None
        return entry

    def look(self, unit: Callable[[Services], T]) -> T:
        return self.run(self.container.read(unit))

    def undo(self, entry: int) -> Undone:
        return self.run(self.container.undo.entry(entry))

    def z(self) -> Undone:
        return self.run(self.container.undo.newest())

    def history(self) -> Sequence[Entry]:
        return self.run(self.container.undo.history())


@pytest.fixture
def person(container: Container, clock: FakeClock) -> Person:
    return Person(container, clock)

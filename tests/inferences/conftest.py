"""A desk whose model is a real server, asked through the real door."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest

from dayloom.accounts.changes import MODEL_TEST
from dayloom.bootstrap import Container
from dayloom.inferences.asking import Given
from dayloom.inferences.jobs import ModelTestJob
from dayloom.inferences.models import ExecutionRow, ModelSettings
from dayloom.inferences.service import Models
from dayloom.infra import work
from dayloom.infra.work import Claim
from dayloom.language.program.answers import TimeSlotAnswer
from dayloom.language.program.door import Door
from dayloom.language.program.endpoint import Provider
from dayloom.language.program.questions import FreeSlot, TimeSlotQuestion, Words
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.model_server import ModelServer

T = TypeVar("T")
QUESTION = TimeSlotQuestion(
    now="Mon 2026-11-23 08:00",
    task=Words(text="Call Jonas by Friday"),
    task_context=Words(text=""),
    context=Words(text=""),
    slots=[FreeSlot(id=1, start="Tue 2026-11-24 10:00", end="Tue 2026-11-24 10:20")],
)


class Asker(Desk):
    """What a person decides about a model, and what the worker does with it then."""

    def __init__(self, container: Container, clock: FakeClock) -> None:
        super().__init__(container)
        self.clock = clock

    @property
    def account(self) -> int:
        return self.container.account_id

    def connect(self, server: ModelServer, **fields: Any) -> ModelSettings:
        """Connect the model "small" of a server."""
        named = {"provider": Provider.OPENAI, "base_url": server.url, "model": "small"}
        return self.change(**{**named, **fields})

    def change(self, **fields: Any) -> ModelSettings:
        keys = self.container.endpoints
        return self.write(lambda s: s.model.change(fields, keys))  # type: ignore[arg-type]

    def settings(self) -> ModelSettings:
        row = self.read(lambda s: s.model.get())
        assert row is not None
        return row

    def wanted_tests(self) -> int:
        return self.read(lambda s: work.wanted(s.session, MODEL_TEST, str(self.account)))

    def test(self, meanwhile: Callable[[], object] = lambda: None) -> ModelSettings:
        """Do the waiting connection test; `meanwhile` happens before its end is stored."""

        async def do(door: Door) -> object:
            job = ModelTestJob(self.container.db, self.clock, door, self.container.endpoints)
            return await job(Claim(kind=MODEL_TEST, key=str(self.account), want=1))

        finish: Any = self.through(do)
        meanwhile()
        if finish.unit is not None:
            self.container.db.write_now(lambda session: finish.unit(session))
        return self.settings()

    def ask(self) -> Given[TimeSlotAnswer]:
        """Ask the account's model. Raises `ModelUnavailable`."""

        async def do(door: Door) -> Given[TimeSlotAnswer]:
            models = Models(self.container.db, self.clock, door, self.container.endpoints)
            return await models.ask(self.account, QUESTION, TimeSlotAnswer)

        return self.through(do)

    def through(self, do: Callable[[Door], Awaitable[T]]) -> T:
        """Run something that speaks through a door of its own, which does not wait to retry."""

        async def run() -> T:
            door = Door(backoff=lambda _: 0.0)
            try:
                return await do(door)
            finally:
                await door.close()

        return asyncio.run(run())

    def rows(self) -> list[ExecutionRow]:
        """Return all recorded calls, the oldest first."""
        return self.read(lambda s: s.session.query(ExecutionRow).order_by(ExecutionRow.id).all())


@pytest.fixture
def asker(container: Container, clock: FakeClock) -> Asker:
    return Asker(container, clock)

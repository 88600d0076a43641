"""A person who talks, and a model that says what a test wants, whose job is run on the spot."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Any

import pytest

from dayloom.accounts.changes import CHAT
from dayloom.bootstrap import Container
from dayloom.chat.jobs import ChatJob
from dayloom.chat.models import ChatMessage
from dayloom.inferences.asking import Asks, Given
from dayloom.infra.work import Claim
from dayloom.language.program.answers import ChatAnswer
from dayloom.language.program.execution import ModelUnavailable
from dayloom.language.program.questions import ChatQuestion
from dayloom.tasks.models import Task
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.plans.conftest import Planner
from tests.plans.reader import connect
from tests.plans.scripted import Scripted


class Speaker(Scripted):
    """Says `pieces` one after the other, then the whole of `says`, or breaks off with `fault`."""

    def __init__(self, container: Container) -> None:
        super().__init__(container)
        self.pieces: Sequence[str] = ()
        self.fault: ModelUnavailable | None = None
        self.between: Callable[[str], object] = lambda _: None

    async def tell(
        self, account_id: int, question: ChatQuestion
    ) -> AsyncGenerator[str | Given[ChatAnswer], None]:
        for piece in self.pieces:
            yield piece
            await asyncio.to_thread(self.between, piece)
        if self.fault is not None:
            self.asked.append(question)
            raise self.fault
        yield await self.ask(account_id, question, ChatAnswer)


class Talk(Desk):
    """A conversation, and the tasks that it is about."""

    def __init__(self, container: Container, clock: FakeClock) -> None:
        super().__init__(container)
        self.clock = clock
        self.model = Speaker(container)

    def connect(self) -> None:
        self.write(connect)

    def add(self, text: str) -> int:
        return self.write(lambda s: s.capture.add_lines(text).tasks[0].id)

    def task(self, task_id: int) -> Task:
        return self.read(lambda s: s.tasks.require(task_id))

    def titles(self) -> list[str]:
        return self.read(lambda s: [task.title for task in s.tasks.unfinished()])

    def say(self, text: str) -> ChatMessage:
        """Say something, and return the answer as it is at once."""
        return self.write(lambda s: s.chat.answer_to(s.chat.send(text).id))

    def ask(self, text: str, reply: str = "Well.", *commands: dict[str, Any]) -> ChatMessage:
        """Say something to a model that replies this; return its answer."""
        said = {"reply": reply, "commands": list(commands)}
        self.model.says = lambda _: said
        self.say(text)
        self.answer()
        return self.last()

    def answer(self, models: Asks | None = None) -> None:
        """Let the worker answer what waits."""
        job = ChatJob(self.container.db, self.clock, models or self.model)
        claim = Claim(kind=CHAT, key=str(self.container.account_id), want=1)
        asyncio.run(_finish(job, claim))

    def last(self) -> ChatMessage:
        return self.messages()[-1]

    def messages(self) -> Sequence[ChatMessage]:
        return self.read(lambda s: s.chat.messages())

    def states(self) -> list[str]:
        """Return what became of the commands of the last answer."""
        return [command["state"] for command in self.last().commands]


async def _finish(job: ChatJob, claim: Claim) -> None:
    await job(claim)


@pytest.fixture
def talk(container: Container, clock: FakeClock) -> Talk:
    return Talk(container, clock)


@pytest.fixture
def planner(container: Container, clock: FakeClock) -> Planner:
    """The desk of the same person, where plans are made on the spot."""
    return Planner(container, clock)


@pytest.fixture
def modelled(talk: Talk) -> Talk:
    """A conversation with a model."""
    talk.connect()
    return talk

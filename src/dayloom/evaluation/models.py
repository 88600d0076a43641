"""Who answers: the account's own model, or a tape that stands in for one."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import TypeVar

from dayloom.evaluation.recording import Recorder
from dayloom.evaluation.scenarios import Scenario
from dayloom.evaluation.tapes import PromptChanged, Tape, read_tape
from dayloom.inferences.models import ModelSettings
from dayloom.infra.outbound import Exchange, Exchanging
from dayloom.language.program.answers import Answer, ChatAnswer
from dayloom.language.program.door import Door
from dayloom.language.program.endpoint import Endpoint, OutputMode, Probed, Provider
from dayloom.language.program.execution import Answered
from dayloom.language.program.questions import ChatQuestion, Question

A = TypeVar("A", bound=Answer)
LARGEST_ANSWER = 4 << 20
NOWHERE = "http://tape.invalid/v1"


class Performer:
    """A door that leads to one model, whatever endpoint a stage asks for."""

    def __init__(
        self, name: str, endpoint: Endpoint, exchange: Exchanging, *, tape: Tape | None = None
    ) -> None:
        self.name = name
        self._endpoint = endpoint
        self._exchange = exchange
        self._tape = tape
        self._door = Door(connect=lambda _base_url: exchange)

    def covers(self, scenario: Scenario) -> bool:
        return self._tape is None or scenario.id in self._tape.label.scenarios

    def begin(self, scenario: Scenario) -> None:
        """Note what is asked next."""
        if isinstance(self._exchange, Recorder):
            self._exchange.scenario = scenario.id

    def check(self, scenario: Scenario) -> None:
        """Raise `PromptChanged` if the tape did not hold what was just asked."""
        if self._tape is not None and self._tape.missed:
            self._tape.missed = 0
            raise PromptChanged.on(self.name, scenario.id)

    def settings(self, account_id: int) -> ModelSettings:
        """Return the settings by which an account has this model."""
        return ModelSettings(
            account_id=account_id,
            provider=self._endpoint.provider,
            base_url=self._endpoint.base_url,
            model=self._endpoint.model,
            mode=self._endpoint.mode,
        )

    async def run(self, question: Question, answer: type[A], endpoint: Endpoint) -> Answered[A]:
        return await self._door.run(question, answer, self._endpoint)

    def stream(
        self, question: ChatQuestion, endpoint: Endpoint
    ) -> AsyncGenerator[str | Answered[ChatAnswer], None]:
        return self._door.stream(question, self._endpoint)

    async def probe(self, endpoint: Endpoint) -> Probed:
        return await self._door.probe(self._endpoint)

    async def close(self) -> None:
        await self._door.close()


def from_tape(file: Path) -> Performer:
    """Return what plays a tape."""
    tape = read_tape(file)
    endpoint = Endpoint(
        provider=Provider.OPENAI,
        base_url=NOWHERE,
        model=tape.label.model,
        mode=OutputMode(tape.label.mode),
    )
    return Performer(tape.label.name, endpoint, tape, tape=tape)


def at_endpoint(
    endpoint: Endpoint, *, allow: frozenset[str] = frozenset()
) -> tuple[Performer, Recorder]:
    """Return what asks a real server, and what hears its answers."""
    exchange = Exchange(endpoint.base_url, limit_bytes=LARGEST_ANSWER, allow=allow)
    recorder = Recorder(exchange, mode=endpoint.mode.value)
    return Performer(endpoint.model, endpoint, recorder), recorder

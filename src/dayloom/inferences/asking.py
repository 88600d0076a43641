"""What the rest of the product knows of models: a question in, a recorded answer out."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from dayloom.language.program.answers import Answer, ChatAnswer
from dayloom.language.program.endpoint import Endpoint, Probed
from dayloom.language.program.execution import Answered
from dayloom.language.program.questions import ChatQuestion, Question

A = TypeVar("A", bound=Answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given(Generic[A]):
    """A typed answer and the number of the call in the inference log."""

    answer: A
    execution_id: int


class Door(Protocol):
    """Speaks to models, and records nothing."""

    async def run(self, question: Question, answer: type[A], endpoint: Endpoint) -> Answered[A]:
        """Return the answer. Raises `ModelUnavailable`, whatever went wrong."""
        ...

    def stream(
        self, question: ChatQuestion, endpoint: Endpoint
    ) -> AsyncGenerator[str | Answered[ChatAnswer], None]:
        """Yield the reply in pieces as they come, then the whole answer.

        Raises `ModelUnavailable` with what was `said` where it breaks off.
        """
        ...

    async def probe(self, endpoint: Endpoint) -> Probed:
        """Test a connection. Raises `ModelUnavailable` with what a person may do about it."""
        ...


class Asks(Protocol):
    """Asks the account's own model, within its budget, and records every call."""

    async def is_configured(self, account_id: int) -> bool: ...

    async def ask(
        self, account_id: int, question: Question, answer: type[A], *, task_id: int | None = None
    ) -> Given[A]:
        """Return the answer, recorded. Raises `ModelUnavailable`, which is recorded too."""
        ...

    def tell(
        self, account_id: int, question: ChatQuestion
    ) -> AsyncGenerator[str | Given[ChatAnswer], None]:
        """Yield the reply in pieces, then the recorded answer. Raises `ModelUnavailable`."""
        ...

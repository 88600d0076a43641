"""A model that says what a test tells it to, recorded as any other."""

from collections.abc import AsyncGenerator, Callable
from typing import Any, TypeVar

from dayloom.bootstrap import Container, Services
from dayloom.inferences.asking import Given
from dayloom.inferences.models import ExecutionRow
from dayloom.language.program.answers import Answer, ChatAnswer
from dayloom.language.program.execution import Failure, ModelUnavailable
from dayloom.language.program.questions import ChatQuestion, Question

A = TypeVar("A", bound=Answer)


class Scripted:
    """Answers with `says`, which may look at the question; `fails` in its place."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self.configured = True
        self.says: Callable[[Any], dict[str, Any]] = lambda _: {}
        self.fails: Failure | None = None
        self.asked: list[Any] = []
        self.meanwhile: Callable[[], object] = lambda: None

    async def is_configured(self, account_id: int) -> bool:
        return self.configured and account_id == self._container.account_id

    async def ask(
        self, account_id: int, question: Question, answer: type[A], *, task_id: int | None = None
    ) -> Given[A]:
        self.asked.append(question)
        self.meanwhile()
        if self.fails is not None:
            raise ModelUnavailable(self.fails, "It does not answer.")
        said = self.says(question)

        def record(s: Services) -> int:
            row = ExecutionRow(
                account_id=account_id,
                module=question.module,
                model="scripted",
                base_url="http://127.0.0.1/v1",
                mode="json_object",
                task_id=task_id,
                started_at=s.now,
                duration_ms=1,
                inputs=question.model_dump(mode="json"),
                outputs=said,
            )
            s.session.add(row)
            s.session.flush()
            return row.id

        number = await self._container.write(record)
        return Given(answer=answer.model_validate(said), execution_id=number)

    async def tell(
        self, account_id: int, question: ChatQuestion
    ) -> AsyncGenerator[str | Given[ChatAnswer], None]:
        yield await self.ask(account_id, question, ChatAnswer)

"""What is known of a call while it runs: its question, its time and its requests."""

import asyncio
import json
import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from dayloom.language.program.answers import Answer
from dayloom.language.program.endpoint import Endpoint
from dayloom.language.program.execution import Attempt, Execution, Failure, ModelUnavailable
from dayloom.language.program.questions import Question
from dayloom.language.program.trouble import Trouble

SHORTEST_SECRET = 6  # what is shorter is no key, but a word such as "none"


@dataclass(kw_only=True)
class Call:
    """One call. `status` and `reply` are those of the last request, `said` was streamed."""

    question: Question
    endpoint: Endpoint
    begun: float = field(default_factory=time.perf_counter)
    deadline: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    attempts: list[Attempt] = field(default_factory=list)
    status: int | None = None
    trouble: Trouble | None = None
    reply: str = ""
    said: str = ""

    def __post_init__(self) -> None:
        self.deadline += self.endpoint.timeout.total_seconds()

    @property
    def host(self) -> str:
        """Return the server's name for sentences."""
        return urlsplit(self.endpoint.base_url).hostname or self.endpoint.base_url

    @property
    def inputs(self) -> dict[str, Any]:
        """Return the fields of the question, typed as they are."""
        return {name: getattr(self.question, name) for name in type(self.question).model_fields}

    def remaining(self) -> float:
        """Return how many seconds are left."""
        return self.deadline - asyncio.get_running_loop().time()

    def execution(
        self, answer: Answer | None, failure: Failure | None = None, sentence: str = ""
    ) -> Execution:
        """Return what there is to record, without the key, whoever repeated it."""
        return Execution(
            module=self.question.module,
            model=self.endpoint.model,
            base_url=self.endpoint.base_url,
            mode=self.endpoint.mode,
            inputs=self._plain(self.question),
            outputs=None if answer is None else self._plain(answer),
            failure=failure,
            sentence=without_key(sentence, self.endpoint),
            duration_ms=round((time.perf_counter() - self.begun) * 1000),
            attempts=tuple(self.attempts),
        )

    def unavailable(self, failure: Failure, sentence: str) -> ModelUnavailable:
        """Return the failure of this call, ready to be raised."""
        execution = self.execution(None, failure, sentence)
        said = without_key(self.said, self.endpoint)
        return ModelUnavailable(failure, execution.sentence, execution=execution, said=said)

    def _plain(self, value: Question | Answer) -> dict[str, Any]:
        written = json.dumps(value.model_dump(mode="json"), ensure_ascii=False)
        plain: dict[str, Any] = json.loads(without_key(written, self.endpoint))
        return plain


CALL: ContextVar[Call] = ContextVar("call")


def without_key(text: str, endpoint: Endpoint) -> str:
    """Return a text without the key, as it is and as JSON writes it."""
    key = endpoint.api_key
    if len(key) < SHORTEST_SECRET:
        return text
    return text.replace(key, "…").replace(json.dumps(key)[1:-1], "…")

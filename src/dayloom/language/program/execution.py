"""What became of one call: everything that the inference log keeps, and how calls fail."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

A = TypeVar("A")


class Module(StrEnum):
    """What a model is asked for."""

    TIME_SLOT = "TimeSlotModule"
    PRIORITIZER = "PrioritizerModule"
    CHAT = "ChatAssistantModule"
    CONTEXT = "ContextModule"
    PROBE = "ConnectionTest"


class Failure(StrEnum):
    """Why there is no answer."""

    NOT_CONFIGURED = "not_configured"
    OVER_BUDGET = "over_budget"
    CIRCUIT_OPEN = "circuit_open"  # it failed too often; asked again in a minute
    DEADLINE = "deadline"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # key, model or request are wrong: trying again does not help
    BILLING = "billing"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"  # not of the asked type, even after one repair
    CANCELLED = "cancelled"


PASSING = frozenset(
    {
        Failure.CIRCUIT_OPEN,
        Failure.DEADLINE,
        Failure.UNREACHABLE,
        Failure.RATE_LIMITED,
        Failure.SERVER_ERROR,
        Failure.CANCELLED,
    }
)  # failures that may be gone later


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One HTTP request. `status` is None where no answer came; `cost` is in US dollars."""

    duration_ms: int
    status: int | None
    error: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost: float | None = None
    streamed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """One call of a module: inputs and outputs are plain JSON, without any secret."""

    module: Module
    model: str
    base_url: str
    mode: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any] | None
    failure: Failure | None
    sentence: str  # the failure for a person, empty without one
    duration_ms: int
    attempts: tuple[Attempt, ...]

    @property
    def tokens_in(self) -> int:
        return sum(attempt.tokens_in or 0 for attempt in self.attempts)

    @property
    def tokens_out(self) -> int:
        return sum(attempt.tokens_out or 0 for attempt in self.attempts)

    @property
    def cost(self) -> float | None:
        """Return what it cost in US dollars, None where no attempt said so."""
        known = [attempt.cost for attempt in self.attempts if attempt.cost is not None]
        return sum(known) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Generic[A]):
    """A typed answer and the call that it came from."""

    answer: A
    execution: Execution


class ModelUnavailable(Exception):
    """There is no answer; the message is a sentence for the person.

    `execution` is what there is to record, None where nothing was asked. `said` is the text
    that had been streamed before it broke off.
    """

    def __init__(
        self,
        failure: Failure,
        sentence: str,
        *,
        execution: Execution | None = None,
        said: str = "",
    ) -> None:
        super().__init__(sentence)
        self.failure = failure
        self.execution = execution
        self.said = said

    @property
    def passing(self) -> bool:
        """Tell whether trying again later may help."""
        return self.failure in PASSING

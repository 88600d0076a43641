"""Calls of models, as they go out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field

from dayloom.inferences.executions import Calls, Total
from dayloom.inferences.models import ExecutionRow
from dayloom.language.program.execution import Failure, Module
from dayloom.plans.forgetting import Forgotten
from dayloom.wire.scalars import Shown


class AttemptShown(Shown):
    """One request to the server; `status` is null where no answer came."""

    duration_ms: int
    status: int | None
    error: str | None
    tokens_in: int | None
    tokens_out: int | None
    cost: float | None = Field(description="In US dollars.")
    streamed: bool


class ExecutionShown(Shown):
    """One call of a module, with its retries; keys are never recorded."""

    id: int
    module: Module
    model: str
    base_url: str
    mode: str = Field(description="How the answer was held to its type.")
    task_id: int | None
    started_at: datetime
    duration_ms: int
    failure: Failure | None
    sentence: str = Field(description="The failure for a person; empty without one.")
    tokens_in: int
    tokens_out: int
    cost: float | None = Field(description="In US dollars; null where the server does not say.")
    attempts: list[AttemptShown]
    facts: list[dict[str, Any]] = Field(description="What it has set, oldest first.")
    forgotten_at: datetime | None = Field(description="When all that was taken back.")


class WholeExecutionShown(ExecutionShown):
    """The same with what was asked and answered."""

    inputs: dict[str, Any]
    outputs: dict[str, Any] | None


class ExecutionsShown(Shown):
    """Calls, the newest first."""

    executions: list[ExecutionShown]
    next: int | None = Field(description="Give it as `before` for older ones; null at the end.")


class TotalShown(Shown):
    """What the calls of a module to a model came to; latencies are those of answers."""

    module: Module
    model: str
    calls: int
    failures: int
    p50_ms: int | None
    p95_ms: int | None
    tokens_in: int
    tokens_out: int
    cost: float | None


class TotalsShown(Shown):
    """By module and model."""

    totals: list[TotalShown]


class ForgottenShown(Shown):
    """What became of a call's facts."""

    taken_back: int
    left: int = Field(description="Changed since, and therefore left as they are.")


def show_execution(row: ExecutionRow, zone: ZoneInfo) -> ExecutionShown:
    return ExecutionShown(**_shown(row, zone))


def show_whole(row: ExecutionRow, zone: ZoneInfo) -> WholeExecutionShown:
    return WholeExecutionShown(**_shown(row, zone), inputs=row.inputs, outputs=row.outputs)


def show_executions(calls: Calls, zone: ZoneInfo) -> ExecutionsShown:
    shown = [show_execution(row, zone) for row in calls.rows]
    return ExecutionsShown(executions=shown, next=calls.next)


def show_total(total: Total) -> TotalShown:
    return TotalShown(
        module=total.module,
        model=total.model,
        calls=total.calls,
        failures=total.failures,
        p50_ms=total.p50_ms,
        p95_ms=total.p95_ms,
        tokens_in=total.tokens_in,
        tokens_out=total.tokens_out,
        cost=total.cost,
    )


def show_forgotten(forgotten: Forgotten) -> ForgottenShown:
    return ForgottenShown(taken_back=forgotten.taken_back, left=forgotten.left)


def _shown(row: ExecutionRow, zone: ZoneInfo) -> Mapping[str, Any]:
    return {
        "id": row.id,
        "module": row.module,
        "model": row.model,
        "base_url": row.base_url,
        "mode": row.mode,
        "task_id": row.task_id,
        "started_at": row.started_at.astimezone(zone),
        "duration_ms": row.duration_ms,
        "failure": row.failure,
        "sentence": row.sentence,
        "tokens_in": row.tokens_in,
        "tokens_out": row.tokens_out,
        "cost": row.cost,
        "attempts": [AttemptShown(**attempt) for attempt in row.attempts],
        "facts": row.facts,
        "forgotten_at": row.forgotten_at and row.forgotten_at.astimezone(zone),
    }

"""How a call becomes a row of the log."""

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.inferences.models import ExecutionRow
from dayloom.inferences.repository import InferenceRepository
from dayloom.language.program.execution import Execution, Failure

QUIET = timedelta(minutes=1)
REPEATED = (Failure.CIRCUIT_OPEN, Failure.OVER_BUDGET)  # recorded once a minute


def record(session: Session, row: ExecutionRow) -> int:
    """Store a call, and return its number; what repeats itself is kept once a minute."""
    rows = InferenceRepository(session, row.account_id)
    ended = row.started_at + timedelta(milliseconds=row.duration_ms)
    last = rows.newest() if row.failure in REPEATED else None
    if last is not None and last.failure == row.failure and ended - last.started_at < QUIET:
        return last.id
    rows.add(row)
    Changes(session, row.account_id, ended).announce(Topic.INFERENCES)
    return row.id


def to_row(
    account_id: int, execution: Execution, now: datetime, *, task_id: int | None = None
) -> ExecutionRow:
    """Return the row of a call that has ended now."""
    return ExecutionRow(
        account_id=account_id,
        module=execution.module,
        model=execution.model,
        base_url=execution.base_url,
        mode=execution.mode,
        task_id=task_id,
        started_at=now - timedelta(milliseconds=execution.duration_ms),
        duration_ms=execution.duration_ms,
        inputs=dict(execution.inputs),
        outputs=dict(execution.outputs) if execution.outputs is not None else None,
        failure=execution.failure,
        sentence=execution.sentence,
        attempts=[asdict(attempt) for attempt in execution.attempts],
        tokens_in=execution.tokens_in,
        tokens_out=execution.tokens_out,
        cost=execution.cost,
    )

"""What the plan said when its time came: each piece is noted as it begins, and stays noted.

A plan keeps only what lies ahead, and the next one replaces it; what was planned for a day that
is over is known from here alone.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from dayloom.plans.models import BegunRow, SlotRow
from dayloom.tasks.models import Task, WorkedInterval


def note_begun(session: Session, account_id: int, *, now: datetime) -> None:
    """Note what has begun of the plan that holds, in the caller's transaction."""
    columns = ["account_id", "task_id", "start", "end"]
    session.execute(insert(BegunRow).from_select(columns, _unnoted(account_id, now)))


def has_begun(session: Session, account_id: int, *, now: datetime) -> bool:
    """Tell whether there is something to note."""
    return session.execute(_unnoted(account_id, now).limit(1)).first() is not None


def forget_begun(session: Session, account_id: int, *, before: datetime) -> None:
    session.execute(
        delete(BegunRow).where(BegunRow.account_id == account_id, BegunRow.end < before)
    )


def begun_between(
    session: Session, account_id: int, start: datetime, end: datetime
) -> Sequence[BegunRow]:
    """Return what was noted and touches `[start, end)`, in the order in which it began."""
    query = select(BegunRow).where(
        BegunRow.account_id == account_id, BegunRow.start < end, BegunRow.end > start
    )
    return session.scalars(query.order_by(BegunRow.start, BegunRow.id)).all()


def noted_since(session: Session, account_id: int) -> datetime | None:
    """Return from when on it is known what was planned; None before anything has begun."""
    query = select(func.min(BegunRow.start)).where(BegunRow.account_id == account_id)
    return session.scalar(query)


def _unnoted(account_id: int, now: datetime) -> Select[int, int, datetime, datetime]:
    """Return the pieces that have begun since the last note.

    The plan follows what runs, with a new piece each time: it adds nothing to the one that was
    noted when the work began. What was finished before its time came was not planned then.
    """
    own = BegunRow.task_id == SlotRow.task_id
    same = select(BegunRow.id).where(own, BegunRow.start == SlotRow.start)
    meanwhile = and_(
        WorkedInterval.task_id == SlotRow.task_id,
        WorkedInterval.start < SlotRow.end,
        or_(WorkedInterval.end.is_(None), WorkedInterval.end >= SlotRow.start),
    )
    followed = select(BegunRow.id).join(WorkedInterval, meanwhile)
    return (
        select(SlotRow.account_id, SlotRow.task_id, SlotRow.start, SlotRow.end)
        .join(Task, Task.id == SlotRow.task_id)
        .where(
            SlotRow.account_id == account_id,
            SlotRow.start <= now,
            Task.deleted_at.is_(None),
            or_(Task.actual_end_time.is_(None), Task.actual_end_time > SlotRow.start),
            ~same.correlate(SlotRow).exists(),
            ~followed.where(own, BegunRow.end > WorkedInterval.start).correlate(SlotRow).exists(),
        )
    )

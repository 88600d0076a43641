"""Where the tasks of one account lie, and what the person has seen of it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from dayloom.plans.models import SlotRow
from dayloom.tasks.models import Task, TaskStatus

PROMISE = timedelta(minutes=1)


class Taken(NamedTuple):
    """Where a task lies."""

    start: datetime
    end: datetime


class Housing(NamedTuple):
    """Where a task lies, and what decides on its hours."""

    start: datetime
    end: datetime
    title: str
    hour_map: str | None
    tags: list[str]
    preferred: list[dict[str, str]]
    release: datetime | None
    due: datetime | None
    deadline: datetime | None


class SlotRepository:
    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self.account_id = account_id

    def all(self) -> Sequence[SlotRow]:
        query = select(SlotRow).where(SlotRow.account_id == self.account_id)
        return self._session.scalars(query.order_by(SlotRow.start, SlotRow.id)).all()

    def seen(self) -> dict[tuple[int, datetime, datetime], datetime]:
        """Return since when the person knows of a task's piece from a start to an end."""
        query = select(SlotRow.task_id, SlotRow.start, SlotRow.end, SlotRow.seen_at).where(
            SlotRow.account_id == self.account_id, SlotRow.seen_at.is_not(None)
        )
        return {
            (task, start, end): at for task, start, end, at in self._session.execute(query) if at
        }

    def between(self, start: datetime, end: datetime) -> Sequence[SlotRow]:
        """Return the slots that touch `[start, end)`, in order of time."""
        query = select(SlotRow).where(
            SlotRow.account_id == self.account_id, SlotRow.start < end, SlotRow.end > start
        )
        return self._session.scalars(query.order_by(SlotRow.start, SlotRow.id)).all()

    def of(self, task_ids: Collection[int]) -> Sequence[SlotRow]:
        query = select(SlotRow).where(
            SlotRow.account_id == self.account_id, SlotRow.task_id.in_(task_ids)
        )
        return self._session.scalars(query.order_by(SlotRow.start, SlotRow.id)).all()

    def taken_between(self, start: datetime, end: datetime) -> Sequence[Taken]:
        """Return the slots of unfinished tasks that touch `[start, end)`."""
        return [Taken(*row) for row in self._taken(start, end, SlotRow.start, SlotRow.end)]

    def housed_between(self, start: datetime, end: datetime) -> Sequence[Housing]:
        """Return the same with what decides on the hours of their tasks."""
        what = (Task.title, Task.hour_map, Task.tags, Task.preferred)
        times = (Task.release, Task.due, Task.deadline)
        columns = (SlotRow.start, SlotRow.end, *what, *times)
        return [Housing(*row) for row in self._taken(start, end, *columns)]

    def _taken(
        self, start: datetime, end: datetime, *columns: InstrumentedAttribute[Any]
    ) -> Sequence[Any]:
        query = select(*columns).join_from(SlotRow, Task, Task.id == SlotRow.task_id)
        mine = query.where(
            SlotRow.account_id == self.account_id,
            SlotRow.start < end,
            SlotRow.end > start,
            Task.status.in_((TaskStatus.OPEN, TaskStatus.STARTED)),
            Task.deleted_at.is_(None),
        )
        return self._session.execute(mine).all()

    def ends_of(self, task_ids: Iterable[int]) -> dict[int, datetime]:
        """Return when the last slot of each of these tasks ends, for those that have one."""
        query = (
            select(SlotRow.task_id, func.max(SlotRow.end))
            .where(SlotRow.account_id == self.account_id, SlotRow.task_id.in_(task_ids))
            .group_by(SlotRow.task_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def replace(self, slots: Iterable[dict[str, Any]]) -> None:
        self._session.execute(delete(SlotRow).where(SlotRow.account_id == self.account_id))
        rows = [{"account_id": self.account_id, **slot} for slot in slots]
        if rows:
            self._session.execute(insert(SlotRow), rows)
        self._session.expire_all()

    def add(self, slots: Iterable[dict[str, Any]]) -> None:
        rows = [{"account_id": self.account_id, **slot} for slot in slots]
        if rows:
            self._session.execute(insert(SlotRow), rows)

    def mark_seen(self, start: datetime, end: datetime, *, now: datetime) -> int:
        """Note that the person saw what lies in `[start, end)`; return how many were new.

        A provisional place counts from `PROMISE` on, when no plan came to say otherwise.
        """
        waiting = select(Task.id).where(
            Task.account_id == self.account_id, Task.updated_at <= now - PROMISE
        )
        query = (
            update(SlotRow)
            .where(
                SlotRow.account_id == self.account_id,
                SlotRow.start < end,
                SlotRow.end > start,
                SlotRow.seen_at.is_(None),
                or_(SlotRow.provisional.is_(False), SlotRow.task_id.in_(waiting)),
            )
            .values(seen_at=now)
            .returning(SlotRow.id)
        )
        return len(self._session.execute(query).all())

    def count_seen(self) -> int:
        """Return how many of the current slots the person has seen."""
        query = select(func.count()).where(
            SlotRow.account_id == self.account_id, SlotRow.seen_at.is_not(None)
        )
        return self._session.scalar(query) or 0

    def mark_tasks_seen(self, task_ids: Collection[int], *, now: datetime) -> None:
        """Note that the person knows where these tasks lie."""
        self._session.execute(
            update(SlotRow)
            .where(SlotRow.account_id == self.account_id, SlotRow.task_id.in_(task_ids))
            .values(seen_at=now)
        )

    def overtaken(self, now: datetime, grace: timedelta) -> bool:
        """Tell whether work did not start in time, or runs longer than it was given."""
        unstarted = and_(Task.status == TaskStatus.OPEN, SlotRow.start <= now - grace)
        overrun = and_(Task.status == TaskStatus.STARTED, SlotRow.start <= now, SlotRow.end <= now)
        query = select(SlotRow.id).join(Task, Task.id == SlotRow.task_id)
        own = SlotRow.account_id == self.account_id
        broken = query.where(own, Task.deleted_at.is_(None), or_(unstarted, overrun))
        return self._session.scalar(broken.limit(1)) is not None

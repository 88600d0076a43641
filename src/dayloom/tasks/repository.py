"""Tasks of one account."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Row, Select, and_, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from dayloom.tasks.models import Task, TaskDependency, TaskSeries, TaskStatus, WorkedInterval

UNFINISHED = (TaskStatus.OPEN, TaskStatus.STARTED)


class Placing(NamedTuple):
    """What a task shows of the plan, and since when it runs."""

    id: int
    needs_scheduling: bool
    scheduled_start_time: datetime | None
    scheduled_end_time: datetime | None
    reasoning: str
    running_since: datetime | None


class TaskRepository:
    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self.account_id = account_id

    def add(self, row: Task | TaskSeries | WorkedInterval) -> None:
        self._session.add(row)
        self._session.flush()

    def get(self, task_id: int, *, deleted: bool = False) -> Task | None:
        query = self._own().where(Task.id == task_id)
        if not deleted:
            query = query.where(Task.deleted_at.is_(None))
        return self._session.scalar(query)

    def titles(self, task_ids: Collection[int]) -> Mapping[int, str]:
        query = select(Task.id, Task.title).where(
            Task.account_id == self.account_id, Task.id.in_(task_ids)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def unfinished(self) -> Sequence[Task]:
        """Return what is still to be planned, oldest first."""
        query = self._own().where(Task.status.in_(UNFINISHED), Task.deleted_at.is_(None))
        return self._session.scalars(query.order_by(Task.id)).all()

    def page(
        self, *, statuses: Sequence[TaskStatus], text: str, after_id: int, limit: int
    ) -> Sequence[Task]:
        """Return up to `limit` tasks with ids above `after_id`, in order of id."""
        query = self._own().where(Task.deleted_at.is_(None), Task.id > after_id)
        if statuses:
            query = query.where(Task.status.in_(statuses))
        if text:
            pattern = f"%{_escaped(text)}%"
            query = query.where(
                or_(Task.title.ilike(pattern, escape="\\"), Task.notes.ilike(pattern, escape="\\"))
            )
        return self._session.scalars(query.order_by(Task.id).limit(limit)).all()

    def search(self, words: Collection[str], *, limit: int) -> Sequence[Task]:
        """Return tasks with all of the words in title, notes or project: unfinished ones first,
        then the newest."""
        query = self._own().where(Task.deleted_at.is_(None))
        for word in words:
            pattern = f"%{_escaped(word)}%"
            columns = (Task.title, Task.notes, Task.project)
            query = query.where(or_(*(one.ilike(pattern, escape="\\") for one in columns)))
        order = (Task.status.in_(UNFINISHED).desc(), Task.id.desc())
        return self._session.scalars(query.order_by(*order).limit(limit)).all()

    def finished_since(self, moment: datetime) -> Sequence[Task]:
        """Return the tasks completed at or after `moment`, in the order of completion."""
        query = self._own().where(
            Task.status == TaskStatus.COMPLETED,
            Task.deleted_at.is_(None),
            Task.actual_end_time >= moment,
        )
        return self._session.scalars(query.order_by(Task.actual_end_time, Task.id)).all()

    def projects(self) -> Sequence[str]:
        """Return the names of the projects that tasks belong to, in order."""
        query = select(Task.project).where(
            Task.account_id == self.account_id, Task.deleted_at.is_(None), Task.project != ""
        )
        return sorted(set(self._session.scalars(query.distinct())), key=str.casefold)

    def spelled(self, project: str) -> str:
        """Return the name of a project as it is written already."""
        known = {name.casefold(): name for name in self.projects()}
        return known.get(project.casefold(), project)

    def count_unfinished(self) -> int:
        query = select(func.count(Task.id)).where(
            Task.account_id == self.account_id,
            Task.status.in_(UNFINISHED),
            Task.deleted_at.is_(None),
        )
        return self._session.scalar(query) or 0

    def placings(self) -> Sequence[Placing]:
        """Return what the unfinished tasks show of the plan."""
        running = and_(WorkedInterval.task_id == Task.id, WorkedInterval.end.is_(None))
        query = (
            select(
                Task.id,
                Task.needs_scheduling,
                Task.scheduled_start_time,
                Task.scheduled_end_time,
                Task.reasoning,
                WorkedInterval.start,
            )
            .outerjoin(WorkedInterval, running)
            .where(
                Task.account_id == self.account_id,
                Task.status.in_(UNFINISHED),
                Task.deleted_at.is_(None),
            )
        )
        return [Placing(*row) for row in self._session.execute(query.order_by(Task.id))]

    def place(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Write what tasks, named by their `id`, show of the plan."""
        if rows:
            self._session.execute(update(Task), rows)

    def waits_since(self, moment: datetime) -> bool:
        """Tell whether a task that changed before `moment` was not planned since."""
        query = select(Task.id).where(
            Task.account_id == self.account_id,
            Task.status.in_(UNFINISHED),
            Task.deleted_at.is_(None),
            Task.needs_scheduling,
            Task.updated_at <= moment,
        )
        return self._session.scalar(query.limit(1)) is not None

    def running(self) -> WorkedInterval | None:
        query = select(WorkedInterval).where(
            WorkedInterval.account_id == self.account_id, WorkedInterval.end.is_(None)
        )
        return self._session.scalar(query)

    def known(self, task_ids: Collection[int]) -> set[int]:
        """Return which of these numbers are tasks of the account that were not deleted."""
        query = select(Task.id).where(
            Task.account_id == self.account_id, Task.id.in_(task_ids), Task.deleted_at.is_(None)
        )
        return set(self._session.scalars(query))

    def all_before(self, task_ids: Collection[int]) -> set[int]:
        """Return everything that these tasks wait for, directly or through others."""
        own = TaskDependency.account_id == self.account_id
        first = select(TaskDependency.after_id.label("id")).where(
            own, TaskDependency.task_id.in_(task_ids)
        )
        chain = first.cte(recursive=True)
        further = select(TaskDependency.after_id).join(chain, TaskDependency.task_id == chain.c.id)
        return set(self._session.scalars(select(chain.union(further.where(own)).c.id)))

    def pauses(self, since: datetime) -> Sequence[Row[int, timedelta, datetime | None]]:
        """Return what still rests after a task that is done: who waits, how long, since when."""
        before = aliased(Task)
        query = (
            select(TaskDependency.task_id, TaskDependency.gap, before.actual_end_time)
            .join(Task, Task.id == TaskDependency.task_id)
            .join(before, before.id == TaskDependency.after_id)
            .where(
                TaskDependency.account_id == self.account_id,
                TaskDependency.gap > timedelta(0),
                Task.status.in_(UNFINISHED),
                Task.deleted_at.is_(None),
                before.status == TaskStatus.COMPLETED,
                before.deleted_at.is_(None),
                before.actual_end_time >= since,
            )
        )
        return self._session.execute(query.order_by(TaskDependency.task_id)).all()

    def series(self, series_id: int) -> TaskSeries | None:
        query = select(TaskSeries).where(
            TaskSeries.account_id == self.account_id, TaskSeries.id == series_id
        )
        return self._session.scalar(query)

    def living_series(self) -> Sequence[TaskSeries]:
        query = select(TaskSeries).where(
            TaskSeries.account_id == self.account_id, TaskSeries.ended_on.is_(None)
        )
        return self._session.scalars(query.order_by(TaskSeries.id)).all()

    def open_occurrences(self, series_id: int) -> Sequence[Task]:
        """Return the unfinished occurrences of a series in order of date."""
        query = self._own().where(
            Task.series_id == series_id, Task.status.in_(UNFINISHED), Task.deleted_at.is_(None)
        )
        return self._session.scalars(
            query.order_by(Task.occurrence_on, Task.occurrence_number)
        ).all()

    def last_begun(self, series_id: int, now: datetime) -> date | None:
        """Return the date of the latest occurrence that may be done by now."""
        query = select(func.max(Task.occurrence_on)).where(
            Task.account_id == self.account_id,
            Task.series_id == series_id,
            Task.release <= now,
            Task.deleted_at.is_(None),
        )
        return self._session.scalar(query)

    def flush(self) -> None:
        self._session.flush()

    def refresh(self, task: Task) -> None:
        self._session.refresh(task)

    def _own(self) -> Select[Task]:
        return select(Task).where(Task.account_id == self.account_id)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

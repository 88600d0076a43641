"""The rows that the measures look at, read as values; what was removed counts nowhere."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from dayloom.calendars.repository import BusyEvent, CalendarRepository
from dayloom.inferences.chosen import Chosen
from dayloom.inferences.repository import Figures, InferenceRepository
from dayloom.insights.capacity import Ahead
from dayloom.insights.days import Records
from dayloom.insights.pieces import NOTHING, Finished, Piece, in_turn, within
from dayloom.insights.promises import Promise
from dayloom.planning.interval import Interval
from dayloom.plans.begun import begun_between, noted_since
from dayloom.plans.slots import SlotRepository, Taken
from dayloom.tasks.models import Task, TaskStatus, WorkedInterval
from dayloom.tasks.repository import TaskRepository


class InsightRows:
    """Reads inside the caller's transaction."""

    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self._account_id = account_id
        self._tasks = TaskRepository(session, account_id)

    def records(self, window: Interval, *, now: datetime) -> Records:
        """Return what is kept of a stretch of time up to `now`."""
        return Records(
            planned=self._planned(window, now),
            worked=tuple(self._worked(window, now)),
            done=tuple(self.finished(window)),
            since=noted_since(self._session, self._account_id),
        )

    def finished(self, window: Interval) -> Iterator[Finished]:
        """Yield what was completed within `window`, in that order."""
        for task in self._tasks.finished_since(window.start):
            if task.actual_end_time and task.actual_end_time < window.end:
                spans = ((one.start, one.end) for one in task.worked)
                yield Finished(
                    task_id=task.id,
                    title=task.title,
                    at=task.actual_end_time,
                    estimate=task.duration,
                    worked=sum((end - start for start, end in spans if end), NOTHING),
                    until=task.deadline or task.due,
                )

    def promises(self, window: Interval, finished: Sequence[Finished]) -> Iterator[Promise]:
        """Yield the finished tasks that had a date, and the open ones whose date went by."""
        for task in finished:
            if task.until is not None:
                yield Promise(
                    task_id=task.task_id, title=task.title, until=task.until, done_at=task.at
                )
        until = func.coalesce(Task.deadline, Task.due)
        query = select(Task.id, Task.title, until).where(
            Task.account_id == self._account_id,
            Task.deleted_at.is_(None),
            Task.status != TaskStatus.COMPLETED,
            until >= window.start,
            until < window.end,
        )
        for task_id, title, moment in self._session.execute(query):
            yield Promise(task_id=task_id, title=title, until=moment, done_at=None)

    def ahead(self, window: Interval, opened: Sequence[Interval]) -> Ahead:
        """Return what lies in a stretch of time to come, given when it is open."""
        events = CalendarRepository(self._session, self._account_id)
        slots = SlotRepository(self._session, self._account_id)
        return Ahead(
            opened=tuple(opened),
            busy=_intervals(events.busy_between(window.start, window.end)),
            planned=_intervals(slots.taken_between(window.start, window.end)),
        )

    def figures(self, since: datetime) -> Sequence[Figures]:
        """Return what calls of models came to, one by one."""
        rows = InferenceRepository(self._session, self._account_id)
        return rows.figures(Chosen(since=since))

    def _planned(self, window: Interval, now: datetime) -> tuple[Piece, ...]:
        """Return what was planned, each piece up to the next one and up to `now`."""
        begun = begun_between(self._session, self._account_id, window.start, window.end)
        titles = self._tasks.titles(self._tasks.known({row.task_id for row in begun}))
        pieces = in_turn(
            Piece(
                task_id=row.task_id,
                title=titles[row.task_id],
                interval=Interval(row.start, row.end),
            )
            for row in begun
            if row.task_id in titles
        )
        return within(pieces, Interval(min(window.start, now), now))

    def _worked(self, window: Interval, now: datetime) -> Iterator[Piece]:
        """Yield the clocked time; what runs is counted up to `now`."""
        query = (
            select(WorkedInterval.task_id, Task.title, WorkedInterval.start, WorkedInterval.end)
            .join(Task, Task.id == WorkedInterval.task_id)
            .where(
                WorkedInterval.account_id == self._account_id,
                Task.deleted_at.is_(None),
                WorkedInterval.start < window.end,
                or_(WorkedInterval.end.is_(None), WorkedInterval.end > window.start),
            )
        )
        for task_id, title, start, end in self._session.execute(
            query.order_by(WorkedInterval.start)
        ):
            yield Piece(
                task_id=task_id, title=title, interval=Interval(start, end or max(start, now))
            )


def _intervals(rows: Iterable[BusyEvent | Taken]) -> tuple[Interval, ...]:
    return tuple(Interval(row.start, row.end) for row in rows)

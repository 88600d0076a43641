"""Why something near has moved all the same: the hard rule that took its place from it."""

from collections.abc import Iterator

from dayloom.planning.interval import Interval, merge
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Previous, Problem, Task
from dayloom.planning.reason import Code, Reason

Pieces = tuple[Interval, ...]


def why_moved(problem: Problem, plan: Plan, task: Task) -> Reason | None:
    """Return what forced a task from its place within the fence; None if it was not moved.

    The first of these that holds: its own rules and dates, what it waits for, what lies there.
    Where none does, it had to make room elsewhere for a deadline, or for a daily limit.
    """
    old = _near_place(problem, task)
    if not old or task.pinned or plan.by_task().get(task.id, old) == old:
        return None
    found = _Place(problem, plan, task, old).reasons()
    return next(found, Reason(code=Code.MOVED_FOR_OTHERS))


def _near_place(problem: Problem, task: Task) -> Pieces:
    until = problem.frozen_until
    for previous in problem.previous:
        if previous.task_id == task.id and until and is_near(previous, problem):
            return tuple(sorted(previous.intervals))
    return ()


def is_near(previous: Previous, problem: Problem) -> bool:
    """Say whether it was seen to start within the fence."""
    until, pieces = problem.frozen_until, previous.intervals
    return bool(until and previous.seen and pieces and min(pieces).start < until)


class _Place:
    """The place that a task has lost, and what is true of it now."""

    def __init__(self, problem: Problem, plan: Plan, task: Task, old: Pieces) -> None:
        self._problem, self._plan, self._task, self._old = problem, plan, task, old

    def reasons(self) -> Iterator[Reason]:
        yield from self._events()
        yield from self._hours()
        yield from self._dates()
        yield from self._waiting()
        yield from self._neighbours()

    def _events(self) -> Iterator[Reason]:
        wide = self._problem.event_buffer
        for event in self._problem.busy:
            taken = Interval(event.interval.start - wide, event.interval.end + wide)
            if taken.duration and self._overlaps(taken):
                yield Reason(code=Code.MOVED_FOR_EVENT, event_id=event.event_id)

    def _hours(self) -> Iterator[Reason]:
        opened = merge(self._problem.hours[self._task.hours])
        if not all(any(one.covers(piece) for one in opened) for piece in self._old):
            yield Reason(code=Code.MOVED_FOR_HOURS, name=self._task.hours)

    def _dates(self) -> Iterator[Reason]:
        task, start, end = self._task, self._old[0].start, self._old[-1].end
        if task.deadline and task.deadline < end:
            yield Reason(code=Code.MOVED_FOR_DEADLINE, at=task.deadline)
        if task.release and task.release > start:
            yield Reason(code=Code.MOVED_FOR_RELEASE, at=task.release)

    def _waiting(self) -> Iterator[Reason]:
        places = self._plan.by_task()
        for link in self._task.after:
            pieces = places.get(link.task_id)
            if pieces and max(p.end for p in pieces) + link.gap > self._old[0].start:
                until = max(p.end for p in pieces)
                yield Reason(code=Code.MOVED_FOR_TASK, task_id=link.task_id, until=until)

    def _neighbours(self) -> Iterator[Reason]:
        """Name what lies there now: a pin, or a task with a deadline."""
        tasks, wide = {task.id: task for task in self._problem.tasks}, self._problem.buffer
        for slot in self._plan.slots:
            other = tasks[slot.task_id]
            taken = Interval(slot.start - wide, slot.end + wide)
            if other.id == self._task.id or not self._overlaps(taken):
                continue
            if other.pinned:
                yield Reason(code=Code.MOVED_FOR_PIN, task_id=other.id)
            elif other.deadline:
                yield Reason(code=Code.MOVED_FOR_URGENT, task_id=other.id, at=other.deadline)

    def _overlaps(self, interval: Interval) -> bool:
        return any(piece.overlaps(interval) for piece in self._old)

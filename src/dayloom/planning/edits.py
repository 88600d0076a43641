"""Changes of a problem that one may think through before making them: repairs and what-ifs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce

from dayloom.planning.interval import Interval, merge, subtract
from dayloom.planning.problem import Busy, InvalidProblem, Problem, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDeadline:
    """The task may end until `at`; None takes its deadline away."""

    task_id: int
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDue:
    """The task is due at `at`; None takes its due date away."""

    task_id: int
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowPieces:
    """The task may be cut into pieces of these lengths."""

    task_id: int
    min_chunk: timedelta
    max_chunk: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOut:
    """The task is not planned, and nothing waits for it."""

    task_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTask:
    """One task more; its id must be free."""

    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class AddBusy:
    """One event more. By convention the id of one that is only imagined is negative."""

    interval: Interval
    event_id: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipEvent:
    """The event takes no time."""

    event_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHours:
    """The hour map is open in the interval too."""

    hours: str
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseHours:
    """The hour map, or every one, is closed in the interval."""

    interval: Interval
    hours: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBuffers:
    """Pauses of these lengths; None leaves one as it is."""

    buffer: timedelta | None = None
    event_buffer: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftCaps:
    """No daily limit holds on the days that `interval` touches."""

    interval: Interval


Edit = (
    MoveDeadline
    | MoveDue
    | AllowPieces
    | LeaveOut
    | AddTask
    | AddBusy
    | SkipEvent
    | OpenHours
    | CloseHours
    | SetBuffers
    | LiftCaps
)


def edited(problem: Problem, *edits: Edit) -> Problem:
    """Return the problem after the edits, in their order.

    Raises `InvalidProblem` where an edit names what is not there, or makes no sense with the rest.
    """
    return reduce(_edited, edits, problem)


def _edited(problem: Problem, edit: Edit) -> Problem:
    match edit:
        case MoveDeadline(task_id=task_id, at=at):
            return _with_task(problem, task_id, lambda task: replace(task, deadline=at))
        case MoveDue(task_id=task_id, at=at):
            return _with_task(problem, task_id, lambda task: replace(task, due=at))
        case AllowPieces(task_id=task_id, min_chunk=least, max_chunk=most):
            return _with_task(
                problem, task_id, lambda task: replace(task, min_chunk=least, max_chunk=most)
            )
        case LeaveOut(task_id=task_id):
            return _without(problem, task_id)
        case AddTask(task=task):
            return replace(problem, tasks=(*problem.tasks, task))
        case _:
            return _with_other_time(problem, edit)


def _with_other_time(problem: Problem, edit: Edit) -> Problem:
    """Return the problem after an edit of the time that there is."""
    match edit:
        case AddBusy(interval=interval, event_id=event_id):
            busy = (*problem.busy, Busy(interval=interval, event_id=event_id))
            return replace(problem, busy=busy)
        case SkipEvent(event_id=event_id):
            _require(event_id in {event.event_id for event in problem.busy}, "event", event_id)
            left = tuple(event for event in problem.busy if event.event_id != event_id)
            return replace(problem, busy=left)
        case OpenHours(hours=name, interval=interval):
            _require(name in problem.hours, "hour map", name)
            opened = tuple(merge([*problem.hours[name], interval]))
            return replace(problem, hours={**problem.hours, name: opened})
        case CloseHours(hours=only, interval=interval):
            _require(only is None or only in problem.hours, "hour map", only)
            closed = {
                name: tuple(subtract(hours, [interval])) if only in (None, name) else hours
                for name, hours in problem.hours.items()
            }
            return replace(problem, hours=closed)
        case SetBuffers(buffer=buffer, event_buffer=around):
            return replace(
                problem,
                buffer=problem.buffer if buffer is None else buffer,
                event_buffer=problem.event_buffer if around is None else around,
            )
        case LiftCaps(interval=interval):
            return _uncapped(problem, interval)
    raise TypeError(f"not an edit: {edit!r}")


def _with_task(problem: Problem, task_id: int, change: Callable[[Task], Task]) -> Problem:
    _require(task_id in {task.id for task in problem.tasks}, "task", task_id)
    tasks = (change(task) if task.id == task_id else task for task in problem.tasks)
    return replace(problem, tasks=tuple(tasks))


def _without(problem: Problem, task_id: int) -> Problem:
    _require(task_id in {task.id for task in problem.tasks}, "task", task_id)
    rest = (task for task in problem.tasks if task.id != task_id)
    return replace(
        problem,
        tasks=tuple(
            replace(task, after=tuple(link for link in task.after if link.task_id != task_id))
            for task in rest
        ),
        previous=tuple(one for one in problem.previous if one.task_id != task_id),
    )


def _uncapped(problem: Problem, interval: Interval) -> Problem:
    longest = timedelta(days=2)  # more than a day can hold, and so no limit
    return replace(
        problem,
        caps=tuple(
            replace(
                cap,
                limits=tuple(
                    longest if day.overlaps(interval) else limit
                    for day, limit in zip(problem.days, cap.limits, strict=True)
                ),
            )
            for cap in problem.caps
        ),
    )


def _require(found: object, kind: str, name: object) -> None:
    if not found:
        raise InvalidProblem(f"there is no {kind} {name}")

"""Where the person wants a task to lie, and what refuses it before any plan is made."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.planning.interval import Interval
from dayloom.plans.facts import GRACE
from dayloom.plans.inputs import PlanInputs
from dayloom.tasks.fields import GRID, LONGEST, SHORTEST, in_range
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.pins import read_pins, to_grid
from dayloom.tasks.remaining import remaining


class EventInTheWay(Conflict):
    """An event lies where the task was put; the person may mean it all the same."""


class IsRunning(Conflict):
    """What is being worked on is not moved."""


class PieceInTheWay(Conflict):
    """Another piece of the same task lies there."""


class TimeIsOver(Invalid):
    """Nothing can be done in time gone by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A task at `start`, for `duration` if it should take longer or shorter.

    `piece` names, by its present start, the piece of a split task that moves. Where an event
    lies, it is refused unless `over_events` says that this is meant.
    """

    task_id: int
    start: datetime
    duration: timedelta | None = None
    piece: datetime | None = None
    over_events: bool = False


def intervals_of_wish(inputs: PlanInputs, wish: Wish) -> tuple[Interval, ...]:
    """Return where the task shall lie.

    Raises `NotFound`; `Invalid` for values that make no sense, and `TimeIsOver`; or a `Conflict`:
    `IsRunning`, `PieceInTheWay`, `EventInTheWay`.
    """
    task = require_open(inputs, wish.task_id)
    _check(wish)
    intervals = _wished(inputs, task, wish)
    if not wish.over_events:
        _refuse_events(inputs, intervals)
    return intervals


def pinned_under(
    inputs: PlanInputs, task_id: int, intervals: Sequence[Interval]
) -> tuple[Task, ...]:
    """Return the other tasks whose pins lie there: the newer decision lets the older one go."""
    return tuple(
        task
        for task in inputs.tasks
        if task.id != task_id
        and task.status is TaskStatus.OPEN
        and any(pin.overlaps(one) for pin in read_pins(task.pins) for one in intervals)
    )


@contextmanager
def unpinned(tasks: Sequence[Task]) -> Iterator[None]:
    """Let the planner move these tasks within the block."""
    pins = [task.pins for task in tasks]
    for task in tasks:
        task.pins = []
    yield
    for task, before in zip(tasks, pins, strict=True):
        task.pins = before


def require_open(inputs: PlanInputs, task_id: int) -> Task:
    """Return an unfinished task. Raises `NotFound`."""
    for task in inputs.tasks:
        if task.id == task_id:
            return task
    raise NotFound(f"There is no unfinished task #{task_id}.")


def _check(wish: Wish) -> None:
    if not in_range(wish.start):
        raise Invalid("Choose a time in the years 1970 to 2100.", field="start")
    length = wish.duration
    if length is not None and (not SHORTEST <= length <= LONGEST or length % GRID):
        raise Invalid(
            "A task takes between 5 minutes and 40 hours, in steps of 5 minutes.",
            field="duration",
        )


def _wished(inputs: PlanInputs, task: Task, wish: Wish) -> tuple[Interval, ...]:
    start = to_grid(wish.start)
    if task.status is TaskStatus.STARTED:
        raise IsRunning(f"“{task.title}” is running; stop it before you move it.")
    if start + GRACE <= inputs.now:
        raise TimeIsOver("That time is over; choose a later one.", field="start")
    slots = inputs.pieces().get(task.id, [])
    moving = next((slot for slot in slots if slot.start == wish.piece), None)
    if moving is None or len(slots) == 1:
        return (Interval(start, start + (wish.duration or remaining(task, inputs.now))),)
    rest = [Interval(s.start, s.end) for s in slots if s is not moving]
    moved = Interval(start, start + (wish.duration or moving.end - moving.start))
    if any(moved.overlaps(other) for other in rest):
        raise PieceInTheWay("Another piece of the same task lies there.")
    return tuple(sorted([*rest, moved]))


def _refuse_events(inputs: PlanInputs, intervals: tuple[Interval, ...]) -> None:
    for event in inputs.busy:
        taken = Interval(event.start, event.end)
        if any(taken.overlaps(interval) for interval in intervals):
            raise EventInTheWay(f"“{event.summary}” is in the way there.")

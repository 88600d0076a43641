"""Pins: the person puts a task somewhere, and there it stays until they take the pin out."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from dayloom.infra.clock import Clock
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.planning.interval import Interval
from dayloom.plans.facts import GRACE
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.memo import Memo
from dayloom.plans.models import Proposal
from dayloom.plans.service import PlanService
from dayloom.tasks.fields import GRID, LONGEST, SHORTEST, in_range
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.pins import store_pins, to_grid
from dayloom.tasks.remaining import remaining
from dayloom.tasks.repository import TaskRepository
from dayloom.tasks.service import note_edits


class EventInTheWay(Conflict):
    """An event lies where the task was put; the person may mean it all the same."""


class PinService:
    """Pins and unpins; whatever lies under a new pin makes room at once."""

    def __init__(self, plans: PlanService, account_id: int, clock: Clock) -> None:
        self._plans = plans
        self._account_id = account_id
        self._clock = clock

    async def pin(
        self,
        task_id: int,
        start: datetime,
        *,
        duration: timedelta | None = None,
        piece: datetime | None = None,
        over_events: bool = False,
    ) -> Proposal:
        """Put a task at `start`, for `duration` if it should take longer or shorter.

        `piece` names, by its present start, the piece of a split task that moves. Raises
        `NotFound`, `Invalid` for a time gone by, or `Conflict` where an event lies, unless
        `over_events` says that this is meant.
        """
        found: dict[int, tuple[Interval, ...]] = {}

        def wishes(inputs: PlanInputs) -> Mapping[int, tuple[Interval, ...]]:
            task = _require(inputs, task_id)
            _check(start, duration)
            intervals = _wished(inputs, task, to_grid(start), duration=duration, piece=piece)
            if not over_events:
                _refuse_events(inputs, intervals)
            found[task_id] = intervals
            task.pins = store_pins(intervals)  # so that the plan knows who put it there
            return {task_id: intervals}

        def remember(session: Session) -> Memo:
            task = TaskRepository(session, self._account_id).get(task_id)
            if task is None:
                raise NotFound(f"There is no task #{task_id}.")
            memo = {"pins": {str(task_id): task.pins}, "duration": {str(task_id): _whole(task)}}
            if duration is not None:
                worked = task.duration - min(task.duration, remaining(task, self._clock.now()))
                total = sum((i.duration for i in found[task_id]), timedelta(0))
                if worked + total > LONGEST:
                    raise Invalid("A task takes 40 hours at most.", field="duration")
                task.duration = worked + total
                note_edits(task, {"duration": task.duration})
            task.pins = store_pins(found[task_id])
            return memo

        return await self._plans.arrange(wishes, remember=remember)

    async def unpin(self, task_id: int) -> Proposal:
        """Let the planner move the task again. Raises `NotFound`."""

        def wishes(inputs: PlanInputs) -> Mapping[int, tuple[Interval, ...]]:
            _require(inputs, task_id).pins = []
            return {}

        def remember(session: Session) -> Memo:
            task = TaskRepository(session, self._account_id).get(task_id)
            if task is None:
                raise NotFound(f"There is no task #{task_id}.")
            memo = {"pins": {str(task_id): task.pins}}
            task.pins = []
            return memo

        return await self._plans.arrange(wishes, remember=remember)


def _require(inputs: PlanInputs, task_id: int) -> Task:
    for task in inputs.tasks:
        if task.id == task_id:
            return task
    raise NotFound(f"There is no unfinished task #{task_id}.")


def _check(start: datetime, duration: timedelta | None) -> None:
    if not in_range(start):
        raise Invalid("Choose a time in the years 1970 to 2100.", field="start")
    if duration is not None and (not SHORTEST <= duration <= LONGEST or duration % GRID):
        raise Invalid(
            "A task takes between 5 minutes and 40 hours, in steps of 5 minutes.",
            field="duration",
        )


def _whole(task: Task) -> int:
    return task.duration // timedelta(minutes=1)


def _wished(
    inputs: PlanInputs,
    task: Task,
    start: datetime,
    *,
    duration: timedelta | None,
    piece: datetime | None,
) -> tuple[Interval, ...]:
    """Return where the task shall lie. Raises `Invalid` or `Conflict` with the reason."""
    if task.status is TaskStatus.STARTED:
        raise Conflict(f"“{task.title}” is running; stop it before you move it.")
    if start + GRACE <= inputs.now:
        raise Invalid("That time is over; choose a later one.", field="start")
    slots = inputs.pieces().get(task.id, [])
    moving = next((slot for slot in slots if slot.start == piece), None)
    if moving is None or len(slots) == 1:
        return (Interval(start, start + (duration or remaining(task, inputs.now))),)
    rest = [Interval(s.start, s.end) for s in slots if s is not moving]
    length = duration or moving.end - moving.start
    moved = Interval(start, start + length)
    if any(moved.overlaps(other) for other in rest):
        raise Conflict("Another piece of the same task lies there.")
    return tuple(sorted([*rest, moved]))


def _refuse_events(inputs: PlanInputs, intervals: tuple[Interval, ...]) -> None:
    for event in inputs.busy:
        taken = Interval(event.start, event.end)
        if any(taken.overlaps(interval) for interval in intervals):
            raise EventInTheWay(f"“{event.summary}” is in the way there.")

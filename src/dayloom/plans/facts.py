"""What a plan takes as given: running work, wishes, pins, and what may not move this time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto

from dayloom.infra.errors import Conflict
from dayloom.planning.interval import Interval
from dayloom.planning.problem import Previous
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.models import SlotRow
from dayloom.plans.portions import Portion, portions_of
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.pins import read_pins

GRACE = timedelta(minutes=15)

Wishes = Mapping[int, tuple[Interval, ...]]  # by task
Facts = Mapping[int, tuple[Interval, ...]]  # by portion


class Hold(Enum):
    """What stays where it is, as a fact, unless it lies under a wish, a pin or running work."""

    NOTHING = auto()
    PUT_BACK = auto()  # what an undo or a repair put there
    SEEN = auto()  # what the person has seen
    EVERYTHING = auto()  # whatever has a place


def facts_of(
    inputs: PlanInputs, portions: Sequence[Portion], wishes: Wishes, hold: Hold
) -> dict[int, tuple[Interval, ...]]:
    """Return the pieces that are facts, by portion."""
    pinned = {
        portion.id: fixed
        for portion in portions
        if (fixed := portion.running or wishes.get(portion.id) or pins_ahead(portion, inputs.now))
    }
    facts = [interval for intervals in pinned.values() for interval in intervals]
    for portion in portions:
        if portion.id not in pinned and _stays(portion, inputs, hold):
            intervals = intervals_of(portion.slots)
            if not any(i.overlaps(fact) for i in intervals for fact in facts):
                pinned[portion.id] = intervals
    return pinned


def lying_ahead(inputs: PlanInputs, wishes: Wishes) -> tuple[Previous, ...]:
    """Return what lies in time to come, was not put there by the person, and is long enough."""
    return tuple(
        Previous(
            task_id=portion.id,
            intervals=intervals_of(portion.slots),
            seen=is_seen(portion.task, portion.slots),
        )
        for portion in portions_of(inputs)
        if portion.id not in wishes
        and not portion.running
        and not pins_ahead(portion, inputs.now)
        and portion.slots
        and portion.slots[0].start > inputs.now
        and total(intervals_of(portion.slots)) == portion.left
    )


def pins_ahead(portion: Portion, now: datetime) -> tuple[Interval, ...]:
    """Return the pins of a portion; one whose time has gone by unused holds nothing any more."""
    pins = read_pins(portion.task.pins) if portion.id == portion.task.id else ()
    return pins if pins and pins[0].start + GRACE > now else ()


def is_known(slot: SlotRow) -> bool:
    """Tell whether a slot comes of a plan, or the person has come to rely on it without one."""
    return not slot.provisional or slot.seen_at is not None


def is_seen(task: Task, slots: Sequence[SlotRow]) -> bool:
    """Tell whether the person saw where a task lies, and changed nothing about it since."""
    return any(
        slot.seen_at
        and (not task.needs_scheduling or (slot.provisional and slot.seen_at >= task.updated_at))
        for slot in slots
    )


def intervals_of(slots: Sequence[SlotRow]) -> tuple[Interval, ...]:
    return tuple(Interval(slot.start, slot.end) for slot in slots)


def total(intervals: Sequence[Interval]) -> timedelta:
    return sum((interval.duration for interval in intervals), timedelta(0))


def still_open(wishes: Wishes, inputs: PlanInputs) -> Wishes:
    """Return the wishes for tasks that rest unfinished and unpinned, in time to come."""
    open_ = {task.id for task in inputs.tasks if task.status is TaskStatus.OPEN and not task.pins}
    return {
        task_id: intervals
        for task_id, intervals in wishes.items()
        if task_id in open_ and intervals[0].start >= inputs.now
    }


def still_wanted(wishes: Wishes, inputs: PlanInputs) -> Wishes:
    """Return the same. Raises `Conflict` when all of it has come to nothing."""
    found = still_open(wishes, inputs)
    if wishes and not found:
        raise Conflict("There is nothing left to move: it is done, pinned, or its time is over.")
    return found


def _stays(portion: Portion, inputs: PlanInputs, hold: Hold) -> bool:
    """Tell whether a portion keeps its slots: what should begin just now always does."""
    task, slots = portion.task, portion.slots
    if not slots or total(intervals_of(slots)) != portion.left:
        return False
    if slots[0].start <= inputs.now:
        return inputs.now < slots[0].start + GRACE and not task.needs_scheduling
    if hold is Hold.PUT_BACK:
        return task.id in inputs.put_back and not task.needs_scheduling
    return hold is Hold.EVERYTHING or (hold is Hold.SEEN and is_seen(task, slots))

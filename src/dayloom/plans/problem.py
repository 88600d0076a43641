"""Rows in, `Problem` out: the only bridge between the database and the planning core."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto

from dayloom.planning.availability import WeeklyHours, local_days, open_intervals
from dayloom.planning.interval import Interval, merge
from dayloom.planning.problem import (
    GRID,
    LONGEST_HORIZON,
    Busy,
    Cap,
    Precedence,
    Preference,
    Previous,
    Problem,
    Task,
)
from dayloom.plans.hours import choose_hours, day_window
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.models import SlotRow
from dayloom.preferences.hours import to_weekly_hours
from dayloom.preferences.models import HourMap
from dayloom.tasks import models
from dayloom.tasks.pins import read_pins, to_grid

GRACE = timedelta(minutes=15)
OVERRUN = timedelta(minutes=15)
SHORTEST_HORIZON = timedelta(weeks=4)
ROOM = 3  # the horizon offers at least this many times the work that is left
WEIGHTS = (1, 1, 1, 2, 2, 3, 4, 6, 8, 12, 16)  # by priority: about 2 ** (priority / 2.5)
WINDOW_WORTH = timedelta(hours=16)

Wishes = Mapping[int, tuple[Interval, ...]]


class Hold(Enum):
    """What stays where it is, as a fact, unless it lies under a wish, a pin or running work."""

    NOTHING = auto()
    SEEN = auto()  # what the person has seen
    EVERYTHING = auto()  # whatever has a place


def build_problem(
    inputs: PlanInputs, *, wishes: Wishes | None = None, hold: Hold = Hold.NOTHING
) -> Problem:
    """Return the planning problem of an account.

    `wishes` pins tasks where the person wants them now; `hold` says what else may not move.
    """
    start = _next_step(inputs.now)
    weekly = {
        hour_map.name: to_weekly_hours(hour_map.weekly, hour_map.exceptions)
        for hour_map in inputs.hour_maps
    }
    horizon = _horizon(inputs, start, weekly)
    pinned = _pinned(inputs, wishes or {}, hold)
    days = local_days(inputs.zone, horizon)
    return Problem(
        now=inputs.now,
        horizon=horizon,
        tasks=tuple(_tasks(inputs, pinned)),
        hours={name: open_intervals(w, inputs.zone, horizon) for name, w in weekly.items()},
        windows=_windows(inputs, horizon),
        days=days,
        busy=tuple(
            Busy(interval=Interval(event.start, event.end), event_id=event.id)
            for event in inputs.busy
            if event.start < horizon.end and event.end > horizon.start
        ),
        buffer=inputs.preferences.buffer,
        event_buffer=inputs.preferences.event_buffer,
        caps=tuple(_caps(inputs, days)),
        previous=tuple(_previous(inputs, pinned)),
        frozen_until=inputs.now + inputs.preferences.freeze,
    )


def remaining(task: models.Task, now: datetime) -> timedelta:
    """Return the work that is left, on the grid and never less than one step."""
    worked = sum(((w.end or now) - w.start for w in task.worked), timedelta(0))
    left = -(-(task.duration - worked) // GRID) * GRID
    least = OVERRUN if task.status is models.TaskStatus.STARTED else GRID
    return max(left, least) if worked else task.duration


def _next_step(now: datetime) -> datetime:
    step = to_grid(now)
    return step if step == now else step + GRID


def _horizon(inputs: PlanInputs, start: datetime, weekly: Mapping[str, WeeklyHours]) -> Interval:
    """Return the shortest horizon with room for the work and a week after the last deadline."""
    ends = [t.deadline or t.due for t in inputs.tasks if t.deadline or t.due]
    last = max((end for end in ends if end), default=start)
    length = max(SHORTEST_HORIZON, last - start + timedelta(weeks=1))
    work = sum((remaining(task, inputs.now) for task in inputs.tasks), timedelta(0))
    longest = LONGEST_HORIZON - timedelta(days=1)
    while length < longest:
        open_ = merge(
            interval
            for hours in weekly.values()
            for interval in open_intervals(hours, inputs.zone, Interval(start, start + length))
        )
        if sum((i.duration for i in open_), timedelta(0)) >= ROOM * work:
            break
        length += timedelta(weeks=4)
    return Interval(start, start + min(length, longest))


def _pinned(inputs: PlanInputs, wishes: Wishes, hold: Hold) -> dict[int, tuple[Interval, ...]]:
    """Return the pieces that are facts: wishes, running work, pins, and what is held."""
    pieces = inputs.pieces()
    pinned = {
        task.id: fixed
        for task in inputs.tasks
        if (fixed := wishes.get(task.id) or _fact(task, inputs.now))
    }
    facts = [interval for intervals in pinned.values() for interval in intervals]
    for task in inputs.tasks:
        slots = pieces.get(task.id, ())
        if task.id not in pinned and _stays(task, slots, hold, inputs.now):
            intervals = _intervals(slots)
            if not any(i.overlaps(fact) for i in intervals for fact in facts):
                pinned[task.id] = intervals
    return pinned


def _fact(task: models.Task, now: datetime) -> tuple[Interval, ...] | None:
    if task.status is models.TaskStatus.STARTED:
        start = to_grid(now)
        return (Interval(start, start + remaining(task, now)),)
    pins = read_pins(task.pins)
    return pins if pins and pins[0].start + GRACE > now else None


def _stays(task: models.Task, slots: Sequence[SlotRow], hold: Hold, now: datetime) -> bool:
    """Tell whether a task keeps its slots: what should begin just now always does."""
    if not slots or _total(_intervals(slots)) != remaining(task, now):
        return False
    if slots[0].start <= now:
        return now < slots[0].start + GRACE and not task.needs_scheduling
    return hold is Hold.EVERYTHING or (hold is Hold.SEEN and _is_seen(task, slots))


def _is_seen(task: models.Task, slots: Sequence[SlotRow]) -> bool:
    return not task.needs_scheduling and any(slot.seen_at for slot in slots)


def _tasks(inputs: PlanInputs, pinned: Mapping[int, tuple[Interval, ...]]) -> Iterator[Task]:
    ids = {task.id for task in inputs.tasks}
    for task in inputs.tasks:
        fixed = pinned.get(task.id, ())
        missed = task.deadline is not None and task.deadline <= inputs.now
        left = _total(fixed) if fixed else remaining(task, inputs.now)
        smallest, largest = _chunks(task, left)
        yield Task(
            id=task.id,
            duration=left,
            release=task.release,
            due=task.deadline if missed else task.due,
            deadline=None if missed else task.deadline,
            weight=WEIGHTS[round(task.priority)],
            after=tuple(
                Precedence(task_id=d.after_id, gap=d.gap) for d in task.after if d.after_id in ids
            ),
            min_chunk=smallest,
            max_chunk=largest,
            hours=choose_hours(task, inputs.hour_maps).name,
            preferred=tuple(
                Preference(window=_window_name(w), worth=WINDOW_WORTH) for w in task.preferred
            ),
            pinned=fixed,
            running=task.status is models.TaskStatus.STARTED,
            asap=task.series is None or task.series.rrule is None,
        )


def _chunks(task: models.Task, left: timedelta) -> tuple[timedelta, timedelta] | tuple[None, None]:
    """Return the sizes of pieces for what is left, which may be less than the smallest one."""
    if task.min_chunk is None and task.max_chunk is None:
        return None, None
    largest = min(task.max_chunk or left, left)
    smallest = min(task.min_chunk or GRID, largest)
    pieces = -(-left // largest)
    if pieces * smallest > left:
        smallest = left // pieces // GRID * GRID
    return smallest, largest


def _windows(inputs: PlanInputs, horizon: Interval) -> dict[str, tuple[Interval, ...]]:
    found: dict[str, tuple[Interval, ...]] = {}
    for task in inputs.tasks:
        for window in task.preferred:
            name = _window_name(window)
            if name not in found:
                found[name] = day_window(window, inputs.zone, horizon)
    return found


def _window_name(window: Mapping[str, str]) -> str:
    return f"{window['name']} ({window['start']}–{window['end']})"


def _caps(inputs: PlanInputs, days: Sequence[Interval]) -> Iterator[Cap]:
    if inputs.preferences.daily_cap is not None:
        limits = _limits(inputs, days, inputs.preferences.daily_cap, None)
        yield Cap(limits=limits)
    for hour_map in inputs.hour_maps:
        if hour_map.daily_cap is not None:
            yield Cap(
                limits=_limits(inputs, days, hour_map.daily_cap, hour_map), hours=hour_map.name
            )


def _limits(
    inputs: PlanInputs, days: Sequence[Interval], cap: timedelta, hour_map: HourMap | None
) -> tuple[timedelta, ...]:
    """Return each day's limit; what was already worked today counts against today's."""
    worked = timedelta(0)
    for task in inputs.tasks:
        if hour_map is None or choose_hours(task, inputs.hour_maps) is hour_map:
            for interval in task.worked:
                done = Interval(interval.start, interval.end or inputs.now)
                common = days[0].intersection(done) if days else None
                worked += common.duration if common else timedelta(0)
    return tuple(
        max(timedelta(0), cap - worked) if index == 0 else cap for index, _ in enumerate(days)
    )


def _previous(
    inputs: PlanInputs, pinned: Mapping[int, tuple[Interval, ...]]
) -> Iterator[Previous]:
    pieces = inputs.pieces()
    for task in inputs.tasks:
        slots = [slot for slot in pieces.get(task.id, ()) if slot.start >= inputs.now]
        intervals = _intervals(slots)
        if task.id in pinned or not slots or _total(intervals) != remaining(task, inputs.now):
            continue
        yield Previous(task_id=task.id, intervals=intervals, seen=_is_seen(task, slots))


def _intervals(slots: Sequence[SlotRow]) -> tuple[Interval, ...]:
    return tuple(Interval(slot.start, slot.end) for slot in slots)


def _total(intervals: Sequence[Interval]) -> timedelta:
    return sum((interval.duration for interval in intervals), timedelta(0))

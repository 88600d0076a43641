"""Rows in, `Problem` out: the only bridge between the database and the planning core."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from dayloom.planning.availability import local_days, open_intervals
from dayloom.planning.interval import Interval
from dayloom.planning.problem import (
    GRID,
    Busy,
    Precedence,
    Preference,
    Previous,
    Problem,
    Task,
)
from dayloom.plans.facts import (
    Facts,
    Hold,
    Wishes,
    facts_of,
    intervals_of,
    is_known,
    is_seen,
    total,
)
from dayloom.plans.horizon import LONGEST, choose_horizon
from dayloom.plans.hours import HourChoice, day_window
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.limits import caps_of
from dayloom.plans.portions import Portion, portions_of, task_of
from dayloom.plans.proposed import with_proposals
from dayloom.preferences.hours import to_weekly_hours
from dayloom.tasks import models

WEIGHTS = (1, 1, 1, 2, 2, 3, 4, 6, 8, 12, 16)  # by priority: about 2 ** (priority / 2.5)
WINDOW_WORTH = timedelta(hours=16)
DAYS_WORTH = timedelta(days=7)  # so long a task waits for the day of the week that it likes


def build_problem(
    inputs: PlanInputs, *, wishes: Wishes | None = None, hold: Hold = Hold.NOTHING
) -> Problem:
    """Return the planning problem of an account.

    `wishes` pins tasks where the person wants them now; `hold` says what else may not move.
    What may begin only after the longest horizon is no part of it yet.
    """
    weekly = {
        name: to_weekly_hours(hour_map.weekly, hour_map.exceptions)
        for name, hour_map in inputs.hours.used(inputs.tasks).items()
    }
    all_portions = portions_of(inputs)
    facts = facts_of(inputs, all_portions, wishes or {}, hold)
    portions = _within_reach(inputs, all_portions, facts)
    horizon = choose_horizon(inputs, weekly, portions, facts=facts)
    days = local_days(inputs.zone, horizon)
    problem = Problem(
        now=inputs.now,
        horizon=horizon,
        tasks=tuple(_tasks(inputs, portions, facts)),
        hours={name: open_intervals(w, inputs.zone, horizon) for name, w in weekly.items()},
        windows=_windows(inputs, horizon),
        days=days,
        busy=tuple(
            Busy(interval=Interval(event.start, event.end), event_id=event.id)
            for event in inputs.busy
            if event.start < horizon.end and event.end > horizon.start
        ),
        buffer=inputs.buffer,
        event_buffer=inputs.event_buffer,
        caps=tuple(caps_of(inputs, days)),
        previous=tuple(_previous(inputs, portions, facts)),
        frozen_until=inputs.now + inputs.preferences.freeze,
    )
    return with_proposals(problem, inputs.tasks)


def _release(inputs: PlanInputs, task: models.Task) -> datetime | None:
    """Return when a task may begin: after its own time and after the pauses it keeps."""
    moments = [task.release, inputs.rested.get(task.id)]
    return max((moment for moment in moments if moment), default=None)


def _within_reach(
    inputs: PlanInputs, portions: Sequence[Portion], facts: Facts
) -> Sequence[Portion]:
    """Return what can begin within the longest horizon: not later, nor after what is later."""
    end = inputs.now + LONGEST
    fixed = set(map(task_of, facts))
    free = [p.task for p in portions if p.task.id not in fixed]
    far = {task.id for task in free if (_release(inputs, task) or inputs.now) >= end}
    found = -1
    while far and found < len(far):
        found = len(far)
        far |= {task.id for task in free if any(d.after_id in far for d in task.after)}
    return [p for p in portions if p.task.id not in far]


def to_work(task: models.Task, left: timedelta, *, hours: HourChoice, now: datetime) -> Task:
    """Return what is left of a task as the planner sees it, with nothing around it.

    A deadline that has passed is still wanted, as soon as possible.
    """
    missed = task.deadline is not None and task.deadline <= now
    smallest, largest = _chunks(task, left)
    return Task(
        id=task.id or 0,
        duration=left,
        release=task.release,
        due=task.deadline if missed else task.due,
        deadline=None if missed else task.deadline,
        weight=WEIGHTS[round(task.priority)],
        min_chunk=smallest,
        max_chunk=largest,
        hours=hours.of(task).name,
        preferred=tuple(_liked(task, hours)),
        asap=task.series is None or task.series.rrule is None,
    )


def _liked(task: models.Task, hours: HourChoice) -> Iterator[Preference]:
    """Yield the windows that the task's own words, or else the rules, ask for."""
    for window in task.preferred:
        yield Preference(window=window_name(window), worth=WINDOW_WORTH)
    for liking in hours.rules.likings(task):
        worth = DAYS_WORTH if liking.by_days else WINDOW_WORTH
        yield Preference(window=liking.name, worth=worth)


def _tasks(inputs: PlanInputs, portions: Sequence[Portion], facts: Facts) -> Iterator[Task]:
    last = {portion.task.id: portion.id for portion in portions}
    for portion in portions:
        task, fixed = portion.task, facts.get(portion.id, ())
        left = total(fixed) if fixed else portion.left
        yield replace(
            to_work(task, left, hours=inputs.hours, now=inputs.now),
            id=portion.id,
            release=_release(inputs, task),
            after=tuple(
                Precedence(task_id=last[d.after_id], gap=d.gap)
                for d in task.after
                if d.after_id in last
            ),
            pinned=fixed,
            running=bool(portion.running),
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
            name = window_name(window)
            if name not in found:
                found[name] = day_window(window, inputs.zone, horizon)
        for liking in inputs.rules.likings(task):
            if liking.name not in found:
                found[liking.name] = open_intervals(liking.weekly, inputs.zone, horizon)
    return found


def window_name(window: Mapping[str, str]) -> str:
    return f"{window['name']} ({window['start']}–{window['end']})"


def _previous(inputs: PlanInputs, portions: Sequence[Portion], facts: Facts) -> Iterator[Previous]:
    for portion in portions:
        slots = [s for s in portion.slots if s.start >= inputs.now and is_known(s)]
        intervals = intervals_of(slots)
        if portion.id not in facts and slots and total(intervals) == portion.left:
            seen = is_seen(portion.task, slots)
            yield Previous(task_id=portion.id, intervals=intervals, seen=seen)

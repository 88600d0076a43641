"""Two weeks of which the first holds more than fits: dates, meetings, limits, pauses, pins."""

from datetime import timedelta
from random import Random

from dayloom.planning.interval import Interval
from dayloom.planning.problem import Busy, Cap, Precedence, Problem, Task
from tests.planning.builders import DAY, HOUR, MINUTE, MONDAY

DURATIONS = (30, 30, 45, 60, 60, 90, 120, 180, 240)
OPENS, NOON, AFTER_LUNCH, CLOSES = 9 * HOUR, 12 * HOUR, 13 * HOUR, 17 * HOUR


def overloaded_week(seed: int) -> Problem:
    """Return a problem whose tasks with dates in the first week need more than it has."""
    chance = Random(seed)
    days = tuple(Interval(MONDAY + k * DAY, MONDAY + (k + 1) * DAY) for k in range(14))
    meetings = tuple(_meeting(chance, k) for k in range(chance.randrange(9)))
    needed = chance.choice((1.0, 1.1, 1.25, 1.5)) * (
        34 * HOUR - sum((meeting.interval.duration for meeting in meetings), timedelta(0))
    )
    tasks: list[Task] = []
    while sum((task.duration for task in tasks), timedelta(0)) < needed:
        tasks.append(_task(chance, len(tasks) + 1, tasks))
    chance.shuffle(tasks)
    return Problem(
        now=MONDAY + 8 * HOUR,
        horizon=Interval(MONDAY, MONDAY + 14 * DAY),
        tasks=tuple(tasks),
        hours={"work": _hours(OPENS, CLOSES), "mornings": _hours(OPENS, NOON)},
        days=days,
        busy=meetings,
        buffer=chance.choice((0, 0, 0, 5, 10)) * MINUTE,
        event_buffer=chance.choice((0, 0, 15)) * MINUTE,
        caps=tuple(_cap(chance, len(days)) for _ in range(chance.random() < 0.15)),
    )


def _hours(start: timedelta, end: timedelta) -> tuple[Interval, ...]:
    mornings = [k for k in range(14) if k % 7 < 5]
    parts = ((start, min(end, NOON)), (AFTER_LUNCH, end))
    return tuple(
        Interval(MONDAY + k * DAY + first, MONDAY + k * DAY + last)
        for k in mornings
        for first, last in parts
        if first < last
    )


def _meeting(chance: Random, number: int) -> Busy:
    start = MONDAY + chance.randrange(5) * DAY + OPENS + chance.randrange(14) * 30 * MINUTE
    length = chance.choice((30, 30, 60, 60, 90, 120)) * MINUTE
    return Busy(interval=Interval(start, start + length), event_id=number)


def _cap(chance: Random, days: int) -> Cap:
    return Cap(limits=(chance.choice((4, 5, 6)) * HOUR,) * days)


def _task(chance: Random, number: int, before: list[Task]) -> Task:
    duration = chance.choice(DURATIONS) * MINUTE
    closing = MONDAY + chance.randrange(5) * DAY + chance.choice((NOON, CLOSES))
    kind = chance.random()
    cut = duration >= 2 * HOUR and chance.random() < 0.5
    waits = bool(before) and chance.random() < 0.15
    pinned = kind < 0.04
    start = closing - duration
    return Task(
        id=number,
        duration=duration,
        release=MONDAY + chance.randrange(4) * DAY if chance.random() < 0.2 else None,
        deadline=closing if 0.1 < kind < 0.6 else None,
        due=closing if kind > 0.5 else None,
        weight=chance.choice((1, 2, 2, 3, 6)),
        hours="mornings" if chance.random() < 0.1 else "work",
        after=(Precedence(task_id=chance.choice(before).id),) if waits else (),
        min_chunk=30 * MINUTE if cut else None,
        max_chunk=duration if cut else None,
        pinned=(Interval(start, closing),) if pinned else (),
    )

"""Weeks that are feasible by construction: a witness plan exists that keeps every deadline.

A working week is tiled with tasks, tiles are taken out until the wanted fill is left, and what
remains is the witness. Deadlines, hour maps and dependencies are then drawn around it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Slot
from dayloom.planning.problem import Precedence, Problem, Task

FILLS = (0.5, 0.7, 0.85, 1.0)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
OPENS, NOON, CLOSES = timedelta(hours=9), timedelta(hours=13), timedelta(hours=17)
DURATIONS = tuple(timedelta(minutes=minutes) for minutes in (30, 60, 90, 120))
HALF_HOUR = timedelta(minutes=30)
WORKING_DAYS = 5
WINDOWED = 0.5
DEPENDENT = 0.3


@dataclass(frozen=True, slots=True)
class Week:
    """A problem and one plan of it that places every task by its deadline."""

    problem: Problem
    witness: Plan


def feasible_week(seed: int, fill: float) -> Week:
    """Return a week whose tasks take the share `fill` of the open hours."""
    rng = Random(seed * 1000 + round(fill * 100))
    slots = _witness(rng, fill)
    tasks = [_task(rng, slot, slots) for slot in slots]
    rng.shuffle(tasks)
    problem = Problem(
        now=MONDAY,
        horizon=Interval(MONDAY, MONDAY + timedelta(days=7)),
        tasks=tuple(tasks),
        hours=_hour_maps(),
    )
    return Week(problem, Plan(slots=tuple(slots)))


def _witness(rng: Random, fill: float) -> list[Slot]:
    tiles = [tile for day in range(WORKING_DAYS) for tile in _tiled_day(rng, day)]
    wanted = WORKING_DAYS * (CLOSES - OPENS) * fill
    while sum((tile.duration for tile in tiles), timedelta(0)) > wanted:
        tiles.pop(rng.randrange(len(tiles)))
    ids = rng.sample(range(1, len(tiles) + 1), len(tiles))
    return [Slot(tile, task_id) for tile, task_id in zip(tiles, ids, strict=True)]


def _tiled_day(rng: Random, day: int) -> list[Interval]:
    start, end = MONDAY + timedelta(days=day) + OPENS, MONDAY + timedelta(days=day) + CLOSES
    tiles = []
    while start < end:
        duration = rng.choice([d for d in DURATIONS if d <= end - start])
        tiles.append(Interval(start, start + duration))
        start += duration
    return tiles


def _task(rng: Random, slot: Slot, slots: list[Slot]) -> Task:
    earlier = [other for other in slots if other.end <= slot.start]
    waits = bool(earlier) and rng.random() < DEPENDENT
    slack = rng.choice((0, 0, 1, 2, 4, 8, 24, 48))
    return Task(
        id=slot.task_id,
        duration=slot.interval.duration,
        deadline=slot.end + slack * HALF_HOUR,
        weight=rng.randint(1, 4),
        hours=_window(rng, slot) if rng.random() < WINDOWED else "work",
        after=(Precedence(task_id=rng.choice(earlier).task_id),) if waits else (),
    )


def _window(rng: Random, slot: Slot) -> str:
    """Return a half-day window, or one of two days, in which the slot lies."""
    day = (slot.start - MONDAY).days
    midnight = MONDAY + timedelta(days=day)
    if rng.random() < 0.5:
        if slot.end <= midnight + NOON:
            return "mornings"
        if slot.start >= midnight + NOON:
            return "afternoons"
    first = rng.randint(max(0, day - 1), min(WORKING_DAYS - 2, day))
    return f"days {first} and {first + 1}"


def _hour_maps() -> dict[str, tuple[Interval, ...]]:
    days = range(WORKING_DAYS)
    maps = {
        "work": _daily(days, OPENS, CLOSES),
        "mornings": _daily(days, OPENS, NOON),
        "afternoons": _daily(days, NOON, CLOSES),
    }
    for first in range(WORKING_DAYS - 1):
        maps[f"days {first} and {first + 1}"] = _daily(range(first, first + 2), OPENS, CLOSES)
    return maps


def _daily(days: range, opens: timedelta, closes: timedelta) -> tuple[Interval, ...]:
    midnights = [MONDAY + timedelta(days=day) for day in days]
    return tuple(Interval(midnight + opens, midnight + closes) for midnight in midnights)

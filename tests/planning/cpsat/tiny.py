"""Random tiny problems of every feature, small enough to enumerate."""

from datetime import UTC, datetime, timedelta
from random import Random

from dayloom.planning.interval import Interval
from dayloom.planning.problem import (
    GRID,
    Busy,
    Cap,
    Precedence,
    Preference,
    Previous,
    Problem,
    Task,
)

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LENGTH = 22  # steps of the horizon
DAYS = ((0, 8), (8, 16), (16, 22))  # short days, so that caps and boundaries matter


def at(step: int) -> datetime:
    return START + step * GRID


def span(start: int, end: int) -> Interval:
    return Interval(at(start), at(end))


def tiny_problem(seed: int, tasks: int = 3) -> Problem:
    """Return a problem of a few tasks over two hours, with most features in some of them."""
    rng = Random(seed)
    made = tuple(_task(rng, number, seed) for number in range(1, tasks + 1))
    return Problem(
        now=START - timedelta(minutes=rng.choice((0, 3))) + rng.choice((0, 1)) * GRID,
        horizon=span(0, LENGTH),
        tasks=made,
        hours={"work": (span(0, 9), span(10, 20)), "late": (span(6, LENGTH),)},
        windows={"first": (span(2, 6),), "second": (span(11, 13), span(14, 18))},
        days=tuple(span(*day) for day in DAYS),
        busy=_busy(rng),
        buffer=timedelta(minutes=rng.choice((0, 0, 5, 7))),
        event_buffer=timedelta(minutes=rng.choice((0, 0, 3))),
        caps=_caps(rng),
        previous=tuple(_previous(rng, task) for task in made if rng.random() < 0.4),
        frozen_until=at(6) if rng.random() < 0.5 else None,
    )


def _task(rng: Random, number: int, seed: int) -> Task:
    steps = rng.randint(1, 5)
    smallest = rng.randint(1, max(1, steps // 2))
    split = steps > 1 and rng.random() < 0.4
    pinned = not split and rng.random() < 0.15
    first = rng.randint(0, LENGTH - steps)
    off = timedelta(minutes=rng.choice((0, 2)))
    return Task(
        id=number * 10 + seed % 7,
        duration=steps * GRID,
        release=at(rng.randint(0, 8)) if rng.random() < 0.3 else None,
        due=at(rng.randint(2, 14)) if rng.random() < 0.5 else None,
        deadline=at(rng.randint(6, LENGTH + 2)) if rng.random() < 0.4 else None,
        weight=rng.randint(1, 5),
        after=_after(rng, number, seed),
        min_chunk=smallest * GRID if split else None,
        max_chunk=rng.randint(max(smallest, -(-steps // 2)), steps) * GRID if split else None,
        hours=rng.choice(("work", "work", "late")),
        preferred=_preferred(rng),
        pinned=(Interval(at(first) + off, at(first + steps) + off),) if pinned else (),
        asap=rng.random() < 0.8,
    )


def _after(rng: Random, number: int, seed: int) -> tuple[Precedence, ...]:
    if number == 1 or rng.random() < 0.6:
        return ()
    earlier = rng.randint(1, number - 1) * 10 + seed % 7
    return (Precedence(task_id=earlier, gap=rng.choice((0, 0, 1, 3)) * GRID),)


def _preferred(rng: Random) -> tuple[Preference, ...]:
    if rng.random() < 0.5:
        return ()
    names = rng.sample(("first", "second"), rng.randint(1, 2))
    return tuple(Preference(window=name, worth=rng.randint(3, 40) * GRID) for name in names)


def _busy(rng: Random) -> tuple[Busy, ...]:
    if rng.random() < 0.4:
        return ()
    start = rng.randint(1, LENGTH - 3)
    return (Busy(interval=span(start, start + rng.randint(1, 3)), event_id=1),)


def _caps(rng: Random) -> tuple[Cap, ...]:
    if rng.random() < 0.5:
        return ()
    limits = tuple(rng.randint(1, 6) * GRID for _ in DAYS)
    hours = rng.choice((None, "work"))
    also = ("late",) if hours and limits[0] > 3 * GRID else ()
    return (Cap(limits=limits, hours=hours, also=also),)


def _previous(rng: Random, task: Task) -> Previous:
    start = rng.randint(0, LENGTH - task.duration // GRID)
    interval = Interval(at(start), at(start) + task.duration)
    return Previous(task_id=task.id, intervals=(interval,), seen=rng.random() < 0.8)

"""One plain working week to state small cases in: Monday, the 2nd of March 2026, in UTC."""

from datetime import UTC, datetime, timedelta
from typing import Any

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Slot
from dayloom.planning.problem import Busy, Problem, Task

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WEEK = tuple(Interval(MONDAY + k * DAY, MONDAY + (k + 1) * DAY) for k in range(7))


def at(text: str) -> datetime:
    """Return the moment of "tue 09:30"."""
    day, clock = text.split()
    hours, minutes = clock.split(":")
    return MONDAY + DAYS.index(day) * DAY + int(hours) * HOUR + int(minutes) * MINUTE


def span(start: str, end: str) -> Interval:
    """Return the interval of "tue 09:30", "10:30", or of two full moments."""
    return Interval(at(start), at(end if " " in end else f"{start.split()[0]} {end}"))


def office(start: str = "09:00", end: str = "17:00") -> tuple[Interval, ...]:
    """Return these hours from Monday to Friday."""
    return tuple(span(f"{day} {start}", end) for day in DAYS[:5])


def task(id_: int = 1, minutes: int = 60, **fields: Any) -> Task:
    return Task(id=id_, duration=minutes * MINUTE, **fields)


def busy(event_id: int, start: str, end: str) -> Busy:
    return Busy(interval=span(start, end), event_id=event_id)


def week(*tasks: Task, **fields: Any) -> Problem:
    """Return a problem of these tasks in the week, planned on Monday at 08:00."""
    usual: dict[str, Any] = {
        "now": at("mon 08:00"),
        "horizon": Interval(MONDAY, MONDAY + 7 * DAY),
        "hours": {"work": office()},
        "days": WEEK,
    }
    return Problem(tasks=tasks, **(usual | fields))


def plan_of(*pieces: tuple[int, Interval], **fields: Any) -> Plan:
    """Return a plan with these slots in order of time."""
    ordered = sorted(Slot(interval, task_id) for task_id, interval in pieces)
    return Plan(slots=tuple(ordered), **fields)

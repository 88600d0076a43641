"""Priorities without a model: how little time is left, and who waits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dayloom.preferences.wallclock import WallClock, say_duration
from dayloom.tasks.models import Task
from dayloom.tasks.remaining import remaining

DAY = timedelta(days=1)
SHARE = 4  # of every day, one hour in so many is there for work
STEPS = ((0 * DAY, 9.0), (1 * DAY, 8.0), (3 * DAY, 7.0), (7 * DAY, 6.0), (14 * DAY, 5.0))
FAR, OPEN_END = 4.5, 4.0
HARD, WAITED_FOR, MOST_WAITED_FOR = 1.0, 0.5, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A priority from 0 to 10, and what made it."""

    priority: float
    reason: str


def rank(tasks: Sequence[Task], clock: WallClock) -> dict[int, Rank]:
    """Return the rank of each task by its slack, the time beyond what its work takes."""
    waiting = Counter(before.after_id for task in tasks for before in task.after)
    return {task.id: _rank(task, waiting[task.id], clock) for task in tasks}


def _rank(task: Task, waiting: int, clock: WallClock) -> Rank:
    until = task.deadline or task.due
    reasons = [_when(task, until, clock)]
    priority = OPEN_END
    if until is not None:
        slack = until - clock.now - SHARE * remaining(task, clock.now)
        priority = next((points for limit, points in STEPS if slack <= limit), FAR)
        priority += HARD if task.deadline else 0
    if waiting:
        priority += WAITED_FOR * min(waiting, MOST_WAITED_FOR)
        reasons.append("another task waits for it" if waiting == 1 else f"{waiting} wait for it")
    return Rank(priority=min(priority, 10.0), reason=f"{', '.join(reasons).capitalize()}.")


def _when(task: Task, until: datetime | None, clock: WallClock) -> str:
    if until is None:
        return "it has no date"
    work = say_duration(remaining(task, clock.now))
    if until <= clock.now:
        return f"it is late, with {work} to do"
    kind = "deadline" if task.deadline else "due"
    return f"{kind} {clock.moment(until)}, with {work} to do"

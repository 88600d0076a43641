"""What the measures look at: pieces of time on a task, and tasks that are done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dayloom.planning.availability import instant
from dayloom.planning.interval import Interval

ONE_DAY = timedelta(days=1)
NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Time on a task: planned, or worked."""

    task_id: int
    title: str
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A completed task; `worked` is nothing if it was ticked off without a clock.

    `until` is its deadline, else when it was due.
    """

    task_id: int
    title: str
    at: datetime
    estimate: timedelta
    worked: timedelta = NOTHING
    until: datetime | None = None

    @property
    def clocked(self) -> bool:
        return self.worked > NOTHING


def day_of(zone: ZoneInfo, day: date) -> Interval:
    """Return a local day, which has 23 or 25 hours when the clocks change."""
    return Interval(instant(zone, day), instant(zone, day + ONE_DAY))


def within(pieces: Iterable[Piece], window: Interval) -> tuple[Piece, ...]:
    """Return what of the pieces lies in a stretch of time, cut there."""
    return tuple(
        replace(piece, interval=part)
        for piece in pieces
        if (part := piece.interval.intersection(window))
    )


def in_turn(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return planned pieces as time went: where the next one begins, the one before it ends.

    What of one task then touches is one piece.
    """
    found: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: one.interval):
        start, end = piece.interval.start, piece.interval.end
        if found and found[-1].interval.end >= start:
            before = found.pop()
            if before.task_id == piece.task_id:
                start = before.interval.start
            elif before.interval.start < start:
                found.append(replace(before, interval=Interval(before.interval.start, start)))
        found.append(replace(piece, interval=Interval(start, end)))
    return tuple(found)


def total(pieces: Iterable[Piece]) -> timedelta:
    return sum((piece.interval.duration for piece in pieces), NOTHING)


def by_task(pieces: Iterable[Piece]) -> dict[int, timedelta]:
    """Return the time on each task."""
    found: dict[int, timedelta] = {}
    for piece in pieces:
        found[piece.task_id] = found.get(piece.task_id, NOTHING) + piece.interval.duration
    return found

"""How much room the coming days have: usual hours, less events, less what is planned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dayloom.insights.pieces import NOTHING
from dayloom.planning.interval import Interval, merge, subtract


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One day: `events` are those within the open hours, `free` is what neither they nor tasks
    take of them. `planned` may also lie outside of them."""

    on: date
    open: timedelta
    events: timedelta
    planned: timedelta
    free: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What lies in time to come."""

    opened: tuple[Interval, ...]
    busy: tuple[Interval, ...]
    planned: tuple[Interval, ...]


def measure_room(ahead: Ahead, days: Sequence[tuple[date, Interval]]) -> tuple[Room, ...]:
    """Return the room of each of these days, given as dates and what counts of them."""
    return tuple(_room(ahead, on, window) for on, window in days)


def _room(ahead: Ahead, on: date, window: Interval) -> Room:
    opened, busy, planned = (
        _cut(parts, window) for parts in (ahead.opened, ahead.busy, ahead.planned)
    )
    clear = subtract(opened, busy)
    return Room(
        on=on,
        open=_total(opened),
        events=_total(opened) - _total(clear),
        planned=_total(planned),
        free=_total(subtract(clear, planned)),
    )


def _cut(intervals: Iterable[Interval], window: Interval) -> list[Interval]:
    return merge(part for one in intervals if (part := one.intersection(window)))


def _total(intervals: Iterable[Interval]) -> timedelta:
    return sum((one.duration for one in intervals), NOTHING)

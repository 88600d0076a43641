"""When work is unbroken: by weekday and hour of the wall clock."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from dayloom.insights.pieces import NOTHING, Piece
from dayloom.planning.availability import instant, local_days
from dayloom.planning.interval import Interval, merge

UNBROKEN = timedelta(minutes=45)
HOUR, HOURS = 60, 24

Cell = tuple[int, int]  # weekday, Monday 0, and hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """`stretches` are unbroken work of 45 minutes or more, `cells` the time of it by hour."""

    stretches: tuple[Interval, ...]
    cells: Mapping[Cell, timedelta]

    @property
    def total(self) -> timedelta:
        return sum((one.duration for one in self.stretches), NOTHING)


def find_focus(worked: Iterable[Piece], zone: ZoneInfo) -> Focus:
    """Return the stretches of work without a pause; going over to another task is none."""
    joined = merge(piece.interval for piece in worked)
    stretches = tuple(one for one in joined if one.duration >= UNBROKEN)
    cells: defaultdict[Cell, timedelta] = defaultdict(lambda: NOTHING)
    for stretch in stretches:
        for cell, length in _cells(stretch, zone):
            cells[cell] += length
    return Focus(stretches=stretches, cells=dict(cells))


def _cells(stretch: Interval, zone: ZoneInfo) -> Iterator[tuple[Cell, timedelta]]:
    """Yield the hours of the wall clock that a stretch lies in, and how much of each."""
    for whole in local_days(zone, stretch):
        day = whole.start.astimezone(zone).date()
        for hour in range(HOURS):
            start, end = (instant(zone, day, (hour + more) * HOUR) for more in (0, 1))
            if part := Interval(start, end).intersection(stretch):
                yield (day.weekday(), hour), part.duration

"""Pinned pieces as they are stored: pairs of RFC 3339 instants."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from dayloom.planning.interval import Interval

STEP = timedelta(minutes=5)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def pins_from(start: datetime | None, duration: timedelta) -> list[list[str]]:
    """Return the one pinned piece that begins at `start`, on the grid; none without a start."""
    if start is None:
        return []
    begin = to_grid(start)
    return store_pins([Interval(begin, begin + duration)])


def store_pins(intervals: Sequence[Interval]) -> list[list[str]]:
    return [[piece.start.isoformat(), piece.end.isoformat()] for piece in sorted(intervals)]


def read_pins(pins: Sequence[Sequence[str]]) -> tuple[Interval, ...]:
    return tuple(
        Interval(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in pins
    )


def to_grid(moment: datetime) -> datetime:
    """Return the nearest five-minute step at or before `moment`, in UTC."""
    return _EPOCH + (moment.astimezone(UTC) - _EPOCH) // STEP * STEP

"""Half-open intervals `[start, end)` between aware datetimes, and their algebra."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A stretch of time. Bounds are kept in UTC, so that lengths are true across DST."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("interval bounds must carry a time zone")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.end < self.start:
            raise ValueError("an interval must not end before it starts")

    @property
    def duration(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: "Interval") -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Interval") -> bool:
        return self.start <= other.start and other.end <= self.end

    def intersection(self, other: "Interval") -> "Interval | None":
        """Return the common part, or None when there is none of positive length."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Interval(start, end) if start < end else None


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the union of `intervals`, sorted, with touching ones joined."""
    joined: list[Interval] = []
    for interval in sorted(intervals):
        if joined and interval.start <= joined[-1].end:
            joined[-1] = Interval(joined[-1].start, max(joined[-1].end, interval.end))
        else:
            joined.append(interval)
    return joined


def subtract(intervals: Iterable[Interval], cuts: Iterable[Interval]) -> list[Interval]:
    """Return what is left of `intervals` once every interval of `cuts` is taken out."""
    holes = merge(cuts)
    return [piece for interval in merge(intervals) for piece in _pieces(interval, holes)]


def _pieces(interval: Interval, holes: list[Interval]) -> Iterator[Interval]:
    start = interval.start
    for hole in holes:
        if hole.end <= start or hole.start >= interval.end:
            continue
        if hole.start > start:
            yield Interval(start, hole.start)
        start = max(start, hole.end)
    if start < interval.end:
        yield Interval(start, interval.end)

"""The grid of planning: instants as whole steps of `GRID`, sets of steps as bits of one integer.

Bit `s` of a mask stands for the step `[s, s + 1)`. Python's integers do the algebra of whole
calendars in single operations: cutting events out of hours is `hours & ~busy`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from dayloom.planning.interval import Interval
from dayloom.planning.problem import GRID

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Range = tuple[int, int]  # half-open, in steps


@dataclass(frozen=True, slots=True)
class Grid:
    """Counts steps from `origin`, which lies on a multiple of `GRID` since the epoch."""

    origin: datetime

    @classmethod
    def before(cls, at: datetime) -> "Grid":
        """Return the grid whose origin is the last grid instant not after `at`."""
        return cls(at.astimezone(UTC) - (at - EPOCH) % GRID)

    def floor(self, at: datetime) -> int:
        return (at - self.origin) // GRID

    def ceil(self, at: datetime) -> int:
        return -((self.origin - at) // GRID)

    def at(self, step: int) -> datetime:
        return self.origin + step * GRID

    def interval(self, piece: Range) -> Interval:
        return Interval(self.at(piece[0]), self.at(piece[1]))

    def inside(self, interval: Interval) -> Range:
        """Return the steps that lie wholly inside `interval`; it may be empty."""
        return self.ceil(interval.start), self.floor(interval.end)

    def around(self, interval: Interval) -> Range:
        """Return the fewest steps that cover `interval`."""
        return self.floor(interval.start), self.ceil(interval.end)


def bits(start: int, end: int) -> int:
    """Return the mask of `[start, end)`; what lies before step 0 is cut off."""
    start = max(start, 0)
    return ((1 << (end - start)) - 1) << start if end > start else 0


def to_mask(ranges: Iterable[Range]) -> int:
    mask = 0
    for start, end in ranges:
        mask |= bits(start, end)
    return mask


def to_ranges(mask: int) -> Iterator[Range]:
    """Yield the runs of set bits in order of time."""
    position = 0
    while mask:
        gap = lowest(mask)
        mask >>= gap
        length = lowest(~mask)
        mask >>= length
        yield position + gap, position + gap + length
        position += gap + length


def lowest(mask: int) -> int:
    """Return the position of the lowest set bit; `mask` must have one."""
    return (mask & -mask).bit_length() - 1


def starts_of_runs(mask: int, length: int) -> int:
    """Return the steps from which `length` set bits follow, in log2(length) shifts."""
    have = 1
    while have * 2 <= length:
        mask &= mask >> have
        have *= 2
    return mask & mask >> (length - have)


def longest_run(mask: int, most: int) -> int:
    """Return the length of the longest run of set bits, `most` if it is at least that."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if starts_of_runs(mask, middle) else (low, middle - 1)
    return low

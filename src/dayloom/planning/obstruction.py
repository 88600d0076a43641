"""What stands in the way of an earlier start: events, slots and full days, found quickly."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from dayloom.planning.grid import Range, lowest
from dayloom.planning.instance import Instance, Placements
from dayloom.planning.interval import Interval
from dayloom.planning.work import Work


@dataclass(frozen=True, slots=True, order=True)
class Obstruction:
    """An event or a slot, by its id, and the buffer that it wants."""

    interval: Interval
    id: int
    buffer: timedelta


class Obstructions:
    """Finds what reaches furthest among all that start before a moment."""

    def __init__(self, items: Iterable[Obstruction]) -> None:
        self._furthest = sorted(items)
        self._starts = [item.interval.start for item in self._furthest]
        for k in range(1, len(self._furthest)):
            earlier = self._furthest[k - 1]
            if earlier.interval.end > self._furthest[k].interval.end:
                self._furthest[k] = earlier

    def before(self, at: datetime) -> Obstruction | None:
        """Return what starts before `at` and ends last; None if nothing does."""
        k = bisect_left(self._starts, at)
        return self._furthest[k - 1] if k else None


class FullDays:
    """Says where daily caps leave room for a piece, given all other slots."""

    def __init__(self, instance: Instance, placements: Placements) -> None:
        self._limits = instance.limits
        self._ends = [[end for _, end in limit.days] for limit in instance.limits]
        self._left = [list(limit.rooms) for limit in instance.limits]
        for work, pieces in zip(instance.works, placements, strict=True):
            for piece in () if work.fixed else pieces:
                for k, j, part in self._parts(work, piece):
                    self._left[k][j] -= part

    def day_of(self, step: int) -> int:
        """Return the number of the day, of those that have limits."""
        return bisect_right(self._ends[0], step) if self._ends else 0

    def first_start(self, work: Work, own: Range, starts: int) -> int:
        """Return the first of `starts` that the caps allow its piece `own` to move to."""
        length = own[1] - own[0]
        back = {(k, j): part for k, j, part in self._parts(work, own)}
        at = 0
        while starts >> at:
            at += lowest(starts >> at)
            later = self._barred(work, (at, at + length), back)
            if later is None:
                return at
            at = later
        return own[0]

    def _barred(self, work: Work, piece: Range, back: dict[tuple[int, int], int]) -> int | None:
        """Return a later start if a day is full; none between may be allowed."""
        for k, j, part in self._parts(work, piece):
            left = self._left[k][j] + back.get((k, j), 0)
            if part > left:
                return max(piece[0] + 1, self._ends[k][j] - left)
        return None

    def _parts(self, work: Work, piece: Range) -> Iterator[tuple[int, int, int]]:
        """Yield cap, day and length of what falls on that day, for the caps that bind it."""
        start, end = piece
        for k, limit in enumerate(self._limits):
            for j in range(bisect_right(self._ends[k], start), len(limit.days)):
                if not limit.binds(work) or limit.days[j][0] >= end:
                    break
                first, last = limit.days[j]
                yield k, j, min(end, last) - max(start, first)

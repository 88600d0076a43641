"""A plan under construction: puts tasks on the calendar and finds the best place of one more."""

from bisect import bisect_right
from collections.abc import Iterator

from dayloom.planning.cost import placement_cost
from dayloom.planning.grid import Range, bits, lowest, starts_of_runs
from dayloom.planning.instance import Instance, Placements
from dayloom.planning.starts import Starts
from dayloom.planning.work import Pieces, Work

SPAN = 1024  # steps looked at first when scanning; grows fourfold
CUTS = 4  # ways of cutting a task that are tried


class Board:
    """Slots on the calendar of one instance. Pinned tasks lie on it from the start."""

    def __init__(self, instance: Instance, starts: Starts | None = None) -> None:
        self.instance = instance
        self._starts = starts or Starts(instance)
        self.room = instance.room
        self.pieces: list[Pieces] = [work.fixed for work in instance.works]
        self._left = [list(limit.rooms) for limit in instance.limits]
        self._limits = tuple(
            tuple(k for k, limit in enumerate(instance.limits) if limit.counts(hours))
            for hours in range(len(instance.open))
        )
        self._day_ends = [[end for _, end in limit.days] for limit in instance.limits]
        self._frontier: dict[tuple[int, int], int] = {}

    @property
    def placements(self) -> Placements:
        return tuple(self.pieces)

    def put(self, work: Work, pieces: Pieces) -> None:
        self.pieces[work.index] = pieces
        for start, end in pieces:
            self.room &= ~bits(start, end + self.instance.buffer)
            self._spend(work, start, end, 1)

    def take(self, work: Work) -> None:
        """Take a task that is not pinned off the calendar."""
        for start, end in self.pieces[work.index]:
            self.room |= bits(start, end + self.instance.buffer)
            self._spend(work, start, end, -1)
        self.pieces[work.index] = ()
        self._frontier.clear()

    def window(self, work: Work) -> Range | None:
        """Return where it may lie, given its neighbours; None if one before it has no place."""
        low, high = work.release, work.deadline
        for link in work.before:
            pieces = self.pieces[link.index]
            if not pieces:
                return None
            low = max(low, pieces[-1][1] + link.gap)
        for link in work.after:
            pieces = self.pieces[link.index]
            if pieces:
                high = min(high, pieces[0][0] - link.gap)
        return (low, high) if low + work.duration <= high else None

    def best(self, work: Work) -> Pieces:
        """Return the cheapest place found, or () if there is none."""
        window = self.window(work)
        if window is None:
            return ()
        cheapest: Pieces = ()
        price = work.drop_price
        for pieces in self._candidates(work, *window):
            cost = placement_cost(self.instance, work, pieces) if pieces else price
            if cost < price:
                cheapest, price = pieces, cost
        return cheapest

    def allows(self, work: Work, pieces: Pieces) -> bool:
        """Say whether the task could lie there now."""
        window = self.window(work)
        if window is None or not self.has_room(work, pieces):
            return False
        low, high = window
        return low <= pieces[0][0] and pieces[-1][1] <= high

    def has_room(self, work: Work, pieces: Pieces) -> bool:
        """Say whether hours, events, slots and caps leave it these pieces, whatever its dates."""
        return (
            work.well_cut(pieces, self.instance.buffer)
            and all(self._free(work, start, end) for start, end in pieces)
            and self._affords(work, pieces)
        )

    def _candidates(self, work: Work, low: int, high: int) -> Iterator[Pieces]:
        if work.previous and self.allows(work, work.previous):
            yield work.previous
        if work.whole:
            yield from self._wholes(work, low, high)
        if work.min_chunk < work.duration:
            for level in _levels(work):
                yield self._cut(work, low, high, (level, False))
                if work.liked >= 0:
                    yield self._cut(work, low, high, (level, True))

    def _wholes(self, work: Work, low: int, high: int) -> Iterator[Pieces]:
        """Yield the earliest start, and the earliest one in the preferred windows."""
        length, last = work.duration, high - work.duration
        key = (work.hours, length)
        known = self._frontier.get(key, 0)
        start = self._first_fit(
            work, self._starts.open(work, length), length, (max(low, known), last)
        )
        if low <= max(known, self.instance.first):
            self._frontier[key] = max(known, last + 1) if start is None else start
        if start is None:
            return
        yield ((start, start + length),)
        if work.liked >= 0:
            if work.asap:
                last = min(last, start + work.worth)
            liked = self._starts.liked(work, length)
            start = self._first_fit(work, liked, length, (start, last))
            if start is not None:
                yield ((start, start + length),)

    def _cut(self, work: Work, low: int, high: int, way: tuple[int, bool]) -> Pieces:
        """Return the earliest pieces of at least `level` steps, or () if they do not fit."""
        pieces: list[Range] = []
        rest = work.duration
        while rest:
            piece = self._next_piece(work, (low, high), rest, way)
            if piece is None:
                break
            pieces.append(piece)
            self._spend(work, *piece, 1)
            rest -= piece[1] - piece[0]
            low = piece[1] + self.instance.buffer
        for start, end in pieces:
            self._spend(work, start, end, -1)
        return () if rest else tuple(pieces)

    def _next_piece(
        self, work: Work, span: Range, rest: int, way: tuple[int, bool]
    ) -> Range | None:
        """Return the earliest piece in `span`, as long as it can be there."""
        (low, high), (level, liked) = span, way
        least = work.least_piece(rest, level)
        static = self._starts.liked(work, least) if liked else self._starts.open(work, least)
        start = self._first_fit(work, static, least, (low, high - least))
        if start is None:
            return None
        return start, start + work.largest_piece(rest, self._extent(work, start, high) - start)

    def _first_fit(self, work: Work, static: int, length: int, span: Range) -> int | None:
        """Return the first start in `span` (both ends included) that room and caps allow."""
        at, last = span
        while at <= last:
            start = self._scan(static, length + self.instance.buffer, at, last)
            if start is None or not self._limits[work.hours]:
                return start
            after = self._barred(work, start, start + length)
            if after is None:
                return start
            at = after
        return None

    def _scan(self, static: int, length: int, at: int, last: int) -> int | None:
        width = SPAN
        while at <= last:
            count = min(width, last - at + 1)
            room = (self.room >> at) & ((1 << (count + length - 1)) - 1)
            found = starts_of_runs(room, length) & (static >> at)
            if found:
                return at + lowest(found)
            at += count
            width *= 4
        return None

    def _extent(self, work: Work, start: int, high: int) -> int:
        """Return the furthest end of a piece from `start`."""
        longest = min(high - start, work.max_chunk)
        window = (1 << (longest + self.instance.buffer)) - 1
        open_for = lowest(~(self.instance.open[work.hours] >> start & window))
        room_for = lowest(~(self.room >> start & window)) - self.instance.buffer
        end = start + min(longest, open_for, room_for)
        for k in self._limits[work.hours]:
            for (day, until), left in self._days(k, start, end):
                if min(end, until) - max(start, day) > left:
                    end = max(start, day) + left
        return end

    def _days(self, k: int, start: int, end: int) -> Iterator[tuple[Range, int]]:
        """Yield the days that `[start, end)` touches, with what cap `k` leaves of them."""
        days = self.instance.limits[k].days
        for j in range(bisect_right(self._day_ends[k], start), len(days)):
            if days[j][0] >= end:
                return
            yield days[j], self._left[k][j]

    def _barred(self, work: Work, start: int, end: int) -> int | None:
        """Return the first later start that the cap in the way may allow; None if none is."""
        for k in self._limits[work.hours]:
            for (day, until), left in self._days(k, start, end):
                if min(end, until) - max(start, day) > left:
                    return until - left
        return None

    def _spend(self, work: Work, start: int, end: int, sign: int) -> None:
        for k in self._limits[work.hours]:
            first = bisect_right(self._day_ends[k], start)
            for j, ((day, until), _) in enumerate(self._days(k, start, end), first):
                self._left[k][j] -= sign * (min(end, until) - max(start, day))

    def _affords(self, work: Work, pieces: Pieces) -> bool:
        """Say whether the caps allow all the pieces together."""
        for start, end in pieces:
            self._spend(work, start, end, 1)
        within = all(
            left >= 0
            for k in self._limits[work.hours]
            for start, end in pieces
            for _, left in self._days(k, start, end)
        )
        for start, end in pieces:
            self._spend(work, start, end, -1)
        return within

    def _free(self, work: Work, start: int, end: int) -> bool:
        own = bits(start, end)
        around = bits(start, end + self.instance.buffer)
        return own & self.instance.open[work.hours] == own and around & self.room == around


def _levels(work: Work) -> list[int]:
    """Return the least sizes of pieces to try, from few long pieces to many short ones."""
    fewest, most = -(-work.duration // work.max_chunk), work.duration // work.min_chunk
    counts = {max(2, fewest), fewest + 1, 2 * fewest, most}
    levels = {max(work.min_chunk, work.duration // k) for k in counts if 2 <= k <= most}
    return sorted(levels, reverse=True)[:CUTS]

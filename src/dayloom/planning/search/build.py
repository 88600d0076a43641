"""From an instance and its placements to the memory of the kernel, and back."""

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from dayloom.planning.cost import placement_cost
from dayloom.planning.earliest import latest_ends
from dayloom.planning.grid import bits, longest_run, to_mask, to_ranges
from dayloom.planning.instance import Instance, Placements
from dayloom.planning.search import layout
from dayloom.planning.search.bounds import floors
from dayloom.planning.search.layout import FAR, HEAD, MOST, RECORD, ROOM
from dayloom.planning.search.logs import logs
from dayloom.planning.work import Work

MANY = 24  # pieces of one task at most, unless it has more already
SPARE = 24  # empty words behind the calendar, longer than the longest piece
DENSE = 16  # bits of a density behind the point


class Memory:
    """The two rows of one search."""

    def __init__(
        self, instance: Instance, placements: Placements, movable: Sequence[int], seed: int
    ) -> None:
        self.instance = instance
        self.pieces = _most(instance, placements)
        self.words = (instance.size + instance.buffer) // 32 + SPARE
        self.constant = array("q", bytes(8 * (HEAD + RECORD * len(instance.works))))
        self.state = array("q", bytes(8 * ROOM))
        self._build_state(placements, movable, seed)
        self._build_tables(movable)
        self._build_records()

    def address(self, index: int) -> int:
        """Return the address of a task's record."""
        return HEAD + RECORD * index

    def place(self, index: int) -> int:
        """Return the address of a task's place in the state."""
        return self._places + (layout.FIRST + 4 * self.pieces) * index

    def addresses(self) -> Iterator[tuple[int, int]]:
        """Yield the addresses of the record and the place of every task."""
        for work in self.instance.works:
            yield self.address(work.index), self.place(work.index)

    def best(self, state: Sequence[int]) -> Placements:
        """Read the best placements from the state."""
        return tuple(self._pieces(state, work.index) for work in self.instance.works)

    def _pieces(self, state: Sequence[int], index: int) -> tuple[tuple[int, int], ...]:
        at = self.place(index)
        first = at + layout.FIRST + 2 * self.pieces
        row = [int(x) for x in state[first : first + 2 * int(state[at + layout.BEST_COUNT])]]
        return tuple(zip(row[::2], row[1::2], strict=True))

    def _build_state(self, placements: Placements, movable: Sequence[int], seed: int) -> None:
        state, works = self.state, self.instance.works
        taken = to_mask(
            (start, end + self.instance.buffer)
            for work, pieces in zip(works, placements, strict=True)
            if not work.fixed
            for start, end in pieces
        )
        state.extend(self._words_of(self.instance.room & ~taken))
        self._places = len(state)
        costs = [
            placement_cost(self.instance, work, pieces) if pieces else work.drop_price
            for work, pieces in zip(works, placements, strict=True)
        ]
        for pieces, cost in zip(placements, costs, strict=True):
            row = [*chain.from_iterable(pieces), *[0] * (2 * (self.pieces - len(pieces)))]
            state.extend([len(pieces), cost, 0, 0, len(pieces), *row, *row])
        state[layout.SEED] = (seed * 2654435761 + 88675123) % 0xFFFFFFFF + 1
        state[layout.NOW] = state[layout.BEST] = sum(costs)
        state[layout.BY_TIME] = len(state)
        state.extend(map(self.address, movable))
        state[layout.BY_TIME_TO] = state[layout.ALIKE] = len(state)
        state.extend(self.address(index) for index in movable if works[index].whole)
        state[layout.ALIKE_TO] = state[layout.DIRTY] = len(state)
        state.extend([0] * len(works))
        state[layout.KEPT] = len(state)
        state.extend([0] * (MOST * (3 + 2 * self.pieces)))
        self._append_starting(placements, movable)
        self._left = self._append_left(placements)

    def _append_starting(self, placements: Placements, movable: Sequence[int]) -> None:
        """Append which movable task starts at each step."""
        first = self.state[layout.STARTING] = len(self.state)
        self.state.extend([0] * (32 * self.words))
        for index in movable:
            for start, _ in placements[index]:
                self.state[first + start] = self.address(index)

    def _append_left(self, placements: Placements) -> list[int]:
        """Append what each day of each cap has left; return the address for each cap."""
        found = []
        for limit in self.instance.limits:
            found.append(len(self.state))
            used = to_mask(
                piece
                for work, pieces in zip(self.instance.works, placements, strict=True)
                if not work.fixed and limit.binds(work)
                for piece in pieces
            )
            for day, room in zip(limit.days, limit.rooms, strict=True):
                self.state.append(room - (used & bits(*day)).bit_count())
        return found

    def _build_tables(self, movable: Sequence[int]) -> None:
        instance, add = self.instance, self._append
        self._open = [add(self._words_of(mask)) for mask in instance.open]
        self._open_until = [add(_untils(mask, instance.size)) for mask in instance.open]
        self._liked_until = [add(_untils(mask, instance.size)) for mask in instance.liked]
        self._liked_before = [add(_counts(mask, instance.size)) for mask in instance.liked]
        limits = [self._append_days(k) for k in range(len(instance.limits))]
        self._limits = [
            self._range(
                limits[k] for k, limit in enumerate(instance.limits) if limit.counts(hours)
            )
            for hours in range(len(instance.open))
        ]
        head = [instance.size, instance.buffer, self.pieces]
        head += [*self._range(map(self.address, movable)), *self._range(logs())]
        self.constant[: len(head)] = array("q", head)

    def _append_days(self, k: int) -> int:
        """Append the days of a cap, and for each step the first day that ends later."""
        days = self.instance.limits[k].days
        first = len(self.constant)
        for j, (start, end) in enumerate(days):
            self.constant.extend([start, end, self._left[k] + j])
        self.constant.extend([FAR, FAR, 0])
        row = array("q")
        for j, (_, end) in enumerate(days):
            until = min(end, self.instance.size)
            row.extend(array("q", [first + layout.DAY * j]) * max(0, until - len(row)))
        last = first + layout.DAY * len(days)
        return self._append(row + array("q", [last]) * (self.instance.size - len(row)))

    def _build_records(self) -> None:
        floor, latest = floors(self.instance), latest_ends(self.instance)
        for work in self.instance.works:
            record = [*_plain(work), floor[work.index], min(work.due, latest[work.index])]
            record += [work.worth if work.liked >= 0 else 0, self._need(work)]
            record += [(work.weight << DENSE) // work.duration, self.place(work.index)]
            record += [self._open[work.hours], self._open_until[work.hours]]
            liked = (self._liked_until, self._liked_before)
            record += [table[work.liked] if work.liked >= 0 else 0 for table in liked]
            record += [*self._limits[work.hours], *self._range(levels(work))]
            for links in (work.before, work.after):
                pairs = ((self.address(link.index), link.gap) for link in links)
                record += self._range(chain.from_iterable(pairs))
            usable = work.well_cut(work.previous, self.instance.buffer)
            record += self._range(chain.from_iterable(work.previous if usable else ()))
            at = self.address(work.index)
            self.constant[at : at + RECORD] = array("q", record)

    def _need(self, work: Work) -> int:
        """Return how much of the task can lie inside its preferred windows at most."""
        if work.liked < 0:
            return 0
        liked = self.instance.open[work.hours] & self.instance.liked[work.liked]
        return longest_run(liked, work.duration)

    def _append(self, values: Iterable[int]) -> int:
        at = len(self.constant)
        self.constant.extend(values)
        return at

    def _range(self, values: Iterable[int]) -> tuple[int, int]:
        at = self._append(values)
        return at, len(self.constant)

    def _words_of(self, mask: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self.words}I", mask.to_bytes(self.words * 4, "little"))


def levels(work: Work) -> list[int]:
    """Return the least sizes of pieces to try, from few long pieces to many short ones."""
    if work.min_chunk >= work.duration:
        return []
    fewest, most = -(-work.duration // work.max_chunk), work.duration // work.min_chunk
    counts = {k for k in (max(2, fewest), fewest + 1, most) if 2 <= k <= most}
    return sorted({max(work.min_chunk, work.duration // k) for k in counts}, reverse=True)


def _plain(work: Work) -> list[int]:
    return [
        work.duration,
        work.weight,
        work.release,
        work.due,
        work.deadline,
        work.min_chunk,
        work.max_chunk,
        int(work.asap),
        int(bool(work.fixed)),
        work.drop_price,
        work.move_price,
    ]


def _untils(mask: int, size: int) -> "array[int]":
    """Return at each step the end of its run; outside of runs, minus the start of the next."""
    row = array("q")
    for start, end in to_ranges(mask):
        row.extend(array("q", [-start]) * (start - len(row)))
        row.extend(array("q", [end]) * (end - start))
    return row + array("q", [-FAR]) * (size - len(row))


def _counts(mask: int, size: int) -> "array[int]":
    """Return how many bits lie before each step, and before the end."""
    row = array("q")
    have = 0
    for start, end in to_ranges(mask):
        row.extend(array("q", [have]) * (start - len(row)))
        row.extend(range(have, have + end - start))
        have += end - start
    return row + array("q", [have]) * (size + 1 - len(row))


def _most(instance: Instance, placements: Placements) -> int:
    """Return the number of pieces that a task may have."""
    now = max(map(len, placements), default=1)
    before = max((len(work.previous) for work in instance.works), default=1)
    can = max((w.duration // w.min_chunk for w in instance.works if not w.fixed), default=1)
    return max(1, now, before, min(MANY, can))

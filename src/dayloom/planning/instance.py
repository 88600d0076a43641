"""A problem in whole numbers: what the greedy, the search and CP-SAT all work on.

Conventions. A piece is `(start, end)` in steps. Every slot also takes the `buffer` steps after
it: two slots keep their distance exactly when `[start, end + buffer)` do not overlap, so that
one mask, `room`, holds pins, slots and buffers. Hours and events are another matter (buffers may
lie on them): `open` says, for each hour map, which steps are open and free of events.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from dayloom.planning.grid import Grid, Range, bits, to_mask
from dayloom.planning.interval import Interval, merge
from dayloom.planning.problem import GRID, Cap, Problem
from dayloom.planning.work import Pieces, WindowSet, Work, compile_works, window_sets

Fact = tuple[str, Interval]  # a slot that is simply there, and the hour map of its task
Placements = tuple[Pieces, ...]  # by index of the task; () is unplaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A daily cap: at most `rooms[k]` steps of non-pinned slots within `days[k]`."""

    hours: frozenset[int] | None
    days: tuple[Range, ...]
    rooms: tuple[int, ...]

    def binds(self, work: Work) -> bool:
        return self.counts(work.hours)

    def counts(self, hours: int) -> bool:
        return self.hours is None or hours in self.hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """A compiled problem. Masks count steps from `grid.origin`; slots lie in `[first, size)`."""

    grid: Grid
    first: int
    size: int
    buffer: int
    works: tuple[Work, ...]
    index: Mapping[int, int]  # task id -> index
    order: tuple[int, ...]  # every task after those it waits for
    hours: tuple[int, ...]  # by hour map: open steps within [first, size)
    open: tuple[int, ...]  # the same without events and their buffers
    liked: tuple[int, ...]  # by set of preferred windows: steps inside any of them
    room: int  # steps that pins leave, over [0, size + buffer)
    limits: tuple[Limit, ...]


def compile_problem(problem: Problem, beside: Iterable[Fact] = ()) -> Instance:
    """Return `problem` in steps. `beside` are slots of tasks that are not part of it."""
    facts = [*beside, *((task.hours, piece) for task in problem.tasks for piece in task.pinned)]
    grid = Grid.before(problem.horizon.start)
    first = max(grid.ceil(problem.now), grid.ceil(problem.horizon.start))
    size = max(first, grid.floor(problem.horizon.end))
    names = tuple(problem.hours)
    hours = tuple(_mask(grid, problem.hours[name], first, size) for name in names)
    taken = busy_mask(grid, problem)
    buffer = -(-problem.buffer // GRID)
    works = compile_works(problem, grid, first, size)
    return Instance(
        grid=grid,
        first=first,
        size=size,
        buffer=buffer,
        works=works,
        index={work.id: work.index for work in works},
        order=_topological(works),
        hours=hours,
        open=tuple(mask & ~taken for mask in hours),
        liked=_liked(problem, grid, first, size),
        room=bits(0, size + buffer) & ~to_mask(_taken(problem, grid, buffer, facts)),
        limits=tuple(_limit(problem, grid, cap, facts) for cap in problem.caps),
    )


def busy_mask(grid: Grid, problem: Problem) -> int:
    """Return the steps taken by events, widened by the event buffer on both sides."""
    wide = problem.event_buffer
    return to_mask(
        (grid.floor(busy.interval.start - wide), grid.ceil(busy.interval.end + wide))
        for busy in problem.busy
        if busy.interval.duration or wide  # an event without duration takes no time
    )


def _mask(grid: Grid, intervals: tuple[Interval, ...], first: int, size: int) -> int:
    return to_mask(grid.inside(interval) for interval in merge(intervals)) & bits(first, size)


def _taken(problem: Problem, grid: Grid, buffer: int, facts: Iterable[Fact]) -> Iterator[Range]:
    """Yield what facts take of `room`: exact also where they lie off the grid."""
    for _, piece in facts:
        start = grid.floor(piece.start - problem.buffer) + buffer
        yield start, grid.ceil(piece.end + problem.buffer)


def _liked(problem: Problem, grid: Grid, first: int, size: int) -> tuple[int, ...]:
    return tuple(_liked_mask(problem, grid, one, (first, size)) for one in window_sets(problem))


def _liked_mask(problem: Problem, grid: Grid, liked: WindowSet, span: Range) -> int:
    """Return the steps inside any of the windows, none of them before what was proposed."""
    intervals = tuple(i for name in liked.names for i in problem.windows[name])
    mask = _mask(grid, intervals, *span)
    if liked.proposed is None:
        return mask
    start = min((grid.ceil(i.start) for i in problem.windows[liked.proposed]), default=0)
    return mask & ~bits(0, max(0, start))


def _limit(problem: Problem, grid: Grid, cap: Cap, facts: Iterable[Fact]) -> Limit:
    order = sorted(zip(problem.days, cap.limits, strict=True))
    counted = [piece for hours, piece in facts if cap.counts(hours)]
    spent = _spent([day for day, _ in order], counted)
    rooms = [max(0, (limit - used) // GRID) for (_, limit), used in zip(order, spent, strict=True)]
    size = grid.floor(problem.horizon.end)
    days = [(grid.around(day), room) for (day, _), room in zip(order, rooms, strict=True)]
    near = [(day, room) for day, room in days if day[1] > 0 and day[0] < size]
    return Limit(
        hours=None if cap.hours is None else _counted(cap, tuple(problem.hours)),
        days=tuple(day for day, _ in near),
        rooms=tuple(room for _, room in near),
    )


def _counted(cap: Cap, names: tuple[str, ...]) -> frozenset[int]:
    return frozenset(index for index, name in enumerate(names) if cap.counts(name))


def _spent(days: list[Interval], pieces: Iterable[Interval]) -> list[timedelta]:
    """Return how much of each day the pieces take; the days are in order of time."""
    ends = [day.end for day in days]
    spent = [timedelta(0)] * len(days)
    for piece in pieces:
        for k in range(bisect_right(ends, piece.start), len(days)):
            common = days[k].intersection(piece)
            if common is None:
                break
            spent[k] += common.duration
    return spent


def _topological(works: tuple[Work, ...]) -> tuple[int, ...]:
    waiting = [len(work.before) for work in works]
    order = [work.index for work in works if not work.before]
    for index in order:
        for link in works[index].after:
            waiting[link.index] -= 1
            if not waiting[link.index]:
                order.append(link.index)
    return tuple(order)

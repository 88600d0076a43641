"""A problem in whole numbers: what the greedy, the search and CP-SAT all work on.

Conventions. A piece is `(start, end)` in steps. Every slot also takes the `buffer` steps after
it: two slots keep their distance exactly when `[start, end + buffer)` do not overlap, so that
one mask, `room`, holds pins, slots and buffers. Hours and events are another matter (buffers may
lie on them): `open` says, for each hour map, which steps are open and free of events.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from dayloom.planning.grid import Grid, Range, bits, to_mask
from dayloom.planning.interval import Interval, merge
from dayloom.planning.problem import GRID, Cap, Precedence, Previous, Problem, Task

FAR = 1 << 30  # a due date that never comes
TARDY = 4  # price of a step after the due date, on top of the delay itself
FRAGMENT = 12  # price of a further piece: an hour of delay
DROPPED = 20_000  # price of leaving a task out; doubled if that misses a deadline
MOVE_SOON = 36  # price of moving a seen task that starts within `SOON`
MOVE_LATER = 12
SOON = timedelta(days=2)

Pieces = tuple[Range, ...]
Placements = tuple[Pieces, ...]  # by index of the task; () is unplaced


@dataclass(frozen=True, slots=True)
class Link:
    """A precedence, seen from one of its ends: `index` is the task at the other end."""

    index: int
    gap: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One task in steps.

    `release` is never before `now`; `deadline` is at most the end of the horizon and respects
    pinned successors, `own_deadline` does not. `due` is `FAR` without one. An unsplittable task
    has `min_chunk == max_chunk == duration`. `move_price` and `drop_price` are weighted already.
    """

    index: int
    id: int
    duration: int
    weight: int
    release: int
    due: int
    deadline: int
    own_deadline: int
    has_deadline: bool
    min_chunk: int
    max_chunk: int
    hours: int
    liked: int  # index into `Instance.liked`, -1 without a preference
    worth: int
    asap: bool
    before: tuple[Link, ...]  # the tasks this one waits for
    after: tuple[Link, ...]  # the tasks that wait for this one
    fixed: Pieces
    previous: Pieces
    move_price: int
    drop_price: int

    @property
    def whole(self) -> bool:
        """It may be placed as one piece."""
        return self.duration <= self.max_chunk

    @property
    def smallest(self) -> int:
        """The shortest piece it can have."""
        return min(self.min_chunk, self.duration)

    def divisible(self, rest: int) -> bool:
        """Say whether `rest` steps can be cut into pieces of the allowed sizes."""
        return -(-rest // self.max_chunk) * self.min_chunk <= rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A daily cap: at most `rooms[k]` steps of non-pinned slots within `days[k]`."""

    hours: int | None
    days: tuple[Range, ...]
    rooms: tuple[int, ...]

    def binds(self, work: Work) -> bool:
        return self.hours is None or self.hours == work.hours


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


def compile_problem(problem: Problem) -> Instance:
    """Return `problem` in steps."""
    grid = Grid.before(problem.horizon.start)
    first = max(grid.ceil(problem.now), grid.ceil(problem.horizon.start))
    size = max(first, grid.floor(problem.horizon.end))
    names = tuple(problem.hours)
    hours = tuple(_mask(grid, problem.hours[name], first, size) for name in names)
    taken = busy_mask(grid, problem)
    buffer = -(-problem.buffer // GRID)
    works = _Works(problem, grid, first, size).compile()
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
        room=bits(0, size + buffer) & ~to_mask(_pins(problem, grid, buffer)),
        limits=tuple(_limit(problem, grid, cap, size) for cap in problem.caps),
    )


def busy_mask(grid: Grid, problem: Problem) -> int:
    """Return the steps taken by events, widened by the event buffer on both sides."""
    wide = problem.event_buffer
    return to_mask(
        (grid.floor(busy.interval.start - wide), grid.ceil(busy.interval.end + wide))
        for busy in problem.busy
    )


def _mask(grid: Grid, intervals: tuple[Interval, ...], first: int, size: int) -> int:
    return to_mask(grid.inside(interval) for interval in merge(intervals)) & bits(first, size)


def _pins(problem: Problem, grid: Grid, buffer: int) -> Iterator[Range]:
    """Yield what pinned pieces take of `room`: exact also where they lie off the grid."""
    for task in problem.tasks:
        for piece in task.pinned:
            start = grid.floor(piece.start - problem.buffer) + buffer
            yield start, grid.ceil(piece.end + problem.buffer)


def _liked(problem: Problem, grid: Grid, first: int, size: int) -> tuple[int, ...]:
    return tuple(
        _mask(grid, tuple(i for name in names for i in problem.windows[name]), first, size)
        for names in _window_sets(problem)
    )


def _window_sets(problem: Problem) -> dict[tuple[str, ...], int]:
    sets: dict[tuple[str, ...], int] = {}
    for task in problem.tasks:
        if task.preferred:
            sets.setdefault(_window_set(task), len(sets))
    return sets


def _window_set(task: Task) -> tuple[str, ...]:
    return tuple(sorted({preference.window for preference in task.preferred}))


def _limit(problem: Problem, grid: Grid, cap: Cap, size: int) -> Limit:
    pins = [
        piece
        for task in problem.tasks
        if cap.hours is None or task.hours == cap.hours
        for piece in task.pinned
    ]
    days = [
        (grid.around(day), max(0, (limit - _within(day, pins)) // GRID))
        for day, limit in sorted(zip(problem.days, cap.limits, strict=True))
    ]
    near = [(day, room) for day, room in days if day[1] > 0 and day[0] < size]
    return Limit(
        hours=None if cap.hours is None else tuple(problem.hours).index(cap.hours),
        days=tuple(day for day, _ in near),
        rooms=tuple(room for _, room in near),
    )


def _within(day: Interval, pieces: list[Interval]) -> timedelta:
    parts = (day.intersection(piece) for piece in pieces)
    return sum((part.duration for part in parts if part), timedelta(0))


class _Works:
    """Compiles the tasks of one problem; holds what they look up in each other."""

    def __init__(self, problem: Problem, grid: Grid, first: int, size: int) -> None:
        self._problem, self._grid, self._first, self._size = problem, grid, first, size
        self._index = {task.id: index for index, task in enumerate(problem.tasks)}
        self._hours = {name: index for index, name in enumerate(problem.hours)}
        self._liked = _window_sets(problem)
        self._previous = {previous.task_id: previous for previous in problem.previous}
        self._fixed = [
            tuple(sorted(grid.around(piece) for piece in task.pinned)) for task in problem.tasks
        ]
        self._after: list[list[Link]] = [[] for _ in problem.tasks]
        for index, task in enumerate(problem.tasks):
            for precedence in task.after:
                before = self._index[precedence.task_id]
                self._after[before].append(Link(index, precedence.gap // GRID))
        self._frozen_price = min(map(self._drop_price, problem.tasks), default=0) // 2

    def compile(self) -> tuple[Work, ...]:
        return tuple(self._work(index, task) for index, task in enumerate(self._problem.tasks))

    def _work(self, index: int, task: Task) -> Work:
        duration = task.duration // GRID
        own = self._own_deadline(task)
        pinned = (self._pinned_start(link) for link in self._after[index])
        previous = self._previous.get(task.id)
        return Work(
            index=index,
            id=task.id,
            duration=duration,
            weight=task.weight,
            release=self._release(task),
            due=self._due(task),
            deadline=min([own, *(start for start in pinned if start is not None)]),
            own_deadline=own,
            has_deadline=task.deadline is not None,
            min_chunk=task.min_chunk // GRID if task.min_chunk else duration,
            max_chunk=task.max_chunk // GRID if task.max_chunk else duration,
            hours=self._hours[task.hours],
            liked=self._liked[_window_set(task)] if task.preferred else -1,
            worth=max((p.worth // GRID for p in task.preferred), default=0),
            asap=task.asap,
            before=tuple(self._link(precedence) for precedence in task.after),
            after=tuple(self._after[index]),
            fixed=self._fixed[index],
            previous=self._pieces(previous),
            move_price=self._move_price(task, previous),
            drop_price=self._drop_price(task),
        )

    def _link(self, precedence: Precedence) -> Link:
        return Link(self._index[precedence.task_id], precedence.gap // GRID)

    def _release(self, task: Task) -> int:
        return max(self._first, self._grid.ceil(task.release)) if task.release else self._first

    def _due(self, task: Task) -> int:
        return self._grid.floor(task.due) if task.due else FAR

    def _own_deadline(self, task: Task) -> int:
        if task.deadline is None:
            return self._size
        return min(self._size, self._grid.floor(task.deadline))

    def _pinned_start(self, link: Link) -> int | None:
        pieces = self._fixed[link.index]
        return pieces[0][0] - link.gap if pieces else None

    def _pieces(self, previous: Previous | None) -> Pieces:
        """Return the previous pieces, or none where they lie off the grid."""
        if previous is None:
            return ()
        inner = tuple(self._grid.inside(interval) for interval in sorted(previous.intervals))
        outer = tuple(self._grid.around(interval) for interval in sorted(previous.intervals))
        return inner if inner == outer else ()

    def _move_price(self, task: Task, previous: Previous | None) -> int:
        if previous is None or not previous.seen or not previous.intervals:
            return 0
        start = min(previous.intervals).start
        frozen = self._problem.frozen_until
        if frozen is not None and start < frozen:
            return self._frozen_price
        soon = start < self._problem.now + SOON
        return task.weight * (MOVE_SOON if soon else MOVE_LATER)

    def _drop_price(self, task: Task) -> int:
        """Return the price of leaving it out: as late as can be, and a very large sum."""
        delay = self._size - self._release(task) if task.asap else 0
        late = TARDY * max(0, self._size - self._due(task))
        return task.weight * (delay + late + DROPPED * (1 if task.deadline is None else 2))


def _topological(works: tuple[Work, ...]) -> tuple[int, ...]:
    waiting = [len(work.before) for work in works]
    order = [work.index for work in works if not work.before]
    for index in order:
        for link in works[index].after:
            waiting[link.index] -= 1
            if not waiting[link.index]:
                order.append(link.index)
    return tuple(order)

"""One task of an instance in whole numbers, and the constants of its price."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from dayloom.planning.grid import Grid, Range
from dayloom.planning.problem import GRID, Precedence, Previous, Problem, Task

FAR = 1 << 30  # a due date that never comes
TARDY = 4  # price of a step after the due date, on top of the delay itself
FRAGMENT = 12  # price of a further piece: an hour of delay
DROPPED = 20_000  # price of leaving a task out; doubled if that misses a deadline
MOVE_NOW = 144  # price of moving a seen task that starts now: twelve hours of delay
MOVE_FAR = 48  # what remains of it, from four days before the start on
MOVE_FADE = timedelta(hours=1)  # every so much time before the start takes one off

Pieces = tuple[Range, ...]


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
    frozen: bool
    drop_price: int

    @property
    def whole(self) -> bool:
        """It may be placed as one piece."""
        return self.duration <= self.max_chunk

    @property
    def smallest(self) -> int:
        """The shortest piece it can have."""
        return min(self.min_chunk, self.duration)

    def well_cut(self, pieces: Pieces, buffer: int) -> bool:
        """Say whether it may be cut like that, wherever the pieces lie."""
        lengths = [end - start for start, end in pieces]
        if sum(lengths) != self.duration:
            return False
        if len(pieces) == 1:
            return self.whole
        apart = all(second[0] - first[1] >= buffer for first, second in pairwise(pieces))
        return apart and all(self.min_chunk <= length <= self.max_chunk for length in lengths)

    def least_piece(self, rest: int, level: int) -> int:
        """Return the shortest allowed piece of `level` steps or more, `rest` being left to do."""
        sizes = range(max(level, self.min_chunk), min(rest, self.max_chunk) + 1)
        found = next((size for size in sizes if self._divisible(rest - size)), 0)
        return found or self.largest_piece(rest, self.max_chunk)

    def largest_piece(self, rest: int, room: int) -> int:
        """Return the longest allowed piece within `room`, `rest` being left to do; 0 if none."""
        if rest == self.duration <= min(room, self.max_chunk):
            return rest
        sizes = range(min(rest, room, self.max_chunk), self.min_chunk - 1, -1)
        return next((size for size in sizes if self._divisible(rest - size)), 0)

    def _divisible(self, rest: int) -> bool:
        """Say whether `rest` steps can be cut into pieces of the allowed sizes."""
        return -(-rest // self.max_chunk) * self.min_chunk <= rest


def move_price(lead: timedelta) -> int:
    """Return the price of moving what starts in `lead`: it grows by one every hour."""
    return max(MOVE_FAR, MOVE_NOW - max(timedelta(0), lead) // MOVE_FADE)


def compile_works(problem: Problem, grid: Grid, first: int, size: int) -> tuple[Work, ...]:
    """Return the tasks of `problem` in steps; slots lie in `[first, size)`."""
    return _Works(problem, grid, first, size).compile()


@dataclass(frozen=True, slots=True)
class WindowSet:
    """The preferred windows of a task by name, and which of them was proposed, if any."""

    names: tuple[str, ...]
    proposed: str | None


def window_sets(problem: Problem) -> dict[WindowSet, int]:
    sets: dict[WindowSet, int] = {}
    for task in problem.tasks:
        if task.preferred:
            sets.setdefault(window_set(task), len(sets))
    return sets


def window_set(task: Task) -> WindowSet:
    names = tuple(sorted({preference.window for preference in task.preferred}))
    return WindowSet(names, next((p.window for p in task.preferred if p.proposed), None))


class _Works:
    """Compiles the tasks of one problem; holds what they look up in each other."""

    def __init__(self, problem: Problem, grid: Grid, first: int, size: int) -> None:
        self._problem, self._grid, self._first, self._size = problem, grid, first, size
        self._index = {task.id: index for index, task in enumerate(problem.tasks)}
        self._hours = {name: index for index, name in enumerate(problem.hours)}
        self._liked = window_sets(problem)
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
            liked=self._liked[window_set(task)] if task.preferred else -1,
            worth=max((p.worth // GRID for p in task.preferred), default=0),
            asap=task.asap,
            before=tuple(self._link(precedence) for precedence in task.after),
            after=tuple(self._after[index]),
            fixed=self._fixed[index],
            previous=self._pieces(previous),
            move_price=self._move_price(task, previous),
            frozen=self._frozen(previous),
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
        if self._frozen(previous):
            return self._frozen_price
        lead = min(previous.intervals).start - self._problem.now
        return task.weight * move_price(lead)

    def _frozen(self, previous: Previous | None) -> bool:
        until = self._problem.frozen_until
        if previous is None or until is None or not previous.seen or not previous.intervals:
            return False
        return min(previous.intervals).start < until

    def _drop_price(self, task: Task) -> int:
        """Return the price of leaving it out: as late as can be, and a very large sum."""
        delay = self._size - self._release(task) if task.asap else 0
        late = TARDY * max(0, self._size - self._due(task))
        return task.weight * (delay + late + DROPPED * (1 if task.deadline is None else 2))

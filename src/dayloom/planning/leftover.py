"""Checks what a plan says about the tasks it could not place; part of the independent checker."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from dayloom.planning.interval import Interval, merge
from dayloom.planning.plan import Obstacle, Plan, Slot, Unplaced
from dayloom.planning.problem import GRID, Problem, Task

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def doubts(problem: Problem, plan: Plan) -> Iterator[str]:
    """Yield a sentence for every obstacle of `plan` that the facts of `problem` contradict."""
    leftovers = _Leftovers(problem, plan)
    for item in plan.unplaced:
        task = leftovers.tasks.get(item.task_id)
        if task is not None:
            yield from _doubts(leftovers, item, task)


def forgotten(problem: Problem, plan: Plan) -> Iterator[int]:
    """Yield the unplaced tasks that would fit in one piece without moving anything."""
    leftovers = _Leftovers(problem, plan)
    for item in plan.unplaced:
        task = leftovers.tasks[item.task_id]
        waits = any(link.task_id not in leftovers.pieces for link in task.after)
        capped = any(cap.counts(task.hours) for cap in problem.caps)
        if waits or capped or task.duration > (task.max_chunk or task.duration):
            continue
        if leftovers.longest(task, plan.slots) >= task.duration:
            yield task.id


@dataclass
class _Leftovers:
    """What the checks look up; free time is worked out once for each hour map."""

    problem: Problem
    plan: Plan
    tasks: dict[int, Task] = field(init=False)
    pieces: dict[int, list[Interval]] = field(init=False)
    pinned_after: dict[int, list[datetime]] = field(init=False)
    _free: dict[tuple[str, bool], list[Interval]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.tasks = {task.id: task for task in self.problem.tasks}
        self.pieces = {}
        for slot in self.plan.slots:
            self.pieces.setdefault(slot.task_id, []).append(slot.interval)
        self.pinned_after = {}
        for task in self.problem.tasks:
            for link in task.after if task.pinned else ():
                latest = min(task.pinned).start - link.gap
                self.pinned_after.setdefault(link.task_id, []).append(latest)

    def window(self, task: Task) -> tuple[datetime, datetime]:
        """Return the first start and the last end of its own: by release and deadline."""
        problem = self.problem
        start = max(_up(problem.now), _up(problem.horizon.start))
        end = _down(problem.horizon.end)
        return (
            max(start, _up(task.release)) if task.release else start,
            min(end, _down(task.deadline)) if task.deadline else end,
        )

    def hours(self, task: Task) -> list[Interval]:
        """Return the hours of `task` within its own window, on the grid."""
        return _clipped(merge(self.problem.hours[task.hours]), *self.window(task))

    def longest(self, task: Task, slots: Iterable[Slot] = ()) -> timedelta:
        """Return the longest stretch for it between events, and between `slots` if given."""
        start, end = self.window(task)
        end = min([end, *map(_down, self.pinned_after.get(task.id, ()))])
        taken = [slot.interval for slot in slots]
        if taken:
            start = max(
                [start, *(_up(self._ready(link.task_id, link.gap)) for link in task.after)]
            )
        stretches = _clipped(self._between(task.hours, taken), start, end)
        return max((stretch.duration for stretch in stretches), default=timedelta(0))

    def _ready(self, task_id: int, gap: timedelta) -> datetime:
        return max(piece.end for piece in self.pieces[task_id]) + gap

    def _between(self, hours: str, taken: list[Interval]) -> list[Interval]:
        key = (hours, bool(taken))
        if key not in self._free:
            wide, buffer = self.problem.event_buffer, self.problem.buffer
            blocks = [_widened(busy.interval, wide) for busy in self.problem.busy]
            blocks += [_widened(interval, buffer) for interval in taken]
            holes = merge(block for block in blocks if block.duration)
            self._free[key] = list(_cut(merge(self.problem.hours[hours]), holes))
        return self._free[key]


def _doubts(leftovers: _Leftovers, item: Unplaced, task: Task) -> Iterator[str]:
    said = f"Task {task.id} is called {item.obstacle.value}, but"
    for other in item.because_of:
        if other not in leftovers.tasks or other == task.id:
            yield f"{said} task {other}, which it blames, is not another task."
    if item.missing is not None and item.missing <= timedelta(0):
        yield f"{said} it lacks no time."
    if task.pinned:
        yield f"{said} it is pinned and has its time."
    check = CHECKS.get(item.obstacle)
    if check is not None and (objection := check(leftovers, task)):
        yield f"{said} {objection}"


def _no_hours(leftovers: _Leftovers, task: Task) -> str:
    return "its hours open between its release and its deadline." if leftovers.hours(task) else ""


def _events(leftovers: _Leftovers, task: Task) -> str:
    return "events leave some of its hours free." if leftovers.longest(task) else ""


def _too_long(leftovers: _Leftovers, task: Task) -> str:
    smallest = min(task.min_chunk or task.duration, task.duration)
    return "its smallest piece fits." if leftovers.longest(task) >= smallest else ""


def _daily_cap(leftovers: _Leftovers, task: Task) -> str:
    capped = any(cap.counts(task.hours) for cap in leftovers.problem.caps)
    return "" if capped else "no daily cap holds for its hours."


def _deadline(leftovers: _Leftovers, task: Task) -> str:
    if task.deadline is None:
        return "it has no deadline."
    start, end = leftovers.window(task)
    return "there is time before its deadline." if start + task.duration <= end else ""


def _waits(leftovers: _Leftovers, task: Task) -> str:
    waits = any(link.task_id not in leftovers.pieces for link in task.after)
    return "" if waits else "every task before it has its place."


def _before_pinned(leftovers: _Leftovers, task: Task) -> str:
    return "" if task.id in leftovers.pinned_after else "no pinned task comes after it."


CHECKS: dict[Obstacle, Callable[[_Leftovers, Task], str]] = {
    Obstacle.NO_HOURS: _no_hours,
    Obstacle.EVENTS: _events,
    Obstacle.TOO_LONG: _too_long,
    Obstacle.DAILY_CAP: _daily_cap,
    Obstacle.DEADLINE: _deadline,
    Obstacle.WAITS: _waits,
    Obstacle.BEFORE_PINNED: _before_pinned,
}


def _cut(hours: list[Interval], holes: list[Interval]) -> Iterator[Interval]:
    """Yield what `holes` leave of `hours`; both are merged, so that one walk does."""
    k = 0
    for interval in hours:
        start = interval.start
        k = bisect_left(holes, start, lo=k, key=lambda hole: hole.end)
        for hole in holes[k:]:
            if hole.start >= interval.end:
                break
            if hole.start > start:
                yield Interval(start, hole.start)
            start = max(start, hole.end)
        if start < interval.end:
            yield Interval(start, interval.end)


def _clipped(intervals: Iterable[Interval], start: datetime, end: datetime) -> list[Interval]:
    """Return the parts of `intervals` in the window, shrunk to the grid."""
    window = Interval(start, max(start, end))
    common = (window.intersection(interval) for interval in intervals)
    shrunk = ((_up(part.start), _down(part.end)) for part in common if part)
    return [Interval(low, high) for low, high in shrunk if low < high]


def _widened(interval: Interval, by: timedelta) -> Interval:
    return Interval(interval.start - by, interval.end + by)


def _up(at: datetime) -> datetime:
    return at.astimezone(UTC) + (EPOCH - at) % GRID


def _down(at: datetime) -> datetime:
    return at.astimezone(UTC) - (at - EPOCH) % GRID

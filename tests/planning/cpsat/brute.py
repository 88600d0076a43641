"""The optimum by enumeration: every placement of every task, judged from the rules as written.

It reads the problem alone, counts in minutes from the start of the horizon, and shares nothing
with the planning core but the problem's own types.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from dayloom.planning.interval import Interval, merge
from dayloom.planning.problem import Cap, Problem, Task

MINUTE = timedelta(minutes=1)
STEP = 5
Span = tuple[int, int]
Way = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to place a task, () for leaving it out, with its cost."""

    way: Way
    cost: int


class Enumeration:
    """Finds the cheapest plan of a problem by trying all."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.length = self.minutes(problem.horizon.end)
        self.buffer = problem.buffer // MINUTE
        self.event_buffer = problem.event_buffer // MINUTE
        self.busy = [self.span(busy.interval) for busy in problem.busy]
        self.tasks = sorted(problem.tasks, key=lambda task: task.id)
        self.pins = {task.id: self.spans(task.pinned) for task in self.tasks if task.pinned}
        self.choices = {task.id: self._choices(task) for task in self.tasks}
        self.best: int | None = None
        self.best_ways: dict[int, Way] = {}

    def minutes(self, moment: datetime) -> int:
        return (moment - self.problem.horizon.start) // MINUTE

    def span(self, interval: Interval) -> Span:
        return self.minutes(interval.start), self.minutes(interval.end)

    def spans(self, intervals: tuple[Interval, ...]) -> Way:
        return tuple(self.span(interval) for interval in sorted(intervals))

    def optimum(self) -> int:
        self._extend({}, 0)
        assert self.best is not None
        return self.best

    def _extend(self, ways: dict[int, Way], cost: int) -> None:
        rest = self.tasks[len(ways) :]
        least = cost + sum(min(c.cost for c in self.choices[task.id]) for task in rest)
        if self.best is not None and least >= self.best:
            return
        if not rest:
            self.best, self.best_ways = cost, dict(ways)
            return
        for choice in self.choices[rest[0].id]:
            if self._fits(rest[0], choice.way, ways):
                self._extend({**ways, rest[0].id: choice.way}, cost + choice.cost)

    def _choices(self, task: Task) -> list[Choice]:
        if task.pinned:
            way = self.pins[task.id]
            return [Choice(way, self._cost(task, way))]
        ways = [way for way in self._ways(task) if all(self._allows(task, s) for s in way)]
        found = [Choice(way, self._cost(task, way)) for way in ways]
        return sorted([*found, Choice((), self._drop_price(task))], key=lambda c: c.cost)

    def _ways(self, task: Task) -> Iterator[Way]:
        total = task.duration // MINUTE
        smallest = (task.min_chunk or task.duration) // MINUTE
        largest = (task.max_chunk or task.duration) // MINUTE
        for sizes in _cuts(total, smallest, largest):
            yield from self._starts(sizes, 0)
        if total <= largest and total < smallest:
            yield from self._starts((total,), 0)

    def _starts(self, sizes: tuple[int, ...], earliest: int) -> Iterator[Way]:
        if not sizes:
            yield ()
            return
        start = _up(earliest)
        while start + sum(sizes) <= self.length:
            end = start + sizes[0]
            for rest in self._starts(sizes[1:], end + self.buffer):
                yield ((start, end), *rest)
            start += STEP

    def _allows(self, task: Task, span: Span) -> bool:
        """Say whether the piece keeps every rule that concerns its task alone."""
        start, end = span
        opened = [self.span(i) for i in merge(self.problem.hours[task.hours])]
        others = [pin for pins in self.pins.values() for pin in pins]
        return (
            any(a <= start and end <= b for a, b in opened)
            and start >= max(0, self.minutes(self.problem.now))
            and (task.release is None or start >= self.minutes(task.release))
            and (task.deadline is None or end <= self.minutes(task.deadline))
            and all(_apart(span, busy, self.event_buffer) for busy in self.busy)
            and all(_apart(span, pin, self.buffer) for pin in others)
        )

    def _fits(self, task: Task, way: Way, ways: dict[int, Way]) -> bool:
        """Say whether the choice agrees with those of the tasks before it in order of id."""
        if task.pinned:
            return self._pinned_is_awaited(task, ways)
        others = [s for i, spans in ways.items() if i not in self.pins for s in spans]
        return (
            all(_apart(span, other, self.buffer) for span in way for other in others)
            and (not way or self._waits(task, way, ways))
            and (not way or self._before_pinned(task, way))
            and all(self._within(cap, {**ways, task.id: way}) for cap in self.problem.caps)
        )

    def _pinned_is_awaited(self, task: Task, ways: dict[int, Way]) -> bool:
        first = self.pins[task.id][0][0]
        return all(
            p.task_id in self.pins
            or not ways[p.task_id]
            or ways[p.task_id][-1][1] + p.gap // MINUTE <= first
            for p in task.after
        )

    def _waits(self, task: Task, way: Way, ways: dict[int, Way]) -> bool:
        return all(
            ways[p.task_id] and ways[p.task_id][-1][1] + p.gap // MINUTE <= way[0][0]
            for p in task.after
        )

    def _before_pinned(self, task: Task, way: Way) -> bool:
        return all(
            way[-1][1] + p.gap // MINUTE <= self.pins[other.id][0][0]
            for other in self.tasks
            if other.pinned
            for p in other.after
            if p.task_id == task.id
        )

    def _within(self, cap: Cap, ways: dict[int, Way]) -> bool:
        counted = {t.id for t in self.tasks if cap.counts(t.hours)}
        for day, limit in zip(self.problem.days, cap.limits, strict=True):
            around = self.span(day)
            pins = _inside([s for i, w in self.pins.items() if i in counted for s in w], around)
            moving = _inside(
                [s for i, w in ways.items() if i in counted - set(self.pins) for s in w], around
            )
            if moving and pins + moving > limit // MINUTE:
                return False
        return True

    def _cost(self, task: Task, way: Way) -> int:
        """Count in minutes, then in steps: a piece off the grid takes the steps it touches."""
        done = _up(way[-1][1])
        cost = max(0, done - self._release(task)) if task.asap else 0
        cost += 4 * max(0, done - self.minutes(task.due)) if task.due else 0
        cost += 12 * STEP * (len(way) - 1)
        return task.weight * cost // STEP + self._wish(task, way) + self._move(task, way)

    def _wish(self, task: Task, way: Way) -> int:
        if not task.preferred:
            return 0
        worth = max(preference.worth // MINUTE // STEP for preference in task.preferred)
        windows = [self.span(i) for p in task.preferred for i in self.problem.windows[p.window]]
        steps = [s for start, end in way for s in range(start // STEP * STEP, end, STEP)]
        outside = sum(not any(a <= s and s + STEP <= b for a, b in windows) for s in steps)
        total = task.duration // MINUTE // STEP
        return task.weight * worth * min(outside, total) // total

    def _move(self, task: Task, way: Way) -> int:
        for previous in self.problem.previous:
            if previous.task_id == task.id and previous.seen:
                first = previous.intervals[0].start
                if self.spans(previous.intervals) == way:
                    return 0
                if self.problem.frozen_until and first < self.problem.frozen_until:
                    return min(self._drop_price(other) for other in self.tasks) // 2
                lead = max(timedelta(0), first - self.problem.now)
                return task.weight * max(48, 144 - lead // timedelta(hours=1))
        return 0

    def _drop_price(self, task: Task) -> int:
        delay = self.length - self._release(task) if task.asap else 0
        late = 4 * max(0, self.length - self.minutes(task.due)) if task.due else 0
        return task.weight * ((delay + late) // STEP + (40_000 if task.deadline else 20_000))

    def _release(self, task: Task) -> int:
        own = self.minutes(task.release) if task.release else 0
        return _up(max(0, own, self.minutes(self.problem.now)))


def _up(minutes: int) -> int:
    return -(-minutes // STEP) * STEP


def _cuts(total: int, smallest: int, largest: int) -> Iterator[tuple[int, ...]]:
    """Yield every ordered way to cut `total` into pieces of the allowed sizes."""
    if total == 0:
        yield ()
    for size in range(smallest, min(largest, total) + STEP, STEP):
        for rest in _cuts(total - size, smallest, largest):
            yield (size, *rest)


def _apart(one: Span, other: Span, buffer: int) -> bool:
    return one[1] + buffer <= other[0] or other[1] + buffer <= one[0]


def _inside(spans: list[Span], around: Span) -> int:
    return sum(max(0, min(end, around[1]) - max(start, around[0])) for start, end in spans)

"""Why here, and why not earlier: read off the masks of the problem, layer by layer.

From the earliest start that release and precedence allow, each layer pushes the start on: hours,
events, other tasks, daily caps. What pushes is named; what changes nothing is not.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TypedDict

from dayloom.planning.answer import read_plan
from dayloom.planning.cost import preference, tardiness
from dayloom.planning.forced import why_moved
from dayloom.planning.grid import Range, to_mask
from dayloom.planning.instance import compile_problem
from dayloom.planning.interval import Interval, merge
from dayloom.planning.layers import Layering, Layers
from dayloom.planning.obstruction import Obstruction, Obstructions
from dayloom.planning.plan import Plan
from dayloom.planning.problem import GRID, Problem, Task
from dayloom.planning.reason import Code, Reason
from dayloom.planning.work import Pieces, Work


class Rest(TypedDict, total=False):
    """Fields of a reason that say why it is not right at the end of what is in the way."""

    at: datetime
    by: timedelta


def explain(problem: Problem, plan: Plan) -> Mapping[int, tuple[Reason, ...]]:
    """Return the reasons of each placed task: why here, what that keeps, why not earlier.

    The start is explained for the first piece, the promises are kept by the last one.
    """
    explainer = _Explainer(problem, plan)
    return {
        task.id: tuple(explainer.reasons(index, task))
        for index, task in enumerate(problem.tasks)
        if explainer.placements[index]
    }


class _Explainer:
    """Holds one plan and what stands in it."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self._problem, self._plan = problem, plan
        self._instance = compile_problem(problem)
        self._grid = self._instance.grid
        self.placements = read_plan(self._instance, plan)
        self._layering = Layering(self._instance, self.placements)
        self._intervals = plan.by_task()
        self._seen = {p.task_id: tuple(sorted(p.intervals)) for p in problem.previous if p.seen}
        wide = problem.event_buffer
        self._events = Obstructions(
            Obstruction(event.interval, event.event_id, wide)
            for event in problem.busy
            if event.interval.duration or wide
        )
        self._slots = Obstructions(
            Obstruction(slot.interval, slot.task_id, problem.buffer) for slot in plan.slots
        )

    def reasons(self, index: int, task: Task) -> Iterator[Reason]:
        work, pieces = self._instance.works[index], self.placements[index]
        intervals = self._intervals[task.id]
        layers = None if task.pinned else self._layering.of(work, pieces[0])
        if task.pinned:
            yield Reason(code=Code.RUNNING if task.running else Code.PINNED)
        if layers and self._instance.first == layers.low < pieces[0][0]:
            yield from self._stretches(task, work, pieces)
        if layers:
            yield from self._why_here(task, work, pieces, layers)
        yield from self._wishes(task, work, layers)
        if self._kept(task):
            yield Reason(code=Code.KEPT_WHERE_SEEN)
        if forced := why_moved(self._problem, self._plan, task):
            yield forced
        yield from _promises(task, intervals)
        if layers and layers.low < pieces[0][0] == layers.allowed:
            yield from self._not_earlier(task, work, layers, pieces[0])
        if len(intervals) > 1:
            yield Reason(code=Code.IN_PIECES, count=len(intervals))

    def _kept(self, task: Task) -> bool:
        return not task.pinned and self._seen.get(task.id) == self._intervals[task.id]

    def _why_here(
        self, task: Task, work: Work, pieces: Pieces, layers: Layers
    ) -> Iterator[Reason]:
        start, end = pieces[0]
        if start == layers.low:
            yield self._from_the_start(task, work, start)
        elif start == layers.allowed:
            length = (end - start) * GRID if work.min_chunk < work.duration else None
            yield Reason(code=Code.FIRST_FREE, by=length)
        elif not self._prefers(work, pieces, layers.allowed):
            hurries = work.asap or self._gains(work, pieces, layers.allowed)
            code = Code.ALSO_FREE if hurries else Code.NO_HURRY
            yield Reason(code=code, at=self._grid.at(layers.allowed))

    def _from_the_start(self, task: Task, work: Work, start: int) -> Reason:
        """Name what it starts with: a task it waits for, its release, or now."""
        for link in work.before:
            if self.placements[link.index] and self._layering.ready(link) == start:
                other = self._instance.works[link.index]
                gap = self._grid.at(start) - self._intervals[other.id][-1].end
                return Reason(code=Code.RIGHT_AFTER, task_id=other.id, by=gap or None)
        if work.release > self._instance.first:
            return Reason(code=Code.NOT_BEFORE_RELEASE, at=task.release)
        return Reason(code=Code.AT_ONCE)

    def _prefers(self, work: Work, pieces: Pieces, other: int) -> bool:
        """Say whether its preferred windows speak against starting at `other`."""
        here = preference(self._instance, work, pieces)
        return here < preference(self._instance, work, _moved(pieces, other))

    def _gains(self, work: Work, pieces: Pieces, other: int) -> bool:
        """Say whether it would be less late, or nearer to its wishes, from `other` on."""
        moved = _moved(pieces, other)
        there = tardiness(work, moved) + preference(self._instance, work, moved)
        return there < tardiness(work, pieces) + preference(self._instance, work, pieces)

    def _not_earlier(
        self, task: Task, work: Work, layers: Layers, piece: Range
    ) -> Iterator[Reason]:
        """Name what pushes, the most binding layer first; behind full days, what pushes there."""
        if layers.allowed > layers.free:
            yield self._not_before_cap(layers)
            layers = self._layering.of(work, piece, layers.full) or layers
        if layers.free > layers.clear:
            yield from self._not_before_task(work, layers.free, piece)
        if layers.clear > layers.opened:
            yield from self._not_before_event(work, layers.clear, piece)
        if layers.free == layers.opened > layers.low:
            opened = self._opening(task, self._grid.at(layers.opened))
            yield Reason(code=Code.NOT_BEFORE_HOURS, name=task.hours, at=opened)
        yield from self._not_before_low(task, work, layers.low)

    def _opening(self, task: Task, at: datetime) -> datetime:
        """Return when its hours that are open at that moment began; maybe off the grid."""
        hours = merge(self._problem.hours[task.hours])
        return max(interval.start for interval in hours if interval.start <= at)

    def _not_before_cap(self, layers: Layers) -> Reason:
        one_day = self._layering.same_day(layers.free, layers.full)
        return Reason(
            code=Code.NOT_BEFORE_CAP,
            at=self._grid.at(layers.free),
            until=None if one_day else self._grid.at(layers.full),
        )

    def _not_before_task(self, work: Work, free: int, piece: Range) -> Iterator[Reason]:
        """Name the task that has the last open time before the first that is free."""
        start, length = piece[0], piece[1] - piece[0]
        last = self._layering.last_clear(work, length, free)
        end = self._grid.at(last + length) + self._problem.buffer
        if found := self._slots.before(min(end, self._grid.at(start))):
            yield Reason(
                code=Code.NOT_BEFORE_TASK,
                task_id=found.id,
                until=found.interval.end,
                **_rest(found, self._grid.at(free)),
            )

    def _not_before_event(self, work: Work, clear: int, piece: Range) -> Iterator[Reason]:
        """Name the event that has the last open time before the first without one."""
        length = piece[1] - piece[0]
        last = self._layering.last_in_hours(work, length, clear)
        if found := self._events.before(self._grid.at(last + length) + self._problem.event_buffer):
            yield Reason(
                code=Code.NOT_BEFORE_EVENT,
                event_id=found.id,
                until=found.interval.end,
                **_rest(found, self._grid.at(clear)),
            )

    def _not_before_low(self, task: Task, work: Work, low: int) -> Iterator[Reason]:
        for link in work.before:
            if self.placements[link.index] and self._layering.ready(link) == low:
                other = self._instance.works[link.index]
                until = self._intervals[other.id][-1].end
                yield Reason(code=Code.NOT_BEFORE_DONE, task_id=other.id, until=until)
                return
        if low == work.release > self._instance.first:
            yield Reason(code=Code.NOT_BEFORE_RELEASE, at=task.release)

    def _stretches(self, task: Task, work: Work, pieces: Pieces) -> Iterator[Reason]:
        """Say what is special about the free time it lies in, of all before its date."""
        until = task.deadline or task.due
        if until is None or len(pieces) > 1 or self._grid.at(pieces[0][1]) > until:
            return
        lengths = self._layering.stretches(work, pieces[0], self._grid.floor(until))
        length, mine = pieces[0][1] - pieces[0][0], lengths[0]
        if not any(other >= length for other in lengths[1:]):
            yield Reason(code=Code.ONLY_STRETCH, at=until)
        elif not any(other >= mine for other in lengths[1:]):
            yield Reason(code=Code.LONGEST_STRETCH, by=mine * GRID, at=until)

    def _wishes(self, task: Task, work: Work, layers: Layers | None) -> Iterator[Reason]:
        """Say whether it lies as proposed, and in its preferred windows, of which one is named."""
        intervals = self._intervals[task.id]
        for proposed in (p.window for p in task.preferred if p.proposed):
            yield from self._as_proposed(self._problem.windows[proposed], intervals)
        names = [preference.window for preference in task.preferred if not preference.proposed]
        if not names:
            return
        touched = [name for name in names if any(self._touches(name, i) for i in intervals)]
        if not self._within(names, intervals):
            yield Reason(code=Code.OUTSIDE_WINDOW, name=(touched or names)[0])
        elif whole := next((name for name in names if self._within([name], intervals)), None):
            first = layers is not None and self._is_first_in(whole, task, work, layers)
            yield Reason(code=Code.FIRST_IN_WINDOW if first else Code.IN_WINDOW, name=whole)
        else:
            yield Reason(code=Code.IN_WINDOW, name=" and ".join(touched))

    def _is_first_in(self, window: str, task: Task, work: Work, layers: Layers) -> bool:
        """Say whether one unsplittable piece lies later than it might, but first in the window."""
        piece = self.placements[work.index][0]
        if work.min_chunk < work.duration or piece[0] <= layers.allowed:
            return False
        ranges = (self._grid.inside(interval) for interval in self._merged(window))
        return not self._layering.is_free_before(work, piece, to_mask(ranges))

    def _as_proposed(
        self, window: tuple[Interval, ...], pieces: tuple[Interval, ...]
    ) -> Iterator[Reason]:
        if pieces == window:
            yield Reason(code=Code.AS_PROPOSED)
        elif window:
            there = (s for s in self._plan.slots if any(s.interval.overlaps(w) for w in window))
            taken = next((s.task_id for s in there if s.interval not in pieces), None)
            yield Reason(code=Code.NOT_AS_PROPOSED, at=window[0].start, task_id=taken)

    def _merged(self, *names: str) -> tuple[Interval, ...]:
        return tuple(merge(i for name in names for i in self._problem.windows[name]))

    def _within(self, names: list[str], pieces: tuple[Interval, ...]) -> bool:
        windows = self._merged(*names)
        return all(any(window.covers(piece) for window in windows) for piece in pieces)

    def _touches(self, window: str, piece: Interval) -> bool:
        return any(interval.overlaps(piece) for interval in self._problem.windows[window])


def _moved(pieces: Pieces, start: int) -> Pieces:
    """Return the pieces with the first one, or what was it, started at `start`."""
    first, end = pieces[0]
    return tuple(sorted(((start, start + end - first), *pieces[1:])))


def _rest(found: Obstruction, start: datetime) -> Rest:
    """Return what lies between the end of what was found and `start`: a buffer, or small gaps."""
    end = found.interval.end
    if start >= end + found.buffer + GRID:
        return {"at": start}
    return {"by": found.buffer} if found.buffer else {}


def _promises(task: Task, intervals: tuple[Interval, ...]) -> Iterator[Reason]:
    """Say how long before or after its deadline and its due date it is done."""
    end = max(interval.end for interval in intervals)
    for at in sorted({at for at in (task.due, task.deadline) if at and at < end}):
        yield Reason(code=Code.LATE, at=at, by=end - at)
        return
    if task.deadline:
        yield Reason(code=Code.BEFORE_DEADLINE, at=task.deadline, by=task.deadline - end)
    elif task.due:
        yield Reason(code=Code.BEFORE_DUE, at=task.due, by=task.due - end)

"""The cost of a plan as the rules of the price state it, step by step and without any mask."""

from datetime import UTC, datetime

from dayloom.planning.interval import Interval, merge
from dayloom.planning.plan import Objective, Plan
from dayloom.planning.problem import GRID, Problem, Task

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TARDY, FRAGMENT, SOON, LATER, DROPPED = 4, 12, 144, 48, 20_000


def floor(at: datetime) -> int:
    return (at - EPOCH) // GRID


def ceil(at: datetime) -> int:
    return -((EPOCH - at) // GRID)


class PlainCost:
    """Prices one plan of one problem."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self._problem = problem
        self._first = max(ceil(problem.now), ceil(problem.horizon.start))
        self._last = max(self._first, floor(problem.horizon.end))
        self._places = plan.by_task()
        self._previous = {p.task_id: p for p in problem.previous if p.seen and p.intervals}

    def objective(self) -> Objective:
        placed = [task for task in self._problem.tasks if task.id in self._places]
        dropped = [task for task in self._problem.tasks if task.id not in self._places]
        return Objective(
            completion=sum(t.weight * self._completion(t) for t in placed if t.asap),
            tardiness=sum(t.weight * TARDY * self._tardiness(t, self._end(t)) for t in placed),
            fragmentation=sum(t.weight * FRAGMENT * (len(self._places[t.id]) - 1) for t in placed),
            preference=sum(self._preference(t) for t in placed if t.preferred),
            movement=sum(self._movement(t) for t in placed),
            unplaced=sum(self._dropped(t) for t in dropped),
        )

    def _release(self, task: Task) -> int:
        return max(self._first, ceil(task.release)) if task.release else self._first

    def _end(self, task: Task) -> int:
        return ceil(self._places[task.id][-1].end)

    def _completion(self, task: Task) -> int:
        return max(0, self._end(task) - self._release(task))

    def _tardiness(self, task: Task, end: int) -> int:
        return max(0, end - floor(task.due)) if task.due else 0

    def _preference(self, task: Task) -> int:
        windows = merge(w for p in task.preferred for w in self._problem.windows[p.window])
        liked = {
            step
            for window in windows
            for step in range(
                max(self._first, ceil(window.start)), min(self._last, floor(window.end))
            )
        }
        for wish in (p for p in task.preferred if p.proposed):
            start = min((ceil(w.start) for w in self._problem.windows[wish.window]), default=0)
            liked = {step for step in liked if step >= start}
        outside = sum(step not in liked for step in self._steps(self._places[task.id]))
        worth = max(preference.worth for preference in task.preferred) // GRID
        duration = task.duration // GRID
        return task.weight * worth * min(outside, duration) // duration

    def _steps(self, pieces: tuple[Interval, ...]) -> list[int]:
        """Return the steps that the pieces touch, from the start of the horizon on."""
        begin = floor(self._problem.horizon.start)
        return [
            step
            for piece in pieces
            for step in range(max(begin, floor(piece.start)), ceil(piece.end))
        ]

    def _movement(self, task: Task) -> int:
        previous = self._previous.get(task.id)
        if previous is None or tuple(sorted(previous.intervals)) == self._places[task.id]:
            return 0
        start, until = min(previous.intervals).start, self._problem.frozen_until
        if until is not None and start < until:
            return min(self._dropped(other) for other in self._problem.tasks) // 2
        hours = max(0, int((start - self._problem.now).total_seconds())) // 3600
        return task.weight * max(LATER, SOON - hours)

    def _dropped(self, task: Task) -> int:
        delay = self._last - self._release(task) if task.asap else 0
        late = TARDY * self._tardiness(task, self._last)
        return task.weight * (delay + late + DROPPED * (2 if task.deadline else 1))

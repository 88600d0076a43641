"""Judges why something near has moved: what is said to have taken its place is tried out there."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem, Task
from dayloom.planning.reason import Code, Reason
from tests.planning.judge import joined

CODES = {code for code in Code if code.value.startswith("moved_for_")}


def complaints_about_move(problem: Problem, plan: Plan, task_id: int, reason: Reason) -> list[str]:
    """Return what is untrue in the reason why a task has left its place within the fence."""
    move = _Move(problem, plan, task_id)
    found = [*move.itself(), *CLAIMS.get(reason.code, _no_claim)(move, reason)]
    return [f"task {task_id}, {reason}: {complaint}" for complaint in found]


class _Move:
    """A task that was seen to start soon, its place then, and everything that lies now."""

    def __init__(self, problem: Problem, plan: Plan, task_id: int) -> None:
        self.problem, self.places = problem, plan.by_task()
        self.tasks = {one.id: one for one in problem.tasks}
        self.task = self.tasks[task_id]
        (self.old,) = (
            sorted(one.intervals)
            for one in problem.previous
            if one.task_id == task_id and one.seen
        )

    def itself(self) -> Iterator[str]:
        until = self.problem.frozen_until
        if until is None or self.old[0].start >= until:
            yield "it was not near"
        if sorted(self.places[self.task.id]) == self.old:
            yield "it was not moved"

    def event(self, reason: Reason) -> Iterator[str]:
        events = [e.interval for e in self.problem.busy if e.event_id == reason.event_id]
        if not any(self._under(one, self.problem.event_buffer) for one in events):
            yield "the event does not lie there"

    def hours(self, reason: Reason) -> Iterator[str]:
        opened = joined(self.problem.hours[self.task.hours])
        inside = (any(a <= one.start and one.end <= b for a, b in opened) for one in self.old)
        if all(inside) or reason.name != self.task.hours:
            yield "its hours are open there"

    def deadline(self, reason: Reason) -> Iterator[str]:
        deadline = self.task.deadline
        if deadline is None or deadline != reason.at or deadline >= self.old[-1].end:
            yield "its deadline comes later"

    def release(self, reason: Reason) -> Iterator[str]:
        release = self.task.release
        if release is None or release != reason.at or release <= self.old[0].start:
            yield "it may begin there"

    def waiting(self, reason: Reason) -> Iterator[str]:
        (link,) = (one for one in self.task.after if one.task_id == reason.task_id)
        end = max(one.end for one in self.places[link.task_id])
        ready = end + max(link.gap, self.problem.buffer)
        if reason.until != end or ready <= self.old[0].start:
            yield "that task is done in time"

    def pin(self, reason: Reason) -> Iterator[str]:
        if not self._other(reason).pinned:
            yield "that task is not pinned"
        yield from self._lies_there(reason)

    def urgent(self, reason: Reason) -> Iterator[str]:
        if self._other(reason).deadline != reason.at or not reason.at:
            yield "that is not its deadline"
        yield from self._lies_there(reason)

    def _other(self, reason: Reason) -> Task:
        assert reason.task_id is not None
        return self.tasks[reason.task_id]

    def _lies_there(self, reason: Reason) -> Iterator[str]:
        pieces = self.places[self._other(reason).id]
        if not any(self._under(piece, self.problem.buffer) for piece in pieces):
            yield "that task does not lie there"

    def _under(self, other: Interval, wide: timedelta) -> bool:
        low, high = other.start - wide, other.end + wide
        return any(piece.start < high and low < piece.end for piece in self.old)


def _no_claim(*_: object) -> Iterator[str]:
    """Yield nothing: the sentence tells of a search, and names nothing."""
    yield from ()


CLAIMS: dict[Code, Callable[[_Move, Reason], Iterator[str]]] = {
    Code.MOVED_FOR_EVENT: _Move.event,
    Code.MOVED_FOR_HOURS: _Move.hours,
    Code.MOVED_FOR_DEADLINE: _Move.deadline,
    Code.MOVED_FOR_RELEASE: _Move.release,
    Code.MOVED_FOR_TASK: _Move.waiting,
    Code.MOVED_FOR_PIN: _Move.pin,
    Code.MOVED_FOR_URGENT: _Move.urgent,
}

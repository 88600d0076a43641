"""What a plan costs its person, counted in tasks and minutes: facts of problem and plan."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from dayloom.planning.interval import merge
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem, Task

NOTHING = timedelta(0)


class Kind(StrEnum):
    """The terms, as the objective weighs them. The codes are stable: interfaces show them."""

    UNPLACED = "unplaced"  # count: tasks without a place
    LATE = "late"  # by: how long after they were due, all together
    OUTSIDE = "outside"  # count: tasks not wholly in their preferred windows
    ELSEWHERE = "elsewhere"  # count: tasks that lie elsewhere than a model proposed
    SPLIT = "split"  # count: tasks in more than one piece
    MOVED = "moved"  # count: blocks that were seen and lie elsewhere now


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one task adds to a term: minutes late, pieces, blocks moved."""

    task_id: int
    count: int = 1
    by: timedelta = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term with the tasks behind it, those that add most first."""

    kind: Kind
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """Return blocks where blocks are counted, else tasks."""
        return sum(p.count for p in self.parts) if self.kind is Kind.MOVED else len(self.parts)

    @property
    def by(self) -> timedelta:
        return sum((part.by for part in self.parts), NOTHING)


def account(problem: Problem, plan: Plan) -> tuple[Term, ...]:
    """Return the terms that are not empty, in the order of `Kind`."""
    book = _Book(problem, plan)
    found = (Term(kind=kind, parts=_ordered(book.parts(kind))) for kind in Kind)
    return tuple(term for term in found if term.parts)


def _ordered(parts: Iterator[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: (-part.by, -part.count, part.task_id)))


class _Book:
    def __init__(self, problem: Problem, plan: Plan) -> None:
        self._problem, self._plan = problem, plan
        self._pieces = plan.by_task()

    def parts(self, kind: Kind) -> Iterator[Part]:
        if kind is Kind.UNPLACED:
            yield from (Part(task_id=one.task_id) for one in self._plan.unplaced)
        elif kind is Kind.MOVED:
            yield from self._moved()
        else:
            for task in self._problem.tasks:
                if task.id in self._pieces:
                    yield from self._of(task, kind)

    def _of(self, task: Task, kind: Kind) -> Iterator[Part]:
        pieces = self._pieces[task.id]
        due, end = task.due or task.deadline, max(piece.end for piece in pieces)
        if kind is Kind.LATE and due and end > due:
            yield Part(task_id=task.id, by=end - due)
        elif kind is Kind.SPLIT and len(pieces) > 1:
            yield Part(task_id=task.id, count=len(pieces))
        elif kind in UNWISHED and UNWISHED[kind](self, task):
            yield Part(task_id=task.id)

    def is_outside(self, task: Task) -> bool:
        names = [wish.window for wish in task.preferred if not wish.proposed]
        spans = merge(interval for name in names for interval in self._problem.windows[name])
        inside = (any(s.covers(piece) for s in spans) for piece in self._pieces[task.id])
        return bool(names) and not all(inside)

    def is_elsewhere(self, task: Task) -> bool:
        wishes = [self._problem.windows[w.window] for w in task.preferred if w.proposed]
        return bool(wishes) and self._pieces[task.id] not in wishes

    def _moved(self) -> Iterator[Part]:
        for before in self._problem.previous:
            gone = set(before.intervals) - set(self._pieces.get(before.task_id, ()))
            if before.seen and gone:
                yield Part(task_id=before.task_id, count=len(gone))


UNWISHED: dict[Kind, Callable[[_Book, Task], bool]] = {
    Kind.OUTSIDE: _Book.is_outside,
    Kind.ELSEWHERE: _Book.is_elsewhere,
}

"""What is asked of a plan: that one task is done in time, and the others keep what they have.

The others keep this, and nothing else:

- a pinned or running task its place;
- a placed task with a deadline its deadline;
- a placed task whose due date is met in the plan its due date too;
- any other placed task a place before the end of the horizon: it may go later.

Tasks without a place are left out, but for those which the subject waits for: they must be
placed with it. The question whether all of that is possible is again a `Problem`, in which all of
it is a deadline, and the answer is yes if a plan of it places every task.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem, Task


@dataclass(frozen=True, slots=True)
class Demand:
    """The task `subject_id` should be done in time, in a plan like `plan` of `problem`."""

    problem: Problem
    plan: Plan
    subject_id: int

    @property
    def subject(self) -> Task:
        return next(task for task in self.problem.tasks if task.id == self.subject_id)

    @property
    def is_late(self) -> bool:
        """Say whether it has a place, so that its due date is what is asked for."""
        return self.subject_id in self.plan.by_task()

    def required(self) -> Problem:
        """Return the problem all of whose tasks have to be placed."""
        ends = last_ends(self.plan)
        asked = {*ends, *_ancestors(self.problem, self.subject_id)}
        tasks = (self._bound(task, ends) for task in self.problem.tasks if task.id in asked)
        return replace(
            self.problem, tasks=tuple(_within(task, asked) for task in tasks), previous=()
        )

    def bound(self) -> Problem:
        """Return the whole problem with all that is asked for as deadlines."""
        ends = last_ends(self.plan)
        tasks = tuple(self._bound(task, ends) for task in self.problem.tasks)
        return replace(self.problem, tasks=tasks)

    def _bound(self, task: Task, ends: dict[int, datetime]) -> Task:
        """Return the task with what is asked of it as its deadline."""
        end = ends.get(task.id)
        asked = end is not None and (task.id == self.subject_id or not is_late(task, end))
        return replace(task, deadline=_earlier(task.deadline, task.due if asked else None))


def troubled(problem: Problem, plan: Plan) -> tuple[int, ...]:
    """Return the tasks without a place, then those that are late; not those the person pinned."""
    ends = last_ends(plan)
    free = [task for task in problem.tasks if not task.pinned]
    out = sorted(item.task_id for item in plan.unplaced)
    late = sorted(task.id for task in free if is_late(task, ends.get(task.id)))
    return (*out, *late)


def is_late(task: Task, end: datetime | None) -> bool:
    return end is not None and task.due is not None and end > task.due


def last_ends(plan: Plan) -> dict[int, datetime]:
    """Return when each placed task is done."""
    return {task_id: pieces[-1].end for task_id, pieces in plan.by_task().items()}


def _ancestors(problem: Problem, task_id: int) -> set[int]:
    """Return the task and all that it waits for."""
    tasks = {task.id: task for task in problem.tasks}
    found, rest = {task_id}, [task_id]
    while rest:
        links = {link.task_id for link in tasks[rest.pop()].after} - found
        found |= links
        rest += sorted(links)
    return found


def _within(task: Task, asked: Iterable[int]) -> Task:
    return replace(task, after=tuple(link for link in task.after if link.task_id in asked))


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)

"""A task put somewhere in a plan: the problem in which all the rest stays where it lies."""

from dataclasses import replace
from datetime import datetime

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Previous, Problem

Lying = list[Previous]


def with_wish(
    problem: Problem, plan: Plan, task_id: int, start: datetime
) -> tuple[Problem, Lying]:
    """Return the problem with the task pinned at `start`, and everything pinned that does not
    lie under it; and where those lie that the person did not pin."""
    by_id = {task.id: task for task in problem.tasks}
    wish = Interval(start, start + by_id[task_id].duration)
    own = {task.id for task in problem.tasks if task.pinned} | {task_id}
    lying = {k: pieces for k, pieces in plan.by_task().items() if k not in own}
    stays = {k: p for k, p in lying.items() if not any(wish.overlaps(piece) for piece in p)}
    pinned = {**stays, task_id: (wish,)}
    tasks = (replace(t, pinned=pinned.get(t.id, t.pinned)) for t in problem.tasks)
    previous = [Previous(task_id=k, intervals=pieces) for k, pieces in lying.items()]
    return replace(problem, tasks=tuple(tasks), previous=()), previous

"""Which places of an earlier plan can still be had, all rules and what is fixed considered."""

from dataclasses import replace

from dayloom.planning.board import Board
from dayloom.planning.instance import compile_problem
from dayloom.planning.problem import Previous
from dayloom.plans.facts import Wishes
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.problem import build_problem


def still_fitting(inputs: PlanInputs, wishes: Wishes) -> Wishes:
    """Return the wishes that can hold together today; of two that collide, the earlier."""
    problem = build_problem(inputs)
    open_ = {task.id for task in problem.tasks if not task.pinned}
    wished = tuple(
        Previous(task_id=task_id, intervals=intervals, seen=False)
        for task_id, intervals in wishes.items()
        if task_id in open_
    )
    instance = compile_problem(replace(problem, previous=wished))
    board = Board(instance)
    for work in sorted((w for w in instance.works if w.previous), key=lambda w: w.previous):
        if board.allows(work, work.previous):
            board.put(work, work.previous)
    return {
        work.id: wishes[work.id]
        for work in instance.works
        if work.previous and board.pieces[work.index]
    }

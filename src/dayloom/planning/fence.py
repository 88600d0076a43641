"""The fence: what was seen and starts soon stays, unless a hard rule forces it away."""

from collections.abc import Iterable
from dataclasses import replace

from dayloom.planning.board import Board
from dayloom.planning.instance import Instance, Placements, compile_problem
from dayloom.planning.problem import Problem

Ids = frozenset[int]


def standing(problem: Problem, instance: Instance) -> Ids:
    """Return the near tasks whose places break no rule, alone or beside those that come first."""
    near = {work.id for work in instance.works if work.frozen and not work.fixed and work.previous}
    if not near:
        return frozenset()
    alone = _alone(problem, near)
    board = Board(alone)
    for work in sorted((w for w in alone.works if w.id in near), key=lambda w: w.previous):
        if board.allows(work, work.previous):
            board.put(work, work.previous)
    return frozenset(
        work.id for work in alone.works if work.id in near and board.pieces[work.index]
    )


def hold(problem: Problem, ids: Ids) -> Problem:
    """Return the problem with these tasks pinned where they were."""
    places = {previous.task_id: previous.intervals for previous in problem.previous}
    return replace(
        problem,
        tasks=tuple(
            replace(task, pinned=tuple(sorted(places[task.id]))) if task.id in ids else task
            for task in problem.tasks
        ),
    )


def stranded(instance: Instance, placements: Placements, ids: Ids) -> Ids:
    """Return those of `ids` that wait for a task without a place: they cannot stay."""
    return frozenset(
        work.id
        for work in instance.works
        if work.id in ids and any(not placements[link.index] for link in work.before)
    )


def missed(instance: Instance, placements: Placements) -> int:
    """Return the price of the deadlines that are missed."""
    pairs = zip(instance.works, placements, strict=True)
    return sum(work.drop_price for work, pieces in pairs if work.has_deadline and not pieces)


def unmoved(instance: Instance, placements: Placements, ids: Iterable[int]) -> Ids:
    """Return those of `ids` that lie where they were."""
    indices = (instance.index[id_] for id_ in ids)
    return frozenset(
        instance.works[k].id for k in indices if placements[k] == instance.works[k].previous
    )


def _alone(problem: Problem, near: set[int]) -> Instance:
    """Return an instance of the near and the pinned tasks, without all others."""
    tasks = tuple(task for task in problem.tasks if task.pinned or task.id in near)
    ids = {task.id for task in tasks}
    known = (
        replace(task, after=tuple(link for link in task.after if link.task_id in ids))
        for task in tasks
    )
    previous = tuple(one for one in problem.previous if one.task_id in ids)
    return compile_problem(replace(problem, tasks=tuple(known), previous=previous))

"""A small change: one more task beside the others, or a plan mended around what changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from dayloom.planning.board import Board
from dayloom.planning.cost import total_cost
from dayloom.planning.instance import Instance, Placements, compile_problem
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Slot
from dayloom.planning.problem import Problem, Task
from dayloom.planning.search.improve import improve

NEIGHBOURS = 24  # tasks on either side in time that may move for a changed one


def insert(problem: Problem, plan: Plan, task_id: int) -> tuple[Interval, ...] | None:
    """Return the cheapest place of one task of `problem` beside the slots of `plan`.

    No other slot moves. Only this task is compiled, so that the time it takes hardly depends on
    how many others there are. None: it finds no place, or waits for one that has none.
    """
    tasks = {task.id: task for task in problem.tasks}
    task, slots = tasks[task_id], tuple(s for s in plan.slots if s.task_id != task_id)
    if task.pinned:
        return tuple(sorted(task.pinned))
    between = _between_neighbours(problem, slots, task)
    if between is None:
        return None
    beside = ((tasks[slot.task_id].hours, slot.interval) for slot in slots)
    instance = compile_problem(_alone(problem, between), beside)
    pieces = Board(instance).best(instance.works[0])
    return tuple(instance.grid.interval(piece) for piece in pieces) or None


def repair(
    instance: Instance,
    placements: Placements,
    changed: Iterable[int],
    *,
    moves: int,
    seed: int = 1,
) -> Placements:
    """Return placements mended around the tasks at the indices `changed`.

    What is not allowed any more, and what had no place, is put where it is cheapest; then a
    search moves the changed tasks and their neighbours. All others stay where they are.
    """
    start = keep_allowed(instance, placements)
    near = neighbourhood(instance, start, _affected(placements, start, changed))
    found = improve(instance, start, moves=moves, seed=seed, movable=near, gentle=True)
    return min(start, found, key=lambda each: total_cost(instance, each))


def keep_allowed(instance: Instance, placements: Placements) -> Placements:
    """Keep every place that the rules allow, and find one for each other task."""
    board = Board(instance)
    for index in _by_start(instance, placements):
        work = instance.works[index]
        if board.allows(work, placements[index]):
            board.put(work, placements[index])
    for index in instance.order:
        work = instance.works[index]
        if not board.pieces[index] and (pieces := board.best(work)):
            board.put(work, pieces)
    return board.placements


def neighbourhood(
    instance: Instance, placements: Placements, changed: Iterable[int]
) -> frozenset[int]:
    """Return the changed tasks, those near them in time, and those that wait for each other."""
    by_start = sorted((pieces[0][0], index) for index, pieces in enumerate(placements) if pieces)
    rank = {index: k for k, (_, index) in enumerate(by_start)}
    found: set[int] = set()
    for index in changed:
        work = instance.works[index]
        found.add(index)
        found.update(link.index for link in (*work.before, *work.after))
        k = rank.get(index)
        if k is not None:
            row = by_start[max(0, k - NEIGHBOURS) : k + NEIGHBOURS + 1]
            found.update(other for _, other in row)
    return frozenset(found)


def _affected(old: Placements, new: Placements, changed: Iterable[int]) -> frozenset[int]:
    return frozenset(changed) | {k for k, pieces in enumerate(new) if pieces != old[k]}


def _by_start(instance: Instance, placements: Placements) -> list[int]:
    """Return the placed tasks that are not pinned, by time and after those they wait for."""
    place = {index: k for k, index in enumerate(instance.order)}
    placed = (w.index for w in instance.works if placements[w.index] and not w.fixed)
    return sorted(placed, key=lambda index: (placements[index][0][0], place[index]))


def _between_neighbours(problem: Problem, slots: tuple[Slot, ...], task: Task) -> Task | None:
    """Return the task with the slots before and after it turned into release and deadline."""
    around = {link.task_id for link in task.after}
    later = {t.id: link.gap for t in problem.tasks for link in t.after if link.task_id == task.id}
    starts, ends = _extremes(slots, around | later.keys())
    if around - ends.keys():
        return None
    releases = [ends[link.task_id] + link.gap for link in task.after]
    deadlines = [starts[other] - gap for other, gap in later.items() if other in starts]
    return replace(
        task,
        after=(),
        release=max([*releases, task.release or problem.now]),
        deadline=min([*deadlines, task.deadline or problem.horizon.end]),
    )


def _extremes(
    slots: tuple[Slot, ...], wanted: set[int]
) -> tuple[dict[int, datetime], dict[int, datetime]]:
    starts: dict[int, datetime] = {}
    ends: dict[int, datetime] = {}
    for slot in slots:
        if slot.task_id in wanted:
            starts[slot.task_id] = min(slot.start, starts.get(slot.task_id, slot.start))
            ends[slot.task_id] = max(slot.end, ends.get(slot.task_id, slot.end))
    return starts, ends


def _alone(problem: Problem, task: Task) -> Problem:
    return replace(
        problem,
        tasks=(task,),
        hours={task.hours: problem.hours[task.hours]},
        caps=tuple(cap for cap in problem.caps if cap.hours in (None, task.hours)),
        previous=(),
    )

"""One task more in a plan that was seen: placed alone, mended around, planned as the app does."""

from dataclasses import dataclass, replace

from bench.planning.timing import timed
from dayloom.planning.answer import build_plan, read_plan
from dayloom.planning.beside import place_beside
from dayloom.planning.budget import Budget
from dayloom.planning.insertion import repair
from dayloom.planning.instance import Placements, compile_problem
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Previous, Problem, Task
from dayloom.planning.solve import plan
from dayloom.planning.verify import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Seconds for one more task, and how many others moved for it."""

    insert: float
    repair: float
    replan: float
    moved: int


def change(problem: Problem, whole: Plan) -> Change:
    """Take one task out of a plan that was seen, and plan it again."""
    movable = [task for task in problem.tasks if not task.pinned]
    task = movable[len(movable) // 2]
    rest = replace(whole, slots=tuple(slot for slot in whole.slots if slot.task_id != task.id))
    seen = tuple(Previous(task_id=k, intervals=v) for k, v in rest.by_task().items())
    later = replace(problem, previous=seen)
    again, replan_time = timed(lambda: plan(later, Budget.standard()))
    if verify(later, again):
        raise AssertionError(verify(later, again)[:3])
    return Change(
        insert=_insert(problem, rest, task),
        repair=_repair(later, rest, task),
        replan=replan_time,
        moved=moved(rest, again),
    )


def moved(before: Plan, after: Plan) -> int:
    """Return how many tasks of the first plan lie elsewhere in the second."""
    now = after.by_task()
    return sum(now.get(key) != intervals for key, intervals in before.by_task().items())


def _insert(problem: Problem, rest: Plan, task: Task) -> float:
    """Return the time that a provisional place takes."""
    hours = {one.id: one.hours for one in problem.tasks}
    beside = [(hours[slot.task_id], slot.interval) for slot in rest.slots]
    alone = replace(problem, tasks=(replace(task, after=()),), previous=())
    return timed(lambda: place_beside(alone, beside))[1]


def _repair(later: Problem, rest: Plan, task: Task) -> float:
    """Return the time that mending takes, around the task alone."""
    instance = compile_problem(later)
    before, moves = read_plan(instance, rest), Budget.standard().repair_moves

    def mend() -> Placements:
        return repair(instance, before, [instance.index[task.id]], moves=moves)

    after, spent = timed(mend)
    if verify(later, build_plan(later, instance, after)):
        raise AssertionError("a mended plan breaks a rule")
    return spent

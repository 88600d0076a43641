"""The seal of the checker: which rules it looked at, on how much, and what it found."""

from dataclasses import dataclass

from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.rules import gather
from dayloom.planning.verify import CHECKS, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule: how many things it was tried on, and the facts that break it."""

    rule: Rule
    tried_on: int
    broken: tuple[str, ...]


def check(problem: Problem, plan: Plan) -> tuple[Check, ...]:
    """Run the checker, and return what it says of every rule."""
    evidence, sizes = gather(problem, plan), _sizes(problem, plan)
    return tuple(
        Check(rule=rule, tried_on=sizes[rule], broken=tuple(broken(evidence)))
        for rule, broken in CHECKS.items()
    )


def _sizes(problem: Problem, plan: Plan) -> dict[Rule, int]:
    """Return how many tasks, slots, events, pairs or days each rule has to do with."""
    placed = set(plan.by_task())
    tasks = [task for task in problem.tasks if task.id in placed]
    pinned = {task.id for task in tasks if task.pinned}
    chosen = [slot for slot in plan.slots if slot.task_id not in pinned]
    free = [task for task in tasks if not task.pinned]
    return {
        Rule.ONCE: len(problem.tasks),
        Rule.ORDER: len(plan.slots),
        Rule.PINNED: len(pinned),
        Rule.GRID: len(chosen),
        Rule.HORIZON: len(chosen),
        Rule.HOURS: len(chosen),
        Rule.RELEASE: sum(task.release is not None for task in free),
        Rule.DEADLINE: sum(task.deadline is not None for task in free),
        Rule.EVENT: len(problem.busy),
        Rule.BUFFER: max(0, len(plan.slots) - 1),
        Rule.DURATION: len(free),
        Rule.CHUNKS: sum(task.min_chunk is not None for task in free),
        Rule.PRECEDENCE: sum(len(task.after) for task in tasks),
        Rule.CAP: len(problem.caps) * len(problem.days),
        Rule.REASON: len(plan.unplaced),
        Rule.CERTIFICATE: 1,
    }

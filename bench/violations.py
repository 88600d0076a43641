"""Random problems through the whole planner, every plan through the independent checker.

`python -m bench.violations 10000` prints what was found, by rule, and fails if there is anything.
Every other problem is the one before, some hours later, with the plan that was seen. All that a
phase of the planner hands to the checker counts, also where the planner would fall back.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from time import perf_counter
from unittest.mock import patch

from dayloom.planning import solve
from dayloom.planning.budget import Budget
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.leftover import forgotten
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.verify import Violation, verify
from tests.planning.generators import next_morning, seeded_problem

PROBLEMS = 10_000
SHOWN = 3  # findings of each rule
SMALL = Budget(
    moves=100,
    most_moves=2_000,
    repair_moves=500,
    feasibility=0.1,
    exact=0.02,
    exact_tasks=6,
    windows=1,
    window=0.01,
)
FORGOTTEN = "left out though there is room"
WORSE = "worse than the instant answer"
FALSE_BOUND = "bound above the cost of a plan"

Planner = Callable[[Problem], Plan]


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule, and in which problem and how it is broken."""

    rule: str
    fact: str


def plan_fully(problem: Problem) -> Plan:
    """Return the plan of all phases, each with a small budget."""
    return solve.plan(problem, SMALL)


def findings(seed: int, planner: Planner) -> Iterator[Finding]:
    """Plan problem number `seed`, then the morning after; yield what the checker finds."""
    problem = seeded_problem(seed)
    plan, handed_over = _watched(planner, problem)
    yield from _found(problem, plan, handed_over, f"problem {seed}")
    later = next_morning(problem, plan, Random(seed))
    plan, handed_over = _watched(planner, later)
    yield from _found(later, plan, handed_over, f"problem {seed}, later")


def _watched(planner: Planner, problem: Problem) -> tuple[Plan, list[Violation]]:
    """Return the plan, and what the planner's own calls of the checker found."""
    found: list[Violation] = []

    def recording(problem: Problem, plan: Plan) -> list[Violation]:
        violations = verify(problem, plan)
        found.extend(violations)
        return violations

    with patch.object(solve, "verify", recording):
        return planner(problem), found


def _found(
    problem: Problem, plan: Plan, handed_over: list[Violation], name: str
) -> Iterator[Finding]:
    for violation in (*handed_over, *verify(problem, plan)):
        yield Finding(violation.rule.value, f"{name}: {violation.fact}")
    for task_id in forgotten(problem, plan):
        yield Finding(FORGOTTEN, f"{name}: task {task_id}")
    instant = plan_earliest(problem).objective.total
    if plan.objective.total > instant:
        yield Finding(WORSE, f"{name}: {plan.objective.total} against {instant}")
    if plan.bound is not None and plan.bound > instant:
        yield Finding(FALSE_BOUND, f"{name}: {plan.bound}, but a plan costs {instant}")


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PROBLEMS
    total = sum(_run(planner, count) for planner in (plan_earliest, plan_fully))
    return 1 if total else 0


def _run(planner: Planner, count: int) -> int:
    """Plan `count` problems, print what was found, and return how much that is."""
    begun, rules = perf_counter(), Counter[str]()
    for seed in range(count // 2):
        for finding in findings(seed, planner):
            rules[finding.rule] += 1
            if rules[finding.rule] <= SHOWN:
                print(f"  {finding.rule}: {finding.fact}", flush=True)
    took = perf_counter() - begun
    print(f"{planner.__name__}: {rules.total()} violations in {count} plans, {took:.0f} s")
    for rule, times in rules.most_common():
        print(f"{times:8}  {rule}")
    return rules.total()


if __name__ == "__main__":
    sys.exit(main())

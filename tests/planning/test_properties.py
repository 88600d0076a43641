"""What holds for every problem: the checker finds nothing, and the same problem, the same plan."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given, settings

from bench.violations import findings, plan_fully
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.leftover import forgotten
from dayloom.planning.problem import Problem
from dayloom.planning.replay import dump_problem, load_problem
from dayloom.planning.verify import verify
from tests.planning.generators import next_morning, problems, seeded_problem
from tests.planning.plain_cost import PlainCost

MANY, FEW = range(10_000, 11_100), range(20_000, 20_100)


def test_the_instant_plan_breaks_nothing_in_2200_problems() -> None:
    assert [finding for seed in MANY for finding in findings(seed, plan_earliest)] == []


def test_no_phase_of_the_full_planner_breaks_anything() -> None:
    assert [finding for seed in FEW for finding in findings(seed, plan_fully)] == []


@given(problems)
@settings(max_examples=150, deadline=None)
def test_whatever_problem_one_thinks_up_the_instant_plan_is_valid(problem: Problem) -> None:
    plan = plan_earliest(problem)
    assert verify(problem, plan) == []
    assert list(forgotten(problem, plan)) == []


def test_the_same_problem_gives_the_same_plan() -> None:
    for seed in range(60):
        problem = seeded_problem(seed)
        again = load_problem(dump_problem(seeded_problem(seed)))
        assert plan_earliest(again) == plan_earliest(problem)


def test_the_same_problem_gives_the_same_full_plan() -> None:
    for seed in range(25):
        assert plan_fully(seeded_problem(seed)) == plan_fully(seeded_problem(seed))


def test_a_plan_does_not_depend_on_the_order_of_events_and_hours() -> None:
    for seed in range(60):
        problem, chance = seeded_problem(seed), Random(seed)
        shuffled = replace(
            problem,
            busy=tuple(chance.sample(problem.busy, len(problem.busy))),
            hours={
                name: tuple(chance.sample(hours, len(hours)))
                for name, hours in problem.hours.items()
            },
        )
        assert plan_earliest(shuffled) == plan_earliest(problem)


def test_the_objective_is_what_the_prices_add_up_to() -> None:
    for seed in range(300):
        problem = seeded_problem(seed)
        later = next_morning(problem, plan_earliest(problem), Random(seed))
        for each in (problem, _pins_forgotten(later)):
            plan = plan_earliest(each)
            assert plan.objective == PlainCost(each, plan).objective()


def _pins_forgotten(problem: Problem) -> Problem:
    """Return the problem without earlier places of pinned tasks: moving those is free."""
    pinned = {task.id for task in problem.tasks if task.pinned}
    return replace(problem, previous=tuple(p for p in problem.previous if p.task_id not in pinned))


def test_the_generator_mixes_every_feature() -> None:
    seen: Counter[str] = Counter()
    for seed in range(400):
        problem = seeded_problem(seed)
        later = next_morning(problem, plan_earliest(problem), Random(seed))
        for each in (problem, later):
            seen.update(name for name, has in FEATURES.items() if has(each))
    assert {name: seen[name] for name in FEATURES if seen[name] < 40} == {}


FEATURES: dict[str, Callable[[Problem], bool]] = {
    "splits": lambda p: any(task.min_chunk for task in p.tasks),
    "gaps": lambda p: any(link.gap for task in p.tasks for link in task.after),
    "releases": lambda p: any(task.release for task in p.tasks),
    "due dates": lambda p: any(task.due for task in p.tasks),
    "deadlines": lambda p: any(task.deadline for task in p.tasks),
    "preferences": lambda p: any(task.preferred for task in p.tasks),
    "habits": lambda p: any(not task.asap for task in p.tasks),
    "pins": lambda p: any(task.pinned for task in p.tasks),
    "pins in pieces": lambda p: any(len(task.pinned) > 1 for task in p.tasks),
    "a running task": lambda p: any(task.running for task in p.tasks),
    "several hour maps": lambda p: len({task.hours for task in p.tasks}) > 1,
    "caps": lambda p: any(cap.hours is None for cap in p.caps),
    "caps of one map": lambda p: any(cap.hours is not None for cap in p.caps),
    "buffers": lambda p: p.buffer > p.event_buffer > timedelta(0),
    "events": lambda p: bool(p.busy),
    "a seen plan": lambda p: any(previous.seen for previous in p.previous),
    "an unseen plan": lambda p: any(not previous.seen for previous in p.previous),
    "a freeze": lambda p: p.frozen_until is not None and bool(p.previous),
    "overload": lambda p: bool(plan_earliest(p).unplaced),
    "a moment off the grid": lambda p: p.now.second > 0 or p.now.minute % 5 > 0,
    "long and short days": lambda p: len({day.duration for day in p.days}) > 1,
}

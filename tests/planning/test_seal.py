"""The seal says of every rule what the checker says, and on how much it was tried."""

from dataclasses import replace

from dayloom.planning.earliest import plan_earliest
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Slot
from dayloom.planning.problem import GRID
from dayloom.planning.seal import check
from dayloom.planning.verify import Rule, verify
from tests.planning.builders import busy, plan_of, span, task, week
from tests.planning.generators import seeded_problem


def test_every_rule_is_tried_and_says_what_the_checker_says() -> None:
    for seed in range(60):
        problem = seeded_problem(seed)
        plan = plan_earliest(problem)
        later = (Slot(Interval(s.start + GRID, s.end + GRID), s.task_id) for s in plan.slots)
        for one in (plan, replace(plan, slots=tuple(later))):
            checks = check(problem, one)
            assert [each.rule for each in checks] == list(Rule)
            found = [(each.rule, fact) for each in checks for fact in each.broken]
            assert found == [(each.rule, each.fact) for each in verify(problem, one)]


def test_it_is_said_on_how_many_things_a_rule_was_tried() -> None:
    problem = week(task(1), task(2), busy=(busy(7, "mon 12:00", "13:00"),))
    plan = plan_of((1, span("mon 09:00", "10:00")), (2, span("mon 10:00", "11:00")))
    tried = {one.rule: one.tried_on for one in check(problem, plan)}
    assert (tried[Rule.ONCE], tried[Rule.EVENT], tried[Rule.BUFFER]) == (2, 1, 1)
    assert (tried[Rule.DEADLINE], tried[Rule.PINNED], tried[Rule.CAP]) == (0, 0, 0)

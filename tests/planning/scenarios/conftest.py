"""Every scenario holds for the instant answer and the whole planner, and passes the checker."""

from collections.abc import Callable

import pytest

from bench.violations import plan_fully
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.verify import verify

Planner = Callable[[Problem], Plan]


@pytest.fixture(params=[plan_earliest, plan_fully])
def planned(request: pytest.FixtureRequest) -> Planner:
    planner: Planner = request.param

    def checked(problem: Problem) -> Plan:
        plan = planner(problem)
        assert verify(problem, plan) == []
        return plan

    return checked

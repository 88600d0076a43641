"""What the solver's process runs. Nobody but the worker imports this: it loads the solver."""

from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.solve import plan


def solve(problem: Problem) -> Plan:
    """Return the plan of a problem, verified, within the budget of background work."""
    return plan(problem)


def warm_up() -> None:
    """Load and compile what the first plan would otherwise wait for."""

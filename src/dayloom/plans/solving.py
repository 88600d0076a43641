"""What the solver's process runs: nothing else imports this, since it loads the solver."""

from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.solve import Budget, plan


def solve(problem: Problem) -> Plan:
    """Return the verified plan of a problem within the budget of a background job."""
    return plan(problem, Budget.standard())

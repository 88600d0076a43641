"""What the solver's process runs. It is named, never imported: it loads the solver."""

from datetime import UTC, datetime, timedelta

from dayloom.planning.budget import Budget
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem, Task
from dayloom.planning.solve import plan
from dayloom.planning.why_not.demand import Demand
from dayloom.planning.why_not.diagnose import diagnose_task
from dayloom.planning.why_not.diagnosis import Diagnosis
from dayloom.plans.remedies import KINDS


def solve(problem: Problem) -> Plan:
    """Return the plan of a problem, verified, within the budget of background work."""
    return plan(problem, Budget.standard())


def diagnose(demand: Demand) -> Diagnosis:
    """Return why a task is not done in time, and what a person could do about it."""
    return diagnose_task(demand, kinds=KINDS)


def warm_up() -> None:
    """Load and compile, on a day with two tasks, what the first plan would wait for."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    day = Interval(start, start + timedelta(days=1))
    tasks = tuple(Task(id=number, duration=timedelta(hours=1)) for number in (1, 2))
    solve(Problem(now=start, horizon=day, tasks=tasks, hours={"work": (day,)}, days=(day,)))

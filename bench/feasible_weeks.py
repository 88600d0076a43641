"""How many weeks keep every deadline, of those where that is possible.

Each week has a witness. The earliest placement alone, which tries several orders, is compared
with the whole planner: `python -m bench.feasible_weeks`.
"""

from time import process_time

from dayloom.planning.budget import Budget
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.solve import plan
from dayloom.planning.verify import verify
from tests.planning.feasible_weeks import FILLS, feasible_week

WEEKS = 60


def main() -> None:
    print("| fill | tasks | instant plan alone | planner | violations | mean ms | max ms |")
    print("|---|---|---|---|---|---|---|")
    for fill in FILLS:
        print(_row(fill), flush=True)


def _row(fill: float) -> str:
    tasks = clean_alone = clean = violations = 0
    times = []
    for seed in range(WEEKS):
        problem = feasible_week(seed, fill).problem
        tasks += len(problem.tasks)
        clean_alone += not plan_earliest(problem).unplaced
        start = process_time()
        found = plan(problem, Budget.quick())
        times.append(1000 * (process_time() - start))
        clean += not found.unplaced
        violations += len(verify(problem, found))
    mean, longest = sum(times) / WEEKS, max(times)
    return (
        f"| {fill:.2f} | {tasks / WEEKS:.1f} | {clean_alone}/{WEEKS} | {clean}/{WEEKS} "
        f"| {violations} | {mean:.0f} | {longest:.0f} |"
    )


if __name__ == "__main__":
    main()

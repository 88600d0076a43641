"""Why not at all: conflicts and repairs in 300 overloaded weeks, each of them checked by solving.

A conflict is checked on the relaxed problems themselves: with all members, a flow or CP-SAT proves
that some task stays out; without any one of them, a plan is found that places every task and that
the checker of plans accepts. A repair is checked by the
checker of plans, and by comparing the task and all others before and after:
`python -m bench.overloads [weeks]`. Ends with an error if anything does not hold.
"""

import sys
from collections import Counter
from itertools import pairwise
from statistics import median
from time import process_time

from ortools.graph.python import max_flow

from dayloom.planning.answer import build_plan
from dayloom.planning.budget import Budget
from dayloom.planning.cpsat import Effort, decide, keep_deadlines
from dayloom.planning.earliest import place_earliest
from dayloom.planning.edits import LeaveOut, MoveDeadline, MoveDue, edited
from dayloom.planning.grid import bits, to_ranges
from dayloom.planning.instance import Instance, Placements, compile_problem
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem, Task
from dayloom.planning.solve import plan as solve_plan
from dayloom.planning.verify import verify
from dayloom.planning.why_not.demand import Demand, troubled
from dayloom.planning.why_not.diagnose import diagnose_task
from dayloom.planning.why_not.diagnosis import Diagnosis, Finding, Repair
from dayloom.planning.why_not.member import Member, members_of, without
from tests.planning.overloaded_weeks import overloaded_week

WEEKS = 300
LONG = Effort(3.0)
MOST_TASKS = 1  # diagnosed and checked of one week


class Tally:
    """What was counted, and what did not hold."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.members: list[int] = []
        self.repairs: list[int] = []
        self.seconds: list[float] = []
        self.violations: list[str] = []


def main() -> None:
    tally = Tally()
    weeks = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else WEEKS
    for seed in range(weeks):
        week(seed, tally)
    _print(weeks, tally)
    if tally.violations:
        sys.exit("not everything that was said holds")


def week(seed: int, tally: Tally) -> None:
    """Plan one week, diagnose the tasks in trouble, and check what is said of them."""
    problem = overloaded_week(seed)
    plan = solve_plan(problem, Budget.quick())
    ids = troubled(problem, plan)
    tally.counts["weeks in trouble"] += bool(ids)
    tally.counts["tasks out"] += len(plan.unplaced)
    tally.counts["tasks late"] += len(ids) - len(plan.unplaced)
    for task_id in ids[:MOST_TASKS]:
        demand = Demand(problem, plan, task_id)
        begun = process_time()
        diagnosis = diagnose_task(demand)
        tally.seconds.append(process_time() - begun)
        tally.counts["diagnosed"] += 1
        tally.counts[diagnosis.finding.value] += 1
        name = f"week {seed}, task {task_id}"
        tally.violations += [f"{name}: {fault}" for fault in faults(demand, diagnosis)]
        _count(diagnosis, tally)


def faults(demand: Demand, diagnosis: Diagnosis) -> list[str]:
    """Return what of a diagnosis does not hold."""
    found = [fault for repair in diagnosis.repairs for fault in repair_faults(demand, repair)]
    if diagnosis.finding is Finding.IMPOSSIBLE:
        found += conflict_faults(demand, diagnosis)
    return found


def conflict_faults(demand: Demand, diagnosis: Diagnosis) -> list[str]:
    required = demand.required()
    if not is_refuted(_only(demand, required, diagnosis.members)):
        return [f"{diagnosis.members} are not shown to forbid it"]
    if not diagnosis.minimal:
        return []
    return [
        f"{one} is not needed in {diagnosis.members}"
        for one in diagnosis.members
        if not has_plan(_only(demand, required, [m for m in diagnosis.members if m != one]))
    ]


def repair_faults(demand: Demand, repair: Repair) -> list[str]:
    changed = edited(demand.problem, *repair.edits)
    found = [f"{repair.edits}: {broken.fact}" for broken in verify(changed, repair.plan)]
    named = {
        edit.task_id
        for edit in repair.edits
        if isinstance(edit, LeaveOut | MoveDue | MoveDeadline)
    }
    before, after = _kept(demand.problem, demand.plan), _kept(changed, repair.plan)
    gone = {key for key in before - after if key[0] not in named}
    wanted = (demand.subject_id, "in time" if demand.is_late else "placed")
    return (
        found
        + [f"{repair.edits}: {key} is lost" for key in sorted(gone)]
        + ([] if wanted in after else [f"{repair.edits} do not help"])
    )


def _kept(problem: Problem, plan: Plan) -> set[tuple[int, str]]:
    """Return which tasks have a place, and which are in time."""
    ends = {slot.task_id: slot.end for slot in plan.slots}
    placed = {(task_id, "placed") for task_id in ends}
    return placed | {
        (task.id, "in time") for task in problem.tasks if task.id in ends and not _late(task, plan)
    }


def _late(task: Task, plan: Plan) -> bool:
    end = max(slot.end for slot in plan.slots if slot.task_id == task.id)
    return task.due is not None and end > task.due


def _only(
    demand: Demand, required: Problem, members: tuple[Member, ...] | list[Member]
) -> Problem:
    subject = next(task for task in required.tasks if task.id == demand.subject_id)
    gone = [member for member in members_of(required, subject) if member not in members]
    return without(required, demand.subject_id, gone)


def is_refuted(problem: Problem) -> bool:
    """Say whether it is proven that some task stays out.

    Either the tasks do not even fit when cut as finely as one likes, which a flow decides, or
    CP-SAT proves it: by leaving out as little as can be, or by refuting a place for all.
    """
    instance = compile_problem(problem)
    if overflows(instance):
        return True
    nothing: Placements = tuple(work.fixed for work in instance.works)
    found = keep_deadlines(instance, nothing, LONG)
    if found is not None and found.proven:
        wanted = [work.index for work in instance.works if work.has_deadline]
        if any(not found.placements[index] for index in wanted):
            return True
    return decide(instance, nothing, LONG).possible is False


def overflows(instance: Instance) -> bool:
    """Say whether more than the usable time is needed, by a flow from tasks to stretches of it."""
    works = [work for work in instance.works if not work.fixed]
    usable = [
        instance.open[work.hours] & instance.room & bits(work.release, work.deadline)
        for work in works
    ]
    edges = {step for mask in usable for stretch in to_ranges(mask) for step in stretch}
    stretches = list(pairwise(sorted(edges)))
    flow, sink = max_flow.SimpleMaxFlow(), 1
    for k, (work, mask) in enumerate(zip(works, usable, strict=True)):
        flow.add_arc_with_capacity(0, 2 + k, work.duration)
        for n, (start, end) in enumerate(stretches):
            if mask >> start & 1:
                length = min(work.duration, end - start)
                flow.add_arc_with_capacity(2 + k, 2 + len(works) + n, length)
    for n, (start, end) in enumerate(stretches):
        flow.add_arc_with_capacity(2 + len(works) + n, sink, end - start)
    if not works or not stretches:
        return bool(works)
    flow.solve(0, sink)  # type: ignore[no-untyped-call]  # the library says no types here
    return bool(flow.optimal_flow() < sum(work.duration for work in works))


def has_plan(problem: Problem) -> bool:
    """Say whether a plan places every task, and the checker accepts it."""
    instance = compile_problem(problem)
    placements = place_earliest(instance)
    if not all(placements):
        placements = decide(instance, placements, LONG).placements
    if not placements or not all(placements):
        return False
    return not verify(problem, build_plan(problem, instance, placements))


def _count(diagnosis: Diagnosis, tally: Tally) -> None:
    if diagnosis.finding is Finding.IMPOSSIBLE:
        tally.counts["minimal"] += diagnosis.minimal
        tally.counts["missing known"] += diagnosis.missing is not None
        tally.members.append(len(diagnosis.members))
        tally.counts["with a repair"] += bool(diagnosis.repairs)
    tally.repairs.append(len(diagnosis.repairs))
    for repair in diagnosis.repairs:
        for edit in repair.edits:
            tally.counts[f"repair {type(edit).__name__}"] += 1


def _print(weeks: int, tally: Tally) -> None:
    counts, impossible = tally.counts, max(1, tally.counts[Finding.IMPOSSIBLE.value])
    rows = (
        ("weeks, of which with a task out or late", f"{weeks}, {counts['weeks in trouble']}"),
        ("tasks out; late", f"{counts['tasks out']}; {counts['tasks late']}"),
        ("tasks diagnosed", counts["diagnosed"]),
        ("proven impossible", counts[Finding.IMPOSSIBLE.value]),
        ("possible after all, at a price", counts[Finding.POSSIBLE.value]),
        ("not known", counts[Finding.UNKNOWN.value]),
        (
            "conflicts proven minimal",
            f"{counts['minimal']} ({100 * counts['minimal'] / impossible:.1f} %)",
        ),
        (
            "members, median and most",
            f"{median(tally.members or [0]):g}, {max(tally.members or [0])}",
        ),
        ("missing time known", counts["missing known"]),
        ("conflicts with a repair", f"{counts['with a repair']} of {impossible}"),
        ("repairs offered and checked", sum(tally.repairs)),
        (
            "CPU s a task, median and most",
            f"{median(tally.seconds or [0]):.2f}, {max(tally.seconds or [0]):.2f}",
        ),
        ("violations", len(tally.violations)),
    )
    print("| | |")
    print("|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")
    kinds = sorted(name for name in counts if name.startswith("repair "))
    print("\n" + ", ".join(f"{name.split()[1]} {counts[name]}" for name in kinds))
    for violation in tally.violations[:20]:
        print(violation)


if __name__ == "__main__":
    main()

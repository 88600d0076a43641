"""Diagnoses of a plan: for each task that is out or late, the conflict and the repairs."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from dayloom.planning.edits import Edit
from dayloom.planning.plan import Plan
from dayloom.planning.problem import GRID, InvalidProblem, Problem
from dayloom.planning.why_not.conflict import find_conflict
from dayloom.planning.why_not.demand import Demand, troubled
from dayloom.planning.why_not.diagnosis import Diagnosis, Finding, Repair
from dayloom.planning.why_not.options import EVERY_KIND, Options
from dayloom.planning.why_not.oracle import Oracle
from dayloom.planning.why_not.repair import Repairing, ranked

__all__ = ["Patience", "diagnose_plan", "diagnose_task"]


@dataclass(frozen=True, slots=True)
class Patience:
    """CP-SAT's deterministic time for the conflict of one task, and for its repairs."""

    conflict: float = 0.4
    repairs: float = 0.4


USUAL = Patience()


def diagnose_plan(problem: Problem, plan: Plan, *, most: int = 20) -> tuple[Diagnosis, ...]:
    """Return the diagnoses of the first `most` tasks without a place, or late ones."""
    ids = troubled(problem, plan)[:most]
    return tuple(diagnose_task(Demand(problem, plan, task_id)) for task_id in ids)


def diagnose_task(
    demand: Demand,
    patience: Patience = USUAL,
    *,
    kinds: Collection[type[Edit]] = EVERY_KIND,
) -> Diagnosis:
    """Return why the task is not done in time, and which edits of these kinds would help."""
    oracle = Oracle(left=patience.conflict)
    required = demand.required()
    whole = oracle.ask(required)
    repairing = Repairing(demand, Oracle(left=patience.repairs))
    nothing = Diagnosis(task_id=demand.subject_id, late=demand.is_late, finding=Finding.UNKNOWN)
    if whole.possible:
        free = repairing.made((), whole)
        return replace(nothing, finding=Finding.POSSIBLE, repairs=(free,) if free else ())
    if whole.possible is None:
        return nothing
    conflict = find_conflict(required, demand.subject_id, whole, oracle)
    return replace(
        nothing,
        finding=Finding.IMPOSSIBLE,
        members=conflict.members,
        minimal=conflict.minimal,
        missing=_missing(required, demand.subject_id, repairing.oracle),
        repairs=_repairs(Options(demand, conflict.members, repairing.works, kinds), repairing),
    )


def _repairs(options: Options, repairing: Repairing) -> tuple[Repair, ...]:
    made = (repairing.made((edit,)) for edit in options.all())
    return ranked([repair for repair in made if repair])


def _missing(required: Problem, subject_id: int, oracle: Oracle) -> timedelta | None:
    """Return the least by which the task must be shorter to fit; None if that is not known.

    With one step less than that, it is shown that it does not fit.
    """
    duration = next(task.duration for task in required.tasks if task.id == subject_id)
    low, high = 0, duration // GRID  # steps taken off: too few, enough
    refuted = {0}
    while high - low > 1:
        middle = (low + high) // 2
        possible = _fits_shorter(required, subject_id, middle, oracle)
        if possible:
            high = middle
            continue
        low = middle
        if possible is False:
            refuted.add(middle)
    return high * GRID if low in refuted else None


def _fits_shorter(required: Problem, subject_id: int, steps: int, oracle: Oracle) -> bool | None:
    """Say whether it fits with so many steps less; None if that is not known, or no length."""
    tasks = tuple(
        replace(task, duration=task.duration - steps * GRID) if task.id == subject_id else task
        for task in required.tasks
    )
    try:
        return oracle.ask(replace(required, tasks=tasks)).possible
    except InvalidProblem:
        return None

"""A repair tried out: made for a moment in what was read, checked, and what it would do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from dayloom.infra.errors import Invalid
from dayloom.planning.difference import Kind
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.verify import verify
from dayloom.planning.why_not.demand import last_ends
from dayloom.plans.alterations import DELETED, Alteration, altered, taken_back
from dayloom.plans.arranging import Arrangement, to_arrangement
from dayloom.plans.changeset import Change
from dayloom.plans.facts import intervals_of
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.outcome import lying
from dayloom.plans.portions import task_of
from dayloom.plans.problem import build_problem
from dayloom.tasks.fields import check_together

NOTHING = timedelta(0)
GONE = "You remove it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """A task that would be late `by` so much, after `before`."""

    task_id: int
    by: timedelta
    before: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """The plan that comes of a repair, and who would be later than now, except the task itself."""

    arrangement: Arrangement
    later: tuple[Lateness, ...]


def rehearse(
    inputs: PlanInputs, alterations: Sequence[Alteration], *, before: Plan, plan: Plan
) -> Rehearsal | None:
    """Return what comes of the alterations, or None if `plan` breaks a rule then.

    `before` is the plan that holds. What was read is as it was when this returns.
    """
    late = _late(build_problem(inputs), before)
    try:
        changed = altered(inputs, alterations)
        problem = build_problem(changed)
        if _complaint(changed, alterations) or verify(problem, plan):
            return None
        arrangement = with_removed(
            to_arrangement(changed, problem, plan, before=lying(inputs)), inputs, alterations
        )
        later = (
            Lateness(task_id=id_, by=by, before=late.get(id_, NOTHING))
            for id_, by in _late(problem, plan).items()
            if by > late.get(id_, NOTHING)
        )
        return Rehearsal(arrangement=arrangement, later=tuple(later))
    finally:
        altered(inputs, taken_back(alterations))


def with_removed(
    arrangement: Arrangement, inputs: PlanInputs, alterations: Sequence[Alteration]
) -> Arrangement:
    """Return the same, with what is removed among its changes: an undo needs its place."""
    pieces = inputs.pieces()
    gone = [
        Change(
            id=0,
            task_id=one.id,
            kind=Kind.DROPPED,
            before=intervals_of(pieces[one.id]),
            after=(),
            reason=GONE,
        )
        for one in alterations
        if one.name == DELETED and one.id in pieces
    ]
    every = [*arrangement.changes, *gone]
    numbered = (replace(change, id=number) for number, change in enumerate(every, start=1))
    return replace(arrangement, changes=tuple(numbered))


def _complaint(inputs: PlanInputs, alterations: Sequence[Alteration]) -> bool:
    """Tell whether the fields of a task would contradict each other."""
    touched = {one.id for one in alterations}
    try:
        for task in inputs.tasks:
            if task.id in touched:
                check_together(task)
    except Invalid:
        return True
    return False


def _late(problem: Problem, plan: Plan) -> dict[int, timedelta]:
    """Return by how much tasks are late."""
    ends, found = last_ends(plan), dict[int, timedelta]()
    for task in problem.tasks:
        end = ends.get(task.id)
        if end is not None and task.due is not None and end > task.due:
            found[task_of(task.id)] = end - task.due
    return found

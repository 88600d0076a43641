"""From an edit that helps to a plan that shows it, checked and priced."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dayloom.planning.answer import build_plan
from dayloom.planning.edits import Edit, LeaveOut, MoveDeadline, MoveDue, edited
from dayloom.planning.instance import Placements, compile_problem
from dayloom.planning.plan import Plan, Status
from dayloom.planning.problem import InvalidProblem, Problem
from dayloom.planning.search.improve import improve
from dayloom.planning.verify import verify
from dayloom.planning.why_not.demand import Demand, is_late, last_ends
from dayloom.planning.why_not.diagnosis import Repair
from dayloom.planning.why_not.oracle import Answer, Oracle
from dayloom.planning.why_not.price import price_of

MOVES = 2_000
MOST = 4


@dataclass(frozen=True, slots=True)
class Repairing:
    """Makes repairs of one demand."""

    demand: Demand
    oracle: Oracle

    def works(self, edit: Edit) -> bool:
        """Say whether the task can be done in time after the edit, and the others keep theirs."""
        changed = self._changed((edit,))
        return changed is not None and self.oracle.ask(changed.required()).possible is True

    def made(self, edits: tuple[Edit, ...], answer: Answer | None = None) -> Repair | None:
        """Return the repair by these edits, or None if no plan shows that it helps."""
        changed = self._changed(edits)
        if changed is None:
            return None
        found = answer or self.oracle.ask(changed.required())
        if not found.possible:
            return None
        for plan in _plans(changed, found):
            if not verify(changed.problem, plan) and not broken_promises(self.demand, edits, plan):
                price = price_of(self.demand, edits, plan)
                return Repair(edits=edits, plan=plan, price=price)
        return None

    def _changed(self, edits: tuple[Edit, ...]) -> Demand | None:
        try:
            return replace(self.demand, problem=edited(self.demand.problem, *edits))
        except InvalidProblem:
            return None


def ranked(repairs: list[Repair]) -> tuple[Repair, ...]:
    """Return the cheapest repairs, one of each kind and task."""
    found: dict[object, Repair] = {}
    for repair in sorted(repairs, key=lambda one: one.price):
        kind = tuple((type(edit), getattr(edit, "task_id", None)) for edit in repair.edits)
        found.setdefault(kind, repair)
    return tuple(found.values())[:MOST]


def broken_promises(demand: Demand, edits: tuple[Edit, ...], plan: Plan) -> tuple[int, ...]:
    """Return the tasks that `plan` leaves out or late though they were not, and are not named.

    The subject is among them unless it is done in time.
    """
    changed = edited(demand.problem, *edits)
    named = {edit.task_id for edit in edits if isinstance(edit, LeaveOut | MoveDue | MoveDeadline)}
    before, after = last_ends(demand.plan), last_ends(plan)
    due_kept = demand.is_late
    found = []
    for task in changed.tasks:
        end, was = after.get(task.id), before.get(task.id)
        if task.id == demand.subject_id:
            failed = end is None or (due_kept and is_late(task, end))
        else:
            failed = was is not None and (
                end is None or (is_late(task, end) and not is_late(task, was))
            )
        if failed:
            found.append(task.id)
    gone = set(before) - {task.id for task in changed.tasks} - named
    return (*found, *sorted(gone))


def _plans(changed: Demand, found: Answer) -> Iterator[Plan]:
    """Yield plans with every required task in time: a searched one, then the witness as it is."""
    bound = compile_problem(changed.bound())
    pieces = dict(zip((work.id for work in found.instance.works), found.placements, strict=True))
    witness = tuple(work.fixed or pieces.get(work.id, ()) for work in bound.works)
    for placements in (improve(bound, witness, moves=MOVES), witness):
        yield _plan(changed.problem, placements)


def _plan(problem: Problem, placements: Placements) -> Plan:
    return build_plan(problem, compile_problem(problem), placements, status=Status.BOUNDED)

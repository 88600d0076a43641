"""What the person decides about time themselves holds at once; the rest makes room."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dayloom.infra.errors import Conflict
from dayloom.planning.account import Term, account
from dayloom.planning.plan import Obstacle, Plan, Slot, Status, Unplaced
from dayloom.planning.problem import Problem
from dayloom.planning.room import Room, make_room
from dayloom.planning.verify import Rule, verify
from dayloom.plans.archive import pack, pack_plan
from dayloom.plans.changeset import Change
from dayloom.plans.content import Certificate, PlanContent
from dayloom.plans.facts import Hold, Wishes, lying_ahead
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.models import Made
from dayloom.plans.outcome import changes_between, known, lying, to_content
from dayloom.plans.portions import task_of
from dayloom.plans.problem import build_problem
from dayloom.plans.totals import Totals, totals_of

WHY = {
    Rule.HOURS: "it would lie outside of the hours",
    Rule.RELEASE: "it would begin too early",
    Rule.DEADLINE: "it would end after the deadline",
    Rule.EVENT: "an event is in the way",
    Rule.BUFFER: "there would be no pause between two tasks",
    Rule.PRECEDENCE: "it would begin before what it waits for is done",
    Rule.CAP: "the day would hold more than its limit",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """A verified plan around the person's wishes, and how it differs from the current one.

    `revision` counts the changes that it was solved for.
    """

    inputs: PlanInputs
    content: PlanContent
    certificate: Certificate
    changes: tuple[Change, ...]
    totals: Totals
    problem: bytes
    answer: bytes
    made: Made
    revision: int


def arrange(inputs: PlanInputs, wishes: Wishes) -> Arrangement:
    """Return the plan that grants `wishes` and moves only what lies under them.

    Raises `Conflict` when no such plan keeps every rule.
    """
    room = granted(inputs, wishes)
    free = _as_it_lies(build_problem(inputs), room.plan)
    return to_arrangement(
        inputs, room.problem, room.plan, before=lying(inputs), told=free, made=Made.ARRANGED
    )


def granted(inputs: PlanInputs, wishes: Wishes, *, wanted: Collection[int] = ()) -> Room:
    """Return the verified plan around the wishes, not worded yet: what a drop does, a price
    foresees. Others make room also for what is `wanted`. Raises `Conflict`."""
    problem = build_problem(inputs, wishes=wishes, hold=Hold.EVERYTHING)
    within = {task.id for task in problem.tasks}
    ahead = [one for one in lying_ahead(inputs, wishes) if one.task_id in within]
    room = make_room(problem, ahead, wanted=wanted)
    if violations := verify(room.problem, room.plan):
        raise Conflict(f"That does not hold: {violations[0].fact}")
    return room


def arrange_again(
    inputs: PlanInputs, wishes: Wishes, *, without: Collection[int] = ()
) -> Arrangement:
    """Return the same for places of an earlier plan, which keep every rule or are refused.

    The tasks `without` a place in it get a new one, if there is any. What breaks a rule where it
    lies already may stay. Raises `Conflict`.
    """
    rest = [slot for slot in inputs.slots if slot.task_id not in without]
    arrangement = replace(arrange(replace(inputs, slots=rest), wishes), inputs=inputs)
    problem = build_problem(inputs)
    broken = {violation.fact for violation in verify(problem, lying(inputs))}
    for violation in verify(problem, as_plan(arrangement.content)):
        if violation.rule in WHY and violation.fact not in broken:
            raise Conflict(f"This does not hold any more: {WHY[violation.rule]}.")
    return arrangement


def rearrange(
    inputs: PlanInputs, content: PlanContent, certificate: Certificate
) -> Arrangement | None:
    """Return a plan made earlier in today's terms, or None if it does not hold any more."""
    problem = build_problem(inputs)
    open_ = {task.id for task in problem.tasks}
    kept = as_plan(content)
    plan = Plan(
        slots=tuple(slot for slot in kept.slots if slot.task_id in open_),
        unplaced=tuple(one for one in kept.unplaced if one.task_id in open_),
        objective=certificate.objective,
        bound=certificate.bound,
        status=certificate.status,
    )
    if verify(problem, plan):
        return None
    before = known(inputs)
    changes = changes_between(inputs, before, content, plan=plan)
    return Arrangement(
        inputs=inputs,
        content=content,
        certificate=certificate,
        changes=changes,
        totals=totals_of(inputs, before, plan, changes),
        problem=pack(problem),
        answer=pack_plan(plan),
        made=Made.TAKEN_OVER,
        revision=inputs.revision,
    )


def to_arrangement(
    inputs: PlanInputs,
    problem: Problem,
    plan: Plan,
    *,
    before: Plan | None = None,
    told: Problem | None = None,
    made: Made = Made.SOLVED,
) -> Arrangement:
    """Return a verified plan in the form in which it is stored.

    Its changes are those of what lies `before`: mostly the places that the person knows. Its
    reasons and its account are read off `told`, where what is only held in `problem` is free.
    """
    before, told = before or known(inputs), told or problem
    content = to_content(inputs, told, plan)
    changes = changes_between(inputs, before, content, plan=plan)
    return Arrangement(
        inputs=inputs,
        content=content,
        certificate=Certificate(
            status=plan.status,
            objective=plan.objective,
            bound=plan.bound,
            terms=_of_tasks(account(told, plan)),
        ),
        changes=changes,
        totals=totals_of(inputs, before, plan, changes),
        problem=pack(problem),
        answer=pack_plan(plan),
        made=Made.INSTANT if made is Made.SOLVED and plan.status is Status.PROVISIONAL else made,
        revision=inputs.revision,
    )


def _of_tasks(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return the terms with the portions of a task that is being worked on under its number."""
    return tuple(
        replace(
            term, parts=tuple(replace(part, task_id=task_of(part.task_id)) for part in term.parts)
        )
        for term in terms
    )


def _as_it_lies(problem: Problem, plan: Plan) -> Problem:
    """Return the problem without the places from which tasks that were about to begin gave way."""
    places = plan.by_task()
    return replace(
        problem,
        tasks=tuple(
            task
            if task.running or places.get(task.id) == tuple(sorted(task.pinned))
            else replace(task, pinned=())
            for task in problem.tasks
        ),
    )


def as_plan(content: PlanContent) -> Plan:
    """Return what a stored plan says, without how good it is."""
    return Plan(
        slots=tuple(sorted(Slot(slot.interval, slot.task_id) for slot in content.slots)),
        unplaced=tuple(
            Unplaced(task_id=task.task_id, obstacle=Obstacle(task.obstacle))
            for task in content.unplaced
        ),
    )

"""What the person decides about time themselves holds at once; the rest makes room."""

from dataclasses import dataclass

from dayloom.infra.errors import Conflict
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.plan import Obstacle, Plan, Slot, Unplaced
from dayloom.planning.problem import Problem
from dayloom.planning.verify import verify
from dayloom.plans.archive import pack
from dayloom.plans.changeset import Change
from dayloom.plans.content import Certificate, PlanContent
from dayloom.plans.facts import Hold, Wishes
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.outcome import changes_between, known, lying, to_content
from dayloom.plans.problem import build_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """A verified plan around the person's wishes, and how it differs from the current one."""

    inputs: PlanInputs
    content: PlanContent
    certificate: Certificate
    changes: tuple[Change, ...]
    problem: bytes


def arrange(inputs: PlanInputs, wishes: Wishes) -> Arrangement:
    """Return the plan that grants `wishes` and moves only what lies under them.

    Raises `Conflict` when no such plan keeps every rule.
    """
    problem = build_problem(inputs, wishes=wishes, hold=Hold.EVERYTHING)
    plan = plan_earliest(problem)
    if violations := verify(problem, plan):
        raise Conflict(f"That does not hold: {violations[0].fact}")
    return to_arrangement(inputs, problem, plan, before=lying(inputs))


def rearrange(
    inputs: PlanInputs, content: PlanContent, certificate: Certificate
) -> Arrangement | None:
    """Return a plan made earlier in today's terms, or None if it does not hold any more."""
    problem = build_problem(inputs)
    open_ = {task.id for task in problem.tasks}
    plan = Plan(
        slots=tuple(
            sorted(Slot(s.interval, s.task_id) for s in content.slots if s.task_id in open_)
        ),
        unplaced=tuple(
            Unplaced(task_id=task.task_id, obstacle=Obstacle(task.obstacle))
            for task in content.unplaced
            if task.task_id in open_
        ),
        objective=certificate.objective,
        bound=certificate.bound,
        status=certificate.status,
    )
    if verify(problem, plan):
        return None
    return Arrangement(
        inputs=inputs,
        content=content,
        certificate=certificate,
        changes=changes_between(inputs, known(inputs), content, plan=plan),
        problem=pack(problem),
    )


def to_arrangement(
    inputs: PlanInputs, problem: Problem, plan: Plan, *, before: Plan | None = None
) -> Arrangement:
    """Return a verified plan in the form in which it is stored.

    Its changes are those of what lies `before`: mostly the places that the person knows.
    """
    content = to_content(inputs, problem, plan)
    return Arrangement(
        inputs=inputs,
        content=content,
        certificate=Certificate(status=plan.status, objective=plan.objective, bound=plan.bound),
        changes=changes_between(inputs, before or known(inputs), content, plan=plan),
        problem=pack(problem),
    )

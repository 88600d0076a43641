"""What a solved plan means for the person: applied at once, proposed, or both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Unplaced
from dayloom.planning.problem import Problem
from dayloom.planning.verify import verify
from dayloom.plans.changeset import Change, ChangeKind
from dayloom.plans.content import PlanContent, PlannedSlot, UnplacedTask
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.telling import Teller

WORTH_ASKING = 48  # weighted grid steps: four hours' delay of a task of the lowest weight
Pieces = Mapping[int, tuple[Interval, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """A plan with the typed reasons of its slots."""

    problem: Problem
    plan: Plan
    content: PlanContent


def to_content(inputs: PlanInputs, problem: Problem, plan: Plan) -> PlanContent:
    """Return the plan with every reason worded for the person."""
    teller = Teller(inputs, problem)
    pinned = {task.id for task in problem.tasks if task.pinned}
    by_person = {task.id for task in inputs.tasks if task.pins}
    reasons = teller.reasons(plan)
    return PlanContent(
        slots=tuple(
            PlannedSlot(
                task_id=slot.task_id,
                start=slot.start,
                end=slot.end,
                pinned=slot.task_id in pinned & by_person,
                reasons=reasons.get(slot.task_id, ()),
            )
            for slot in plan.slots
        ),
        unplaced=tuple(_unplaced(teller, item) for item in plan.unplaced),
    )


def _unplaced(teller: Teller, item: Unplaced) -> UnplacedTask:
    return UnplacedTask(
        task_id=item.task_id,
        obstacle=item.obstacle.value,
        missing_minutes=int(item.missing.total_seconds() // 60) if item.missing else None,
        reason=teller.obstacle(item),
    )


def current_pieces(inputs: PlanInputs) -> dict[int, tuple[Interval, ...]]:
    """Return where the unfinished tasks lie now."""
    open_ = {task.id for task in inputs.tasks}
    return {
        task_id: tuple(Interval(slot.start, slot.end) for slot in slots)
        for task_id, slots in inputs.pieces().items()
        if task_id in open_
    }


def changes_between(before: Pieces, content: PlanContent, tasks: Iterable[int]) -> list[Change]:
    """Return what `content` changes for the `tasks`, in order of their new times."""
    after = content.by_task()
    said = {slot.task_id: " ".join(slot.reasons) for slot in reversed(content.slots)}
    said |= {task.task_id: task.reason for task in content.unplaced}
    kinds = {}
    for task_id in tasks:
        old, new = before.get(task_id, ()), after.get(task_id, ())
        if old != new:
            kinds[task_id] = _kind(old, new)
    order = sorted(kinds, key=lambda t: (after.get(t) or before.get(t, ()), t))
    return [
        Change(
            id=number,
            task_id=task_id,
            kind=kinds[task_id],
            before=before.get(task_id, ()),
            after=after.get(task_id, ()),
            reason=said.get(task_id, ""),
        )
        for number, task_id in enumerate(order, start=1)
    ]


def _kind(old: tuple[Interval, ...], new: tuple[Interval, ...]) -> ChangeKind:
    if not old:
        return ChangeKind.ADDED
    return ChangeKind.MOVED if new else ChangeKind.DROPPED


def seen_moves(problem: Problem, held: Problem, plan: Plan) -> set[int]:
    """Return the tasks that `held` keeps because they were seen, and that `plan` would move."""
    free = {task.id for task in problem.tasks if not task.pinned}
    pieces = plan.by_task()
    return {
        task.id
        for task in held.tasks
        if task.pinned and task.id in free and pieces.get(task.id, ()) != task.pinned
    }


def worth_asking(problem: Problem, *, keep: Plan, better: Plan) -> bool:
    """Tell whether the person should be asked to leave `keep` for `better`."""
    kept = Plan(slots=keep.slots, unplaced=keep.unplaced)
    if verify(problem, kept) or len(better.unplaced) < len(keep.unplaced):
        return True
    saved = keep.objective.total - better.objective.total
    return saved >= max(WORTH_ASKING, keep.objective.total // 50)

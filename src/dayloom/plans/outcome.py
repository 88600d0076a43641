"""What a solved plan means for the person: applied at once, proposed, or both."""

from collections.abc import Iterator, Sequence

from dayloom.planning import difference as planning
from dayloom.planning.difference import difference
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Slot, Unplaced
from dayloom.planning.problem import Problem
from dayloom.planning.verify import verify
from dayloom.plans.changeset import Change
from dayloom.plans.content import PlanContent, PlannedSlot, UnplacedTask
from dayloom.plans.facts import intervals_of, is_known
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.models import SlotRow
from dayloom.plans.portions import task_of, whole
from dayloom.plans.telling import Teller
from dayloom.tasks.models import TaskStatus

WORTH_ASKING = 48  # weighted grid steps: four hours' delay of a task of the lowest weight


def to_content(inputs: PlanInputs, problem: Problem, plan: Plan) -> PlanContent:
    """Return the plan with every reason worded for the person."""
    teller = Teller(inputs, problem)
    pinned = {task.id for task in problem.tasks if task.pinned}
    by_person = {task.id for task in inputs.tasks if task.pins}
    reasons = teller.reasons(plan)
    return PlanContent(
        slots=tuple(
            PlannedSlot(
                task_id=task_of(slot.task_id),
                start=slot.start,
                end=slot.end,
                pinned=slot.task_id in pinned & by_person,
                reasons=reasons.get(slot, ()),
            )
            for slot in plan.slots
        ),
        unplaced=tuple(_unplaced(teller, item) for item in plan.unplaced),
    )


def _unplaced(teller: Teller, item: Unplaced) -> UnplacedTask:
    return UnplacedTask(
        task_id=task_of(item.task_id),
        obstacle=item.obstacle.value,
        missing_minutes=int(item.missing.total_seconds() // 60) if item.missing else None,
        reason=teller.obstacle(item),
    )


def changes_between(
    inputs: PlanInputs, before: Plan, content: PlanContent, *, plan: Plan
) -> tuple[Change, ...]:
    """Return what `plan`, worded as `content`, changes for the unfinished tasks, in order of
    their new times."""
    said = {slot.task_id: " ".join(slot.reasons) for slot in reversed(content.slots)}
    said |= {task.task_id: task.reason for task in content.unplaced}
    return tuple(
        Change(
            id=number,
            task_id=change.task_id,
            kind=change.kind,
            before=change.before,
            after=change.after,
            reason=said.get(change.task_id, ""),
        )
        for number, change in enumerate(_news(inputs, whole(before), whole(plan)), start=1)
    )


def _news(inputs: PlanInputs, before: Plan, plan: Plan) -> Iterator[planning.Change]:
    """Yield what differs. That running work goes on is no news, only what is left for later."""
    running = {task.id for task in inputs.tasks if task.status is TaskStatus.STARTED}
    for change in difference(before, plan).changes:
        later = [i for i in change.after if i.start > inputs.now]
        if change.task_id not in running or (
            later and later != [i for i in change.before if i.start > inputs.now]
        ):
            yield change


def lying(inputs: PlanInputs) -> Plan:
    """Return where the unfinished tasks lie now, for the first time or not."""
    return _plan_of(inputs, inputs.slots)


def known(inputs: PlanInputs) -> Plan:
    """Return where they lie as far as the person knows: a first place that nobody looked at is
    none to be moved from."""
    return _plan_of(inputs, [slot for slot in inputs.slots if is_known(slot)])


def confirms(inputs: PlanInputs, changes: Sequence[Change]) -> bool:
    """Tell whether everything stays where it lies, even if only for the first time."""
    pieces = inputs.pieces()
    return all(change.after == intervals_of(pieces.get(change.task_id, ())) for change in changes)


def _plan_of(inputs: PlanInputs, slots: Sequence[SlotRow]) -> Plan:
    open_ = {task.id for task in inputs.tasks}
    return Plan(
        slots=tuple(
            Slot(Interval(slot.start, slot.end), slot.task_id)
            for slot in slots
            if slot.task_id in open_
        )
    )


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

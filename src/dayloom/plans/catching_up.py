"""A solved plan that was overtaken: kept, with what has changed meanwhile arranged around it.

Solving takes seconds, and a person who types a task a second would never see a plan.
"""

from collections.abc import Iterator
from dataclasses import replace

from dayloom.planning.interval import Interval
from dayloom.plans.arranging import Arrangement, arrange_again, as_plan
from dayloom.plans.facts import Hold, facts_of, intervals_of, is_seen, total
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.outcome import changes_between, known
from dayloom.plans.portions import portions_of
from dayloom.plans.totals import totals_of
from dayloom.preferences.models import PlanMode
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.remaining import remaining
from dayloom.tasks.service import of_place

Places = dict[int, tuple[Interval, ...]]


def catch_up(solved: Arrangement, inputs: PlanInputs) -> Arrangement:
    """Return the solved plan as far as it stands in the later `inputs`, and the rest around it.

    It says which changes it was solved for, so that those since are still to be planned.
    Raises `Conflict` when no such plan keeps every rule.
    """
    places = _seen(inputs)
    facts = facts_of(inputs, portions_of(inputs), places, Hold.NOTHING)
    taken = [interval for intervals in facts.values() for interval in intervals]
    for task_id, intervals in _standing(solved, inputs):
        if not any(one.overlaps(other) for one in intervals for other in taken):
            places.setdefault(task_id, intervals)
    arranged = arrange_again(inputs, places)
    before, plan = known(inputs), as_plan(arranged.content)
    changes = changes_between(inputs, before, arranged.content, plan=plan)
    totals = totals_of(inputs, before, plan, changes)
    return replace(arranged, changes=changes, totals=totals, revision=solved.revision)


def _seen(inputs: PlanInputs) -> Places:
    """Return what may not move without a word, because the person looked at it."""
    if inputs.mode is not PlanMode.ASK:
        return {}
    pieces = inputs.pieces()
    seen = (task for task in _resting(inputs) if is_seen(task, pieces.get(task.id, ())))
    found = ((task, intervals_of(pieces[task.id])) for task in seen)
    return {task.id: intervals for task, intervals in found if _fits(task, intervals, inputs)}


def _standing(
    solved: Arrangement, inputs: PlanInputs
) -> Iterator[tuple[int, tuple[Interval, ...]]]:
    """Yield the solved places of tasks about which nothing has changed."""
    before = {task.id: of_place(task) for task in solved.inputs.tasks}
    places = solved.content.by_task()
    for task in _resting(inputs):
        intervals = places.get(task.id, ())
        if intervals and of_place(task) == before.get(task.id) and _fits(task, intervals, inputs):
            yield task.id, intervals


def _resting(inputs: PlanInputs) -> Iterator[Task]:
    return (task for task in inputs.tasks if task.status is TaskStatus.OPEN and not task.pins)


def _fits(task: Task, intervals: tuple[Interval, ...], inputs: PlanInputs) -> bool:
    left = remaining(task, inputs.now)
    return intervals[0].start >= inputs.now and total(intervals) == left

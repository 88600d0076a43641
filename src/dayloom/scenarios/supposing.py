"""The inputs of a plan as they would be if what is supposed were so.

It is what keeping it makes of them, number by number, so that the plan holds then too.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import reduce

from dayloom.infra.errors import Invalid
from dayloom.language.suppositions import (
    DayOff,
    ExtraHours,
    ExtraWork,
    LeftOut,
    Meeting,
    Supposition,
)
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.truth import FIRST_IMAGINED
from dayloom.preferences.models import HourMap
from dayloom.scenarios.closing import exceptions_of
from dayloom.tasks.drafting import DEFAULT_CHUNKS
from dayloom.tasks.fields import TaskFields
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.pins import pins_from


def supposed(inputs: PlanInputs, suppositions: Sequence[Supposition]) -> PlanInputs:
    """Return the inputs with every supposition. Raises `Invalid` for what cannot be any more."""
    return reduce(_with, enumerate(suppositions), inputs)


def number_of(position: int) -> int:
    """Return the number of the task that the supposition at a position adds."""
    return FIRST_IMAGINED + position


def fields_of(said: Meeting | ExtraWork) -> TaskFields:
    """Return the fields of the task that it adds."""
    if isinstance(said, Meeting):
        return TaskFields(title=said.title, duration=said.length, pinned_start=said.start)
    fields = TaskFields(title=said.title, duration=said.length, due=said.due)
    if said.deadline is not None:
        fields["deadline"] = said.deadline
    if said.splittable:
        smallest, largest = DEFAULT_CHUNKS
        fields["min_chunk"] = min(smallest, said.length)
        fields["max_chunk"] = min(largest, said.length)
    return fields


def _with(inputs: PlanInputs, one: tuple[int, Supposition]) -> PlanInputs:
    position, said = one
    match said:
        case Meeting() | ExtraWork():
            task = _imagined(number_of(position), fields_of(said))
            return replace(inputs, tasks=[*inputs.tasks, task])
        case DayOff() | ExtraHours():
            changed = exceptions_of(said, inputs.hour_maps)
            own = [
                _on_days(row, changed[row.name]) if row.name in changed else row
                for row in inputs.own_hour_maps
            ]
            ruled = inputs.rules.ruling.hour_maps(own)
            return replace(inputs, own_hour_maps=own, hour_maps=ruled)
        case LeftOut(task_id=task_id):
            if task_id not in {task.id for task in inputs.tasks}:
                raise Invalid(f"There is no open task #{task_id} any more.", field="task_id")
            rest = [task for task in inputs.tasks if task.id != task_id]
            return replace(inputs, tasks=rest)


def _imagined(number: int, fields: TaskFields) -> Task:
    """Return a task that no database knows."""
    duration = fields.get("duration", timedelta(0))
    return Task(
        id=number,
        title=fields["title"],
        status=TaskStatus.OPEN,
        duration=duration,
        priority=5.0,
        due=fields.get("due"),
        deadline=fields.get("deadline"),
        tags=[],
        preferred=[],
        min_chunk=fields.get("min_chunk"),
        max_chunk=fields.get("max_chunk"),
        pins=pins_from(fields.get("pinned_start"), duration),
        after=[],
        worked=[],
        needs_scheduling=True,
    )


def _on_days(row: HourMap, exceptions: dict[str, list[list[str]]]) -> HourMap:
    return HourMap(
        id=row.id,
        account_id=row.account_id,
        name=row.name,
        weekly=row.weekly,
        exceptions={**row.exceptions, **exceptions},
        daily_cap=row.daily_cap,
        is_default=row.is_default,
    )

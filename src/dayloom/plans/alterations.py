"""What a repair changes of tasks, pauses and hours, each with what was there before.

So it can be made for a moment to see what comes of it, made for good through the services, and
taken back where nobody has changed it since.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from dayloom.plans.inputs import PlanInputs
from dayloom.preferences.fields import PreferenceFields
from dayloom.preferences.models import HourMap, Preferences
from dayloom.preferences.service import PreferencesService
from dayloom.tasks.models import Task
from dayloom.tasks.service import TaskService
from dayloom.tasks.values import as_json, to_fields

MINUTE = timedelta(minutes=1)
DELETED, PINS = "deleted_at", "pins"


class Of(StrEnum):
    """What is altered."""

    TASK = "task"
    PREFERENCES = "preferences"
    HOURS = "hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """The field `name` of a task or of the preferences, or the date `name` of some hours.

    `before` and `after` are as JSON knows them: RFC 3339, minutes, lists.
    """

    of: Of
    id: int = 0
    name: str
    before: Any
    after: Any

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Alteration":
        return cls(**{**stored, "of": Of(stored["of"])})

    @property
    def back(self) -> "Alteration":
        return replace(self, before=self.after, after=self.before)


Altered = Task | Preferences | HourMap
Find = Callable[[Of, int], Altered | None]


def alter(alterations: Sequence[Alteration], find: Find) -> None:
    """Set what is still as it was before in the rows that `find` knows; leave the rest alone."""
    for one in alterations:
        row = find(one.of, one.id)
        if row is not None and held(row, one.name) == one.before:
            _set(row, one.name, one.after)


def taken_back(alterations: Sequence[Alteration]) -> tuple[Alteration, ...]:
    """Return what undoes the alterations."""
    return tuple(one.back for one in reversed(alterations))


def altered(
    inputs: PlanInputs, alterations: Sequence[Alteration], *, deleted: Sequence[Task] = ()
) -> PlanInputs:
    """Return what was read as the alterations make it, setting them in the rows that were read.

    `deleted` are tasks that the alterations may bring back.
    """
    tasks = {task.id: task for task in (*inputs.tasks, *deleted)}
    hours = {row.id: row for row in inputs.own_hour_maps}

    def find(of: Of, id_: int) -> Altered | None:
        if of is Of.PREFERENCES:
            return inputs.preferences
        return tasks.get(id_) if of is Of.TASK else hours.get(id_)

    alter(alterations, find)
    return replace(
        inputs,
        tasks=[tasks[id_] for id_ in sorted(tasks) if tasks[id_].deleted_at is None],
        hour_maps=inputs.rules.ruling.hour_maps(inputs.own_hour_maps),
    )


def carry_out(
    alterations: Sequence[Alteration], tasks: TaskService, preferences: PreferencesService
) -> None:
    """Make the alterations as the pages make them. Raises what the services raise."""
    for one in alterations:
        if one.of is Of.TASK:
            _alter_task(tasks, one)
        elif one.of is Of.PREFERENCES:
            preferences.change(cast("PreferenceFields", {one.name: one.after * MINUTE}))
        else:
            row = preferences.require_hour_map(one.id)
            exceptions = {**row.exceptions, one.name: one.after}
            preferences.change_hour_map(
                row.id, weekly=row.weekly, exceptions=exceptions, daily_cap=row.daily_cap
            )


def _alter_task(tasks: TaskService, one: Alteration) -> None:
    if one.name == DELETED:
        tasks.delete(one.id)
    elif one.name == PINS:
        tasks.require(one.id).pins = one.after
    else:
        tasks.edit(one.id, to_fields(one.name, one.after))


def held(row: Altered, name: str) -> Any:
    """Return what a row holds, as JSON knows it."""
    if isinstance(row, HourMap):
        return row.exceptions.get(name)
    if isinstance(row, Task):
        return as_json(row, name)
    return getattr(row, name) // MINUTE


def _set(row: Altered, name: str, value: Any) -> None:
    if isinstance(row, HourMap):
        others = {day: spans for day, spans in row.exceptions.items() if day != name}
        row.exceptions = others if value is None else {**others, name: value}
    elif isinstance(row, Preferences):
        setattr(row, name, value * MINUTE)
    elif name == DELETED:
        row.deleted_at = datetime.fromisoformat(value) if value else None
    else:
        for field, read in to_fields(name, value).items():
            setattr(row, field, read)

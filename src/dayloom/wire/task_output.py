"""A task as it is shown, with the place that the plan gives it."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import Field

from dayloom.bootstrap import Services
from dayloom.plans.models import SlotRow
from dayloom.tasks.models import Task, TaskSeries, TaskStatus
from dayloom.tasks.pins import read_pins
from dayloom.wire.scalars import Shown, Span, local, minutes, minutes_or_none, said, span


class SlotShown(Span):
    """One piece of a task in the plan. A provisional one was given before any plan."""

    pinned: bool
    provisional: bool
    reason: str


class TimeOfDayShown(Shown):
    """A stretch of the local day in which the task likes to lie."""

    name: str
    start: str
    end: str


class DependencyShown(Shown):
    """The task starts only `gap_minutes` after the other one is finished."""

    task_id: int
    gap_minutes: int


class SeriesShown(Shown):
    """The pattern of a recurring task."""

    id: int
    rrule: str | None
    times_per_week: int | None
    starts_at: str | None = Field(description="Local time of day, if it is fixed.")
    ended_on: date | None


class WorkedShown(Shown):
    """Time that went into the task; the end of what runs now is null."""

    start: datetime
    end: datetime | None


class TaskShown(Shown):
    """One task. Instants carry the person's offset; durations are minutes."""

    id: int
    title: str
    notes: str
    context: str
    source: str = Field(description="The line from which it was read, if it was.")
    readings: dict[str, object] = Field(description="Which words gave which field.")
    edited: list[str] = Field(description="The fields that you have set; no model changes them.")
    inferred: dict[str, int] = Field(
        description="Which call of your model set which field; `proposed` is its place."
    )
    needs_reading: bool = Field(description="Your model has not read its words yet.")
    status: TaskStatus
    duration_minutes: int
    release: datetime | None
    due: datetime | None
    deadline: datetime | None
    priority: float
    priority_reason: str = Field(description="Why a ranking gave it this priority.")
    project: str
    tags: list[str]
    hour_map: str | None
    preferred: list[TimeOfDayShown]
    min_chunk_minutes: int | None
    max_chunk_minutes: int | None
    after: list[DependencyShown]
    pinned_start: datetime | None
    pins: list[Span]
    rrule: str | None
    times_per_week: int | None
    series: SeriesShown | None
    occurrence_on: date | None
    needs_scheduling: bool = Field(description="No plan has seen its present form yet.")
    proposed_start_time: datetime | None = Field(
        description="Where your model would put it: a wish of the plan."
    )
    proposed_end_time: datetime | None
    proposed_reason: str
    scheduled_start_time: datetime | None
    scheduled_end_time: datetime | None
    slots: list[SlotShown]
    reasoning: str
    actual_start_time: datetime | None
    actual_end_time: datetime | None
    worked: list[WorkedShown]
    worked_minutes: int
    created_at: datetime
    updated_at: datetime


class TasksShown(Shown):
    """The tasks that were added."""

    tasks: list[TaskShown]


class TaskPage(TasksShown):
    """Tasks in order of their ids."""

    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


def show_task(s: Services, task: Task) -> TaskShown:
    """Return one task in the person's zone, inside the transaction that has it."""
    return show_tasks(s, [task])[0]


def show_tasks(s: Services, tasks: Sequence[Task]) -> list[TaskShown]:
    zone = ZoneInfo(s.preferences.require().time_zone)
    slots = s.placements.slots_of([task.id for task in tasks])
    return [_show(task, slots.get(task.id, ()), zone, s.now) for task in tasks]


def entity_tag(task: TaskShown) -> str:
    """Return a tag of what the person can change: a new plan of the same task keeps it."""
    changes_by_itself = {
        "needs_scheduling", "scheduled_start_time", "scheduled_end_time", "slots", "reasoning",
        "worked_minutes", "inferred", "needs_reading", "priority_reason", "proposed_start_time",
        "proposed_end_time", "proposed_reason",
    }  # fmt: skip
    kept = task.model_dump_json(exclude=changes_by_itself)
    return f'"{hashlib.sha256(kept.encode()).hexdigest()[:20]}"'


def _show(task: Task, slots: Sequence[SlotRow], zone: ZoneInfo, now: datetime) -> TaskShown:
    pins = [span(pin.start, pin.end, zone) for pin in read_pins(task.pins)]
    return TaskShown(
        id=task.id,
        title=task.title,
        notes=task.notes,
        context=task.context,
        source=task.source,
        readings=task.readings,
        edited=task.edited,
        inferred=task.inferred,
        needs_reading=task.needs_reading,
        status=task.status,
        duration_minutes=minutes(task.duration),
        release=local(task.release, zone),
        due=local(task.due, zone),
        deadline=local(task.deadline, zone),
        priority=task.priority,
        priority_reason=task.priority_reason,
        project=task.project,
        tags=task.tags,
        hour_map=task.hour_map,
        preferred=[TimeOfDayShown(**window) for window in task.preferred],
        min_chunk_minutes=minutes_or_none(task.min_chunk),
        max_chunk_minutes=minutes_or_none(task.max_chunk),
        after=_show_dependencies(task),
        pinned_start=pins[0].start if pins else None,
        pins=pins,
        rrule=task.series.rrule if task.series else None,
        times_per_week=task.series.times_per_week if task.series else None,
        series=_show_series(task.series),
        occurrence_on=task.occurrence_on,
        needs_scheduling=task.needs_scheduling,
        proposed_start_time=local(task.proposed_start_time, zone),
        proposed_end_time=local(task.proposed_end_time, zone),
        proposed_reason=task.proposed_reason,
        scheduled_start_time=local(task.scheduled_start_time, zone),
        scheduled_end_time=local(task.scheduled_end_time, zone),
        slots=[_show_slot(slot, zone) for slot in slots],
        reasoning=task.reasoning,
        actual_start_time=local(task.actual_start_time, zone),
        actual_end_time=local(task.actual_end_time, zone),
        worked=[
            WorkedShown(start=one.start.astimezone(zone), end=local(one.end, zone))
            for one in task.worked
        ],
        worked_minutes=_worked(task, now),
        created_at=task.created_at.astimezone(zone),
        updated_at=task.updated_at.astimezone(zone),
    )


def _show_dependencies(task: Task) -> list[DependencyShown]:
    return [
        DependencyShown(task_id=one.after_id, gap_minutes=minutes(one.gap)) for one in task.after
    ]


def _show_slot(slot: SlotRow, zone: ZoneInfo) -> SlotShown:
    return SlotShown(
        start=slot.start.astimezone(zone),
        end=slot.end.astimezone(zone),
        pinned=slot.pinned,
        provisional=slot.provisional,
        reason=said(slot.reasons),
    )


def _show_series(series: TaskSeries | None) -> SeriesShown | None:
    if series is None:
        return None
    return SeriesShown(
        id=series.id,
        rrule=series.rrule,
        times_per_week=series.times_per_week,
        starts_at=series.starts_at,
        ended_on=series.ended_on,
    )


def _worked(task: Task, now: datetime) -> int:
    return minutes(sum(((one.end or now) - one.start for one in task.worked), timedelta()))

"""From what was understood of a line to the fields of a task."""

from dataclasses import fields as dataclass_fields
from datetime import timedelta
from typing import TypeVar, overload

from dayloom.language.draft import Reading, TaskDraft, TimeOfDay
from dayloom.tasks.fields import GRID, LONGEST, SHORTEST, TaskFields, TimeWindow

T = TypeVar("T")
DEFAULT_CHUNKS = (timedelta(minutes=30), timedelta(hours=2))


def to_fields(draft: TaskDraft, *, default_duration: timedelta) -> TaskFields:
    """Return the fields that a draft fills; durations are rounded up to the grid."""
    duration = on_grid(draft.duration.value) if draft.duration else default_duration
    smallest, largest = _chunks(draft, duration)
    return TaskFields(
        title=draft.title,
        source=draft.source,
        readings=_readings(draft),
        duration=duration,
        release=_value(draft.release),
        due=_value(draft.due),
        deadline=_value(draft.deadline),
        priority=_value(draft.priority, 5.0),
        project=_value(draft.project, ""),
        tags=[tag.value for tag in draft.tags],
        hour_map=_value(draft.hour_map),
        preferred=[as_window(reading.value) for reading in draft.times_of_day],
        min_chunk=smallest,
        max_chunk=largest,
        after=[{"task_id": r.value.task_id, "gap": on_grid(r.value.gap)} for r in draft.after],
        pinned_start=_value(draft.start),
        rrule=_value(draft.rrule),
        times_per_week=_value(draft.times_per_week),
    )


def as_window(time: TimeOfDay) -> TimeWindow:
    """Return a time of day as a task keeps it."""
    return {
        "name": time.name,
        "start": time.start.strftime("%H:%M"),
        "end": time.end.strftime("%H:%M"),
    }


@overload
def _value(reading: Reading[T] | None) -> T | None: ...
@overload
def _value(reading: Reading[T] | None, default: T) -> T: ...
def _value(reading: Reading[T] | None, default: T | None = None) -> T | None:
    return reading.value if reading is not None else default


def on_grid(duration: timedelta) -> timedelta:
    """Return the length, rounded up to the grid."""
    return -(-duration // GRID) * GRID


def _chunks(
    draft: TaskDraft, duration: timedelta
) -> tuple[timedelta, timedelta] | tuple[None, None]:
    """Return the pieces that were asked for, or, for work too long for a day, the usual ones."""
    smallest = on_grid(draft.min_chunk.value) if draft.min_chunk else None
    largest = on_grid(draft.max_chunk.value) if draft.max_chunk else None
    if smallest is None and largest is None:
        return DEFAULT_CHUNKS if duration > timedelta(hours=4) else (None, None)
    smallest = min(smallest or min(DEFAULT_CHUNKS[0], largest or duration), duration)
    largest = max(smallest, largest or duration)
    return max(SHORTEST, smallest), min(LONGEST, largest)


def _readings(draft: TaskDraft) -> dict[str, object]:
    """Return where each field came from: `{field: {"span": [start, end], "guess": flag}}`."""
    found: dict[str, object] = {}
    for item in dataclass_fields(draft):
        value = getattr(draft, item.name)
        readings = value if isinstance(value, tuple) else (value,)
        spans = [
            {"span": [r.span.start, r.span.end], "guess": r.guess}
            for r in readings
            if isinstance(r, Reading)
        ]
        if spans:
            found[item.name] = spans
    return found

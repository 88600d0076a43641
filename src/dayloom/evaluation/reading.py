"""What the product has understood of a task, in the plain values of the scenarios."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dayloom.tasks.models import Task

MINUTE = timedelta(minutes=1)


def told(task: Task, zone: ZoneInfo) -> dict[str, Any]:
    """Return the fields of a task; None or empty where nothing was understood."""
    known = task.readings.keys() | task.inferred.keys()
    series = task.series
    start = datetime.fromisoformat(task.pins[0][0]) if task.pins else None
    return {
        "title": task.title,
        "minutes": task.duration // MINUTE,
        "start": _local(start, zone),
        "release": _local(task.release, zone),
        "due": _local(task.due, zone),
        "deadline": _local(task.deadline, zone),
        "until": _local(task.deadline or task.due, zone),
        "window": [window["name"] for window in task.preferred],
        "priority": task.priority if "priority" in known else None,
        "tags": task.tags,
        "hours": task.hour_map,
        "rrule": f"{series.starts_on} {series.rrule}" if series and series.rrule else None,
        "weekly": series.times_per_week if series else None,
        "after": [dependency.after_id for dependency in task.after],
        "min_chunk": _minutes(task.min_chunk) if "min_chunk" in known else None,
        "max_chunk": _minutes(task.max_chunk) if "max_chunk" in known else None,
    }


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.astimezone(zone).replace(tzinfo=None) if moment else None


def _minutes(duration: timedelta | None) -> int | None:
    return duration // MINUTE if duration else None

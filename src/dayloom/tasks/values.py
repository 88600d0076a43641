"""Fields of a task as plain JSON: what a record of a call keeps, and how it goes back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from dayloom.journal.rows import plain
from dayloom.planning.interval import Interval
from dayloom.tasks.fields import TaskFields
from dayloom.tasks.models import Task

PROPOSED = "proposed"
MINUTE = timedelta(minutes=1)


def as_json(task: Task, name: str) -> Any:
    """Return the present value of a field; `proposed` is the place that a model would choose."""
    if name == PROPOSED:
        start, end = task.proposed_start_time, task.proposed_end_time
        return [plain(start), plain(end), task.proposed_reason] if start and end else None
    if name == "after":
        return [[one.after_id, one.gap // MINUTE] for one in task.after]
    return plain(getattr(task, name))


def to_fields(name: str, value: Any) -> TaskFields:
    """Return one field from what `as_json` made of it."""
    read = _READ.get(name)
    return cast("TaskFields", {name: read(value) if read and value is not None else value})


def to_place(value: Any) -> tuple[Interval | None, str]:
    """Return a proposed place and its reason."""
    if not value:
        return None, ""
    start, end, reason = value
    return Interval(datetime.fromisoformat(start), datetime.fromisoformat(end)), reason


def _length(value: Any) -> timedelta:
    return int(value) * MINUTE


def _after(value: Any) -> list[dict[str, Any]]:
    return [{"task_id": task_id, "gap": gap * MINUTE} for task_id, gap in value]


_READ: dict[str, Callable[[Any], Any]] = {
    "duration": _length,
    "min_chunk": _length,
    "max_chunk": _length,
    "release": datetime.fromisoformat,
    "due": datetime.fromisoformat,
    "deadline": datetime.fromisoformat,
    "after": _after,
}

"""What every occurrence of a recurring task starts with, as it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dayloom.tasks.fields import TaskFields

MINUTE = timedelta(minutes=1)
_TEXTS = ("title", "notes", "context", "source", "hour_map", "project")
_PLAIN = ("readings", "edited", "priority", "tags", "preferred")
_DURATIONS = ("duration", "min_chunk", "max_chunk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Plain columns of a task, what it waits for, and by which local time ("HH:MM") it is due."""

    plain: Mapping[str, Any]
    after: Mapping[int, timedelta]
    due_at: str | None
    deadline_at: str | None


def to_template(fields: TaskFields, zone: ZoneInfo) -> dict[str, object]:
    """Return the fields as JSON. Of a due time and a deadline, the time of day recurs."""
    given: dict[str, Any] = dict(fields)
    stored = {name: given[name] for name in (*_TEXTS, *_PLAIN) if name in given}
    for name in _DURATIONS:
        if given.get(name) is not None:
            stored[name] = given[name] // MINUTE
    for name in ("due", "deadline"):
        if given.get(name) is not None:
            stored[f"{name}_at"] = _clock(given[name], zone)
    if after := fields.get("after"):
        stored["after"] = [[item["task_id"], item["gap"] // MINUTE] for item in after]
    return stored


def from_template(stored: Mapping[str, Any]) -> Template:
    plain = {name: stored[name] for name in (*_TEXTS, *_PLAIN) if name in stored}
    plain |= {name: stored[name] * MINUTE for name in _DURATIONS if name in stored}
    return Template(
        plain=plain,
        after={task_id: gap * MINUTE for task_id, gap in stored.get("after", ())},
        due_at=stored.get("due_at"),
        deadline_at=stored.get("deadline_at"),
    )


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"

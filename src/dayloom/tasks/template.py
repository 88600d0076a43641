"""The fields that every occurrence of a recurring task starts with, as they are stored."""

from datetime import timedelta
from typing import Any

from dayloom.tasks.fields import TaskFields

_TEXTS = ("title", "notes", "context", "source", "hour_map")
_PLAIN = ("readings", "priority", "tags", "preferred")
_DURATIONS = ("duration", "min_chunk", "max_chunk")


def to_template(fields: TaskFields) -> dict[str, object]:
    given: dict[str, Any] = dict(fields)
    stored = {name: given[name] for name in (*_TEXTS, *_PLAIN) if name in given}
    for name in _DURATIONS:
        if given.get(name) is not None:
            stored[name] = given[name] // timedelta(minutes=1)
    return stored


def from_template(template: dict[str, object]) -> dict[str, Any]:
    values: dict[str, Any] = dict(template)
    for name in _DURATIONS:
        if name in values:
            values[name] = timedelta(minutes=values[name])
    return values

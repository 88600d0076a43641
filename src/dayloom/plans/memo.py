"""What an undo needs besides the moved slots: the pins and durations that were replaced."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from dayloom.tasks.models import Task

Memo = Mapping[str, object]


def present_pins(find: Callable[[int], Task | None], memo: Memo) -> Memo:
    """Return what takes back the restoration of a memo."""
    held: dict[str, dict[str, object]] = {}
    for name, read in (("pins", lambda task: task.pins), ("duration", _whole_minutes)):
        stored = memo.get(name)
        if isinstance(stored, dict):
            found = {key: task for key in stored if (task := find(int(key)))}
            held[name] = {key: read(task) for key, task in found.items()}
    return held


def _whole_minutes(task: Task) -> int:
    return task.duration // timedelta(minutes=1)


def restore_pins(find: Callable[[int], Task | None], memo: Memo) -> None:
    """Give those that `find` still knows the pins and durations that a move replaced."""
    pins, durations = memo.get("pins", {}), memo.get("duration", {})
    if isinstance(pins, dict):
        for task_id, stored in pins.items():
            if task := find(int(task_id)):
                task.pins = stored
    if isinstance(durations, dict):
        for task_id, minutes in durations.items():
            if task := find(int(task_id)):
                task.duration = timedelta(minutes=minutes)

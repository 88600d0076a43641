"""What an action changed, in a sentence made of what the journal holds of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from dayloom.journal.models import Entry
from dayloom.journal.rows import Edit, kinds
from dayloom.plans.models import Cause
from dayloom.preferences.wallclock import WallClock, say_duration

MOST_FIELDS, LONGEST = 3, 60
NOTHING = "nothing"
LENGTHS = frozenset(
    {
        "duration", "min_chunk", "max_chunk", "default_duration", "buffer", "event_buffer",
        "freeze", "refresh_every",
    }
)  # fmt: skip
MOMENTS = frozenset({"release", "due", "deadline"})
LABELS = {
    "duration": "takes",
    "release": "not before",
    "deadline": "must end by",
    "after": "comes after",
    "min_chunk": "smallest piece",
    "max_chunk": "largest piece",
    "hour_map": "hours",
    "buffer": "pause between tasks",
    "event_buffer": "pause around events",
    "default_duration": "a new task takes",
    "daily_cap": "most a day",
    "freeze": "left alone",
    "plan_mode": "who decides",
    "language": "language",
    "time_zone": "time zone",
    "second_zone": "second time zone",
    "week_start": "first day of the week",
    "hour_cycle": "clock",
    "weekly": "the week",
    "exceptions": "single days",
    "values": "what it says",
    "kind": "what it asks for",
    "base_url": "address",
}
UNTOLD = frozenset({"context", "notes", "weekly", "exceptions", "values", "sentence", "preferred"})
NAMES = {
    "preferences": "Settings",
    "hours": "Hours",
    "rule": "Rule",
    "calendar": "Calendar",
    "view": "View",
}
ADDED = {
    "task": "Added",
    "hours": "Added the hours",
    "rule": "Added the rule",
    "view": "Kept the view",
}
STATES = {
    "started": "Started",
    "completed": "Done:",
    "open": "Stopped",
    "missed": "Let go",
}
PLANS = {
    Cause.PLACED: "Placed tasks",
    Cause.CAUGHT_UP: "Caught up",
    Cause.RESTORED: "Went back to an earlier plan",
    Cause.UNDO: "Put back what a plan moved",
    Cause.WHAT_IF: "Kept a what-if",
    Cause.REPAIR: "Helped a task",
}


def say_entry(entry: Entry, clock: WallClock) -> str:
    """Return what was done, such as “Deleted “Call mum””."""
    edits = [Edit.from_json(stored) for stored in entry.edits]
    told = _told(edits, clock)
    if entry.plan_cause is None:
        return told or "Changed something"
    cause = Cause(entry.plan_cause)
    moved = entry.plan_changed
    if cause is Cause.PLACED and told:
        others = moved - 1
        return f"{told}; {_tasks(others, 'other ')} made room" if others > 0 else told
    named = (told if cause is Cause.REPAIR else "") or PLANS.get(cause, "Accepted a plan")
    return f"{named}; {_tasks(moved)} changed places" if moved else named


def _tasks(count: int, which: str = "") -> str:
    return f"{count} {which}task{'s' if count > 1 else ''}"


def _told(edits: Sequence[Edit], clock: WallClock) -> str:
    """Return the most telling edit, and how many others came with it."""
    main = [edit for edit in edits if edit.kind != "series"]
    rules = [edit for edit in main if edit.kind == "rule"]
    shown = rules[:1] or main[:1]
    if not shown:
        return ""
    others = len({edit.label for edit in main} - {shown[0].label} - {""}) if not rules else 0
    more = f" and {others} more" if others else ""
    return _say(shown[0], clock) + more


def _say(edit: Edit, clock: WallClock) -> str:
    name = _quoted(edit.label)
    if edit.before is None:
        return f"{ADDED.get(edit.kind, 'Added')} {name}".strip()
    if edit.after is None:
        return f"Removed {name}"
    for gone in ("deleted_at", "removed_at"):
        if gone in edit.after:
            return f"{'Removed' if edit.after[gone] else 'Brought back'} {name}"
    if edit.kind == "task":
        return _of_task(edit, name, clock)
    if edit.after.keys() == {"enabled"}:
        return f"Switched {name} {'on' if edit.after['enabled'] else 'off'}"
    return f"{NAMES.get(edit.kind, edit.kind.capitalize())} {name}".strip() + (
        f": {_fields(edit, clock)}"
    )


def _of_task(edit: Edit, name: str, clock: WallClock) -> str:
    before, after = edit.before or {}, edit.after or {}
    if "status" in after:
        return _state(edit, name)
    if "pins" in after:
        return _pinned(edit, name, clock)
    if after.keys() & set(kinds()["task"].told) == {"title"}:
        return f"Renamed {_quoted(before['title'])} to {_quoted(after['title'])}"
    return f"{name}: {_fields(edit, clock)}"


def _state(edit: Edit, name: str) -> str:
    before, after = (edit.before or {})["status"], (edit.after or {})["status"]
    if after == "open" and before in ("completed", "missed"):
        return f"Opened {name} again"
    return f"{STATES[after]} {name}"


def _pinned(edit: Edit, name: str, clock: WallClock) -> str:
    pins = (edit.after or {})["pins"]
    if not pins:
        return f"Let the planner place {name}"
    return f"Put {name} on {clock.start(datetime.fromisoformat(pins[0][0]))}"


def _fields(edit: Edit, clock: WallClock) -> str:
    before, after = edit.before or {}, edit.after or {}
    told = set(kinds()[edit.kind].told)
    said = [_field(name, before[name], after[name], clock) for name in after if name in told]
    more = len(said) - MOST_FIELDS
    rest = f" and {more} more" if more > 0 else ""
    return ", ".join(said[:MOST_FIELDS]) + rest


def _field(name: str, before: Any, after: Any, clock: WallClock) -> str:
    label = LABELS.get(name, name.replace("_", " "))
    if name in UNTOLD:
        return f"{label} changed"
    return f"{label} {_value(name, before, clock)} → {_value(name, after, clock)}"


def _value(name: str, value: Any, clock: WallClock) -> str:
    if value in (None, "", []):
        return NOTHING
    if name in MOMENTS:
        return clock.moment(datetime.fromisoformat(value))
    if name in LENGTHS or (name == "daily_cap" and isinstance(value, int)):
        return say_duration(timedelta(minutes=value))
    say = _SAID.get(name, str)
    return say(value)


def _quoted(label: str) -> str:
    if not label:
        return ""
    return f"“{label}”" if len(label) <= LONGEST else f"“{label[:LONGEST].rstrip()}…”"


_SAID: Mapping[str, Callable[[Any], str]] = {
    "tags": lambda value: ", ".join(f"#{tag}" for tag in value),
    "after": lambda value: ", ".join(f"#{one['after_id']}" for one in value),
    "enabled": lambda value: "on" if value else "off",
    "priority": lambda value: f"{value:g}",
}

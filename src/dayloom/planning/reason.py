"""Why a task lies where it lies: facts of the problem and the plan as typed values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Code(StrEnum):
    """What kind of fact a reason states, and which of its fields are set."""

    RUNNING = "running"  # the person is working on it
    PINNED = "pinned"  # the person put it there
    KEPT_WHERE_SEEN = "kept_where_seen"  # the last plan showed it there
    AT_ONCE = "at_once"  # it starts now
    HELD = "held"  # it stays where it lay, seen or not
    RIGHT_AFTER = "right_after"  # task_id, by: it follows at once, or after the distance `by`
    FIRST_FREE = "first_free"  # nothing earlier is free; by: for a piece of that length
    ONLY_STRETCH = "only_stretch"  # at: no other free time before that is long enough
    LONGEST_STRETCH = "longest_stretch"  # by, at: the longest free time before `at`, alone
    ALSO_FREE = "also_free"  # at: it could start there too
    NO_HURRY = "no_hurry"  # at: it could start there too, but gains nothing from it
    FIRST_IN_WINDOW = "first_in_window"  # name: inside it, where nothing earlier is free
    IN_WINDOW = "in_window"  # name: inside the preferred window, or windows
    OUTSIDE_WINDOW = "outside_window"  # name: not wholly inside the preferred window
    AS_PROPOSED = "as_proposed"  # where a model proposed it
    NOT_AS_PROPOSED = "not_as_proposed"  # at: where a model did; task_id: what lies there
    IN_PIECES = "in_pieces"  # count

    BEFORE_DEADLINE = "before_deadline"  # at, by: done that long before
    BEFORE_DUE = "before_due"  # at, by: done that long before
    LATE = "late"  # at, by: done that long after it was due

    NOT_BEFORE_CAP = "not_before_cap"  # at, until: free, but those days have reached their limit
    NOT_BEFORE_TASK = "not_before_task"  # task_id, until: that task has the time before; and
    NOT_BEFORE_EVENT = "not_before_event"  # event_id, until: that event has it; either with
    # by: then a buffer follows, or with at: then no stretch before that is long enough
    NOT_BEFORE_HOURS = "not_before_hours"  # name, at: its hours open only there
    NOT_BEFORE_DONE = "not_before_done"  # task_id, until: it waits for that task
    NOT_BEFORE_RELEASE = "not_before_release"  # at

    # It was seen to start within the fence, and a hard rule moved it:
    MOVED_FOR_EVENT = "moved_for_event"  # event_id: that event lies there
    MOVED_FOR_HOURS = "moved_for_hours"  # name: its hours are not open there
    MOVED_FOR_DEADLINE = "moved_for_deadline"  # at: its deadline comes before its old end
    MOVED_FOR_RELEASE = "moved_for_release"  # at: it may begin only after its old start
    MOVED_FOR_TASK = "moved_for_task"  # task_id, until: it waits for that task
    MOVED_FOR_PIN = "moved_for_pin"  # task_id: that was put there, or runs there
    MOVED_FOR_URGENT = "moved_for_urgent"  # task_id, at: that lies there, with this deadline
    MOVED_FOR_OTHERS = "moved_for_others"  # room for deadlines or limits, not right there


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One fact. `by` is a length: slack, lateness, or the buffer that keeps two things apart."""

    code: Code
    at: datetime | None = None
    until: datetime | None = None
    by: timedelta | None = None
    task_id: int | None = None
    event_id: int | None = None
    name: str | None = None
    count: int | None = None

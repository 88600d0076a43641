"""The tasks of a list in groups, each with a heading."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from dayloom.i18n import dates
from dayloom.i18n.words import gettext as _
from dayloom.i18n.words import marked
from dayloom.plans.models import SlotRow
from dayloom.tasks.models import Task, TaskStatus
from dayloom.web.task_query import Group, Show
from dayloom.web.words import MINUTE, Words, band

Slots = Mapping[int, Sequence[SlotRow]]
Key = tuple[int | str, str]
LAST = 9999
WEEK = 7
BEYOND = range(WEEK, LAST)  # weeks, where nearer days stand one by one
BANDS = {
    "hi": (0, marked("High, 7 and above")),
    "mid": (1, marked("Middle, 4 to 7")),
    "lo": (2, marked("Low, below 4")),
}


@dataclass(frozen=True, slots=True)
class Grouped:
    """A task, the heading it stands under, how many stand there, and whether that is a day."""

    task: Task
    heading: str
    count: int
    of_day: bool


def group_tasks(
    tasks: Sequence[Task], slots: Slots, words: Words, *, show: Show, by: Group
) -> list[Grouped]:
    """Return the tasks in the order of their groups; without a heading where there is none.

    Inside a group open tasks stand by their next place, those without one last; finished ones by
    time, newest first.
    """
    key = _KEYS[by] if show is Show.OPEN else _finished_day
    found: list[tuple[Key, Task]] = [(key(task, slots, words), task) for task in tasks]
    if show is Show.OPEN:
        found.sort(key=lambda one: (one[0], place_of(one[1], slots)))
    else:
        found.sort(key=lambda one: _end(one[1]), reverse=True)
    grouped: list[Grouped] = []
    for (place, heading), members in groupby(found, key=lambda one: one[0]):
        group = [task for _key, task in members]
        of_day = key in (_planned_day, _finished_day) and place not in BEYOND
        grouped += (Grouped(task, heading, len(group), of_day) for task in group)
    return grouped


def place_of(task: Task, slots: Slots) -> tuple[bool, float, int]:
    """Return what sorts open tasks by their next place, those without one by priority."""
    own = slots.get(task.id)
    return (not own, own[0].start.timestamp() if own else -task.priority, task.id)


def _end(task: Task) -> tuple[datetime, int]:
    return task.actual_end_time or task.release or task.updated_at, task.id


def _planned_day(task: Task, slots: Slots, words: Words) -> Key:
    if task.status is TaskStatus.STARTED:
        return -1, _("Running")
    own = slots.get(task.id)
    if not own and task.needs_scheduling and task.release and task.release > words.now:
        return _day(words.local(task.release).date(), words)
    if not own:
        return LAST, _("Not placed")
    return _day(words.local(own[0].start).date(), words)


def _due(task: Task, _slots: Slots, words: Words) -> Key:
    until = task.deadline or task.due
    if until is None:
        return LAST, _("No date")
    if until < words.now:
        return -1, _("Overdue")
    return _day(words.local(until - MINUTE).date(), words)


def _day(day: date, words: Words) -> Key:
    """Return the days of a week one by one, and what is beyond together."""
    ahead = (day - words.today).days
    if ahead < 0:
        return -1, _("Earlier")
    if ahead < 2:
        return ahead, _("Tomorrow") if ahead else _("Today")
    if ahead < WEEK:
        return ahead, dates.weekday(day)
    monday = day - timedelta(days=(day.weekday()))
    first = max(monday, words.today + timedelta(days=WEEK))
    return (first - words.today).days, _("From %(day)s", day=dates.day_and_month(first))


def _finished_day(task: Task, _slots: Slots, words: Words) -> Key:
    day = words.local(_end(task)[0]).date()
    behind = (words.today - day).days
    near = {0: _("Today"), 1: _("Yesterday")}
    return -day.toordinal(), near.get(behind) or dates.long_date(day)


def _project(task: Task, _slots: Slots, _words: Words) -> Key:
    return task.project.casefold() or "~", task.project or _("No project")


def _tag(task: Task, _slots: Slots, _words: Words) -> Key:
    tags = " ".join(f"#{tag}" for tag in task.tags)
    return tags or "~", tags or _("No tag")


def _hours(task: Task, _slots: Slots, _words: Words) -> Key:
    return task.hour_map or "", (task.hour_map or _("usual hours")).capitalize()


def _energy(task: Task, _slots: Slots, _words: Words) -> Key:
    """Return the time of day at which the task is done best."""
    names = ", ".join(window["name"] for window in task.preferred)
    first = min((window["start"] for window in task.preferred), default="~")
    return first, names.capitalize() or _("At any time")


def _priority(task: Task, _slots: Slots, _words: Words) -> Key:
    place, heading = BANDS[band(task.priority)]
    return place, _(heading)


def _none(_task: Task, _slots: Slots, _words: Words) -> Key:
    return 0, ""


_KEYS: Mapping[Group, Callable[[Task, Slots, Words], Key]] = {
    Group.DAY: _planned_day,
    Group.DUE: _due,
    Group.PROJECT: _project,
    Group.TAG: _tag,
    Group.HOURS: _hours,
    Group.ENERGY: _energy,
    Group.PRIORITY: _priority,
    Group.NONE: _none,
}

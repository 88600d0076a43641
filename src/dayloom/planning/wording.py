"""Every sentence the planning core says to a person, in one place."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from math import ceil

from dayloom.planning.plan import Obstacle, Status, Unplaced
from dayloom.planning.reason import Code, Reason

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

Name = Callable[[int], str]
Say = Callable[[datetime], str]

REASONS: dict[Code, str] = {
    Code.RUNNING: "You are working on it.",
    Code.PINNED: "You put it there.",
    Code.KEPT_WHERE_SEEN: "Kept where you saw it.",
    Code.AT_ONCE: "It can start at once.",
    Code.RIGHT_AFTER: "Right after “{task}”{gap}.",
    Code.HELD: "It stays where it was.",
    Code.FIRST_FREE: "First free time{stretch}.",
    Code.ONLY_STRETCH: "In the only free stretch before {at} that is long enough for it.",
    Code.LONGEST_STRETCH: "In the longest free stretch before {at}: {length}.",
    Code.ALSO_FREE: "{at} is free for it too.",
    Code.NO_HURRY: "{at} is free for it too, but it gains nothing from being earlier.",
    Code.FIRST_IN_WINDOW: "First free time in its preferred time, {name}.",
    Code.IN_WINDOW: "In its preferred time, {name}.",
    Code.OUTSIDE_WINDOW: "Not wholly in its preferred time, {name}.",
    Code.AS_PROPOSED: "Where your model proposed it.",
    Code.NOT_AS_PROPOSED: "Your model proposed {at}{taken}.",
    Code.IN_PIECES: "In {count} pieces.",
    Code.BEFORE_DEADLINE: "{slack} its deadline, {at}.",
    Code.BEFORE_DUE: "{slack} it is due, {at}.",
    Code.LATE: "Late by {late}: due {at}.",
    Code.NOT_BEFORE_CAP: "Not {full}: a daily limit would be exceeded.",
    Code.NOT_BEFORE_TASK: "Not earlier: “{task}” until {until}{rest}.",
    Code.NOT_BEFORE_EVENT: "Not earlier: {event} until {until}{rest}.",
    Code.NOT_BEFORE_HOURS: "Not earlier: {name} hours start {at}.",
    Code.NOT_BEFORE_DONE: "“{task}” comes first, until {until}.",
    Code.NOT_BEFORE_RELEASE: "Not to be started before {at}.",
    Code.MOVED_FOR_EVENT: "Moved although near: {event} takes its place.",
    Code.MOVED_FOR_HOURS: "Moved although near: {name} hours are not open there.",
    Code.MOVED_FOR_DEADLINE: "Moved although near: its deadline is now {at}.",
    Code.MOVED_FOR_RELEASE: "Moved although near: not to be started before {at}.",
    Code.MOVED_FOR_TASK: "Moved although near: it waits for “{task}”, until {until}.",
    Code.MOVED_FOR_PIN: "Moved although near: “{task}” is fixed there.",
    Code.MOVED_FOR_URGENT: "Moved although near: “{task}” must be done by {at} and lies there.",
    Code.MOVED_FOR_OTHERS: (
        "Moved although near: no way was found to leave it and keep every deadline and limit."
    ),
}

OBSTACLES: dict[Obstacle, str] = {
    Obstacle.NO_HOURS: (
        "Its hours do not open while it may be done. Give it other hours, or later dates."
    ),
    Obstacle.EVENTS: (
        "Events take all of the hours in which it may be done. "
        "Give it other hours, or other dates."
    ),
    Obstacle.TOO_LONG: (
        "No free stretch is long enough{missing}. Let it be split, or make it shorter."
    ),
    Obstacle.NO_ROOM: "{room}. Move its dates, or let something else wait.",
    Obstacle.DAILY_CAP: (
        "A daily limit leaves it too little time. Raise the limit, or move its dates."
    ),
    Obstacle.DEADLINE: (
        "It cannot be done by its deadline{missing}. Move the deadline, or make it shorter."
    ),
    Obstacle.WAITS: "It waits for {tasks}, which {has} no place. Make room for that first.",
    Obstacle.BEFORE_PINNED: (
        "It must be done before {tasks}, which {lies} too early{missing}. Move {that}."
    ),
}

ONE = {"has": "has", "lies": "lies", "that": "that"}
SEVERAL = {"has": "have", "lies": "lie", "that": "those"}


def sentence(reason: Reason, *, name_of_task: Name, name_of_event: Name, say_time: Say) -> str:
    """Return a reason in words; names and moments are said as the caller's functions say them."""
    return REASONS[reason.code].format(
        task="" if reason.task_id is None else name_of_task(reason.task_id),
        event="" if reason.event_id is None else name_of_event(reason.event_id),
        at=say_time(reason.at) if reason.at else "",
        until=say_time(reason.until) if reason.until else "",
        taken="" if reason.task_id is None else f", where “{name_of_task(reason.task_id)}” lies",
        late=say_distance(max(reason.by or MINUTE, MINUTE)),
        gap=f", with {say_length(reason.by)} between" if reason.by else "",
        slack=_slack(reason.by or timedelta(0)),
        full=_full(reason, say_time),
        stretch=f" for {say_length(reason.by)} in one go" if reason.by else "",
        length=say_length(reason.by or timedelta(0)),
        rest=_rest(reason, say_time),
        name=reason.name,
        count=reason.count,
    )


def obstacle_sentence(unplaced: Unplaced, *, name_of_task: Name) -> str:
    """Return why a task has no place, by how much, and what would help."""
    tasks = _listed([f"“{name_of_task(task_id)}”" for task_id in unplaced.because_of])
    missing = say_length(unplaced.missing) if unplaced.missing else ""
    return OBSTACLES[unplaced.obstacle].format(
        tasks=tasks or "another task",
        **(SEVERAL if len(unplaced.because_of) > 1 else ONE),
        missing=f": {missing} are missing" if missing else "",
        room=_room(missing, tasks),
    )


def certificate_sentence(status: Status, gap: float | None) -> str:
    """Return how good a plan is known to be; `gap` is the share of its cost that may be saved."""
    if status is Status.OPTIMAL:
        return "Proven best: no plan keeps the rules at a lower cost."
    if gap is not None:
        percent = ceil(gap * 100)
        return f"Within {percent} %: at most that much of its cost could still be saved."
    if status is Status.BOUNDED:
        return "Improved; how much better it could be is not known."
    return "First answer; a better plan may follow."


def say_length(length: timedelta) -> str:
    """Return an amount of time in words: 45 min, 2 h, 1 h 30, 26 h."""
    hours, minutes = divmod(ceil(length / MINUTE), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02}" if minutes else f"{hours} h"


def say_distance(length: timedelta) -> str:
    """Return how far apart two moments are, never more than it is: 45 min, 2 days 3 h."""
    days = length // DAY
    if not days:
        return say_length(length // MINUTE * MINUTE)
    hours = (length - days * DAY) // timedelta(hours=1)
    return f"{days} {'day' if days == 1 else 'days'}" + (f" {hours} h" if hours else "")


def _slack(length: timedelta) -> str:
    return "Just in time for" if length < MINUTE else f"{say_distance(length)} before"


def _full(reason: Reason, say_time: Say) -> str:
    """Return from when to when only daily limits stand in the way."""
    first, last = (say_time(at) if at else "" for at in (reason.at, reason.until))
    return f"from {first} to {last}" if last else first


def _rest(reason: Reason, say_time: Say) -> str:
    if reason.at:
        return f", then nothing long enough before {say_time(reason.at)}"
    return f" and {say_length(reason.by)} of buffer" if reason.by else ""


def _room(missing: str, tasks: str) -> str:
    if not missing:
        return (
            f"What is left free does not fit it; {tasks} lie there"
            if tasks
            else ("What is left free does not fit it")
        )
    return f"{missing} are missing" + (f": {tasks} have the time" if tasks else "")


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

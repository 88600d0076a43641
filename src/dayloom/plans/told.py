"""What a model is told of an account: its tasks and times, in the person's own clock."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dayloom.language.program.questions import Commitment, FreeSlot, OpenTask
from dayloom.planning.interval import Interval
from dayloom.plans.inputs import PlanInputs
from dayloom.preferences.models import RuleKind
from dayloom.preferences.rules_repository import RulesRepository
from dayloom.tasks.models import Task

NEAR = timedelta(days=7)
MOST_COMMITMENTS = 40
MINUTE = timedelta(minutes=1)


def say(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment as models are told of it: "Fri 2026-11-27 17:00"."""
    return f"{moment.astimezone(zone):%a %Y-%m-%d %H:%M}"


def open_task(task: Task, zone: ZoneInfo, *, priority: float | None = None) -> OpenTask:
    return OpenTask(
        id=task.id,
        title=task.title,
        minutes=task.duration // MINUTE,
        due=say(task.due, zone) if task.due else None,
        deadline=say(task.deadline, zone) if task.deadline else None,
        priority=priority,
        tags=list(task.tags),
        status=task.status.value,
    )


def commitments(inputs: PlanInputs, *, leaving_out: int) -> list[Commitment]:
    """Return what is planned for the next days; of calendars only that the time is taken."""
    titles = {task.id: task.title for task in inputs.tasks if task.id != leaving_out}
    taken = [
        (slot.start, slot.end, titles[slot.task_id])
        for slot in inputs.slots
        if slot.task_id in titles
    ]
    taken += [(event.start, event.end, "busy") for event in inputs.busy]
    near = Interval(inputs.now, inputs.now + NEAR)
    return [
        Commitment(start=say(start, inputs.zone), end=say(end, inputs.zone), title=title)
        for start, end, title in sorted(taken)
        if start < near.end and end > near.start
    ][:MOST_COMMITMENTS]


def free_slots(places: Sequence[Interval], zone: ZoneInfo) -> list[FreeSlot]:
    """Return the places, numbered from one."""
    return [
        FreeSlot(id=number, start=say(place.start, zone), end=say(place.end, zone))
        for number, place in enumerate(places, start=1)
    ]


def first_of_series(tasks: Sequence[Task]) -> Iterator[Task]:
    """Yield single tasks, and of recurring ones only the first of each."""
    known: set[int] = set()
    for task in tasks:
        if task.series_id is None or task.series_id not in known:
            known.add(task.series_id or 0)
            yield task


def rule_sentences(session: Session, account_id: int) -> list[str]:
    """Return the sentences of the rules that are switched on and hold."""
    rules = RulesRepository(session, account_id).all()
    held = (
        rule.sentence
        for rule in rules
        if rule.enabled and not rule.complaint and rule.kind is not RuleKind.NOT_UNDERSTOOD
    )
    return list(dict.fromkeys(held))

"""Conflicts and repairs in the person's own words: their titles, their zone, their clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dayloom.planning.difference import Kind, difference
from dayloom.planning.edits import (
    AllowPieces,
    Edit,
    LeaveOut,
    MoveDeadline,
    MoveDue,
    OpenHours,
    SetBuffers,
)
from dayloom.planning.problem import Problem, Task
from dayloom.planning.why_not.demand import Demand
from dayloom.planning.why_not.diagnosis import Diagnosis, Finding, Repair
from dayloom.planning.why_not.member import (
    EventMember,
    Member,
    Rule,
    RuleMember,
    TaskMember,
    WaitMember,
)
from dayloom.planning.wording import say_length
from dayloom.plans.changeset import Change
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.portions import task_of
from dayloom.plans.rehearsing import Lateness, Rehearsal
from dayloom.plans.remedies import date_field
from dayloom.preferences.wallclock import WallClock

FIELDS = {"due": "due date", "deadline": "deadline"}
ONE_PIECE = "it is done in one piece"
FEW = 2  # others that move are told with their new times
NOBODY_MOVES = "Nothing else moves."


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstruction:
    """One member of a conflict: what it is, its number if it has one, and its words."""

    kind: str
    id: int | None
    text: str


class DiagnosisTeller:
    """Words what is found out about one task."""

    def __init__(self, inputs: PlanInputs, demand: Demand, diagnosis: Diagnosis) -> None:
        self._inputs = inputs
        self._diagnosis = diagnosis
        self._task_id = task_of(diagnosis.task_id)
        self._plan = demand.plan
        self._rows = {task.id: task for task in inputs.tasks}
        self._events = {event.id: event for event in inputs.busy}
        self._problem: Problem = demand.problem
        self._tasks = {task.id: task for task in demand.problem.tasks}
        self._asked = {task.id: task.deadline for task in demand.required().tasks}
        self._clock = WallClock.of(inputs.preferences, inputs.now)

    def sentence(self) -> str:
        """Return what was found out, in a sentence or two."""
        found = self._diagnosis
        goal = "in time" if self._asked.get(found.task_id) else "at all"
        if found.finding is Finding.POSSIBLE:
            return f"It can be done {goal}{self._condition()}."
        if found.finding is Finding.UNKNOWN:
            return f"Whether it can be done {goal} could not be found out."
        return f"It cannot be done {goal}.{self._missing()}"

    def members(self) -> list[Obstruction]:
        return [
            Obstruction(kind=_kind(one), id=_id_of(one), text=self._member(one))
            for one in self._diagnosis.members
        ]

    def repair(self, repair: Repair) -> str:
        """Return what a repair changes."""
        said = [self._edit(edit) for edit in repair.edits]
        return " and ".join(said) or self._pinned(repair)

    def effect(self, rehearsal: Rehearsal) -> str:
        """Return what comes of it: where the task lies, who moves, and who is later."""
        said = [self._place(rehearsal), *self._moved(rehearsal)]
        return " ".join([*said, *(self._late(one) for one in rehearsal.later)])

    def _condition(self) -> str:
        """Say of a task that could be done whether others would have to make way."""
        for repair in self._diagnosis.repairs:
            changes = difference(self._plan, repair.plan).changes
            others = any(task_of(one.task_id) != self._task_id for one in changes)
            return " if others make way" if others else ": there is room for it"
        return ""

    def _missing(self) -> str:
        missing = self._diagnosis.missing
        if missing is None:
            return ""
        whole = self._tasks[self._diagnosis.task_id].duration
        if missing >= whole:
            return " There is no time for it."
        return f" It would have to be {say_length(missing)} shorter."

    def _member(self, member: Member) -> str:
        match member:
            case TaskMember(task_id=task_id):
                return self._other(self._tasks[task_id])
            case EventMember(event_id=event_id):
                event = self._events[event_id]
                end = self._clock.dated(event.end, on=event.start)
                return f"“{event.summary}”, {self._clock.dated_start(event.start)} to {end}"
            case WaitMember(task_id=task_id):
                return f"it comes after {self._title(task_id)}"
            case RuleMember(rule=rule):
                return self._rule(rule, self._tasks[self._diagnosis.task_id])

    def _other(self, task: Task) -> str:
        title, row = self._title(task.id), self._rows[task_of(task.id)]
        if task.running:
            return f"{title}, which is running"
        if task.pinned:
            how = "pinned to" if row.pins else "about to begin"
            return f"{title}, {how} {self._say(min(task.pinned).start)}"
        asked = self._asked.get(task.id)
        return f"{title}, {self._date(task, asked)}" if asked else title

    def _date(self, task: Task, at: datetime) -> str:
        """Return a date that a task keeps, by its name: "due date Fri 17:00"."""
        row = self._rows[task_of(task.id)]
        name = "deadline" if at == task.deadline else date_field(row, self._inputs.now)
        gone = ", which is over" if at <= self._inputs.now else ""
        return f"{FIELDS[name]} {self._say(at)}{gone}"

    def _rule(self, rule: Rule, task: Task) -> str:
        match rule:
            case Rule.DEADLINE:
                asked = self._asked.get(task.id)
                return f"its {self._date(task, asked or self._problem.horizon.end)}"
            case Rule.RELEASE:
                start = self._clock.dated_start(task.release or self._problem.now)
                return f"it does not begin before {start}"
            case Rule.ONE_PIECE:
                least = task.min_chunk
                return f"its pieces of {say_length(least)} or more" if least else ONE_PIECE
            case Rule.DAILY_CAP:
                return "a daily limit"
            case Rule.HOURS:
                return f"its hours, “{task.hours}”"
            case Rule.BUFFER | Rule.EVENT_BUFFER:
                return f"the {self._pause(around_events=rule is Rule.EVENT_BUFFER)}"

    def _pause(self, *, around_events: bool) -> str:
        if around_events:
            return f"pause of {say_length(self._problem.event_buffer)} around events"
        return f"pause of {say_length(self._problem.buffer)} between tasks"

    def _edit(self, edit: Edit) -> str:
        match edit:
            case MoveDeadline(task_id=task_id, at=at) if at:
                return f"Move {self._whose(task_id, 'deadline')} to {self._say(at)}"
            case MoveDue(task_id=task_id, at=at) if at:
                field = date_field(self._rows[task_of(task_id)], self._inputs.now)
                return f"Move {self._whose(task_id, FIELDS[field])} to {self._say(at)}"
            case AllowPieces(min_chunk=least):
                return f"Split it into pieces of {say_length(least)} or more"
            case LeaveOut(task_id=task_id):
                return f"Remove {self._title(task_id)}"
            case OpenHours(hours=name, interval=more):
                end = self._clock.dated(more.end, on=more.start)
                return (
                    f"Add {say_length(more.duration)} to the “{name}” hours: "
                    f"{self._clock.dated(more.start)} to {end}"
                )
            case SetBuffers(buffer=buffer):
                return f"Drop the {self._pause(around_events=buffer is None)}"
        raise TypeError(f"no repair of a person: {edit!r}")

    def _pinned(self, repair: Repair) -> str:
        first = repair.plan.by_task()[self._diagnosis.task_id][0]
        return f"Pin it to {self._say(first.start)}"

    def _place(self, rehearsal: Rehearsal) -> str:
        pieces = rehearsal.arrangement.content.by_task()[self._task_id]
        parts = f", in {len(pieces)} pieces" if len(pieces) > 1 else ""
        return f"It is done {self._say(pieces[-1].end)}{parts}."

    def _moved(self, rehearsal: Rehearsal) -> Iterable[str]:
        changes = rehearsal.arrangement.changes
        others = [one for one in changes if one.task_id != self._task_id]
        moved = [one for one in others if one.kind not in (Kind.ADDED, Kind.DROPPED)]
        added = [one for one in others if one.kind is Kind.ADDED]
        if len(moved) > FEW:
            yield f"{len(moved)} others move."
        else:
            yield from (
                f"{self._title(one.task_id)} moves to {self._begin(one)}." for one in moved
            )
        if added:
            verb = "gets" if len(added) == 1 else "get"
            yield f"{_listed([self._title(one.task_id) for one in added])} {verb} a place too."
        if not others:
            yield NOBODY_MOVES

    def _begin(self, change: Change) -> str:
        return self._clock.dated_start(change.after[0].start)

    def _late(self, one: Lateness) -> str:
        own = one.task_id == self._task_id
        who = "It" if own else self._title(one.task_id)
        instead = f" instead of {say_length(one.before)}" if one.before > timedelta(0) else ""
        return f"{who} is {say_length(one.by)} late{instead}."

    def _whose(self, task_id: int, what: str) -> str:
        own = self._task_id == task_of(task_id)
        return f"its {what}" if own else f"the {what} of {self._title(task_id)}"

    def _title(self, task_id: int) -> str:
        return f"“{self._rows[task_of(task_id)].title}”"

    def _say(self, moment: datetime) -> str:
        return self._clock.dated(moment)


def _kind(member: Member) -> str:
    match member:
        case TaskMember() | WaitMember():
            return "task"
        case EventMember():
            return "event"
        case RuleMember(rule=rule):
            return rule.value


def _id_of(member: Member) -> int | None:
    match member:
        case TaskMember(task_id=task_id) | WaitMember(task_id=task_id):
            return task_of(task_id)
        case EventMember(event_id=event_id):
            return event_id
        case _:
            return None


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

"""The edits that may help a task: each as small as it can be and still make it possible."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from dayloom.planning.edits import (
    AllowPieces,
    Edit,
    LeaveOut,
    LiftCaps,
    MoveDeadline,
    MoveDue,
    OpenHours,
    SetBuffers,
    SkipEvent,
)
from dayloom.planning.instance import compile_problem
from dayloom.planning.interval import Interval
from dayloom.planning.problem import Problem, Task
from dayloom.planning.why_not.demand import Demand, last_ends
from dayloom.planning.why_not.member import EventMember, Member, Rule, RuleMember, TaskMember

HOUR_STEP, MOST_HOURS = timedelta(minutes=15), timedelta(hours=3)
LEAST_PIECE = timedelta(minutes=30)
FEW = 3  # as many tasks, days and events of a conflict are tried
MOST_DAYS = 7

EVERY_KIND: frozenset[type[Edit]] = frozenset(
    (AllowPieces, SetBuffers, OpenHours, LiftCaps, MoveDue, MoveDeadline, LeaveOut, SkipEvent)
)  # deadlines and due dates are moved alike: whoever wants the one gets both

Works = Callable[[Edit], bool]


@dataclass(frozen=True, slots=True)
class Options:
    """Looks for edits that help `demand`, of what is a member of its conflict.

    `works` says whether an edit makes it possible; only edits of the `kinds` are looked for.
    """

    demand: Demand
    members: Collection[Member]
    works: Works
    kinds: Collection[type[Edit]] = EVERY_KIND

    def all(self) -> Iterator[Edit]:
        found: dict[type[Edit], Callable[[], Iterator[Edit]]] = {
            AllowPieces: self._pieces,
            SetBuffers: self._pauses,
            OpenHours: self._hours,
            LiftCaps: self._limits,
            MoveDue: self._dates,
            LeaveOut: self._left_out,
            SkipEvent: self._events,
        }
        for kind, look in found.items():
            if kind in self.kinds:
                yield from look()

    def _pieces(self) -> Iterator[Edit]:
        task = self.demand.subject
        if task.min_chunk is None and task.duration >= 2 * LEAST_PIECE:
            yield from self._helping(
                AllowPieces(task_id=task.id, min_chunk=LEAST_PIECE, max_chunk=task.duration)
            )

    def _pauses(self) -> Iterator[Edit]:
        nothing = timedelta(0)
        if RuleMember(Rule.BUFFER) in self.members:
            yield from self._helping(SetBuffers(buffer=nothing))
        if RuleMember(Rule.EVENT_BUFFER) in self.members:
            yield from self._helping(SetBuffers(event_buffer=nothing))

    def _limits(self) -> Iterator[Edit]:
        if RuleMember(Rule.DAILY_CAP) in self.members:
            for day in self._days():
                yield from self._helping(LiftCaps(interval=day))

    def _events(self) -> Iterator[Edit]:
        events = [member for member in self.members if isinstance(member, EventMember)]
        for event in events[:FEW]:
            yield from self._helping(SkipEvent(event_id=event.event_id))

    def _left_out(self) -> Iterator[Edit]:
        """Yield the least valuable other task that helps by being left out."""
        found = (LeaveOut(task_id=task.id) for task in self._rivals())
        yield from [edit for edit in found if self.works(edit)][:1]

    def _hours(self) -> Iterator[Edit]:
        """Yield, by day, the least time after the last open hour that helps, or else before the
        first."""
        found = 0
        for day in self._days():
            if edit := self._open_late(day) or self._open_early(day):
                yield edit
                found += 1
            if found == FEW:
                return

    def _open_late(self, day: Interval) -> Edit | None:
        start = max(self._open(day).end, self.demand.problem.now)
        most = min(MOST_HOURS, day.end - start) // HOUR_STEP
        return self._least(most, lambda n: self._opened(start, start + n * HOUR_STEP))

    def _open_early(self, day: Interval) -> Edit | None:
        end = self._open(day).start
        most = min(MOST_HOURS, end - max(day.start, self.demand.problem.now)) // HOUR_STEP
        return self._least(most, lambda n: self._opened(end - n * HOUR_STEP, end))

    def _opened(self, start: datetime, end: datetime) -> Edit:
        return OpenHours(hours=self.demand.subject.hours, interval=Interval(start, end))

    def _dates(self) -> Iterator[Edit]:
        """Yield the earliest date that helps, of the task itself and of others."""
        for task in [self.demand.subject, *self._rivals()]:
            if edit := self._later(task):
                yield edit

    def _later(self, task: Task) -> Edit | None:
        asked = next(one for one in self.demand.required().tasks if one.id == task.id).deadline
        if asked is None:
            return None
        instance = compile_problem(self.demand.problem)
        low, high = instance.grid.floor(asked), instance.size
        if asked == task.deadline:
            return self._least(
                high - low,
                lambda count: MoveDeadline(task_id=task.id, at=instance.grid.at(low + count)),
            )
        if task.deadline is not None:
            high = min(high, instance.grid.floor(task.deadline))
        return self._least(
            high - low, lambda count: MoveDue(task_id=task.id, at=instance.grid.at(low + count))
        )

    def _least(self, most: int, make: Callable[[int], Edit]) -> Edit | None:
        """Return the edit of the least size up to `most` that works; larger ones work too."""
        if most < 1 or not self.works(make(most)):
            return None
        low, high = 0, most
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.works(make(middle)) else (middle, high)
        return make(high)

    def _helping(self, edit: Edit) -> Iterator[Edit]:
        if self.works(edit):
            yield edit

    def _rivals(self) -> list[Task]:
        """Return the tasks of the conflict that may give way, the least valuable first."""
        ids = {member.task_id for member in self.members if isinstance(member, TaskMember)}
        placed = last_ends(self.demand.plan)
        tasks = [
            task
            for task in self.demand.problem.tasks
            if task.id in ids and task.id in placed and not task.pinned
        ]
        return sorted(tasks, key=lambda task: (task.weight, task.duration, task.id))[:FEW]

    def _days(self) -> list[Interval]:
        """Return the days on which the task could be worked on."""
        problem, task = self.demand.problem, self.demand.subject
        start = max(problem.now, task.release or problem.now)
        required = next(one for one in self.demand.required().tasks if one.id == task.id)
        end = required.deadline or problem.horizon.end
        days = [day for day in sorted(problem.days) if day.end > start and day.start < end]
        return [day for day in days if _opens(problem, task.hours, day)][:MOST_DAYS]

    def _open(self, day: Interval) -> Interval:
        """Return from when to when the hours of the task last on that day."""
        hours = self.demand.problem.hours[self.demand.subject.hours]
        parts = [part for interval in hours if (part := interval.intersection(day))]
        return Interval(min(part.start for part in parts), max(part.end for part in parts))


def _opens(problem: Problem, hours: str, day: Interval) -> bool:
    return any(interval.overlaps(day) for interval in problem.hours[hours])

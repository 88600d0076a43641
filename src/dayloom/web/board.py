"""What Today and Week are drawn from: the plan of some days and everything in them, read once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dayloom.bootstrap import Container, Services
from dayloom.calendars.models import Event
from dayloom.planning.availability import open_intervals
from dayloom.planning.interval import Interval
from dayloom.planning.wording import certificate_sentence
from dayloom.plans.content import certificate_of
from dayloom.plans.diagnoses import Knowledge
from dayloom.plans.models import DiagnosisRow, SlotRow
from dayloom.plans.overdue import is_overdue
from dayloom.plans.service import PlanView
from dayloom.preferences.hours import to_weekly_hours
from dayloom.preferences.models import HourMap, PlanMode
from dayloom.preferences.wallclock import WallClock
from dayloom.tasks.models import Task, TaskStatus
from dayloom.web.ruler import Ruler
from dayloom.web.words import Words

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Some local days: `tasks` are the unfinished ones, `finished` those of these days.

    `ends` says when the placed ones are done; `diagnoses` are by task, `knowledge` is that of the
    others.
    """

    words: Words
    second_zone: str
    mode: PlanMode
    hours: HourMap
    days: tuple[date, ...]
    tasks: Mapping[int, Task]
    titles: Mapping[int, str]
    finished: Sequence[Task]
    placed: frozenset[int]
    begins: Mapping[int, datetime]
    ends: Mapping[int, datetime]
    diagnoses: Mapping[int, DiagnosisRow]
    knowledge: Knowledge
    events: Sequence[Event]
    view: PlanView

    @property
    def window(self) -> Interval:
        return _window(self.words, self.days)

    @property
    def ruler(self) -> Ruler:
        return Ruler(self.words, alone=len(self.days) == 1)

    @property
    def elsewhere(self) -> WallClock | None:
        """Return the clock of the second time zone, if the person has one."""
        if not self.second_zone:
            return None
        return replace(self.words.clock, zone=ZoneInfo(self.second_zone))

    @property
    def proof(self) -> str:
        """Return how good the plan is known to be; empty before the first."""
        if self.view.version is None:
            return ""
        certificate = certificate_of(self.view.version)
        return certificate_sentence(certificate.status, certificate.gap)

    @property
    def overdue(self) -> int:
        """Return how many tasks are overdue."""
        return sum(
            is_overdue(task, self.begins.get(task.id), self.words.now)
            for task in self.tasks.values()
        )

    @property
    def running(self) -> Task | None:
        return next((t for t in self.tasks.values() if t.status is TaskStatus.STARTED), None)

    @property
    def slots(self) -> Sequence[SlotRow]:
        """Return the slots that count: a plan may lag behind what was done or said."""
        return [
            slot
            for slot in self.view.slots
            if (task := self.tasks.get(slot.task_id)) and not is_outdated(task, slot)
        ]

    def over(self, slot: SlotRow) -> str:
        """Return the event that came to lie over a slot, empty if the person put it there."""
        if self.tasks[slot.task_id].pins:
            return ""
        over = (e for e in self.view.busy if e.start < slot.end and slot.start < e.end)
        return next((event.summary or "Busy" for event in over), "")

    def open_on(self, day: date) -> tuple[Interval, ...]:
        """Return when the usual hours are open on a local day."""
        weekly = to_weekly_hours(self.hours.weekly, self.hours.exceptions)
        return open_intervals(weekly, self.words.zone, _window(self.words, (day,)))


def is_outdated(task: Task, slot: SlotRow) -> bool:
    """Tell whether the task was put off beyond a slot, and no plan has seen it yet."""
    return task.needs_scheduling and task.release is not None and slot.start < task.release


async def load_board(
    container: Container, choose: Callable[[Words, int], tuple[date, ...]]
) -> Board:
    """Read the days that `choose` picks, given the clock and the first day of the week."""
    preferences = await container.read(lambda s: s.preferences.require())
    words = Words.of(preferences, container.clock.now())
    days = choose(words, preferences.week_start)
    window = _window(words, days)
    view = await container.plans.view(window.start, window.end)

    def read(s: Services) -> Board:
        tasks = {task.id: task for task in s.tasks.unfinished()}
        finished = [
            task
            for task in s.tasks.finished_since(window.start)
            if task.actual_end_time and task.actual_end_time < window.end
        ]
        slots = s.placements.slots_of(list(tasks))
        return Board(
            words=words,
            second_zone=preferences.second_zone,
            mode=preferences.plan_mode,
            hours=s.rules.hour_maps()[0],
            days=days,
            tasks=tasks,
            titles=s.tasks.titles(_mentioned(view)),
            finished=finished,
            placed=frozenset(slots),
            begins={id_: min(slot.start for slot in pieces) for id_, pieces in slots.items()},
            ends={id_: max(slot.end for slot in pieces) for id_, pieces in slots.items()},
            diagnoses={row.task_id: row for row in s.diagnoses.all()},
            knowledge=s.diagnoses.knowledge(None),
            events=s.calendars.events_between(window.start, window.end),
            view=view,
        )

    return await container.read(read)


def _window(words: Words, days: tuple[date, ...]) -> Interval:
    return Interval(words.midnight(days[0]), words.midnight(days[-1] + ONE_DAY))


def _mentioned(view: PlanView) -> list[int]:
    """Return the tasks that the plan, its gaps or its changes speak of."""
    proposals = [proposal for proposal in (view.pending, view.latest) if proposal]
    changed = [int(str(c["task_id"])) for proposal in proposals for c in proposal.changes]
    return [*changed, *(row.task_id for row in view.unplaced)]

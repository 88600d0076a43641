"""Everything that a plan depends on, read in one transaction and then left alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dayloom.accounts.changes import REPLAN
from dayloom.accounts.news import News, news_since
from dayloom.calendars.repository import BusyEvent, CalendarRepository
from dayloom.infra import work
from dayloom.planning.interval import Interval
from dayloom.planning.problem import LONGEST_HORIZON
from dayloom.plans.changeset import Change
from dayloom.plans.hours import HourChoice
from dayloom.plans.models import Cause, SlotRow
from dayloom.plans.repository import PlanRepository
from dayloom.plans.ruling import TaskRules
from dayloom.plans.slots import SlotRepository
from dayloom.preferences.models import HourMap, PlanMode, Preferences
from dayloom.preferences.modes import mode_for
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.ruling import Ruling
from dayloom.tasks.dependencies import LONGEST_GAP
from dayloom.tasks.models import Task
from dayloom.tasks.repository import TaskRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInputs:
    """A consistent picture of one account. `revision` counts the changes that made it.

    `tasks` are unfinished, `finished` were completed today. `rested` says when the pause after
    a finished task is over, for those that keep one. `put_back` are tasks that lie where an
    undo or a repair put them. `waiting` is what the plan is behind with. `hour_maps` are as the
    rules make them, `own_hour_maps` as they were written.
    """

    account_id: int
    now: datetime
    revision: int
    version: int
    preferences: Preferences
    hour_maps: Sequence[HourMap]
    own_hour_maps: Sequence[HourMap]
    tasks: Sequence[Task]
    slots: Sequence[SlotRow]
    busy: Sequence[BusyEvent]
    finished: Sequence[Task]
    rested: Mapping[int, datetime]
    put_back: frozenset[int]
    rules: TaskRules
    waiting: frozenset[News]

    @property
    def mode(self) -> PlanMode:
        """Who decides about the next plan that nobody asks for."""
        return mode_for(self.preferences, self.waiting)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.preferences.time_zone)

    @property
    def hours(self) -> HourChoice:
        return HourChoice(self.hour_maps, self.zone, self.rules)

    @property
    def buffer(self) -> timedelta:
        return self.rules.ruling.pause(self.preferences.buffer, around_events=False)

    @property
    def event_buffer(self) -> timedelta:
        return self.rules.ruling.pause(self.preferences.event_buffer, around_events=True)

    def pieces(self) -> dict[int, list[SlotRow]]:
        """Return the current slots by task, in order of time."""
        found: dict[int, list[SlotRow]] = {}
        for slot in self.slots:
            found.setdefault(slot.task_id, []).append(slot)
        return found


def load_inputs(session: Session, *, account_id: int, now: datetime) -> PlanInputs:
    """Read all of it. The revision read here fences what is later made of it."""
    preferences_rows = PreferencesRepository(session, account_id)
    preferences = preferences_rows.get()
    if preferences is None:
        raise LookupError(f"account {account_id} was never set up")
    plans, tasks = PlanRepository(session, account_id), TaskRepository(session, account_id)
    slots = SlotRepository(session, account_id).all()
    ruling = Ruling.of(preferences_rows.rules.all())
    own_hour_maps = preferences_rows.hour_maps()
    return PlanInputs(
        account_id=account_id,
        now=now,
        revision=work.wanted(session, REPLAN, str(account_id)),
        version=plans.version(),
        preferences=preferences,
        hour_maps=ruling.hour_maps(own_hour_maps),
        own_hour_maps=own_hour_maps,
        tasks=tasks.unfinished(),
        slots=slots,
        busy=CalendarRepository(session, account_id).busy_between(
            now - timedelta(days=1), now + LONGEST_HORIZON
        ),
        finished=tasks.finished_since(_midnight(preferences, now)),
        rested=_rested(tasks, now),
        put_back=frozenset(_put_back(plans, slots)),
        rules=TaskRules(ruling),
        waiting=news_since(session, account_id, plans.revision()),
    )


def _midnight(preferences: Preferences, now: datetime) -> datetime:
    zone = ZoneInfo(preferences.time_zone)
    return datetime.combine(now.astimezone(zone), time(), zone)


def _rested(tasks: TaskRepository, now: datetime) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for task_id, gap, end in tasks.pauses(now - LONGEST_GAP):
        if end is not None:
            found[task_id] = max(found.get(task_id, now), end + gap)
    return found


def _put_back(plans: PlanRepository, slots: Sequence[SlotRow]) -> Iterator[int]:
    """Yield the tasks that still lie where an undo or a repair put them."""
    present: dict[int, list[Interval]] = {}
    for slot in slots:
        present.setdefault(slot.task_id, []).append(Interval(slot.start, slot.end))
    for cause, changes in plans.changes_settled():
        for change in map(Change.from_json, changes):
            meant = change.before or cause is Cause.REPAIR
            if meant and list(change.after) == present.get(change.task_id):
                yield change.task_id

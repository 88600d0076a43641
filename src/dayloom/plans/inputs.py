"""Everything that a plan depends on, read in one transaction and then left alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dayloom.accounts.changes import REPLAN
from dayloom.calendars.repository import BusyEvent, CalendarRepository
from dayloom.infra import work
from dayloom.planning.problem import LONGEST_HORIZON
from dayloom.plans.models import SlotRow
from dayloom.plans.repository import PlanRepository
from dayloom.preferences.models import HourMap, Preferences
from dayloom.preferences.repository import PreferencesRepository
from dayloom.tasks.models import Task
from dayloom.tasks.repository import TaskRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInputs:
    """A consistent picture of one account. `revision` counts the changes that made it."""

    account_id: int
    now: datetime
    revision: int
    version: int
    preferences: Preferences
    hour_maps: Sequence[HourMap]
    tasks: Sequence[Task]
    slots: Sequence[SlotRow]
    busy: Sequence[BusyEvent]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.preferences.time_zone)

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
    plans = PlanRepository(session, account_id)
    return PlanInputs(
        account_id=account_id,
        now=now,
        revision=work.wanted(session, REPLAN, str(account_id)),
        version=plans.version(),
        preferences=preferences,
        hour_maps=preferences_rows.hour_maps(),
        tasks=TaskRepository(session, account_id).unfinished(),
        slots=plans.slots(),
        busy=CalendarRepository(session, account_id).busy_between(
            now - timedelta(days=1), now + LONGEST_HORIZON
        ),
    )

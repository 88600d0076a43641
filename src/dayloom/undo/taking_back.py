"""Taking back an entry of the journal that made no plan, in the caller's transaction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes
from dayloom.calendars.repository import CalendarRepository
from dayloom.calendars.service import CalendarService
from dayloom.inferences.presence import has_model
from dayloom.inferences.repository import InferenceRepository
from dayloom.inferences.settings import ModelService
from dayloom.infra.errors import Conflict, NotFound
from dayloom.journal.models import Entry
from dayloom.journal.putting_back import Keeper, put_back
from dayloom.journal.repository import JournalRepository
from dayloom.journal.rows import Edit, Image
from dayloom.plans.routines import rules_of
from dayloom.preferences.models import HourMap, Preferences
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.service import PreferencesService
from dayloom.preferences.views import ViewService
from dayloom.tasks.models import TaskStatus
from dayloom.tasks.recurrence import SeriesService
from dayloom.tasks.repository import TaskRepository
from dayloom.tasks.service import TaskService

GOES_ON = timedelta(minutes=10)  # what was stopped longer ago does not run again by itself
TOO_LATE = "it rests for too long to go on as if it had not stopped"
UNDONE_ALREADY = "This is undone already."


class PreferencesKeeper:
    """Lets what was put back count for calendars too, whose days begin elsewhere."""

    def __init__(self, preferences: PreferencesService, calendars: CalendarService) -> None:
        self._preferences = preferences
        self._calendars = calendars

    def settle(self, row: Preferences | HourMap, was: Image) -> None:
        self._preferences.settle(row, was)
        if "time_zone" in was:
            self._calendars.refresh_all()

    def take_away(self, row: HourMap) -> None:
        self._preferences.take_away(row)


def require_entry(account_id: int, entry_id: int, session: Session) -> Entry:
    """Return an entry that still holds. Raises `NotFound`, or `Conflict` if it is undone."""
    entry = JournalRepository(session, account_id).get(entry_id)
    if entry is None:
        raise NotFound(f"There is no change {entry_id}.")
    if entry.undone_at is not None:
        raise Conflict(UNDONE_ALREADY)
    return entry


def take_back(
    session: Session, account_id: int, entry: Entry, *, now: datetime
) -> Mapping[str, str]:
    """Take the entry back, and return what stays as it is with the reason, by its name.

    Raises `Conflict` where that is everything.
    """
    edits = [Edit.from_json(stored) for stored in entry.edits]
    late = [one for one in edits if _went_on(one)] if now - entry.at > GOES_ON else []
    kept = [_at_rest(one) if one in late else one for one in edits]
    outcome = put_back(
        session,
        account_id,
        [one for one in kept if one.before != {}],
        _keepers(session, account_id, now),
    )
    outcome.left.update({one.label: TOO_LATE for one in kept if one.before == {}})
    if not outcome.done:
        name, reason = next(iter(outcome.left.items()), ("", "nothing is left of it"))
        raise Conflict(
            f"This cannot be undone: {f'“{name}”: ' if name else ''}{reason.rstrip('.')}."
        )
    return outcome.left


def _went_on(edit: Edit) -> bool:
    """Tell whether a task ran before the edit."""
    return bool(edit.before and edit.after and edit.before.get("status") == TaskStatus.STARTED)


def _at_rest(edit: Edit) -> Edit:
    """Return the edit without what would let the task run again."""
    before = {**(edit.before or {}), "status": TaskStatus.OPEN.value}
    after = {**(edit.after or {})}
    names = [name for name in before if name != "worked" and before[name] != after[name]]
    return replace(edit, before={n: before[n] for n in names}, after={n: after[n] for n in names})


def _keepers(session: Session, account_id: int, now: datetime) -> Mapping[str, Keeper]:
    changes = Changes(session, account_id, now)
    task_rows = TaskRepository(session, account_id)
    preferences_rows = PreferencesRepository(session, account_id)
    known = partial(has_model, session, account_id)
    calendars = CalendarService(CalendarRepository(session, account_id), changes, now=now)
    preferences = PreferencesService(preferences_rows, changes)
    zone = ZoneInfo(preferences.require().time_zone)
    both = PreferencesKeeper(preferences, calendars)
    return {
        "task": TaskService(task_rows, changes, now=now, has_model=known),
        "series": SeriesService(task_rows, changes, now=now, zone=zone),
        "preferences": both,
        "hours": both,
        "rule": rules_of(session, account_id, now),
        "calendar": calendars,
        "view": ViewService(session, account_id, changes, now=now),
        "model": ModelService(InferenceRepository(session, account_id), changes),
    }

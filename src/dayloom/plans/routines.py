"""Protected routines: each is a recurring task, which begins and ends with its rule."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes
from dayloom.infra.errors import Invalid, NotFound
from dayloom.language.wishes import Wish
from dayloom.planning.availability import instant, parse_clock
from dayloom.plans.capture import CaptureService
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.rules import RulesService
from dayloom.preferences.rules_complaints import USUAL_ROUTINE
from dayloom.tasks.fields import TaskFields, TimeWindow
from dayloom.tasks.recurrence import SeriesService
from dayloom.tasks.repository import TaskRepository

PROTECTED = 8.0  # a routine goes before what is usual
MINUTE = timedelta(minutes=1)
EVERY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rules_of(session: Session, account_id: int, now: datetime) -> RulesService:
    """Return the service of an account's rules."""
    return RulesService(
        PreferencesRepository(session, account_id),
        Changes(session, account_id, now),
        RoutineKeeper(session, account_id, now),
        now=now,
    )


class RoutineKeeper:
    """Makes and ends the series of routines."""

    def __init__(self, session: Session, account_id: int, now: datetime) -> None:
        self._session = session
        self._account_id = account_id
        self._now = now

    def start(self, wish: Wish, sentence: str) -> int:
        """Start the recurring task of a routine and return the number of its series."""
        capture = CaptureService(self._session, self._account_id, now=self._now)
        (first, *_) = capture.add_fields(fields_of(wish, sentence, self._zone, self._now)).tasks
        if first.series_id is None:
            raise Invalid("This routine does not repeat.", field="times_per_week")
        return first.series_id

    def end(self, series_id: int) -> None:
        rows = TaskRepository(self._session, self._account_id)
        changes = Changes(self._session, self._account_id, self._now)
        SeriesService(rows, changes, now=self._now, zone=self._zone).end(series_id)

    @property
    def _zone(self) -> ZoneInfo:
        preferences = PreferencesRepository(self._session, self._account_id).get()
        if preferences is None:
            raise NotFound("This account has no preferences yet.")
        return ZoneInfo(preferences.time_zone)


def fields_of(wish: Wish, sentence: str, zone: ZoneInfo, now: datetime) -> TaskFields:
    """Return the recurring task that a routine is."""
    length = (wish.minutes or USUAL_ROUTINE) * MINUTE
    fields = TaskFields(
        title=wish.subject, source=sentence, duration=length, priority=PROTECTED, readings={}
    )
    if wish.days:
        fields["rrule"] = f"FREQ=WEEKLY;BYDAY={','.join(EVERY[day] for day in wish.days)}"
    else:
        fields["times_per_week"] = wish.times_per_week
    if wish.start is None:
        return fields
    if wish.days and wish.end is None:
        fields["pinned_start"] = _next(wish, zone, now)
    else:
        fields["preferred"] = [_window(wish.start, wish.end, length)]
    return fields


def _window(start: str, end: str | None, length: timedelta) -> TimeWindow:
    if end is None:
        last = min(parse_clock(start) + length // MINUTE, 24 * 60)
        end = f"{last // 60:02d}:{last % 60:02d}"
    end = "00:00" if end == "24:00" else end
    return TimeWindow(name=f"{start}–{end}", start=start, end=end)


def _next(wish: Wish, zone: ZoneInfo, now: datetime) -> datetime:
    """Return the first moment from now on at which the routine happens."""
    minutes = parse_clock(wish.start or "00:00")
    today = now.astimezone(zone).date()
    dates = (today + timedelta(days=ahead) for ahead in range(8))
    moments = (instant(zone, day, minutes) for day in dates if day.weekday() in wish.days)
    return next(moment for moment in moments if moment > now)

"""What interfaces ask for: the days that were, and everything that the records tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dayloom.inferences.presence import has_model
from dayloom.insights.calls import DayOfCalls, tell_calls
from dayloom.insights.capacity import Room, measure_room
from dayloom.insights.days import Adherence, Day, measure_adherence, tell_days
from dayloom.insights.estimates import Calibration, calibrate
from dayloom.insights.focus import Focus, find_focus
from dayloom.insights.pieces import ONE_DAY, day_of
from dayloom.insights.promises import Promises, judge
from dayloom.insights.reading import InsightRows
from dayloom.planning.availability import open_intervals
from dayloom.planning.interval import Interval
from dayloom.plans.churn import WeekOfChurn, churn_by_week
from dayloom.plans.routines import rules_of
from dayloom.preferences.hours import to_weekly_hours
from dayloom.preferences.models import Preferences

AHEAD = 28  # days whose room is told
WEEKS = 8  # of churn
MOST_DAYS = 92  # that are told at once
FIRST = date(1970, 1, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insights:
    """Everything about `days`, which end with today; `room` is of the days from today on.

    `adherence` is of the days that are over. `calls` are those that the log keeps.
    """

    days: tuple[Day, ...]
    adherence: Adherence | None
    estimates: Calibration
    focus: Focus
    promises: Promises
    room: tuple[Room, ...]
    churn: Sequence[WeekOfChurn]
    calls: tuple[DayOfCalls, ...]
    has_model: bool


class InsightsService:
    """Reads inside the caller's transaction, and computes."""

    def __init__(
        self, session: Session, account_id: int, *, now: datetime, preferences: Preferences
    ) -> None:
        self._session = session
        self._account_id = account_id
        self._now = now
        self._zone = ZoneInfo(preferences.time_zone)
        self._week_start = preferences.week_start
        self._rows = InsightRows(session, account_id)

    @property
    def today(self) -> date:
        return self._now.astimezone(self._zone).date()

    def history(self, *, last: date | None, days: int) -> tuple[Day, ...]:
        """Return that many days, the newest first, `last` of them or today."""
        newest = max(min(last or self.today, self.today), FIRST + days * ONE_DAY)
        dates = [newest - n * ONE_DAY for n in range(days)]
        window = self._window(dates[-1], dates[0])
        return tell_days(self._rows.records(window, now=self._now), self._zone, dates)

    def tell(self, days: int) -> Insights:
        """Return everything about the last days, today being one of them."""
        dates = [self.today - n * ONE_DAY for n in reversed(range(days))]
        window = self._window(dates[0], dates[-1])
        records = self._rows.records(window, now=self._now)
        told = tell_days(records, self._zone, dates)
        past = Interval(window.start, self._now)
        return Insights(
            days=told,
            adherence=measure_adherence([day for day in told[:-1] if day.recorded]),
            estimates=calibrate(records.done),
            focus=find_focus((piece for day in told for piece in day.worked), self._zone),
            promises=judge(self._rows.promises(past, records.done)),
            room=self._room(),
            churn=self.churn(WEEKS),
            calls=tell_calls(self._rows.figures(window.start), self._zone, dates),
            has_model=has_model(self._session, self._account_id),
        )

    def churn(self, weeks: int) -> Sequence[WeekOfChurn]:
        """Return how much plans moved in the last weeks, the present one last."""
        return churn_by_week(
            self._session,
            self._account_id,
            today=self.today,
            week_start=self._week_start,
            weeks=weeks,
        )

    def _room(self) -> tuple[Room, ...]:
        """Return the room of the next weeks; of today, what is left."""
        dates = [self.today + n * ONE_DAY for n in range(AHEAD)]
        window = Interval(self._now, day_of(self._zone, dates[-1]).end)
        hours = rules_of(self._session, self._account_id, self._now).hour_maps()[0]
        weekly = to_weekly_hours(hours.weekly, hours.exceptions)
        ahead = self._rows.ahead(window, open_intervals(weekly, self._zone, window))
        spans = (day_of(self._zone, day).intersection(window) for day in dates)
        return measure_room(
            ahead, [(day, one) for day, one in zip(dates, spans, strict=True) if one]
        )

    def _window(self, first: date, last: date) -> Interval:
        return Interval(day_of(self._zone, first).start, day_of(self._zone, last).end)

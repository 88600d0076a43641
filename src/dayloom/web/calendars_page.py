"""Calendars as the settings page shows them: where from, how fresh, what counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from dayloom.bootstrap import Services
from dayloom.calendars.models import AllDayRule, Calendar, CalendarKind
from dayloom.calendars.service import CalendarFields, masked
from dayloom.infra.errors import Invalid
from dayloom.preferences.wallclock import WallClock, say_duration
from dayloom.web.forms import MINUTE, Choice, read_amount

ALL_DAY = (
    Choice(value=AllDayRule.AS_MARKED.value, label="as each is marked"),
    Choice(value=AllDayRule.BUSY.value, label="always take the day"),
    Choice(value=AllDayRule.FREE.value, label="never take time"),
)
PACES = (5, 15, 30, 60, 3 * 60, 12 * 60, 24 * 60, 7 * 24 * 60)  # minutes
FEW_WARNINGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """`tone` is ok, wait or bad: how the line about its freshness looks."""

    id: int
    name: str
    origin: str
    status: str
    tone: str
    warnings: tuple[str, ...]
    more_warnings: int
    unread: str
    is_file: bool
    shrunk: bool
    enabled: bool
    all_day: str
    tentative_busy: bool
    declined_busy: bool
    pace: str
    paces: tuple[Choice, ...]
    free_busy: bool
    own_address: str
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def form(self) -> str:
        return f"calendar-{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarsView:
    """All calendars, and what was typed of a new one that could not be added."""

    all: tuple[CalendarView, ...]
    url: str = ""
    name: str = ""
    url_error: str = ""
    file_error: str = ""
    all_day: tuple[Choice, ...] = ALL_DAY


def view_calendars(s: Services) -> CalendarsView:
    clock = WallClock.of(s.preferences.require(), s.now)
    return CalendarsView(all=tuple(_view(row, clock) for row in s.calendars.all()))


def read_rules(given: Mapping[str, str]) -> CalendarFields:
    """Return the name and the rules as a form sends them: a box not ticked is not sent.

    Raises `Invalid` with the field.
    """
    all_day = given.get("all_day", ALL_DAY[0].value)
    if all_day not in {choice.value for choice in ALL_DAY}:
        raise Invalid("All-day events count as marked, always, or never.", field="all_day")
    fields = CalendarFields(
        name=given.get("name", ""),
        enabled="enabled" in given,
        all_day=AllDayRule(all_day),
        free_busy="free_busy" in given,
        tentative_busy="tentative_busy" in given,
        declined_busy="declined_busy" in given,
        own_address=given.get("own_address", ""),
    )
    if "refresh_every" in given:
        pace = read_amount(given["refresh_every"], MINUTE, field="refresh_every")
        fields["refresh_every"] = pace
    return fields


def view_typed(
    view: CalendarsView, calendar_id: int, *, given: Mapping[str, str], error: Invalid
) -> CalendarsView:
    """Return the calendars, one of them as it was typed, with the complaint in its place."""

    def as_typed(one: CalendarView) -> CalendarView:
        return replace(
            one,
            name=given.get("name", one.name),
            own_address=given.get("own_address", one.own_address),
            errors={error.field or "form": str(error)},
        )

    return replace(
        view, all=tuple(as_typed(one) if one.id == calendar_id else one for one in view.all)
    )


def _view(row: Calendar, clock: WallClock) -> CalendarView:
    status, tone = _status(row, clock)
    return CalendarView(
        id=row.id,
        name=row.name,
        origin=masked(row.url) if row.url else "From a file",
        status=status,
        tone=tone,
        warnings=tuple(row.warnings[:FEW_WARNINGS]),
        more_warnings=max(0, len(row.warnings) - FEW_WARNINGS),
        unread=_say_unread(row.unread),
        is_file=row.kind is CalendarKind.FILE,
        shrunk=row.shrunk,
        enabled=row.enabled,
        all_day=row.all_day.value,
        tentative_busy=row.tentative_busy,
        declined_busy=row.declined_busy,
        pace=str(_minutes(row.refresh_every)),
        paces=_paces(row),
        free_busy=row.free_busy,
        own_address=row.own_address,
    )


def _paces(row: Calendar) -> tuple[Choice, ...]:
    """Return how often it may be read again, its own pace among them; none for a file."""
    if row.kind is CalendarKind.FILE:
        return ()
    every = sorted({*PACES, _minutes(row.refresh_every)})
    return tuple(Choice(value=str(one), label=_say_pace(timedelta(minutes=one))) for one in every)


def _say_pace(pace: timedelta) -> str:
    days, rest = divmod(pace, timedelta(days=1))
    if rest:
        return f"every {say_duration(pace)}"
    return f"every {days} days" if days > 1 else "every day"


def _say_unread(count: int) -> str:
    if not count:
        return "What could not be read as it is"
    return f"{count} event{'' if count == 1 else 's'} could not be read"


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)


def _status(row: Calendar, clock: WallClock) -> tuple[str, str]:
    read = (
        f"{clock.day(row.refreshed_at)} {clock.time(row.refreshed_at)}" if row.refreshed_at else ""
    )
    if row.error:
        return (f"{row.error} Last read {read}." if read else row.error), "bad"
    if row.stale:
        return f"The last reading failed; these are the events of {read}.", "bad"
    return (f"Read {read}", "ok") if read else ("Waiting to be read", "wait")

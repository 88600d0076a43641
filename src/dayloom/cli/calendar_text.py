"""Calendars as text for people."""

from collections.abc import Iterator

from rich.padding import Padding
from rich.text import Text

from dayloom.calendars.models import AllDayRule, CalendarKind
from dayloom.cli.output import BAD, FAINT, GOOD, LOUD, console, line, print_json, table
from dayloom.cli.saying import at, length
from dayloom.cli.working import remind_of_worker
from dayloom.preferences.wallclock import WallClock
from dayloom.wire.calendars import CalendarShown, CalendarsShown

FEW_WARNINGS = 3
INDENT = (0, 0, 0, 4)
TAKES = {True: "take time", False: "take no time"}
ALL_DAY = {
    AllDayRule.AS_MARKED: "as each is marked",
    AllDayRule.BUSY: "take the day",
    AllDayRule.FREE: "take no time",
}


def tell(
    calendar: CalendarShown, what: str, more: str = "", *, read_later: bool = False, as_json: bool
) -> None:
    """Print what happened to a calendar, and what comes next."""
    if as_json:
        print_json(calendar)
        return
    out = console()
    out.print(line((what, GOOD), (f"  {calendar.id}", FAINT), f"  {calendar.name}"))
    if more:
        out.print(Padding(Text(more, FAINT), INDENT, expand=False))
    if read_later:
        remind_of_worker("it is not read")


def print_calendars(shown: CalendarsShown, clock: WallClock) -> None:
    """Print a row for each calendar, and below them what is wrong."""
    out = console()
    if not shown.calendars:
        out.print("There are no calendars. “dayloom calendar add” takes an address or a file.")
        return
    rows = table("#", "Calendar", "Read", "State", stretch="Calendar")
    for one in shown.calendars:
        read_at = at(clock, one.refreshed_at) if one.refreshed_at else "not yet"
        rows.add_row(line((str(one.id), FAINT)), one.name, read_at, _state(one))
    out.print(rows)
    for one in shown.calendars:
        if one.error or one.warnings:
            out.print()
            out.print(line((str(one.id), FAINT), "  ", (one.name, LOUD)))
            _print_trouble(one, most=FEW_WARNINGS)


def print_calendar(one: CalendarShown, clock: WallClock) -> None:
    """Print all there is to say of a calendar."""
    out = console()
    out.print(line((str(one.id), FAINT), "  ", (one.name, LOUD), "  ", _state(one)))
    rows = table("", "")
    rows.show_header = False
    for name, value in _facts(one, clock):
        rows.add_row(line((f"    {name}", FAINT)), value)
    out.print(rows)
    _print_trouble(one, most=len(one.warnings))


def _facts(one: CalendarShown, clock: WallClock) -> list[tuple[str, str]]:
    every = [("Looked at every", length(one.refresh_every_minutes))]
    return [
        ("From", one.url or "a file"),
        ("Read", at(clock, one.refreshed_at) if one.refreshed_at else "not yet"),
        *(every if one.kind is CalendarKind.URL else []),
        ("All-day events", ALL_DAY[one.all_day]),
        ("Events marked free", TAKES[one.free_busy]),
        ("Tentative events", TAKES[one.tentative_busy]),
        ("Declined events", TAKES[one.declined_busy]),
        ("Your address in it", one.own_address or "not given"),
    ]


def _print_trouble(one: CalendarShown, *, most: int) -> None:
    """Print what is wrong with a calendar, and at most so many warnings."""
    out = console()
    for said in _troubles(one, most=most):
        out.print(Padding(said, INDENT, expand=False))


def _troubles(one: CalendarShown, *, most: int) -> Iterator[Text]:
    if one.error:
        yield Text(one.error, BAD)
    if one.shrunk:
        yield Text(f"“dayloom calendar agree {one.id}” lets them go.", FAINT)
    if one.warnings:
        yield Text(_left_out(one), BAD)
    for said in one.warnings[:most]:
        yield Text(said, FAINT)
    if len(one.warnings) > most:
        more = len(one.warnings) - most
        yield Text(f"And {more} more: “dayloom calendar show {one.id}”.", FAINT)


def _left_out(one: CalendarShown) -> str:
    match one.unread_events:
        case 0:
            return "Some of it was not read as it is written."
        case 1:
            return "One event could not be read."
        case number:
            return f"{number} events could not be read."


def _state(calendar: CalendarShown) -> Text:
    if not calendar.enabled:
        return line(("off", FAINT))
    if calendar.shrunk and not calendar.stale:
        return line(("shrunk", BAD))
    if calendar.stale:
        return line(("stale" if calendar.refreshed_at else "failed", BAD))
    return line(("good", GOOD)) if calendar.refreshed_at else line(("waiting", FAINT))

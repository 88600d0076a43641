"""`dayloom calendar`: the calendars that are read."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from dayloom.bootstrap import Services
from dayloom.calendars.models import REMEMBERED, AllDayRule, Calendar
from dayloom.calendars.service import CalendarFields
from dayloom.cli.calendar_text import print_calendar, print_calendars, tell
from dayloom.cli.numbers import number_of
from dayloom.cli.output import Json, print_json
from dayloom.cli.saying import clock_of, until
from dayloom.cli.session import read, write
from dayloom.infra.errors import Invalid
from dayloom.preferences.wallclock import WallClock
from dayloom.wire.calendars import CalendarShown, CalendarsShown, show_calendar

app = typer.Typer(add_completion=False, no_args_is_help=True)
CalendarId = Annotated[
    int, typer.Argument(parser=number_of("calendar"), metavar="CALENDAR", help="Its number.")
]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help="An address, or an .ics file.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="The newer .ics file.")]


@app.callback()
def root() -> None:
    """Calendars whose events the plan keeps clear of. The worker reads them."""


@app.command()
def add(
    source: Source,
    name: Annotated[str, typer.Option(metavar="NAME", help="What to call it.")] = "",
    *,
    as_json: Json = False,
) -> None:
    """Add a calendar by its address or from a file."""
    file = Path(source)
    if "://" in source or not file.is_file():
        added = write(lambda s: _shown(s, s.calendars.add_url(name, source)))
    else:
        content = _content(file)
        added = write(lambda s: _shown(s, s.calendars.add_file(name or file.name, content)))
    told = "“dayloom calendar list” tells when it was read."
    tell(added, "Added", told, read_later=True, as_json=as_json)


@app.command("list")
def show_all(*, as_json: Json = False) -> None:
    """List the calendars, and how their last reading went."""

    def unit(s: Services) -> tuple[CalendarsShown, WallClock]:
        found = [_shown(s, one) for one in s.calendars.all()]
        return CalendarsShown(calendars=found), clock_of(s)

    shown, clock = read(unit)
    if as_json:
        print_json(shown)
        return
    print_calendars(shown, clock)


@app.command()
def show(calendar_id: CalendarId, *, as_json: Json = False) -> None:
    """Show one calendar: its rules, and all that was left out of it."""
    shown, clock = read(lambda s: (_shown(s, s.calendars.require(calendar_id)), clock_of(s)))
    if as_json:
        print_json(shown)
        return
    print_calendar(shown, clock)


@app.command()
def change(  # noqa: PLR0913 — an option for each field
    calendar_id: CalendarId,
    *,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="What to call it.")] = None,
    enabled: Annotated[
        bool | None, typer.Option("--on/--off", help="Whether its events count at all.")
    ] = None,
    all_day: Annotated[
        AllDayRule | None, typer.Option(metavar="as_marked|busy|free", help="All-day events.")
    ] = None,
    free: Annotated[
        bool | None, typer.Option("--free-busy/--free-free", help="Events marked free.")
    ] = None,
    tentative: Annotated[
        bool | None, typer.Option("--tentative-busy/--tentative-free", help="Tentative events.")
    ] = None,
    declined: Annotated[
        bool | None, typer.Option("--declined-busy/--declined-free", help="Declined events.")
    ] = None,
    own_address: Annotated[
        str | None, typer.Option(metavar="EMAIL", help="Yours in it, to find what you declined.")
    ] = None,
    every: Annotated[
        int | None, typer.Option(metavar="MINUTES", help="How often its address is looked at.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Change a calendar's name, its rules, or how often it is read."""
    given = {
        "name": name,
        "enabled": enabled,
        "all_day": all_day,
        "free_busy": free,
        "tentative_busy": tentative,
        "declined_busy": declined,
        "own_address": own_address,
        "refresh_every": None if every is None else _minutes(every),
    }
    fields: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if not fields:
        raise Invalid("Say what to change; “dayloom calendar change --help” lists it.")
    changed, clock = write(
        lambda s: (
            _shown(s, s.calendars.change(calendar_id, cast("CalendarFields", fields))),
            clock_of(s),
        )
    )
    if as_json:
        print_json(changed)
        return
    print_calendar(changed, clock)


@app.command()
def replace(calendar_id: CalendarId, file: File, *, as_json: Json = False) -> None:
    """Give a calendar that came from a file a newer one."""
    content = _content(file)
    replaced = write(lambda s: _shown(s, s.calendars.replace_file(calendar_id, content)))
    tell(replaced, "Will be read again", read_later=True, as_json=as_json)


@app.command()
def refresh(calendar_id: CalendarId, *, as_json: Json = False) -> None:
    """Have the worker read a calendar again now."""
    asked = write(lambda s: _shown(s, s.calendars.refresh(calendar_id)))
    tell(asked, "Will be read again", read_later=True, as_json=as_json)


@app.command()
def agree(calendar_id: CalendarId, *, as_json: Json = False) -> None:
    """Agree that most of a calendar's events are gone."""
    agreed = write(lambda s: _shown(s, s.calendars.confirm_shrink(calendar_id)))
    tell(agreed, "Will be read again", read_later=True, as_json=as_json)


@app.command()
def remove(calendar_id: CalendarId, *, as_json: Json = False) -> None:
    """Take a calendar away; for a day, `restore` brings it back."""
    gone, clock = write(lambda s: (_shown(s, s.calendars.remove(calendar_id)), clock_of(s)))
    end = until(clock, clock.now + REMEMBERED)
    back = f"“dayloom calendar restore {gone.id}” brings it back until {end}."
    tell(gone, "Removed", back, as_json=as_json)


@app.command()
def restore(calendar_id: CalendarId, *, as_json: Json = False) -> None:
    """Bring a removed calendar back."""
    back = write(lambda s: _shown(s, s.calendars.restore(calendar_id)))
    tell(back, "Restored", read_later=True, as_json=as_json)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Invalid(f"{file} cannot be read ({error.strerror}).") from error


def _minutes(every: int) -> timedelta:
    return timedelta(minutes=max(-1, min(every, 1_000_000)))


def _shown(s: Services, calendar: Calendar) -> CalendarShown:
    return show_calendar(calendar, clock_of(s).zone)

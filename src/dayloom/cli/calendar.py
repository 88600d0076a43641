"""`dayloom calendar`: the calendars that are read."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from dayloom.bootstrap import Services
from dayloom.calendars.models import Calendar
from dayloom.cli.output import BAD, FAINT, GOOD, Json, console, line, print_json, table
from dayloom.cli.saying import at, clock_of
from dayloom.cli.session import read, write
from dayloom.infra.errors import Invalid
from dayloom.preferences.wallclock import WallClock
from dayloom.wire.calendars import CalendarShown, CalendarsShown, show_calendar
from dayloom.wire.scalars import LARGEST_ID

app = typer.Typer(add_completion=False, no_args_is_help=True)
CalendarId = Annotated[int, typer.Argument(min=1, max=LARGEST_ID, help="Its number.")]


@app.callback()
def root() -> None:
    """Add, list, refresh and remove calendars. The worker reads them."""


@app.command()
def add(
    source: Annotated[str, typer.Argument(help="An address, or an .ics file.")],
    name: Annotated[str, typer.Option(help="What to call it.")] = "",
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
    _tell(added, "Added", as_json=as_json)


@app.command("list")
def show(*, as_json: Json = False) -> None:
    """List the calendars, and how their last reading went."""

    def unit(s: Services) -> tuple[CalendarsShown, WallClock]:
        found = [_shown(s, one) for one in s.calendars.all()]
        return CalendarsShown(calendars=found), clock_of(s)

    shown, clock = read(unit)
    if as_json:
        print_json(shown)
        return
    _print(shown, clock)


@app.command()
def refresh(calendar_id: CalendarId, *, as_json: Json = False) -> None:
    """Have the worker read a calendar again now."""
    asked = write(lambda s: _shown(s, s.calendars.refresh(calendar_id)))
    _tell(asked, "Will be read again", as_json=as_json)


@app.command()
def remove(calendar_id: CalendarId, *, as_json: Json = False) -> None:
    """Take a calendar away; `restore` brings it back."""
    gone = write(lambda s: _shown(s, s.calendars.remove(calendar_id)))
    _tell(gone, "Removed", as_json=as_json)


@app.command()
def restore(calendar_id: CalendarId, *, as_json: Json = False) -> None:
    """Bring a removed calendar back."""
    back = write(lambda s: _shown(s, s.calendars.restore(calendar_id)))
    _tell(back, "Restored", as_json=as_json)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Invalid(f"{file} cannot be read ({error.strerror}).") from error


def _shown(s: Services, calendar: Calendar) -> CalendarShown:
    return show_calendar(calendar, clock_of(s).zone)


def _tell(calendar: CalendarShown, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(calendar)
        return
    console().print(line((what, GOOD), (f"  {calendar.id}", FAINT), f"  {calendar.name}"))


def _print(shown: CalendarsShown, clock: WallClock) -> None:
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
        for said in (*([one.error] if one.error else []), *one.warnings):
            out.print(line((f"{one.name}: {said}", BAD)))


def _state(calendar: CalendarShown) -> Text:
    if not calendar.enabled:
        return line(("off", FAINT))
    if calendar.stale or calendar.shrunk:
        return line(("stale" if calendar.stale else "shrunk", BAD))
    return line(("good", GOOD)) if calendar.refreshed_at else line(("waiting", FAINT))

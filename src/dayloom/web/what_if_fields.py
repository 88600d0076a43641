"""The plain forms in which something is supposed: what they ask, and what was meant."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dayloom.infra.errors import Invalid
from dayloom.language.suppositions import (
    DayOff,
    ExtraHours,
    ExtraWork,
    LeftOut,
    Meeting,
    Supposition,
)
from dayloom.scenarios.stored import Kind
from dayloom.web.forms import HOUR, Choice, Field, read_amount
from dayloom.web.words import parse_clock, parse_day

ALL, USUAL = "*", ""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatingForm:
    """One kind of supposition as a form."""

    kind: Kind
    title: str
    fields: tuple[Field, ...]
    open: bool = False
    error: str = ""

    @property
    def id(self) -> str:
        return f"suppose-{self.kind.value}"


def forms_for(
    hour_maps: Iterable[str], tasks: Mapping[int, str], *, today: date
) -> tuple[StatingForm, ...]:
    """Return the forms, with the hours and the open tasks that can be chosen."""
    first, *others = hour_maps
    usual = Choice(value=USUAL, label=f"The usual ones ({first})")
    named = tuple(Choice(value=name, label=name) for name in others)
    every = Choice(value=ALL, label="All hours")
    hours = Field(name="hour_map", label="Which hours", choices=(usual, *named))
    closed = Field(name="hour_map", label="Which hours", choices=(usual, *named, every))
    day = Field(name="day", label="Day", kind="date", value=today.isoformat())
    chosen = tuple(Choice(value=str(n), label=f"{title} (#{n})") for n, title in tasks.items())
    task = Field(name="task_id", label="Task", choices=chosen)
    return (
        _form(Kind.MEETING, "A meeting", _text("title", "What"), day, _START, _LENGTH),
        _form(Kind.DAY_OFF, "Days off", _FIRST, _LAST, closed),
        _form(Kind.WORK, "More work", _text("title", "What"), _LENGTH, _BY, _SPLIT),
        _form(Kind.HOURS, "More hours on a day", day, _START, _END, hours),
        *([_form(Kind.WITHOUT, "Without a task", task)] if chosen else []),
    )


def read_stated(given: Mapping[str, str], zone: ZoneInfo) -> Supposition:
    """Return what a form says. Raises `Invalid` with the field at fault."""
    try:
        kind = Kind(given.get("kind", ""))
    except ValueError:
        raise Invalid("Say what might be.") from None
    return _READERS[kind](given, zone)


def _form(kind: Kind, title: str, *fields: Field) -> StatingForm:
    return StatingForm(kind=kind, title=title, fields=fields)


def _text(name: str, label: str) -> Field:
    return Field(name=name, label=label, kind="text")


_START = Field(name="start", label="From", kind="time")
_END = Field(name="end", label="Until", kind="time")
_LENGTH = Field(name="length", label="How long", kind="number", suffix="h")
_FIRST = Field(name="first", label="First day", kind="date")
_LAST = Field(name="last", label="Last day", kind="date", hint="The same, if empty.")
_BY = Field(name="due", label="By the end of", kind="date", hint="Any time, if empty.")
_SPLIT = Field(name="splittable", label="In pieces", kind="check")


def _meeting(given: Mapping[str, str], zone: ZoneInfo) -> Meeting:
    day, start = _day(given, "day"), _clock(given, "start")
    return Meeting(
        title=given.get("title", ""),
        start=datetime.combine(day, start, zone),
        length=_hours(given),
    )


def _day_off(given: Mapping[str, str], _: ZoneInfo) -> DayOff:
    first, name = _day(given, "first"), given.get("hour_map", USUAL)
    return DayOff(
        first=first,
        last=_day(given, "last") if given.get("last") else first,
        hour_map=None if name == ALL else name or None,
        all_hours=name == ALL,
    )


def _work(given: Mapping[str, str], zone: ZoneInfo) -> ExtraWork:
    due = _day(given, "due") + DAY if given.get("due") else None
    return ExtraWork(
        title=given.get("title", ""),
        length=_hours(given),
        due=datetime.combine(due, time(), zone) if due else None,
        splittable="splittable" in given,
    )


def _more_hours(given: Mapping[str, str], _: ZoneInfo) -> ExtraHours:
    start, end = _clock(given, "start"), _clock(given, "end")
    return ExtraHours(
        day=_day(given, "day"),
        start=f"{start:%H:%M}",
        end=f"{end:%H:%M}" if end != time() else "24:00",
        hour_map=given.get("hour_map") or None,
    )


def _without(given: Mapping[str, str], _: ZoneInfo) -> LeftOut:
    number = given.get("task_id", "")
    if not number.isdecimal() or len(number) > len("9" * 18):
        raise Invalid("Choose a task.", field="task_id")
    return LeftOut(task_id=int(number))


def _day(given: Mapping[str, str], name: str) -> date:
    day = parse_day(given.get(name, ""))
    if day is None or not 1970 < day.year <= 2100:
        raise Invalid("Choose a day.", field=name)
    return day


def _clock(given: Mapping[str, str], name: str) -> time:
    clock = parse_clock(given.get(name, ""))
    if clock is None or clock.tzinfo is not None:
        raise Invalid("Give a time, such as 14:00.", field=name)
    return clock


def _hours(given: Mapping[str, str]) -> timedelta:
    return read_amount(given.get("length", ""), HOUR, field="length")


_READERS: Mapping[Kind, Callable[[Mapping[str, str], ZoneInfo], Supposition]] = {
    Kind.MEETING: _meeting,
    Kind.DAY_OFF: _day_off,
    Kind.WORK: _work,
    Kind.HOURS: _more_hours,
    Kind.WITHOUT: _without,
}

"""Named hours as the settings page shows and reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import zip_longest

from starlette.datastructures import FormData

from dayloom.infra.errors import Invalid
from dayloom.preferences.hours import DAYS
from dayloom.preferences.models import HourMap
from dayloom.web.forms import HOUR, read_amount, say_amount
from dayloom.web.hours_text import DAY_MINUTES, minutes_of, read_hours, say_hours

Spans = Sequence[Sequence[str]]
FIELDS = tuple(day.lower() for day in DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A painted stretch of the day, in minutes of wall time."""

    start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """One weekday's hours, as text and painted."""

    name: str
    label: str
    text: str
    bars: tuple[Bar, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionView:
    """A single date with hours of its own."""

    on: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursView:
    """One map of hours."""

    id: int
    name: str
    is_default: bool
    days: tuple[DayView, ...]
    exceptions: tuple[ExceptionView, ...]
    daily_cap: str
    cap_error: str = ""
    exceptions_error: str = ""
    error: str = ""

    @property
    def form(self) -> str:
        return f"hours-{self.id}"

    @property
    def blank(self) -> ExceptionView:
        return ExceptionView()

    @property
    def title(self) -> str:
        return self.name.capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHours:
    """The name that was typed for more hours, and why there are none of that name."""

    name: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursGiven:
    """What a form of hours holds, read."""

    weekly: list[list[list[str]]]
    exceptions: dict[str, list[list[str]]] = field(default_factory=dict)
    daily_cap: timedelta | None = None


def view_hours(row: HourMap) -> HoursView:
    return HoursView(
        id=row.id,
        name=row.name,
        is_default=row.is_default,
        days=tuple(
            DayView(name=name, label=label, text=say_hours(spans), bars=_bars(spans))
            for name, label, spans in zip(FIELDS, DAYS, row.weekly, strict=True)
        ),
        exceptions=tuple(
            ExceptionView(on=day, text=say_hours(spans) or "closed")
            for day, spans in sorted(row.exceptions.items())
        ),
        daily_cap=say_amount(row.daily_cap, HOUR),
    )


def read_form(form: FormData) -> HoursGiven:
    """Return the hours of a form. Raises `Invalid` naming the day or the field at fault."""
    cap = _text(form, "daily_cap")
    return HoursGiven(
        weekly=[read_hours(_text(form, name), field=name) for name in FIELDS],
        exceptions={
            day: read_hours(text, field="exceptions") for day, text in _dates(form) if day
        },
        daily_cap=read_amount(cap, HOUR, field="daily_cap") if cap.strip() else None,
    )


def view_typed(view: HoursView, form: FormData, error: Invalid) -> HoursView:
    """Return the hours as they were typed, with the complaint where it belongs."""
    said, about = str(error), error.field
    return replace(
        view,
        days=tuple(
            replace(day, text=_text(form, day.name), error=said if about == day.name else "")
            for day in view.days
        ),
        exceptions=tuple(ExceptionView(on=day, text=text) for day, text in _dates(form)),
        daily_cap=_text(form, "daily_cap"),
        cap_error=said if about == "daily_cap" else "",
        exceptions_error=said if about == "exceptions" else "",
        error=said if about not in (*FIELDS, "daily_cap", "exceptions") else "",
    )


def _bars(spans: Spans) -> tuple[Bar, ...]:
    """Return what is painted; hours past midnight end with the day here."""
    ends = [(minutes_of(start), minutes_of(end)) for start, end in spans]
    return tuple(
        Bar(start=start, length=(end if end > start else DAY_MINUTES) - start)
        for start, end in ends
    )


def _dates(form: FormData) -> list[tuple[str, str]]:
    days, hours = form.getlist("exception_on"), form.getlist("exception_hours")
    return [(str(day).strip(), str(text)) for day, text in zip_longest(days, hours, fillvalue="")]


def _text(form: Mapping[str, object], name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""

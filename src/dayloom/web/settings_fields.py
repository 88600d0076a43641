"""Every setting on the page: how it is called, shown, and read back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from dayloom.i18n.language import LANGUAGES
from dayloom.infra.errors import Invalid
from dayloom.infra.zones import zone_names
from dayloom.preferences.fields import PreferenceFields
from dayloom.preferences.models import PlanMode, Preferences
from dayloom.web.forms import HOUR, MINUTE, Choice, Field, read_amount, say_amount

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A field of the form together with how its text becomes a value and back."""

    field: Field
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str

    @property
    def name(self) -> str:
        return self.field.name


def _amount(field: Field, unit: timedelta) -> Setting:
    return Setting(
        field=field,
        read=partial(read_amount, unit=unit, field=field.name),
        write=partial(say_amount, unit=unit),
    )


def _choice(field: Field, convert: Callable[[str], Any] = str) -> Setting:
    """Return a setting of which only the offered values are read."""

    def read(text: str) -> Any:
        if text not in {choice.value for choice in field.choices}:
            raise Invalid("Choose one of these.", field=field.name)
        return convert(text)

    return Setting(field=field, read=read)


def _cap(text: str) -> timedelta | None:
    return read_amount(text, HOUR, field="daily_cap") if text.strip() else None


def _minutes(name: str, label: str, hint: str) -> Setting:
    field = Field(name=name, label=label, kind="number", suffix="min", hint=hint)
    return _amount(field, MINUTE)


def _own_mode(name: str, label: str) -> Setting:
    """Return who decides after one kind of change; the empty choice is as for all others."""
    choices = (
        Choice(value="", label="As above"),
        Choice(value="ask", label="Ask me"),
        Choice(value="auto", label="Just do it"),
        Choice(value="manual", label="Only on demand"),
    )
    setting = _choice(Field(name=name, label=label, kind="select", choices=choices), _mode)
    return replace(setting, write=lambda mode: mode or "")


def _mode(text: str) -> PlanMode | None:
    return PlanMode(text) if text else None


PLANNING = (
    _choice(
        Field(
            name="plan_mode",
            label="When something changes",
            kind="cards",
            choices=(
                Choice(value="ask", label="Ask me", hint="Adds at once, asks before it moves."),
                Choice(value="auto", label="Just do it", hint="Every better plan is applied."),
                Choice(value="manual", label="Only on demand", hint="Plans when you say so."),
            ),
        ),
        PlanMode,
    ),
    _own_mode("tasks_mode", "After a new or changed task"),
    _own_mode("calendars_mode", "After a calendar has changed"),
    _own_mode("overdue_mode", "When work is overdue"),
    _own_mode("context_mode", "After rules or hours have changed"),
    _minutes("default_duration", "A new task takes", "When its words do not say how long."),
    _minutes("buffer", "Pause between tasks", "Kept free between any two."),
    _minutes("event_buffer", "Around events", "Kept free before and after each."),
    Setting(
        field=Field(
            name="daily_cap",
            label="Most planned time a day",
            kind="number",
            suffix="h",
            hint="Empty means no limit.",
        ),
        read=_cap,
        write=partial(say_amount, unit=HOUR),
    ),
    _amount(
        Field(
            name="freeze",
            label="Leave alone what starts within",
            kind="number",
            suffix="h",
            hint="Moves only if it must.",
        ),
        HOUR,
    ),
)
CLOCK = (
    _choice(
        Field(
            name="language",
            label="Language",
            kind="select",
            choices=(
                Choice(value="", label="As the browser asks"),
                *(Choice(value=one.tag, label=one.name) for one in LANGUAGES.values()),
            ),
        ),
    ),
    Setting(
        field=Field(name="time_zone", label="Time zone", kind="zone", hint="Such as Europe/Oslo."),
        read=str.strip,
    ),
    Setting(
        field=Field(
            name="second_zone",
            label="Second time zone",
            kind="zone",
            hint="Shown beside the hours; may be empty.",
        ),
        read=str.strip,
    ),
    _choice(
        Field(
            name="week_start",
            label="The week starts on",
            kind="select",
            choices=tuple(Choice(value=str(i), label=day) for i, day in enumerate(WEEKDAYS)),
        ),
        int,
    ),
    _choice(
        Field(
            name="hour_cycle",
            label="Clock",
            kind="select",
            choices=(
                Choice(value="24", label="24 hours, 13:30"),
                Choice(value="12", label="12 hours, 1:30 pm"),
            ),
        ),
        int,
    ),
    _choice(
        Field(
            name="date_order",
            label="How you write 3/4",
            kind="select",
            choices=(
                Choice(value="dmy", label="3 April (day first)"),
                Choice(value="mdy", label="4 March (month first)"),
                Choice(value="ymd", label="Year first"),
            ),
        )
    ),
)
CONTEXT = (
    Setting(
        field=Field(
            name="context",
            label="About you and your work",
            kind="area",
            hint="Plain words: when you work, what you like when, what must not be.",
        ),
        read=str.strip,
    ),
)
SECTIONS: Mapping[str, tuple[Setting, ...]] = {
    "planning": PLANNING,
    "clock": CLOCK,
    "context": CONTEXT,
}


def read_section(section: str, given: Mapping[str, str]) -> PreferenceFields:
    """Return the values of a section as they were typed. Raises `Invalid` with the field."""
    settings = SECTIONS[section]
    values: dict[str, Any] = {s.name: s.read(given.get(s.name, "")) for s in settings}
    fields: PreferenceFields = values  # type: ignore[assignment]  # the names are those above
    return fields


def as_posted(section: str, preferences: Preferences) -> dict[str, str]:
    """Return what the section's form would send now."""
    return {s.name: s.write(getattr(preferences, s.name)) for s in SECTIONS[section]}


def zones() -> tuple[str, ...]:
    """Return the zones that are named after places."""
    return tuple(
        name for name in sorted(zone_names()) if "/" in name and not name.startswith("Etc/")
    )

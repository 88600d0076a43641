"""What a person may change of their preferences, and the rules each value keeps."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from dayloom.i18n.language import LANGUAGES
from dayloom.infra.errors import Invalid
from dayloom.infra.zones import zone_names
from dayloom.preferences.models import PlanMode
from dayloom.preferences.wallclock import say_duration

LONGEST_CONTEXT = 10_000
DATE_ORDERS = ("dmy", "mdy", "ymd")


class PreferenceFields(TypedDict, total=False):
    """Changes of preferences; a field that is absent stays as it is."""

    language: str
    time_zone: str
    second_zone: str
    week_start: int
    hour_cycle: int
    date_order: str
    default_duration: timedelta
    buffer: timedelta
    event_buffer: timedelta
    daily_cap: timedelta | None
    freeze: timedelta
    plan_mode: PlanMode
    tasks_mode: PlanMode | None
    calendars_mode: PlanMode | None
    overdue_mode: PlanMode | None
    context_mode: PlanMode | None
    context: str


def check(fields: PreferenceFields) -> PreferenceFields:
    """Return `fields` if every value keeps its rule. Raises `Invalid` naming the first."""
    for name, value in fields.items():
        _CHECKS[name](value, name)
    return fields


def _zone(value: Any, name: str) -> None:
    if value not in zone_names():
        raise Invalid(
            f"“{value}” is not a time zone; write it as Europe/Berlin or America/New_York.",
            field=name,
        )
    ZoneInfo(value)


def _zone_or_none(value: Any, name: str) -> None:
    if value:
        _zone(value, name)


def _one_of(*allowed: object) -> Callable[[Any, str], None]:
    named = ", ".join(str(one) for one in allowed if one is not None)

    def check_value(value: Any, name: str) -> None:
        if value not in allowed:
            raise Invalid(f"{_label(name)} is one of {named}, not {value}.", field=name)

    return check_value


def _minutes(low: int, high: int) -> Callable[[Any, str], None]:
    def check_value(value: Any, name: str) -> None:
        if value is None and name == "daily_cap":
            return
        if not timedelta(minutes=low) <= value <= timedelta(minutes=high):
            span = " and ".join(say_duration(timedelta(minutes=end)) for end in (low, high))
            raise Invalid(f"{_label(name)} lies between {span}.", field=name)
        if value % timedelta(minutes=5):
            raise Invalid(f"{_label(name)} is a multiple of 5 minutes.", field=name)

    return check_value


def _context(value: Any, name: str) -> None:
    if len(value) > LONGEST_CONTEXT:
        raise Invalid(f"The context is longer than {LONGEST_CONTEXT:,} characters.", field=name)


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


_CHECKS: Mapping[str, Callable[[Any, str], None]] = {
    "language": _one_of("", *LANGUAGES),
    "time_zone": _zone,
    "second_zone": _zone_or_none,
    "week_start": _one_of(*range(7)),
    "hour_cycle": _one_of(12, 24),
    "date_order": _one_of(*DATE_ORDERS),
    "default_duration": _minutes(5, 2400),
    "buffer": _minutes(0, 120),
    "event_buffer": _minutes(0, 120),
    "daily_cap": _minutes(30, 1440),
    "freeze": _minutes(0, 7 * 1440),
    "plan_mode": _one_of(*PlanMode),
    "tasks_mode": _one_of(None, *PlanMode),
    "calendars_mode": _one_of(None, *PlanMode),
    "overdue_mode": _one_of(None, *PlanMode),
    "context_mode": _one_of(None, *PlanMode),
    "context": _context,
}

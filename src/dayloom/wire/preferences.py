"""How a person wants to be planned, as it comes in and goes out."""

from typing import Annotated, Any, Literal, cast

from pydantic import Field, StringConstraints

from dayloom.preferences.fields import LONGEST_CONTEXT, PreferenceFields
from dayloom.preferences.models import HourMap, PlanMode, Preferences
from dayloom.wire.scalars import (
    Clock,
    Given,
    Minutes,
    Shown,
    Text,
    duration_or_none,
    minutes,
    minutes_or_none,
)

Hours = Annotated[
    list[Annotated[list[Clock], Field(min_length=2, max_length=2)]], Field(max_length=48)
]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Mode = Literal["auto", "ask", "manual"]
OWN = "After such a change; null: as `plan_mode` says."
Tag = Literal["", "en", "de"]
_MODES = ("plan_mode", "tasks_mode", "calendars_mode", "overdue_mode", "context_mode")
_DURATIONS = ("default_duration", "buffer", "event_buffer", "daily_cap", "freeze")


class SettingsGiven(Given):
    """All settings."""

    language: Tag = Field(default="", description="Of the pages; empty: as the browser asks.")
    time_zone: Annotated[Text, Field(max_length=64)] = Field(examples=["Europe/Berlin"])
    second_zone: Annotated[Text, Field(max_length=64)] = Field(
        default="", description="Shown beside the hours; empty: none."
    )
    week_start: int = Field(ge=0, le=6, description="0 is Monday.")
    hour_cycle: Literal[12, 24]
    date_order: Literal["dmy", "mdy", "ymd"]
    default_duration_minutes: Minutes
    buffer_minutes: Minutes = Field(description="Between any two planned pieces.")
    event_buffer_minutes: Minutes = Field(description="On both sides of a calendar event.")
    daily_cap_minutes: Minutes | None = Field(description="Planned time a day; null: no limit.")
    freeze_minutes: Minutes = Field(description="What starts so soon moves only if it must.")
    plan_mode: Mode
    tasks_mode: Mode | None = Field(default=None, description=OWN)
    calendars_mode: Mode | None = Field(default=None, description=OWN)
    overdue_mode: Mode | None = Field(default=None, description=OWN)
    context_mode: Mode | None = Field(default=None, description=OWN)

    def to_fields(self) -> PreferenceFields:
        """Return the settings that were given, and only those."""
        given: dict[str, Any] = self.model_dump(exclude_unset=True)
        for name in _DURATIONS:
            if f"{name}_minutes" in given:
                given[name] = duration_or_none(given.pop(f"{name}_minutes"))
        for name in _MODES:
            if given.get(name):
                given[name] = PlanMode(given[name])
        return cast("PreferenceFields", given)


class SettingsPatch(SettingsGiven):
    """Some settings: what is absent stays as it is."""

    time_zone: Annotated[Text, Field(max_length=64)] = ""
    week_start: int = Field(default=0, ge=0, le=6)
    hour_cycle: Literal[12, 24] = 24
    date_order: Literal["dmy", "mdy", "ymd"] = "dmy"
    default_duration_minutes: Minutes = 0
    buffer_minutes: Minutes = 0
    event_buffer_minutes: Minutes = 0
    daily_cap_minutes: Minutes | None = None
    freeze_minutes: Minutes = 0
    plan_mode: Mode = "ask"


class SettingsShown(Shown):
    """All settings."""

    language: str
    time_zone: str
    second_zone: str
    week_start: int
    hour_cycle: int
    date_order: str
    default_duration_minutes: int
    buffer_minutes: int
    event_buffer_minutes: int
    daily_cap_minutes: int | None
    freeze_minutes: int
    plan_mode: PlanMode
    tasks_mode: PlanMode | None
    calendars_mode: PlanMode | None
    overdue_mode: PlanMode | None
    context_mode: PlanMode | None


class ContextGiven(Given):
    """What a reader should know of the person, in plain words."""

    context: Annotated[Text, Field(max_length=LONGEST_CONTEXT)]


class ContextShown(Shown):
    """What a reader should know of the person, in plain words."""

    context: str


class HoursGiven(Given):
    """When tasks of these hours may lie, in local wall time."""

    weekly: list[Hours] = Field(
        min_length=7,
        max_length=7,
        description="Seven days, Monday first, each a list of start and end.",
        examples=[[[["09:00", "12:30"], ["13:30", "17:00"]]] * 5 + [[], []]],
    )
    exceptions: dict[Day, Hours] = Field(
        default={}, max_length=1000, description="Single dates with hours of their own."
    )
    daily_cap_minutes: Minutes | None = Field(default=None, description="Null: no limit.")


class HourMapGiven(HoursGiven):
    """New named hours."""

    name: Annotated[Text, Field(min_length=1, max_length=32)]


class HourMapShown(Shown):
    """Named hours in which tasks may lie."""

    id: int
    name: str
    weekly: list[list[list[str]]]
    exceptions: dict[str, list[list[str]]]
    daily_cap_minutes: int | None
    is_default: bool


class HourMapsShown(Shown):
    """All named hours, the default ones first."""

    hour_maps: list[HourMapShown]


def show_settings(preferences: Preferences) -> SettingsShown:
    return SettingsShown(
        language=preferences.language,
        time_zone=preferences.time_zone,
        second_zone=preferences.second_zone,
        week_start=preferences.week_start,
        hour_cycle=preferences.hour_cycle,
        date_order=preferences.date_order,
        default_duration_minutes=minutes(preferences.default_duration),
        buffer_minutes=minutes(preferences.buffer),
        event_buffer_minutes=minutes(preferences.event_buffer),
        daily_cap_minutes=minutes_or_none(preferences.daily_cap),
        freeze_minutes=minutes(preferences.freeze),
        plan_mode=preferences.plan_mode,
        tasks_mode=preferences.tasks_mode,
        calendars_mode=preferences.calendars_mode,
        overdue_mode=preferences.overdue_mode,
        context_mode=preferences.context_mode,
    )


def show_hour_map(hour_map: HourMap) -> HourMapShown:
    return HourMapShown(
        id=hour_map.id,
        name=hour_map.name,
        weekly=hour_map.weekly,
        exceptions=hour_map.exceptions,
        daily_cap_minutes=minutes_or_none(hour_map.daily_cap),
        is_default=hour_map.is_default,
    )

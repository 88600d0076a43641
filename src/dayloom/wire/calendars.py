"""Calendars and their events, as they come in and go out."""

from datetime import datetime
from typing import Annotated, Any, Literal, cast
from zoneinfo import ZoneInfo

from pydantic import Field

from dayloom.calendars.models import AllDayRule, Calendar, CalendarKind, Event
from dayloom.calendars.service import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_URL,
    CalendarFields,
    masked,
)
from dayloom.wire.scalars import Given, Shown, Span, Text, duration_or_none, local, minutes

CalendarName = Annotated[Text, Field(max_length=LONGEST_NAME)]


class CalendarGiven(Given):
    """A calendar to read from its address."""

    name: CalendarName = Field(default="", description="The host of the address, if empty.")
    url: Annotated[Text, Field(min_length=1, max_length=LONGEST_URL)] = Field(
        examples=["https://example.com/calendar.ics"]
    )


class CalendarPatch(Given):
    """Changes of a calendar and its rules: what is absent stays as it is."""

    name: CalendarName = ""
    color: int = Field(default=0, ge=0, le=7)
    enabled: bool = Field(default=True, description="Its events count at all.")
    all_day: Literal["as_marked", "busy", "free"] = Field(
        default="as_marked", description="What all-day events do to the day."
    )
    free_busy: bool = Field(default=False, description="Events marked free take time.")
    tentative_busy: bool = Field(default=True, description="Tentative events take time.")
    declined_busy: bool = Field(default=False, description="Declined events take time.")
    own_address: Annotated[Text, Field(max_length=LONGEST_ADDRESS)] = Field(
        default="",
        description="The person in it, so that their answers to invitations are found.",
        examples=["ann@example.com"],
    )
    refresh_every_minutes: int = Field(
        default=15, ge=5, le=7 * 24 * 60, description="How often an address is looked at."
    )

    def to_fields(self) -> CalendarFields:
        """Return the fields that were given, and only those."""
        given: dict[str, Any] = self.model_dump(exclude_unset=True)
        if "all_day" in given:
            given["all_day"] = AllDayRule(given["all_day"])
        if "refresh_every_minutes" in given:
            given["refresh_every"] = duration_or_none(given.pop("refresh_every_minutes"))
        return cast("CalendarFields", given)


class CalendarShown(Shown):
    """A calendar that is read. Its address may hold a secret and is shown without it."""

    id: int
    name: str
    kind: CalendarKind
    url: str | None
    color: int
    enabled: bool
    all_day: AllDayRule
    free_busy: bool
    tentative_busy: bool
    declined_busy: bool
    own_address: str
    refresh_every_minutes: int
    refreshed_at: datetime | None
    stale: bool = Field(description="The last refresh failed; the events are older ones.")
    shrunk: bool = Field(description="Most events vanished at once: confirm, or keep the old.")
    error: str | None
    unread_events: int = Field(description="So many could not be read; the warnings say why.")
    warnings: list[str]
    created_at: datetime


class CalendarsShown(Shown):
    """All calendars, in order of their ids."""

    calendars: list[CalendarShown]


class EventShown(Span):
    """One occurrence of a calendar's event."""

    id: int
    calendar_id: int
    uid: str
    summary: str
    location: str
    all_day: bool
    busy: bool = Field(description="The planner keeps clear of it.")
    transp: str | None
    status: str | None
    partstat: str | None


class EventsShown(Shown):
    """Events in order of time, also those that take none of it."""

    events: list[EventShown]


def show_calendar(calendar: Calendar, zone: ZoneInfo) -> CalendarShown:
    return CalendarShown(
        id=calendar.id,
        name=calendar.name,
        kind=calendar.kind,
        url=masked(calendar.url) if calendar.url else None,
        color=calendar.color,
        enabled=calendar.enabled,
        all_day=calendar.all_day,
        free_busy=calendar.free_busy,
        tentative_busy=calendar.tentative_busy,
        declined_busy=calendar.declined_busy,
        own_address=calendar.own_address,
        refresh_every_minutes=minutes(calendar.refresh_every),
        refreshed_at=local(calendar.refreshed_at, zone),
        stale=calendar.stale,
        shrunk=calendar.shrunk,
        error=calendar.error,
        unread_events=calendar.unread,
        warnings=calendar.warnings,
        created_at=calendar.created_at.astimezone(zone),
    )


def show_event(event: Event, zone: ZoneInfo) -> EventShown:
    return EventShown(
        id=event.id,
        calendar_id=event.calendar_id,
        uid=event.uid,
        summary=event.summary,
        location=event.location,
        all_day=event.all_day,
        busy=event.busy,
        transp=event.transp,
        status=event.status,
        partstat=event.partstat,
        start=event.start.astimezone(zone),
        end=event.end.astimezone(zone),
    )

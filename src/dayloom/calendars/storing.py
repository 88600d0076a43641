"""From what was read to rows: unchanged events keep theirs, and nothing vanishes by an error."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from dayloom.accounts.changes import Changes, Topic
from dayloom.calendars.busy import takes_time
from dayloom.calendars.models import Calendar, CalendarKind, Event
from dayloom.calendars.reading.values import Feed, Occurrence
from dayloom.calendars.repository import CalendarRepository

FEW = 4  # a calendar with fewer coming events may lose any number without a question
_COLUMNS = (
    "uid", "start", "end", "all_day", "summary", "location", "transp", "status", "partstat",
)  # fmt: skip


@dataclass(slots=True)
class _Difference:
    """What must be written so that the rows are what was read."""

    added: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    touched: list[tuple[bool, datetime]] = field(default_factory=list)

    def matters(self, now: datetime) -> bool:
        """Tell whether time to come was taken or given back."""
        return any(busy and end > now for busy, end in self.touched)


class EventStore:
    """Makes what was read the events of a calendar, in the caller's transaction."""

    def __init__(self, rows: CalendarRepository, changes: Changes, *, now: datetime) -> None:
        self._rows = rows
        self._changes = changes
        self._now = now

    def replace(self, calendar: Calendar, feed: Feed) -> bool:
        """Replace the calendar's events and return True.

        A sudden loss of most of what is to come waits for the person's yes: then nothing is
        replaced and False comes back.
        """
        if self._has_shrunk(calendar, feed.occurrences):
            calendar.shrunk = True
            calendar.error = "Most of its events are gone. They stay until you agree."
            self._settle(calendar)
            return False
        if feed.name and calendar.refreshed_at is None and calendar.name == placeholder(calendar):
            calendar.name = feed.name
        calendar.warnings = list(feed.warnings)
        calendar.unread = feed.unread
        calendar.read_at = self._now
        difference = self._difference(calendar, feed.occurrences)
        self._rows.remove_events(difference.gone)
        self._rows.change_events(difference.changed)
        self._rows.add_events(difference.added)
        self._is_right(calendar, matters=difference.matters(self._now))
        return True

    def keep(self, calendar: Calendar) -> None:
        """Note that the events are as they were."""
        self._is_right(calendar, matters=False)

    def _is_right(self, calendar: Calendar, *, matters: bool) -> None:
        calendar.shrunk = calendar.shrink_agreed = calendar.stale = False
        calendar.error = None
        calendar.failures = 0
        calendar.refreshed_at = self._now
        self._settle(calendar, matters=matters)

    def _settle(self, calendar: Calendar, *, matters: bool = False) -> None:
        self._rows.flush()
        if matters and calendar.enabled:
            self._changes.replan(Topic.CALENDARS)
        else:
            self._changes.announce(Topic.CALENDARS)

    def _has_shrunk(self, calendar: Calendar, occurrences: Iterable[Occurrence]) -> bool:
        if calendar.kind is CalendarKind.FILE or calendar.shrink_agreed:
            return False
        before = self._rows.count_from(calendar.id, self._now)
        after = sum(occurrence.end > self._now for occurrence in occurrences)
        return before >= FEW and after * 2 < before

    def _difference(self, calendar: Calendar, occurrences: Sequence[Occurrence]) -> _Difference:
        old = {event.key: event for event in self._rows.events_of(calendar.id)}
        found = _Difference()
        for occurrence in occurrences:
            values = _values(occurrence, calendar)
            event = old.pop(occurrence.key, None)
            if event is None:
                found.added.append({"calendar_id": calendar.id, "key": occurrence.key, **values})
            elif all(getattr(event, name) == value for name, value in values.items()):
                continue
            else:
                found.changed.append({"id": event.id, **values})
                found.touched.append((event.busy, event.end))
            found.touched.append((values["busy"], occurrence.end))
        found.gone = [event.id for event in old.values()]
        found.touched += [(event.busy, event.end) for event in old.values()]
        return found


def placeholder(calendar: Calendar) -> str:
    """Return the name of a calendar that was given none."""
    host = urlsplit(calendar.url).hostname if calendar.url else None
    return host or "Calendar"


def _values(occurrence: Occurrence, calendar: Calendar) -> dict[str, Any]:
    values = {name: getattr(occurrence, name) for name in _COLUMNS}
    return {**values, "busy": takes_time(occurrence, calendar)}


def reckon_anew(rows: CalendarRepository, calendar: Calendar) -> None:
    """Apply changed rules to the events that are there."""
    events: Iterable[Event] = rows.events_of(calendar.id)
    rows.change_events(
        [
            {"id": event.id, "busy": not event.busy}
            for event in events
            if event.busy != takes_time(event, calendar)
        ]
    )

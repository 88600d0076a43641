"""From what was read to rows: unchanged events keep theirs, and nothing vanishes by an error."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dayloom.accounts.changes import Changes, Topic
from dayloom.calendars.busy import takes_time
from dayloom.calendars.models import Calendar, Event
from dayloom.calendars.reading.values import Feed, Occurrence
from dayloom.calendars.repository import CalendarRepository

FEW = 10  # a calendar with fewer events may lose any number without a question
_COLUMNS = (
    "uid", "start", "end", "all_day", "summary", "location", "transp", "status", "partstat",
)  # fmt: skip


class EventStore:
    """Makes what was read the events of a calendar, in the caller's transaction."""

    def __init__(self, rows: CalendarRepository, changes: Changes, *, now: datetime) -> None:
        self._rows = rows
        self._changes = changes
        self._now = now

    def store(self, calendar: Calendar, feed: Feed) -> None:
        """Replace the calendar's events; a sudden loss of most of them waits for a yes."""
        if self._has_shrunk(calendar, feed.occurrences):
            calendar.shrunk = True
            calendar.error = "Most of its events are gone. They stay until you agree."
            self._rows.flush()
            self._changes.announce(Topic.CALENDARS)
            return
        changed = self._write(calendar, feed.occurrences)
        calendar.shrunk = calendar.stale = False
        calendar.error = None
        calendar.failures = 0
        calendar.warnings = list(feed.warnings)
        calendar.refreshed_at = self._now
        self._rows.flush()
        if changed:
            self._changes.replan(Topic.CALENDARS)
        else:
            self._changes.announce(Topic.CALENDARS)

    def _has_shrunk(self, calendar: Calendar, occurrences: Iterable[Occurrence]) -> bool:
        before = self._rows.count_from(calendar.id, self._now)
        after = sum(occurrence.end > self._now for occurrence in occurrences)
        return before >= FEW and after * 2 < before

    def _write(self, calendar: Calendar, occurrences: Iterable[Occurrence]) -> int:
        """Write the difference and return its size."""
        old = {event.key: event for event in self._rows.events_of(calendar.id)}
        added, changed, kept = [], [], set()
        for occurrence in occurrences:
            values = _values(occurrence, calendar)
            event = old.get(occurrence.key)
            if event is None:
                added.append({"calendar_id": calendar.id, "key": occurrence.key, **values})
                continue
            kept.add(occurrence.key)
            if any(getattr(event, name) != value for name, value in values.items()):
                changed.append({"id": event.id, **values})
        gone = [event.id for key, event in old.items() if key not in kept]
        self._rows.remove_events(gone)
        self._rows.change_events(changed)
        self._rows.add_events(added)
        return len(added) + len(changed) + len(gone)


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

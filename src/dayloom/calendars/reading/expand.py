"""One event or series to its occurrences in a window."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Event
from icalendar.prop import vDDDLists, vDDDTypes, vRecur
from recurring_ical_events import Occurrence as Found
from recurring_ical_events import Series
from recurring_ical_events.adapters.event import EventAdapter

from dayloom.calendars.reading.dates import Warn
from dayloom.calendars.reading.guard import GuardedEvent
from dayloom.calendars.reading.moments import Moment, like, midnight
from dayloom.calendars.reading.values import Occurrence, TooSlow, Window

MARGIN = timedelta(days=2)  # days of the person and of the feed begin at different moments
UNTITLED = "Busy"
Patience = Callable[[], AbstractContextManager[object]]
# What the libraries raise, undeclared, on series that break the standard in ways that the guard
# does not know. An error here costs one series, as it may not cost the feed.
UNEXPANDABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TooSlow,
    TypeError,
    ValueError,
)


def expand(
    events: Sequence[GuardedEvent], window: Window, warn: Warn, *, patience: Patience
) -> list[Occurrence]:
    """Return the occurrences of one series that touch the window, without those called off.

    A series that cannot be expanded keeps the times that its events name themselves.
    """
    if len(events) == 1 and not events[0].recurs:
        return list(_named_themselves(events, window))
    try:
        with patience():
            return list(_expanded(events, window))
    except UNEXPANDABLE:
        warn("its repetition cannot be worked out; only its own times are read")
        return list(_named_themselves(events, window))


def _named_themselves(events: Sequence[GuardedEvent], window: Window) -> Iterator[Occurrence]:
    for event in events:
        yield from _occurrence(event, event.start, event.end, window)


def _expanded(events: Sequence[GuardedEvent], window: Window) -> Iterator[Occurrence]:
    core = next((event for event in events if event.recurrence_id is None), None)
    series = Series([_Adapter(_fitted(event, core)) for event in events])
    for found in series.between(window.start - MARGIN, window.end + MARGIN):
        assert isinstance(found.end, date)
        yield from _occurrence(_source(found), found.start, found.end, window)


def _fitted(event: GuardedEvent, core: GuardedEvent | None) -> GuardedEvent:
    """Let an exception name its instance as the series writes its times."""
    if core is None or event.recurrence_id is None:
        return event
    return replace(event, recurrence_id=like(event.recurrence_id, core.start))


class _Adapter(EventAdapter):
    """An event as the library wants it, that remembers what it was made of."""

    def __init__(self, source: GuardedEvent) -> None:
        super().__init__(_component(source))
        self.source = source


def _source(found: Found) -> GuardedEvent:
    """Return the event whose values an instance has: the series or one of its exceptions."""
    adapter = found._adapter
    assert isinstance(adapter, _Adapter)
    return adapter.source


def _component(event: GuardedEvent) -> Event:
    made = Event()
    made["UID"] = event.uid
    made["SEQUENCE"] = event.sequence
    made["DTSTART"] = vDDDTypes(event.start)
    made["DTEND"] = vDDDTypes(event.end)
    if event.rules:
        made["RRULE"] = [vRecur.from_ical(rule) for rule in event.rules]
    if event.extra:
        made["RDATE"] = [vDDDLists([moment]) for moment in event.extra]
    if event.except_on:
        made["EXDATE"] = [vDDDLists([moment]) for moment in event.except_on]
    if event.recurrence_id:
        made["RECURRENCE-ID"] = vDDDTypes(event.recurrence_id)
        if event.and_future:
            made["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
    return made


def _occurrence(
    event: GuardedEvent, first: Moment, last: Moment, window: Window
) -> Iterator[Occurrence]:
    """Yield the occurrence, if it happens and touches the window."""
    start, end = _instants(event, first, last, window)
    if event.status == "CANCELLED" or not window.touches(start, end):
        return
    yield Occurrence(
        key=_key(event, first),
        uid=event.uid,
        start=start,
        end=end,
        all_day=not isinstance(first, datetime),
        summary=event.summary or UNTITLED,
        location=event.location,
        transp=event.transp,
        status=event.status,
        partstat=event.partstat,
    )


def _instants(
    event: GuardedEvent, first: Moment, last: Moment, window: Window
) -> tuple[datetime, datetime]:
    """Return start and end in UTC: days are the person's, and no length is ever negative."""
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        zone = ZoneInfo(window.zone)
        return midnight(first, zone).astimezone(UTC), midnight(last, zone).astimezone(UTC)
    start, end = first.astimezone(UTC), last.astimezone(UTC)
    if event.exact or end < start or (end == start and last != first):
        end = start + (last - first)
    return start, end


def _key(event: GuardedEvent, first: Moment) -> str:
    """Return what names the instance while its times change: UID and RECURRENCE-ID."""
    if event.recurrence_id is not None and not event.and_future:
        first = event.recurrence_id
    elif not event.recurs and event.recurrence_id is None:
        return event.uid
    named = first.astimezone(UTC) if isinstance(first, datetime) else first
    return f"{event.uid}@{named.isoformat()}"

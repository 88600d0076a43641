"""One event or series to its occurrences in a window."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from dayloom.calendars.reading.guard import GuardedEvent, Warn
from dayloom.calendars.reading.texts import unescape
from dayloom.calendars.reading.values import Occurrence, Window

DAY = timedelta(days=1)
_HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Dayloom//EN\r\n"
# What the two libraries raise, undeclared, on real feeds that break the standard.
UNREADABLE = (
    ValueError,
    KeyError,
    AttributeError,
    TypeError,
    IndexError,
    OverflowError,
    RecursionError,
)


def expand(
    events: Sequence[GuardedEvent], window: Window, *, floating: str, warn: Warn
) -> Iterator[Occurrence]:
    """Yield the occurrences of one UID that touch the window.

    A series that cannot be expanded keeps the instances that its events name themselves.
    """
    try:
        found = list(_expanded(events, window, floating))
    except UNREADABLE:
        warn("its repetition is unreadable; only its own times are read")
        found = list(_single_ones(events, window, floating, warn))
    for occurrence in found:
        if occurrence.start < window.end and occurrence.end > window.start:
            yield occurrence


def _single_ones(
    events: Sequence[GuardedEvent], window: Window, floating: str, warn: Warn
) -> Iterator[Occurrence]:
    for event in events:
        try:
            yield from _expanded([event.without_repetition()], window, floating)
        except UNREADABLE:
            warn("left out, since its times are unreadable")


def _expanded(
    events: Sequence[GuardedEvent], window: Window, floating: str
) -> Iterator[Occurrence]:
    body = "".join(_vevent(event) for event in events)
    calendar = icalendar.Calendar.from_ical(f"{_HEAD}{body}END:VCALENDAR\r\n")
    if len(events) == 1 and not events[0].recurs:
        parts = calendar.walk("VEVENT")
    else:
        query = recurring_ical_events.of(calendar, skip_bad_series=False)
        parts = query.between(window.start - DAY, window.end + DAY)
    for part in parts:
        yield _occurrence(part, window, floating)


def _vevent(event: GuardedEvent) -> str:
    lines = "\r\n".join(event.lines)
    return f"BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\n{lines}\r\nEND:VEVENT\r\n"


def _occurrence(part: Any, window: Window, floating: str) -> Occurrence:
    first = part["DTSTART"].dt
    all_day = not isinstance(first, datetime)
    start = _instant(first, window.zone if all_day else floating)
    end = max(start, _instant(_last(part, first), window.zone if all_day else floating))
    status, transp = _marks(part)
    uid = str(part["UID"])
    return Occurrence(
        key=f"{uid}@{first.isoformat()}"[:500],
        uid=uid,
        start=start,
        end=end,
        all_day=all_day,
        summary=unescape(_text(part, "SUMMARY")).strip() or "Busy",
        location=unescape(_text(part, "LOCATION")).strip(),
        transp=transp,
        status=status,
        partstat=_text(part, "X-DAYLOOM-PARTSTAT") or None,
    )


def _last(part: Any, first: date) -> date:
    if "DTEND" in part:
        last: date = part["DTEND"].dt
        same = isinstance(last, datetime) == isinstance(first, datetime)
        return last if same else first
    if "DURATION" in part:
        ended: date = first + part["DURATION"].dt
        return ended
    return first if isinstance(first, datetime) else first + DAY


def _instant(moment: date, zone: str) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(UTC)


def _marks(part: Any) -> tuple[str | None, str | None]:
    """Return STATUS and TRANSP, with what Outlook says in its own property."""
    status = _text(part, "STATUS").upper() or None
    transp = _text(part, "TRANSP").upper() or None
    outlook = _text(part, "X-MICROSOFT-CDO-BUSYSTATUS").upper()
    if outlook == "FREE":
        transp = "TRANSPARENT"
    elif outlook in ("BUSY", "OOF"):
        transp = "OPAQUE"
    elif outlook == "TENTATIVE":
        status = status or "TENTATIVE"
    return status, transp


def _text(part: Any, name: str) -> str:
    value = part.get(name, "")
    return str(value[0] if isinstance(value, list) else value)

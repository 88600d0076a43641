"""Wall-clock rules to instants: when a weekly rhythm is open in a zone, DST settled.

A wall time that the clocks skip means the next instant there is, one that they repeat means the
first (PEP 495's `fold=0`). That map never runs backwards, so intervals never overlap, and a day
loses or gains exactly what the change of the clocks takes or gives.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dayloom.planning.interval import Interval, merge

DAY = timedelta(days=1)
MINUTES = 24 * 60

Span = tuple[int, int]  # minutes after midnight, wall time


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHours:
    """Open spans for each weekday, Monday first; `exceptions` replaces those of single dates.

    A span that does not end after its start runs into the next day, and belongs to the day on
    which it starts.
    """

    weekly: tuple[tuple[Span, ...], ...]
    exceptions: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.weekly) != 7:
            raise ValueError("weekly hours need seven days, Monday first")
        for spans in (*self.weekly, *self.exceptions.values()):
            for start, end in spans:
                if not (0 <= start < MINUTES and 0 <= end <= MINUTES) or start == end:
                    raise ValueError(f"{start}–{end} is not a span of minutes within a day")

    def on(self, day: date) -> tuple[Span, ...]:
        return self.exceptions.get(day, self.weekly[day.weekday()])


def parse_clock(text: str) -> int:
    """Return the minutes after midnight of `HH:MM`; 24:00 is the end of the day."""
    if text == "24:00":
        return MINUTES
    clock = time.fromisoformat(text)
    return clock.hour * 60 + clock.minute


def open_intervals(weekly: WeeklyHours, zone: ZoneInfo, horizon: Interval) -> tuple[Interval, ...]:
    """Return when the hours are open within `horizon`, in order, touching ones joined."""
    spans = (span for day in _dates(zone, horizon) for span in _instants(weekly, zone, day))
    common = (horizon.intersection(span) for span in spans)
    return tuple(merge(part for part in common if part))


def local_days(zone: ZoneInfo, horizon: Interval) -> tuple[Interval, ...]:
    """Return the whole local days, midnight to midnight, that cover `horizon`."""
    days = (
        Interval(instant(zone, day), instant(zone, day + DAY)) for day in _dates(zone, horizon)
    )
    return tuple(day for day in days if day.intersection(horizon))


def instant(zone: ZoneInfo, day: date, minutes: int = 0) -> datetime:
    """Return the first instant at which clocks in `zone` show that many `minutes` of `day`.

    A time that they skip gives the instant at which they skip it.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    first = wall.replace(tzinfo=zone).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    return _transition(zone, wall.replace(tzinfo=zone, fold=1).astimezone(UTC), first)


def _transition(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the second in which the offset changes, in `(before, after]`."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // timedelta(seconds=2) * timedelta(seconds=1)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def _dates(zone: ZoneInfo, horizon: Interval) -> Iterator[date]:
    """Yield the local dates that touch `horizon`, with one more on either side."""
    day = horizon.start.astimezone(zone).date() - DAY
    last = horizon.end.astimezone(zone).date() + DAY
    while day <= last:
        yield day
        day += DAY


def _instants(weekly: WeeklyHours, zone: ZoneInfo, day: date) -> Iterator[Interval]:
    for start, end in weekly.on(day):
        length = (end - start) % MINUTES or MINUTES
        yield Interval(instant(zone, day, start), instant(zone, day, start + length))

"""Days on which hours are closed, or open longer, as exceptions of these hours."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from dayloom.infra.errors import Invalid
from dayloom.language.suppositions import DayOff, ExtraHours
from dayloom.planning.availability import parse_clock
from dayloom.preferences.models import HourMap

DAY = timedelta(days=1)
MIDNIGHT = 24 * 60
Spans = list[list[str]]


def exceptions_of(
    said: DayOff | ExtraHours, hour_maps: Sequence[HourMap]
) -> dict[str, dict[str, Spans]]:
    """Return the hours of single dates, by the name of the hours, as they would become.

    `hour_maps` are as the rules make them, the default ones first. Raises `Invalid` where the
    named ones are gone.
    """
    chosen = _chosen(said, hour_maps)
    if isinstance(said, DayOff):
        closed: dict[str, Spans] = {day.isoformat(): [] for day in _days(said)}
        return {row.name: closed for row in chosen}
    day = said.day.isoformat()
    return {row.name: {day: _longer(_hours_on(row, said.day), said)} for row in chosen}


def _chosen(said: DayOff | ExtraHours, hour_maps: Sequence[HourMap]) -> Sequence[HourMap]:
    if isinstance(said, DayOff) and said.all_hours:
        return hour_maps
    if said.hour_map is None:
        return hour_maps[:1]
    found = [row for row in hour_maps if row.name == said.hour_map]
    if not found:
        raise Invalid(f"There are no hours named “{said.hour_map}” any more.", field="hour_map")
    return found


def _days(said: DayOff) -> Iterator[date]:
    for number in range((said.last - said.first).days + 1):
        yield said.first + number * DAY


def _hours_on(row: HourMap, day: date) -> Spans:
    return row.exceptions.get(day.isoformat(), row.weekly[day.weekday()])


def _longer(spans: Spans, said: ExtraHours) -> Spans:
    """Return one day's hours with more, those that touch joined."""
    pairs = sorted(map(_minutes, [*spans, [said.start, said.end]]))
    joined: list[tuple[int, int]] = []
    for start, end in pairs:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return [[_clock(start), _clock(end)] for start, end in joined]


def _minutes(span: Sequence[str]) -> tuple[int, int]:
    """Return a span in minutes of the day; one that runs past midnight ends after it."""
    start, end = map(parse_clock, span)
    return start, end if end > start else end + MIDNIGHT


def _clock(minutes: int) -> str:
    return "24:00" if minutes == MIDNIGHT else f"{minutes % MIDNIGHT // 60:02}:{minutes % 60:02}"

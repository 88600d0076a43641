"""Instants in words: the person's zone and clock, across midnight and changes of the clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dayloom.preferences.wallclock import WallClock, say_duration

MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 08:00 in Berlin
HOUR = timedelta(hours=1)


def clock(
    zone: str = "Europe/Berlin", *, hour_cycle: int = 24, now: datetime = MONDAY
) -> WallClock:
    return WallClock(ZoneInfo(zone), hour_cycle, now)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "08:00"),
        (15, "23:00"),
        (16, "the end of today"),
        (16.5, "tomorrow 00:30"),
        (25, "tomorrow 09:00"),
        (40, "the end of tomorrow"),
        (49, "Wed 09:00"),
        (24 * 6 + 1, "Sun 09:00"),
        (24 * 7 + 1, "Mon 30 Nov 09:00"),
        (24 * 39 + 1, "Fri 1 Jan 2027 09:00"),
        (-24, "Sun 22 Nov 08:00"),
    ],
)
def test_a_moment_is_short_when_it_is_near(hours: float, said: str) -> None:
    assert clock().moment(MONDAY + hours * HOUR) == said


def test_midnight_begins_a_day_or_ends_one() -> None:
    midnight = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    assert clock().start(midnight) == "Wed"
    assert clock().moment(midnight) == "the end of tomorrow"
    assert clock().start(midnight + HOUR) == "Wed 01:00"


@pytest.mark.parametrize(
    ("hour", "said"), [(0, "12:00 am"), (1, "1:00 am"), (12, "12:00 pm"), (13, "1:00 pm")]
)
def test_the_twelve_hour_clock(hour: int, said: str) -> None:
    moment = datetime(2026, 11, 23, hour, tzinfo=UTC)
    assert clock("UTC", hour_cycle=12).time(moment) == said


def test_an_hour_that_is_skipped_is_never_said() -> None:
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # clocks go from 02:00 to 03:00 at 01:00 UTC
    said = [clock(now=night).time(night + step * HOUR) for step in range(3)]
    assert said == ["01:30", "03:30", "04:30"]


def test_an_hour_that_comes_twice_is_said_twice() -> None:
    night = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)  # clocks go back at 01:00 UTC
    said = [clock(now=night).time(night + step * HOUR) for step in range(4)]
    assert said == ["01:30", "02:30", "02:30", "03:30"]


def test_days_are_counted_by_the_calendar_not_by_hours() -> None:
    late = datetime(2026, 10, 24, 21, 30, tzinfo=UTC)  # 23:30, before a day of 25 hours
    assert clock(now=late).day(late + 25 * HOUR) == "tomorrow"
    assert clock(now=late).day(late + 26 * HOUR) == "Mon"


def test_the_day_is_that_of_the_zone() -> None:
    moment = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert clock("Pacific/Kiritimati").moment(moment) == "tomorrow 02:00"
    assert clock("Pacific/Pago_Pago").moment(moment) == "tomorrow 01:00"
    assert clock("Asia/Kathmandu").time(moment) == "17:45"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (5, "5 min"), (60, "1 h"), (65, "1 h 05"), (90, "1 h 30"), (2400, "40 h")],
)
def test_durations_in_words(minutes: int, said: str) -> None:
    assert say_duration(timedelta(minutes=minutes)) == said


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "08:00"),
        (16, "the end of Mon"),
        (16.5, "Tue 00:30"),
        (25, "Tue 09:00"),
        (24 * 6 + 1, "Sun 09:00"),
        (24 * 7 + 1, "Mon 30 Nov 09:00"),
        (-24, "Sun 22 Nov 08:00"),
    ],
)
def test_a_dated_moment_holds_tomorrow_too(hours: float, said: str) -> None:
    assert clock().dated(MONDAY + hours * HOUR, on=MONDAY) == said


def test_a_dated_moment_names_its_day_where_no_other_is_meant() -> None:
    midnight = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    assert clock().dated(MONDAY) == "Mon 08:00"
    assert clock().dated_start(midnight) == "Wed"
    assert clock().dated_start(midnight + HOUR) == "Wed 01:00"

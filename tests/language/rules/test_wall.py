"""Wall times across every change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dayloom.language.rules.wall import day_start, instant, is_past, later

ZONES = tuple(
    map(
        ZoneInfo,
        (
            "Europe/Berlin",
            "America/New_York",
            "America/Santiago",
            "Africa/Cairo",
            "Africa/Casablanca",
            "Australia/Lord_Howe",
            "Asia/Beirut",
            "Pacific/Apia",
        ),
    )
)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        ("Europe/Berlin", date(2027, 3, 28), time(2, 0), "2027-03-28T03:00:00+02:00"),
        ("Europe/Berlin", date(2027, 3, 28), time(2, 59), "2027-03-28T03:00:00+02:00"),
        ("Europe/Berlin", date(2027, 3, 28), time(3, 0), "2027-03-28T03:00:00+02:00"),
        ("Europe/Berlin", date(2027, 3, 28), time(1, 59), "2027-03-28T01:59:00+01:00"),
        ("Europe/Berlin", date(2027, 10, 31), time(2, 30), "2027-10-31T02:30:00+02:00"),
        ("America/New_York", date(2027, 11, 7), time(1, 30), "2027-11-07T01:30:00-04:00"),
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 10), "2027-10-03T02:30:00+11:00"),
        ("Africa/Cairo", date(2029, 4, 27), time(0, 0), "2029-04-27T01:00:00+03:00"),
    ],
)
def test_a_skipped_time_is_the_first_after_it_and_of_two_it_is_the_first(
    zone: str, day: date, clock: time, expected: str
) -> None:
    assert instant(day, clock, ZoneInfo(zone)).isoformat() == expected


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.sampled_from(ZONES),
    st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    st.times().map(lambda clock: clock.replace(second=0, microsecond=0, fold=0)),
)
def test_the_instant_exists_and_is_the_earliest_that_is_not_before_the_wall_time(
    zone: ZoneInfo, day: date, clock: time
) -> None:
    found = instant(day, clock, zone)
    wall = datetime.combine(day, clock)

    assert found.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == found.replace(
        tzinfo=None
    )
    assert found.replace(tzinfo=None) >= wall
    before = (found.astimezone(UTC) - timedelta(minutes=1)).astimezone(zone)
    assert before.replace(tzinfo=None) < wall


def test_a_day_without_a_midnight_begins_after_it() -> None:
    assert f"{day_start(date(2029, 4, 27), ZoneInfo('Africa/Cairo')):%H:%M}" == "01:00"


def test_sums_count_real_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2027, 3, 28, 1, 30, tzinfo=berlin)

    assert later(before, timedelta(hours=1)).isoformat() == "2027-03-28T03:30:00+02:00"


def test_the_second_of_two_equal_times_is_not_past_in_the_first() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2027, 10, 31, 2, 30, tzinfo=berlin)
    second = first.replace(fold=1, minute=10)

    assert not is_past(second, first)
    assert is_past(first, second)

"""Opening hours as people write them: put in order, or refused with the day at fault."""

import pytest

from dayloom.infra.errors import Invalid
from dayloom.planning.availability import WeeklyHours
from dayloom.preferences.hours import (
    PERSONAL_WEEK,
    WORK_WEEK,
    Spans,
    check_exceptions,
    check_weekly,
    to_weekly_hours,
)

REST: list[Spans] = [[]] * 6


def test_the_first_weeks_are_good_as_they_are() -> None:
    for week in (WORK_WEEK, PERSONAL_WEEK):
        assert check_weekly(week) == week


def test_spans_are_put_in_order() -> None:
    assert check_weekly([[["14:00", "17:00"], ["09:00", "12:00"]], *REST])[0] == [
        ["09:00", "12:00"],
        ["14:00", "17:00"],
    ]


def test_spans_may_touch_and_the_last_may_end_on_the_next_day() -> None:
    day = [["09:00", "12:00"], ["12:00", "24:00"]]
    assert check_weekly([day, *REST])[0] == day
    night = [["18:00", "22:00"], ["22:00", "06:00"]]
    assert check_weekly([night, *REST])[0] == night


@pytest.mark.parametrize(
    ("spans", "sentence"),
    [
        ([["9:00", "17:00"]], "Monday: write hours as 09:00 to 17:30"),
        ([["09:00"]], "Monday: write hours"),
        ([["09:00", "12:00", "17:00"]], "Monday: write hours"),
        ([["09:60", "17:00"]], "Monday: write hours"),
        ([["09:00", "24:01"]], "Monday: write hours"),
        ([["٠٩:٠٠", "17:00"]], "Monday: write hours"),
        ([["09:00 ", "17:00"]], "Monday: write hours"),
        ([["", ""]], "Monday: write hours"),
        ([["09:00", "09:00"]], "09:00–09:00 is empty"),
        ([["24:00", "06:00"]], "24:00–06:00 is empty"),
        ([["09:00", "12:00"], ["11:00", "17:00"]], "09:00–12:00 and 11:00–17:00 overlap"),
        ([["22:00", "06:00"], ["23:00", "24:00"]], "22:00–06:00 and 23:00–24:00 overlap"),
    ],
)
def test_what_is_wrong_with_a_day_is_said(spans: Spans, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as raised:
        check_weekly([spans, *REST])
    assert raised.value.field == "weekly"


@pytest.mark.parametrize("days", [0, 6, 8])
def test_a_week_has_seven_days(days: int) -> None:
    with pytest.raises(Invalid, match="seven days, Monday first"):
        check_weekly([[]] * days)


def test_single_dates_have_hours_of_their_own() -> None:
    exceptions = {"2026-12-24": [], "2026-12-31": [["09:00", "12:00"]]}
    assert check_exceptions(exceptions) == exceptions


@pytest.mark.parametrize(
    "day", ["24.12.2026", "2026-12-32", "20261224", "2026-W52-4", "2026-12-24T00:00", "", "Monday"]
)
def test_what_is_no_date_is_said(day: str) -> None:
    with pytest.raises(Invalid, match=f"“{day}” is not a date") as raised:
        check_exceptions({day: []})
    assert raised.value.field == "exceptions"


def test_bad_hours_of_a_date_name_the_date() -> None:
    with pytest.raises(Invalid, match="2026-12-24: 17:00–17:00 is empty") as raised:
        check_exceptions({"2026-12-24": [["17:00", "17:00"]]})
    assert raised.value.field == "exceptions"


def test_the_planner_reads_minutes() -> None:
    read = to_weekly_hours([[["09:00", "12:30"], ["22:00", "24:00"]], *REST], {"2026-12-24": []})
    assert isinstance(read, WeeklyHours)
    assert read.weekly[0] == ((540, 750), (1320, 1440))
    assert list(read.exceptions.values()) == [()]

"""Nine in the morning is nine where the person is, every day of the year."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from dayloom.planning.availability import WeeklyHours, instant, local_days, open_intervals
from dayloom.planning.interval import Interval
from dayloom.planning.problem import Problem, Task
from tests.planning.builders import HOUR
from tests.planning.scenarios.conftest import Planner

OFFICE = WeeklyHours(weekly=(((9 * 60, 17 * 60),),) * 5 + ((),) * 2)
ZONES = ("Asia/Tokyo", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Kiritimati", "Asia/Gaza")


def first_morning(zone: ZoneInfo, day: date, planned: Planner) -> datetime:
    """Return when a task of one hour starts, planned from the midnight before `day` in UTC."""
    start = datetime.combine(day, time(), UTC) - timedelta(days=1)
    horizon = Interval(start, start + timedelta(days=6))
    problem = Problem(
        now=start,
        horizon=horizon,
        tasks=(Task(id=1, duration=HOUR, release=instant(zone, day)),),
        hours={"work": open_intervals(OFFICE, zone, horizon)},
        days=local_days(zone, horizon),
    )
    return planned(problem).slots[0].start.astimezone(zone)


@pytest.mark.parametrize("name", ZONES)
def test_work_starts_at_nine_on_the_persons_clock(name: str, planned: Planner) -> None:
    zone = ZoneInfo(name)
    for month in range(1, 13):
        day = date(2026, month, 3)
        day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
        start = first_morning(zone, day, planned)
        assert (start.date(), start.time()) == (day, time(9))

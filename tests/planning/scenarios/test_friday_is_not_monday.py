"""Different hours each weekday, several maps, and exceptions: each day has its own."""

from datetime import date
from zoneinfo import ZoneInfo

from dayloom.planning.availability import WeeklyHours, open_intervals
from tests.planning.builders import WEEK, at, span, task, week
from tests.planning.scenarios.conftest import Planner

SHORT_FRIDAY = WeeklyHours(
    weekly=(((540, 1020),),) * 4 + (((480, 720),),) + ((),) * 2,
    exceptions={date(2026, 3, 4): ((780, 900),), date(2026, 3, 5): ()},
)
HOURS = open_intervals(SHORT_FRIDAY, ZoneInfo("UTC"), week().horizon)


def test_friday_ends_at_noon(planned: Planner) -> None:
    long = task(1, 240, release=at("fri 00:00"))
    plan = planned(week(long, hours={"work": HOURS}))
    assert plan.by_task()[1] == (span("fri 08:00", "12:00"),)


def test_exceptions_shorten_wednesday_and_close_thursday(planned: Planner) -> None:
    tasks = [task(k, 60, release=at("wed 00:00")) for k in range(1, 5)]
    plan = planned(week(*tasks, hours={"work": HOURS}))
    loads = [sum(day.covers(slot.interval) for slot in plan.slots) for day in WEEK]
    assert loads == [0, 0, 2, 0, 2, 0, 0]


def test_private_errands_keep_to_private_hours(planned: Planner) -> None:
    maps = {"work": HOURS, "private": (span("mon 18:00", "20:00"),)}
    plan = planned(week(task(1), task(2, hours="private", weight=16), hours=maps))
    assert plan.by_task()[2] == (span("mon 18:00", "19:00"),)
    assert plan.by_task()[1] == (span("mon 09:00", "10:00"),)

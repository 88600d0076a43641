"""In the night when clocks go forward, 01:00 to 04:00 are two hours and not three."""

from dataclasses import replace
from datetime import date

from dayloom.planning.plan import Obstacle
from dayloom.planning.problem import Cap, Task
from tests.planning.builders import HOUR
from tests.planning.scenarios.conftest import Planner
from tests.planning.scenarios.nights import BERLIN, night

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def test_two_hours_fit_into_the_short_night(planned: Planner) -> None:
    (slot,) = planned(night(SPRING, Task(id=1, duration=2 * HOUR))).slots
    assert slot.interval.duration == 2 * HOUR
    assert f"{slot.start.astimezone(BERLIN):%H:%M}" == "01:00"
    assert f"{slot.end.astimezone(BERLIN):%H:%M}" == "04:00"


def test_three_hours_do_not(planned: Planner) -> None:
    (unplaced,) = planned(night(SPRING, Task(id=1, duration=3 * HOUR))).unplaced
    assert unplaced.obstacle is Obstacle.TOO_LONG
    assert unplaced.missing == HOUR


def test_four_hours_fit_into_the_long_night(planned: Planner) -> None:
    (slot,) = planned(night(AUTUMN, Task(id=1, duration=4 * HOUR))).slots
    assert f"{slot.end.astimezone(BERLIN):%H:%M}" == "04:00"


def test_the_daily_limit_of_the_short_day_ends_with_that_day(planned: Planner) -> None:
    tasks = (Task(id=1, duration=HOUR), Task(id=2, duration=HOUR))
    problem = night(SPRING, *tasks, days=2, hours=(0, 24))
    capped = replace(problem, caps=(Cap(limits=(HOUR, HOUR)),))
    assert [slot.start.astimezone(BERLIN).day for slot in planned(capped).slots] == [29, 30]

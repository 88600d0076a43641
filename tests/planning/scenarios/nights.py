"""Nights in Berlin, with hours from 01:00 to 04:00 on the clock."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from dayloom.planning.availability import WeeklyHours, instant, local_days, open_intervals
from dayloom.planning.interval import Interval
from dayloom.planning.problem import Problem, Task

BERLIN = ZoneInfo("Europe/Berlin")


def night(first: date, *tasks: Task, days: int = 1, hours: tuple[int, int] = (1, 4)) -> Problem:
    """Return a problem of some days from `first`, open between two hours of the clock."""
    horizon = Interval(instant(BERLIN, first), instant(BERLIN, first + timedelta(days=days)))
    weekly = WeeklyHours(weekly=(((hours[0] * 60, hours[1] * 60),),) * 7)
    return Problem(
        now=horizon.start,
        horizon=horizon,
        tasks=tasks,
        hours={"work": open_intervals(weekly, BERLIN, horizon)},
        days=local_days(BERLIN, horizon),
    )

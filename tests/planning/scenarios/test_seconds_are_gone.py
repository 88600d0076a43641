"""Moments with seconds, from clocks and calendars, never shift the grid."""

from datetime import timedelta

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Obstacle
from dayloom.planning.problem import Busy
from tests.planning.builders import at, span, task, week
from tests.planning.scenarios.conftest import Planner

ODD = timedelta(seconds=31, microseconds=5)


def test_now_is_rounded_up(planned: Planner) -> None:
    plan = planned(week(task(), now=at("mon 10:01") + ODD))
    assert plan.by_task()[1] == (span("mon 10:05", "11:05"),)


def test_an_event_that_ends_with_seconds_is_over_at_the_next_step(planned: Planner) -> None:
    meeting = Busy(interval=Interval(at("mon 09:00"), at("mon 10:05") + ODD), event_id=7)
    plan = planned(week(task(), busy=(meeting,)))
    assert plan.by_task()[1] == (span("mon 10:10", "11:10"),)


def test_hours_with_seconds_shrink_to_the_grid(planned: Planner) -> None:
    hours = Interval(at("mon 09:00") + ODD, at("mon 10:10") - ODD)
    plan = planned(week(task(), hours={"work": (hours,)}))
    assert plan.by_task()[1] == (span("mon 09:05", "10:05"),)


def test_a_release_with_seconds_is_rounded_up_and_a_deadline_down(planned: Planner) -> None:
    release, deadline = at("mon 10:00") + ODD, at("mon 11:05") + ODD
    fitting = week(task(release=release, deadline=deadline))
    assert planned(fitting).by_task()[1] == (span("mon 10:05", "11:05"),)
    tight = week(task(release=release, deadline=deadline - 2 * ODD))
    assert [missed.obstacle for missed in planned(tight).unplaced] == [Obstacle.DEADLINE]

"""What the person put somewhere stays there to the minute, whatever else happens."""

from dayloom.planning.problem import Cap, Precedence
from tests.planning.builders import HOUR, MINUTE, at, busy, span, task, week
from tests.planning.scenarios.conftest import Planner

ODD = span("mon 10:02", "11:02")


def test_a_pin_stays_off_the_grid_over_a_meeting_and_outside_hours(planned: Planner) -> None:
    sunday = span("sun 23:58", "sun 23:59")
    rest = span("sun 12:00", "12:59")
    meeting = busy(7, "mon 10:00", "12:00")
    problem = week(task(1, pinned=(ODD,)), task(2, pinned=(rest, sunday)), busy=(meeting,))
    places = planned(problem).by_task()
    assert places == {1: (ODD,), 2: (rest, sunday)}


def test_others_make_room_for_a_pin_and_keep_the_buffer(planned: Planner) -> None:
    problem = week(task(1, pinned=(ODD,)), task(2), task(3), buffer=5 * MINUTE)
    starts = sorted(slot.start for slot in planned(problem).slots if slot.task_id != 1)
    assert starts == [at("mon 11:10"), at("mon 12:15")]


def test_a_pin_that_breaks_the_daily_limit_stays_and_nothing_joins_it(planned: Planner) -> None:
    problem = week(
        task(1, 120, pinned=(span("mon 09:00", "11:00"),)),
        task(2),
        caps=(Cap(limits=(HOUR,) * 7),),
    )
    places = planned(problem).by_task()
    assert places[1] == (span("mon 09:00", "11:00"),)
    assert places[2] == (span("tue 09:00", "10:00"),)


def test_a_pin_leaves_time_for_what_comes_before_it(planned: Planner) -> None:
    """A light task in front of a pinned one is done before heavier work."""
    pinned = task(1, pinned=(span("mon 11:00", "12:00"),), after=(Precedence(task_id=2),))
    problem = week(pinned, task(2, weight=1), task(3, 90, weight=16))
    plan = planned(problem)
    assert plan.by_task()[2][0].end <= at("mon 11:00")
    assert plan.unplaced == ()

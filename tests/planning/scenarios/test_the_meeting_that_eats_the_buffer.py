"""A meeting moves to ten minutes after a block, and the promised breather is gone."""

from dataclasses import replace

from tests.planning.builders import MINUTE, busy, span, task, week
from tests.planning.scenarios.conftest import Planner

MEETING = busy(7, "mon 10:00", "11:00")


def test_without_a_buffer_work_touches_the_meeting(planned: Planner) -> None:
    assert planned(week(task(), busy=(MEETING,))).by_task()[1] == (span("mon 09:00", "10:00"),)


def test_the_buffer_holds_before_and_after_the_meeting(planned: Planner) -> None:
    problem = week(task(1), task(2, 45), busy=(MEETING,), event_buffer=15 * MINUTE)
    places = planned(problem).by_task()
    assert places[2] == (span("mon 09:00", "09:45"),)
    assert places[1] == (span("mon 11:15", "12:15"),)


def test_an_odd_buffer_is_rounded_up_and_never_down(planned: Planner) -> None:
    problem = week(task(1, 480), task(2), busy=(), buffer=7 * MINUTE)
    problem = replace(problem, tasks=(task(1), task(2)))
    first, second = planned(problem).slots
    assert second.start - first.end == 10 * MINUTE

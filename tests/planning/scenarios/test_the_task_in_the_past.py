"""Nothing is ever planned where the clock has already been."""

from tests.planning.builders import HOUR, at, span, task, week
from tests.planning.scenarios.conftest import Planner


def test_in_the_afternoon_the_morning_is_over(planned: Planner) -> None:
    plan = planned(week(task(), now=at("mon 14:03")))
    assert plan.by_task()[1] == (span("mon 14:05", "15:05"),)


def test_five_minutes_before_closing_means_tomorrow(planned: Planner) -> None:
    plan = planned(week(task(), now=at("mon 16:55")))
    assert plan.by_task()[1] == (span("tue 09:00", "10:00"),)


def test_a_release_in_the_past_changes_nothing(planned: Planner) -> None:
    plan = planned(week(task(release=at("mon 02:00")), now=at("tue 10:00")))
    assert plan.by_task()[1] == (span("tue 10:00", "11:00"),)


def test_what_is_running_goes_on_and_the_next_waits_for_it(planned: Planner) -> None:
    running = span("mon 10:00", "11:30")
    problem = week(
        task(1, 90, pinned=(running,), running=True),
        task(2, deadline=at("mon 13:00")),
        now=at("mon 10:03"),
        buffer=HOUR / 4,
    )
    places = planned(problem).by_task()
    assert places == {1: (running,), 2: (span("mon 11:45", "12:45"),)}

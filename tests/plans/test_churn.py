"""What plans move is counted by day, and told by week."""

from datetime import timedelta

from tests.plans.conftest import Planner


def moved(planner: Planner, weeks: int = 2) -> list[tuple[int, int]]:
    found = planner.read(lambda s: s.insights.churn(weeks))
    return [(week.unasked.tasks, week.agreed.tasks) for week in found]


def test_first_places_do_not_count(planner: Planner) -> None:
    planner.add("Write the report 1h")
    planner.replan()
    assert moved(planner) == [(0, 0), (0, 0)]


def test_what_the_person_moves_is_told_apart_from_what_moves_by_itself(planner: Planner) -> None:
    task = planner.add("Write the report 1h")
    planner.replan()
    there = planner.start_of(task)
    planner.run(planner.container.pins.pin(task.id, there + timedelta(hours=2)))
    assert moved(planner) == [(0, 0), (0, 1)]
    week = planner.read(lambda s: s.insights.churn(1))[0]
    assert (week.agreed.plans, week.agreed.minutes) == (1, 60)


def test_weeks_begin_on_the_day_that_the_person_chose(planner: Planner) -> None:
    firsts = planner.read(lambda s: [week.first.isoformat() for week in s.insights.churn(3)])
    assert firsts == ["2026-11-09", "2026-11-16", "2026-11-23"]
    planner.write(lambda s: s.preferences.change({"week_start": 6}))
    assert planner.read(lambda s: s.insights.churn(1))[0].first.isoformat() == "2026-11-22"

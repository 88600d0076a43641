"""From rows to the problem: how far it looks, and which hours, caps and pauses it knows."""

from datetime import UTC, datetime, timedelta

from dayloom.planning.problem import Problem
from dayloom.plans.inputs import load_inputs
from dayloom.plans.problem import build_problem
from dayloom.preferences.models import PlanMode
from tests.plans.conftest import Planner

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)
MONDAY, SATURDAY = 0, 5
CHRISTMAS = datetime(2026, 12, 20, 23, 0, tzinfo=UTC), datetime(2027, 1, 1, 23, 0, tzinfo=UTC)


def problem_of(planner: Planner) -> Problem:
    now, account_id = planner.clock.now(), planner.container.account_id
    inputs = planner.read(lambda s: load_inputs(s.session, account_id=account_id, now=now))
    return build_problem(inputs)


def weeks(problem: Problem) -> int:
    return (problem.horizon.end - problem.horizon.start) // WEEK


def test_looks_four_weeks_ahead(planner: Planner) -> None:
    planner.add("Write 1h")
    assert weeks(problem_of(planner)) == 4


def test_looks_a_week_beyond_the_last_date(planner: Planner) -> None:
    planner.add("Write 1h by 2027-01-04")
    assert problem_of(planner).horizon.end > datetime(2027, 1, 10, tzinfo=UTC)


def test_looks_farther_when_there_is_much_to_do(planner: Planner) -> None:
    for number in range(4):
        planner.add(f"Thesis {number} 40h in 1-4h chunks")
    assert weeks(problem_of(planner)) > 4


def test_looks_beyond_events_that_leave_no_room_after_the_last_release(planner: Planner) -> None:
    planner.meet(*CHRISTMAS)
    task = planner.add("Book a flight 15m not before 2026-12-20")
    planner.replan()
    assert (
        planner.read(lambda s: s.placements.slots_of([task.id]))[task.id][0].start > CHRISTMAS[1]
    )


def test_what_no_day_has_room_for_does_not_lengthen_it(planner: Planner) -> None:
    planner.add("Huge 20h in one go")
    assert weeks(problem_of(planner)) == 4


def test_a_map_without_hours_leaves_its_tasks_out_with_a_reason(planner: Planner) -> None:
    planner.write(lambda s: s.preferences.add_hour_map("never", weekly=[[]] * 7, exceptions={}))
    task = planner.add("Rest 1h #never")
    planner.replan()
    [unplaced] = planner.look().unplaced
    assert (unplaced.task_id, unplaced.obstacle) == (task.id, "no_hours")


def test_hours_that_were_removed_leave_their_tasks_to_the_usual_ones(planner: Planner) -> None:
    made = planner.write(
        lambda s: s.preferences.add_hour_map(
            "studio", weekly=[[["20:00", "22:00"]]] * 7, exceptions={}
        )
    )
    task = planner.add("Record 1h #studio")
    planner.replan()
    assert planner.start_of(task).hour == 19
    planner.write(lambda s: s.preferences.remove_hour_map(made.id))
    assert {one.hours for one in problem_of(planner).tasks} == {"work"}


def test_a_holiday_is_free_of_work(planner: Planner) -> None:
    work = planner.read(lambda s: s.preferences.hour_maps()[0])
    planner.write(
        lambda s: s.preferences.change_hour_map(
            work.id, weekly=work.weekly, exceptions={"2026-11-23": []}
        )
    )
    task = planner.add("Write 1h")
    planner.replan()
    assert planner.start_of(task) == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_what_is_meant_for_days_without_work_lies_in_the_hours_that_have_them(
    planner: Planner,
) -> None:
    garage = planner.add("Clean the garage 3h this weekend")
    assert planner.start_of(garage).weekday() == SATURDAY
    planner.replan()
    assert planner.start_of(garage).weekday() == SATURDAY
    named = planner.add("Write the report 1h this weekend #work")
    assert planner.start_of(named).weekday() == MONDAY


def test_a_task_that_waits_is_free_when_the_other_is_deleted(planner: Planner) -> None:
    first = planner.add("Draft 1h not before tomorrow")
    second = planner.add(f"Review 1h after #{first.id}")
    planner.write(lambda s: s.tasks.delete(first.id))
    planner.replan()
    assert planner.start_of(second).day == 23
    planner.write(lambda s: s.tasks.restore(first.id))
    assert problem_of(planner).tasks[1].after[0].task_id == first.id


def test_another_zone_moves_the_hours(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.write(lambda s: s.change_preferences({"time_zone": "America/New_York"}))
    planner.write(lambda s: s.preferences.change({"plan_mode": PlanMode.AUTO}))
    planner.replan()
    assert planner.start_of(task) == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def test_a_gap_and_buffers_keep_their_distance(planner: Planner) -> None:
    planner.write(
        lambda s: s.preferences.change(
            {"buffer": timedelta(minutes=10), "event_buffer": timedelta(minutes=20)}
        )
    )
    nine = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    planner.meet(nine, nine + HOUR)
    first, second = planner.add("One 1h"), planner.add("Two 1h")
    planner.replan()
    starts = sorted([planner.start_of(first), planner.start_of(second)])
    assert starts == [nine + 80 * HOUR / 60, nine + 150 * HOUR / 60]

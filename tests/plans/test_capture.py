"""A typed line has a time at once, beside what lies already."""

from datetime import UTC, datetime, timedelta

import pytest

from dayloom.infra.errors import Invalid
from tests.plans.conftest import Planner

NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # in Berlin
HOUR = timedelta(hours=1)


def test_the_answer_has_a_provisional_time(planner: Planner) -> None:
    task = planner.add("Write report 2h")
    assert (task.scheduled_start_time, task.scheduled_end_time) == (NINE, NINE + 2 * HOUR)
    assert task.needs_scheduling
    assert [slot.provisional for slot in planner.slots(task)] == [True]


def test_the_next_one_lies_behind_it(planner: Planner) -> None:
    planner.add("Write report 2h")
    assert planner.add("Call Jonas 30m").scheduled_start_time == NINE + 2 * HOUR


def test_buffers_hold_from_the_first_moment(planner: Planner) -> None:
    planner.write(lambda s: s.preferences.change({"buffer": timedelta(minutes=15)}))
    planner.add("Write report 2h")
    expected = NINE + 2 * HOUR + timedelta(minutes=15)
    assert planner.add("Call Jonas 30m").scheduled_start_time == expected


def test_a_fixed_time_is_taken_as_it_is(planner: Planner) -> None:
    task = planner.add("Dentist tomorrow at 20:00 1h")
    assert task.scheduled_start_time == datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


def test_a_long_task_comes_in_pieces(planner: Planner) -> None:
    task = planner.add("Thesis 10h in 1-3h chunks")
    slots = planner.slots(task)
    assert sum((slot.end - slot.start for slot in slots), timedelta(0)) == 10 * HOUR
    assert all(HOUR <= slot.end - slot.start <= 3 * HOUR for slot in slots)


def test_work_after_another_task_waits_for_it(planner: Planner) -> None:
    first = planner.add("Draft 2h")
    second = planner.add(f"Review, 30m, after #{first.id}")
    assert second.scheduled_start_time == first.scheduled_end_time


def test_the_evening_is_found_in_personal_hours(planner: Planner) -> None:
    task = planner.add("Read a book tonight 1h")
    assert task.scheduled_start_time == datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def test_a_tag_may_name_the_hours(planner: Planner) -> None:
    task = planner.add("Laundry 1h #personal")
    assert task.scheduled_start_time == datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def test_many_lines_are_many_tasks(planner: Planner) -> None:
    made = planner.write(lambda s: s.capture.add_lines("- one 1h\n\n* two 30m\n3. three"))
    assert [task.title for task in made.tasks] == ["one", "two", "three"]


def test_one_bad_line_stores_none(planner: Planner) -> None:
    with pytest.raises(Invalid, match="no task #999"):
        planner.write(lambda s: s.capture.add_lines("good one\nbad one after #999"))
    assert planner.read(lambda s: s.tasks.count_unfinished()) == 0


def test_nothing_typed_is_told(planner: Planner) -> None:
    with pytest.raises(Invalid, match="Say what there is to do"):
        planner.add("   \n  ")


def test_what_cannot_fit_has_no_time_yet_but_is_kept(planner: Planner) -> None:
    task = planner.add("Huge 30h in one go")
    assert task.scheduled_start_time is None
    assert planner.read(lambda s: s.tasks.count_unfinished()) == 1


def test_caps_hold_from_the_first_moment(planner: Planner) -> None:
    planner.write(lambda s: s.preferences.change({"daily_cap": 3 * HOUR}))
    planner.add("Write report 2h")
    assert planner.add("Edit it 2h").scheduled_start_time == NINE + 24 * HOUR


def test_the_cap_of_hours_counts_what_lies_in_them(planner: Planner) -> None:
    work = planner.read(lambda s: s.preferences.hour_maps()[0])
    planner.write(
        lambda s: s.preferences.change_hour_map(
            work.id, weekly=work.weekly, exceptions={}, daily_cap=3 * HOUR
        )
    )
    planner.add("Laundry 2h #personal")
    planner.add("Write report 2h")
    assert planner.add("Call Jonas 1h").scheduled_start_time == NINE + 2 * HOUR
    assert planner.add("Call Jana 1h").scheduled_start_time == NINE + 24 * HOUR

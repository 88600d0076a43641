"""Recurring tasks make their occurrences, let missed ones go, and end."""

from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest

from dayloom.infra.errors import Invalid
from dayloom.tasks.fields import TaskFields
from dayloom.tasks.models import Task, TaskStatus
from tests.conftest import Desk
from tests.fakes import FakeClock

DAY = timedelta(days=1)


def begin(desk: Desk, **fields: object) -> list[Task]:
    given = cast("TaskFields", {"title": "Gym", "duration": timedelta(hours=1), **fields})
    return desk.write(lambda s: s.series.add(given))


def days(tasks: list[Task]) -> list[date | None]:
    return [task.occurrence_on for task in tasks]


def unfinished(desk: Desk) -> list[Task]:
    return desk.read(lambda s: list(s.tasks.unfinished()))


def test_weekdays_skip_the_weekend(desk: Desk) -> None:
    made = days(begin(desk, rrule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"))
    assert made[0] == date(2026, 11, 23)
    assert all(day is not None and day.weekday() < 5 for day in made)
    assert len(made) == 11  # two weeks ahead: 23 November to 7 December


def test_each_occurrence_belongs_to_its_local_day(desk: Desk) -> None:
    made = begin(desk, rrule="FREQ=DAILY")
    second = made[1]
    assert second.release == datetime(2026, 11, 23, 23, 0, tzinfo=UTC)  # 24th, 00:00 in Berlin
    assert second.due == second.release + DAY


def test_a_fixed_time_is_wall_time_across_dst(desk: Desk, clock: FakeClock) -> None:
    clock.moment = datetime(2026, 10, 20, 5, 0, tzinfo=UTC)
    start = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)  # 09:00 in summer
    made = begin(desk, rrule="FREQ=DAILY", pinned_start=start)
    hours = {task.occurrence_on: task.pins[0][0][11:16] for task in made}
    assert hours[date(2026, 10, 24)] == "07:00"
    assert hours[date(2026, 10, 25)] == "08:00"  # 09:00 in winter


def test_a_habit_leaves_its_days_free_but_not_two_on_one(desk: Desk) -> None:
    made = begin(desk, times_per_week=3)
    first_week = [task for task in made if task.occurrence_on == date(2026, 11, 23)]
    assert len(first_week) == 3
    assert first_week[0].after == []
    assert [d.gap for d in first_week[1].after] == [timedelta(hours=36)]


def test_a_rare_task_exists_once_ahead(desk: Desk) -> None:
    made = begin(desk, rrule="FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3")
    assert days(made) == [date(2027, 5, 3)]


def test_finishing_the_only_occurrence_makes_the_next(desk: Desk, clock: FakeClock) -> None:
    [task] = begin(desk, rrule="FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3")
    clock.moment = datetime(2027, 5, 3, 8, 0, tzinfo=UTC)
    desk.write(lambda s: s.tracking.complete(task.id))
    desk.write(lambda s: s.series.top_up_all())
    assert days(unfinished(desk)) == [date(2028, 5, 3)]


def test_making_twice_makes_nothing_twice(desk: Desk) -> None:
    made = begin(desk, rrule="FREQ=DAILY")
    assert desk.write(lambda s: s.series.top_up_all()) == 0
    assert len(unfinished(desk)) == len(made)


def test_a_missed_day_does_not_pile_up(desk: Desk, clock: FakeClock) -> None:
    first = begin(desk, rrule="FREQ=DAILY")[0]
    clock.advance(3 * DAY)
    desk.write(lambda s: s.series.top_up_all())
    assert desk.read(lambda s: s.tasks.require(first.id)).status is TaskStatus.MISSED
    open_until_now = [t for t in unfinished(desk) if t.release and t.release <= clock.now()]
    assert days(open_until_now) == [date(2026, 11, 26)]


def test_a_late_monthly_task_is_kept_until_the_next_begins(desk: Desk, clock: FakeClock) -> None:
    first = begin(desk, rrule="FREQ=MONTHLY;BYMONTHDAY=25")[0]
    clock.advance(20 * DAY)
    desk.write(lambda s: s.series.top_up_all())
    assert desk.read(lambda s: s.tasks.require(first.id)).status is TaskStatus.OPEN
    clock.advance(20 * DAY)
    desk.write(lambda s: s.series.top_up_all())
    assert desk.read(lambda s: s.tasks.require(first.id)).status is TaskStatus.MISSED


def test_an_ended_series_leaves_no_future(desk: Desk) -> None:
    made = begin(desk, rrule="FREQ=DAILY")
    series_id = made[0].series_id
    assert series_id is not None
    desk.write(lambda s: s.series.end(series_id))
    assert unfinished(desk) == []
    assert desk.write(lambda s: s.series.top_up_all()) == 0


@pytest.mark.parametrize(
    "rule", ["FREQ=HOURLY", "FREQ=SECONDLY;COUNT=5", "nonsense", "FREQ=DAILY;INTERVAL=0", ""]
)
def test_refuses_a_rule_that_is_none(desk: Desk, rule: str) -> None:
    with pytest.raises(Invalid):
        begin(desk, rrule=rule)


def test_a_rule_that_never_happens_is_told(desk: Desk) -> None:
    with pytest.raises(Invalid, match="never happens"):
        begin(desk, rrule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")


def test_an_occurrence_is_edited_alone(desk: Desk) -> None:
    made = begin(desk, rrule="FREQ=DAILY")
    desk.write(lambda s: s.tasks.edit(made[1].id, {"title": "Gym, legs", "priority": 9.0}))
    titles = [task.title for task in unfinished(desk)]
    assert (titles[1], set(titles[2:])) == ("Gym, legs", {"Gym"})


def test_a_deleted_occurrence_is_not_made_again(desk: Desk) -> None:
    made = begin(desk, rrule="FREQ=DAILY")
    desk.write(lambda s: s.tasks.delete(made[1].id))
    assert desk.write(lambda s: s.series.top_up_all()) == 0
    assert made[1].id not in [task.id for task in unfinished(desk)]


def test_deleting_the_only_occurrence_makes_the_next(desk: Desk) -> None:
    [only] = begin(desk, rrule="FREQ=YEARLY")
    desk.write(lambda s: s.tasks.delete(only.id))
    desk.write(lambda s: s.series.top_up_all())
    assert days(unfinished(desk)) == [date(2027, 11, 23)]


def test_what_runs_survives_the_end_of_its_series(desk: Desk) -> None:
    made = begin(desk, rrule="FREQ=DAILY")
    series_id = made[0].series_id
    assert series_id is not None
    desk.write(lambda s: s.tracking.start(made[0].id))
    desk.write(lambda s: s.series.end(series_id))
    assert [task.id for task in unfinished(desk)] == [made[0].id]


def test_another_zone_keeps_the_time_of_day(desk: Desk) -> None:
    nine = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # in Berlin
    fixed = begin(desk, rrule="FREQ=DAILY", pinned_start=nine)
    free = begin(desk, title="Read", rrule="FREQ=DAILY")
    own = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
    desk.write(lambda s: s.tasks.edit(fixed[2].id, {"pinned_start": own}))
    desk.write(lambda s: s.change_preferences({"time_zone": "America/New_York"}))
    now = {task.id: task for task in unfinished(desk)}
    begins = [now[task.id].pins[0][0][:16] for task in fixed[:4]]
    assert begins == [
        "2026-11-23T08:00",
        "2026-11-24T14:00",
        "2026-11-25T20:00",
        "2026-11-26T14:00",
    ]
    assert now[free[1].id].release == datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    assert now[free[1].id].due == datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


def test_a_change_of_other_preferences_moves_no_occurrence(desk: Desk) -> None:
    [first, *_] = begin(desk, rrule="FREQ=DAILY")
    desk.write(lambda s: s.change_preferences({"time_zone": "Europe/Berlin", "week_start": 6}))
    assert desk.read(lambda s: s.tasks.require(first.id)).updated_at == first.updated_at

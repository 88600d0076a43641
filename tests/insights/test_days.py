"""Planned against worked by day, and how much of it was done as planned."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dayloom.insights.days import Adherence, Day, Records, measure_adherence, tell_days
from dayloom.insights.pieces import Piece
from dayloom.planning.interval import Interval
from tests.insights.building import MINUTE, at, finished, piece

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
HOUR = timedelta(hours=1)


def records(
    planned: tuple[Piece, ...] = (),
    worked: tuple[Piece, ...] = (),
    since: datetime | None = None,
) -> Records:
    return Records(planned=planned, worked=worked, done=(), since=since)


def test_what_crosses_midnight_belongs_to_both_days() -> None:
    over = piece(1, "22:00", "24:00")  # 23:00 to 01:00 in Berlin
    monday, tuesday = tell_days(
        records(planned=(over,), worked=(over,), since=at("0:00")), BERLIN, [MONDAY, TUESDAY]
    )
    assert (monday.planned_for, tuesday.planned_for) == (HOUR, HOUR)
    assert (monday.worked_for, tuesday.worked_for) == (HOUR, HOUR)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 2), (date(2026, 10, 25), 4)])
def test_an_hour_that_the_clocks_skip_or_repeat_is_counted_as_it_was(
    day: date, hours: int
) -> None:
    start = datetime(day.year, day.month, day.day, 1, tzinfo=BERLIN)
    end = datetime(day.year, day.month, day.day, 4, tzinfo=BERLIN)
    night = Piece(task_id=1, title="Night", interval=Interval(start, end))
    (told,) = tell_days(records(worked=(night,)), BERLIN, [day])
    assert told.worked_for == hours * HOUR


def test_before_the_first_note_nothing_is_known() -> None:
    days = tell_days(records(since=at("8:00", day=1)), BERLIN, [MONDAY, TUESDAY])
    assert [day.planned_for for day in days] == [None, timedelta(0)]
    assert tell_days(records(), BERLIN, [MONDAY])[0].planned_for is None


def test_what_has_no_clock_is_told_apart() -> None:
    done = (finished(1, worked=30), finished(2))
    (day,) = tell_days(Records(planned=(), worked=(), done=done, since=None), BERLIN, [MONDAY])
    assert [task.task_id for task in day.done] == [1, 2]
    assert [task.task_id for task in day.ticked] == [2]


class TestAdherence:
    def measure(self, *days: Day) -> Adherence | None:
        return measure_adherence(days)

    def day(self, planned: list[Piece], worked: list[Piece], ticked: int = 0) -> Day:
        done = (finished(ticked),) if ticked else ()
        return Day(
            on=MONDAY, recorded=True, planned=tuple(planned), worked=tuple(worked), done=done
        )

    def test_work_on_the_very_task_counts_at_any_hour_of_the_day(self) -> None:
        found = self.measure(self.day([piece(1, "9:00", "10:00")], [piece(1, "15:00", "15:30")]))
        assert found is not None
        assert found.share == 0.5

    def test_other_work_does_not_count_and_more_than_planned_counts_as_planned(self) -> None:
        found = self.measure(
            self.day(
                [piece(1, "9:00", "10:00"), piece(2, "10:00", "11:00")],
                [piece(1, "9:00", "11:00"), piece(3, "11:00", "12:00")],
            )
        )
        assert found == Adherence(planned=2 * HOUR, kept=HOUR)

    def test_work_on_another_day_does_not_count(self) -> None:
        found = self.measure(
            self.day([piece(1, "9:00", "10:00")], []), self.day([], [piece(1, "9:00", "10:00")])
        )
        assert found == Adherence(planned=HOUR, kept=0 * MINUTE)

    def test_what_was_ticked_off_without_a_clock_says_nothing(self) -> None:
        assert self.measure(self.day([piece(1, "9:00", "10:00")], [], ticked=1)) is None

    def test_nothing_planned_is_no_share(self) -> None:
        assert self.measure(self.day([], [piece(1, "9:00", "10:00")])) is None

"""Estimates, focus, dates, room and calls."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayloom.inferences.repository import Figures
from dayloom.insights.calls import tell_calls
from dayloom.insights.capacity import Ahead, measure_room
from dayloom.insights.estimates import ENOUGH, calibrate
from dayloom.insights.focus import UNBROKEN, find_focus
from dayloom.insights.pieces import Piece, day_of
from dayloom.insights.promises import Promise, judge
from dayloom.language.program.execution import Failure, Module
from dayloom.planning.interval import Interval
from tests.insights.building import MINUTE, MONDAY, at, finished, piece

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
SPANS = st.lists(st.tuples(st.integers(0, 1300), st.integers(1, 140)), max_size=5)


class TestEstimates:
    def test_the_factor_is_the_middle_one_of_enough_clocked_tasks(self) -> None:
        worked = [30, 60, 70, 90, 600]
        found = calibrate([finished(n, worked=one) for n, one in enumerate(worked)])
        assert found.factor == pytest.approx(70 / 60)
        assert found.missing == 0

    def test_too_few_say_no_factor_but_what_is_missing(self) -> None:
        clocked = [finished(n, worked=60) for n in range(ENOUGH - 2)]
        found = calibrate([*clocked, *(finished(n) for n in range(10, 20))])
        assert (found.factor, found.missing) == (None, 2)

    @given(st.lists(st.integers(1, 500), min_size=ENOUGH, max_size=20), st.integers(2, 5))
    def test_who_always_takes_so_much_longer_has_that_factor(
        self, guesses: list[int], factor: int
    ) -> None:
        tasks = [finished(n, estimate=one, worked=factor * one) for n, one in enumerate(guesses)]
        assert calibrate(tasks).factor == pytest.approx(factor)


class TestFocus:
    def test_a_pause_breaks_a_stretch_and_another_task_does_not(self) -> None:
        found = find_focus(
            [
                piece(1, "8:00", "8:30"),
                piece(2, "8:30", "9:00"),
                piece(1, "9:10", "9:40"),
            ],
            BERLIN,
        )
        assert found.stretches == (Interval(at("8:00"), at("9:00")),)
        assert found.cells == {(0, 9): HOUR}

    def test_a_stretch_over_midnight_lies_in_two_days(self) -> None:
        found = find_focus([piece(1, "22:30", "23:30")], BERLIN)
        assert found.cells == {(0, 23): 30 * MINUTE, (1, 0): 30 * MINUTE}

    def test_the_hour_that_clocks_repeat_holds_two(self) -> None:
        start = datetime(2026, 10, 25, 0, tzinfo=UTC)
        night = Piece(task_id=1, title="Night", interval=Interval(start, start + 2 * HOUR))
        assert find_focus([night], BERLIN).cells == {(6, 2): 2 * HOUR}

    @given(st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 300)), max_size=8))
    def test_the_cells_add_up_to_the_stretches(self, given_: list[tuple[int, int]]) -> None:
        starts = [(MONDAY + start * MINUTE, length * MINUTE) for start, length in given_]
        pieces = [
            Piece(task_id=1, title="", interval=Interval(start, start + length))
            for start, length in starts
        ]
        found = find_focus(pieces, ZoneInfo("Asia/Kathmandu"))
        assert sum(found.cells.values(), timedelta(0)) == found.total
        assert all(one.duration >= UNBROKEN for one in found.stretches)


def test_a_promise_is_kept_by_what_was_done_in_time() -> None:
    def promise(number: int, done_at: str | None) -> Promise:
        moment = at(done_at) if done_at else None
        return Promise(task_id=number, title="", until=at("12:00"), done_at=moment)

    found = judge([promise(3, None), promise(1, "12:00"), promise(2, "13:30")])
    assert found.kept == 1
    assert [one.kept for one in found.made] == [True, False, False]
    assert [one.slack for one in found.made] == [timedelta(0), timedelta(hours=-1.5), None]


class TestRoom:
    DAY = Interval(at("0:00"), at("24:00"))

    def test_events_and_tasks_take_of_the_open_hours_once(self) -> None:
        ahead = Ahead(
            opened=(Interval(at("9:00"), at("17:00")),),
            busy=(Interval(at("8:00"), at("10:00")), Interval(at("9:30"), at("11:00"))),
            planned=(Interval(at("10:30"), at("12:00")), Interval(at("18:00"), at("19:00"))),
        )
        (room,) = measure_room(ahead, [(date(2026, 11, 23), self.DAY)])
        assert (room.open, room.events) == (8 * HOUR, 2 * HOUR)
        assert room.planned == 2.5 * HOUR
        assert room.free == 5 * HOUR

    @given(st.tuples(SPANS, SPANS, SPANS))
    def test_no_amount_is_negative_or_more_than_the_open_hours(
        self, given_: tuple[list[tuple[int, int]], ...]
    ) -> None:
        opened, busy, planned = (
            tuple(
                Interval(MONDAY + start * MINUTE, MONDAY + (start + length) * MINUTE)
                for start, length in spans
            )
            for spans in given_
        )
        ahead = Ahead(opened=opened, busy=busy, planned=planned)
        (room,) = measure_room(ahead, [(date(2026, 11, 23), self.DAY)])
        assert timedelta(0) <= room.free <= room.open - room.events <= room.open
        assert room.free >= room.open - room.events - room.planned


def test_calls_are_told_by_local_day() -> None:
    def call(at_: datetime, took: int, *, failed: bool = False) -> Figures:
        return Figures(
            module=Module.CHAT,
            model="small",
            started_at=at_,
            failure=Failure.DEADLINE if failed else None,
            duration_ms=took,
            tokens_in=1,
            tokens_out=1,
            cost=None if failed else 0.01,
        )

    night = at("23:30")  # half past midnight in Berlin
    calls = [call(night, 100 * n) for n in range(1, 21)]
    calls += [call(at("9:00"), 9000, failed=True), call(at("9:00", day=-3), 1)]
    days = [date(2026, 11, 23), date(2026, 11, 24)]
    monday, tuesday = tell_calls(calls, BERLIN, days)
    assert (monday.calls, monday.failures, monday.cost, monday.p50_ms) == (1, 1, None, None)
    assert (tuesday.calls, tuesday.p50_ms, tuesday.p95_ms) == (20, 1000, 1900)
    assert tuesday.cost == pytest.approx(0.2)
    assert day_of(BERLIN, days[1]).start == at("23:00")

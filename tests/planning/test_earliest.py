"""The instant plan, one rule at a time, in a week with hours from 09:00 to 17:00."""

from datetime import timedelta
from typing import Any

import pytest

from dayloom.planning.earliest import plan_earliest
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Obstacle, Status
from dayloom.planning.problem import Cap, Precedence, Preference, Previous, Problem
from dayloom.planning.verify import verify
from tests.planning.builders import HOUR, MINUTE, at, busy, office, span, task, week
from tests.planning.generators import seeded_problem


def placed(problem: Problem) -> dict[int, list[Interval]]:
    """Return the verified intervals by task."""
    plan = plan_earliest(problem)
    assert verify(problem, plan) == []
    assert plan.status is Status.PROVISIONAL
    return {task_id: list(intervals) for task_id, intervals in plan.by_task().items()}


def obstacle(problem: Problem, task_id: int = 1) -> Obstacle:
    plan = plan_earliest(problem)
    assert verify(problem, plan) == []
    return next(item.obstacle for item in plan.unplaced if item.task_id == task_id)


def test_a_task_takes_the_first_free_hour() -> None:
    assert placed(week(task())) == {1: [span("mon 09:00", "10:00")]}


def test_a_gap_between_events_is_filled() -> None:
    problem = week(
        task(1, minutes=120),
        task(2, minutes=30),
        busy=(busy(1, "mon 9:30", "10:00"), busy(2, "mon 12:00", "15:00")),
    )
    assert placed(problem)[2] == [span("mon 09:00", "09:30")]
    assert placed(problem)[1] == [span("mon 10:00", "12:00")]


def test_the_earlier_deadline_goes_first_whatever_the_weight() -> None:
    problem = week(
        task(1, minutes=480, weight=16), task(2, minutes=480, deadline=at("mon 17:00"), weight=1)
    )
    assert placed(problem)[2] == [span("mon 09:00", "17:00")]


def test_a_deadline_reaches_back_to_the_task_before() -> None:
    problem = week(
        task(1, minutes=240, weight=1),
        task(2, minutes=240, deadline=at("mon 17:00"), after=(Precedence(task_id=1),)),
        task(3, minutes=240, weight=9),
    )
    assert placed(problem)[1] == [span("mon 09:00", "13:00")]
    assert placed(problem)[2] == [span("mon 13:00", "17:00")]


def test_a_gap_after_the_task_before_is_kept() -> None:
    problem = week(task(1), task(2, after=(Precedence(task_id=1, gap=3 * HOUR),)))
    assert placed(problem)[2] == [span("mon 13:00", "14:00")]


def test_release_and_now_round_up() -> None:
    problem = week(task(1, release=at("mon 10:02")), task(2), now=at("mon 9:01"))
    assert placed(problem) == {1: [span("mon 10:05", "11:05")], 2: [span("mon 9:05", "10:05")]}


def test_a_long_task_is_cut_and_each_piece_is_as_long_as_it_can_be() -> None:
    problem = week(
        task(minutes=240, min_chunk=HOUR, max_chunk=3 * HOUR),
        busy=(busy(1, "mon 10:30", "14:30"),),
    )
    assert placed(problem) == {1: [span("mon 09:00", "10:30"), span("mon 14:30", "17:00")]}


def test_no_rest_is_left_that_no_piece_can_take() -> None:
    problem = week(
        task(minutes=70, min_chunk=30 * MINUTE, max_chunk=60 * MINUTE),
        busy=(busy(1, "mon 10:00", "11:00"),),
    )
    lengths = [interval.duration for interval in placed(problem)[1]]
    assert sum(lengths, timedelta(0)) == 70 * MINUTE
    assert min(lengths) >= 30 * MINUTE


def test_slots_keep_their_distance_from_each_other_and_from_events() -> None:
    problem = week(
        task(1),
        task(2),
        buffer=15 * MINUTE,
        event_buffer=10 * MINUTE,
        busy=(busy(1, "mon 11:30", "12:00"),),
    )
    starts = sorted(intervals[0].start for intervals in placed(problem).values())
    assert starts == [at("mon 09:00"), at("mon 10:15")]


def test_a_buffer_that_is_no_multiple_of_the_grid_is_kept_around_a_pin() -> None:
    pin = (span("mon 10:07", "11:07"),)
    problem = week(task(1, pinned=pin), task(2), buffer=7 * MINUTE)
    assert placed(problem) == {1: list(pin), 2: [span("mon 09:00", "10:00")]}


def test_a_daily_cap_sends_the_rest_to_the_next_day() -> None:
    cap = Cap(limits=(3 * HOUR,) * 7)
    problem = week(task(1, minutes=120), task(2, minutes=120), caps=(cap,))
    days = {intervals[0].start.weekday() for intervals in placed(problem).values()}
    assert days == {0, 1}


def test_the_pieces_of_one_task_share_the_cap_of_a_day() -> None:
    cap = Cap(limits=(2 * HOUR,) * 7)
    problem = week(task(minutes=240, min_chunk=HOUR, max_chunk=HOUR), caps=(cap,))
    days = [interval.start.weekday() for interval in placed(problem)[1]]
    assert days == [0, 0, 1, 1]


def test_pinned_time_uses_up_the_cap() -> None:
    cap = Cap(limits=(2 * HOUR,) * 7, hours="work")
    problem = week(task(1, minutes=120, pinned=(span("mon 7:00", "9:00"),)), task(2), caps=(cap,))
    assert placed(problem)[2] == [span("tue 09:00", "10:00")]


def test_a_preferred_window_is_worth_waiting_for_until_it_is_not() -> None:
    windows = {"afternoon": office("14:00", "17:00")}
    cheap = Preference(window="afternoon", worth=2 * HOUR)
    dear = Preference(window="afternoon", worth=8 * HOUR)
    assert placed(week(task(preferred=(cheap,)), windows=windows))[1] == [
        span("mon 09:00", "10:00")
    ]
    assert placed(week(task(preferred=(dear,)), windows=windows))[1] == [
        span("mon 14:00", "15:00")
    ]


def test_what_the_person_has_seen_stays_where_it_was() -> None:
    seen = (Previous(task_id=1, intervals=(span("mon 10:00", "11:00"),)),)
    assert placed(week(task(), previous=seen))[1] == [span("mon 10:00", "11:00")]


def test_what_nobody_has_seen_moves_up() -> None:
    unseen = (Previous(task_id=1, intervals=(span("mon 10:00", "11:00"),), seen=False),)
    assert placed(week(task(), previous=unseen))[1] == [span("mon 09:00", "10:00")]


def test_a_frozen_slot_moves_for_no_price_but_for_an_event() -> None:
    frozen = (Previous(task_id=1, intervals=(span("tue 15:00", "16:00"),)),)
    urgent = task(2, minutes=420, weight=16, due=at("tue 17:00"), release=at("tue 09:00"))
    fields: dict[str, Any] = {"previous": frozen, "frozen_until": at("wed 00:00")}
    assert placed(week(task(), urgent, **fields))[1] == [span("tue 15:00", "16:00")]
    event = (busy(1, "tue 15:30", "16:00"),)
    assert placed(week(task(), urgent, busy=event, **fields))[1] != [span("tue 15:00", "16:00")]


def test_a_previous_place_of_another_length_is_no_place() -> None:
    before = (Previous(task_id=1, intervals=(span("mon 10:00", "11:00"),)),)
    assert placed(week(task(minutes=15), previous=before))[1] == [span("mon 09:00", "09:15")]


def test_each_obstacle_has_its_name() -> None:
    full = (busy(1, "mon 09:00", "fri 17:00"),)
    late = task(deadline=at("mon 08:30"))
    pinned = task(2, pinned=(span("mon 09:30", "10:30"),), after=(Precedence(task_id=1),))
    waiting = task(2, after=(Precedence(task_id=1),))
    assert obstacle(week(late)) is Obstacle.DEADLINE
    assert obstacle(week(task(), hours={"work": ()})) is Obstacle.NO_HOURS
    assert obstacle(week(task(minutes=500))) is Obstacle.TOO_LONG
    assert obstacle(week(task(), busy=full)) is Obstacle.EVENTS
    assert obstacle(week(task(), pinned)) is Obstacle.BEFORE_PINNED
    assert obstacle(week(late, waiting), 2) is Obstacle.WAITS
    assert obstacle(week(task(), caps=(Cap(limits=(HOUR / 2,) * 7),))) is Obstacle.DAILY_CAP


def test_a_crowded_out_task_names_those_that_have_its_time() -> None:
    tasks = [task(k, minutes=240, deadline=at("mon 17:00"), weight=5) for k in (1, 2)]
    plan = plan_earliest(week(*tasks, task(3, deadline=at("mon 17:00"), weight=1)))
    (item,) = plan.unplaced
    assert (item.task_id, item.obstacle) == (3, Obstacle.NO_ROOM)
    assert (item.missing, item.because_of) == (HOUR, (1, 2))


@pytest.mark.parametrize("seed", range(60))
def test_a_random_plan_keeps_every_rule(seed: int) -> None:
    problem = seeded_problem(seed)
    assert verify(problem, plan_earliest(problem)) == []


def test_the_same_problem_gives_the_same_plan() -> None:
    assert plan_earliest(seeded_problem(7)) == plan_earliest(seeded_problem(7))

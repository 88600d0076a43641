from datetime import timedelta
from itertools import pairwise
from typing import Any

from dayloom.planning.cost import objective, placement_cost, total_cost, unplaced_cost
from dayloom.planning.instance import compile_problem
from dayloom.planning.plan import Objective
from dayloom.planning.problem import Preference, Previous, Problem
from dayloom.planning.work import MOVE_FAR, MOVE_NOW, Pieces, move_price
from tests.planning.builders import HOUR, at, busy, office, span, task, week

MONDAY_NINE = 9 * 12  # steps from Monday's midnight
DAY = 24 * 12


def terms(problem: Problem, *placements: Pieces) -> Objective:
    return objective(compile_problem(problem), placements)


def hour(start: int) -> tuple[int, int]:
    return start, start + 12


def test_delay_counts_from_the_release_by_weight() -> None:
    problem = week(task(release=at("mon 10:00"), weight=3))
    assert terms(problem, (hour(MONDAY_NINE + 24),)) == Objective(completion=3 * 24)


def test_a_release_in_the_past_counts_from_now() -> None:
    problem = week(task(release=at("mon 00:00")))
    assert terms(problem, (hour(MONDAY_NINE),)).completion == 2 * 24


def test_a_habit_gains_nothing_from_being_early() -> None:
    assert terms(week(task(asap=False)), (hour(MONDAY_NINE),)) == Objective()


def test_lateness_after_the_due_date_costs_four_times_as_much() -> None:
    problem = week(task(due=at("mon 09:30"), asap=False))
    assert terms(problem, (hour(MONDAY_NINE),)) == Objective(tardiness=2 * 4 * 6)


def test_each_further_piece_costs_an_hour() -> None:
    problem = week(task(minutes=90, min_chunk=HOUR / 2, max_chunk=HOUR, asap=False))
    pieces = ((MONDAY_NINE, MONDAY_NINE + 6), hour(MONDAY_NINE + 12))
    assert terms(problem, pieces) == Objective(fragmentation=2 * 12)


def test_the_share_outside_every_preferred_window_is_paid_for() -> None:
    windows = {"early": office("09:00", "09:30"), "late": office("09:40", "10:00")}
    likes = (
        Preference(window="early", worth=HOUR),
        Preference(window="late", worth=2 * HOUR),
    )
    problem = week(task(preferred=likes, asap=False), windows=windows)
    assert terms(problem, (hour(MONDAY_NINE),)) == Objective(preference=2 * 24 * 2 // 12)
    assert terms(problem, (hour(MONDAY_NINE + 12),)) == Objective(preference=2 * 24)


def moved(start: str, *, seen: bool, **fields: Any) -> int:
    hours = (span(start, f"{int(start[-5:-3]) + 1}:00"),)
    previous = (Previous(task_id=1, intervals=hours, seen=seen),)
    problem = week(task(asap=False), previous=previous, **fields)
    return terms(problem, (hour(MONDAY_NINE),)).movement


def test_moving_costs_what_was_seen_and_most_of_all_soon() -> None:
    assert moved("mon 10:00", seen=True) == 2 * 142
    assert moved("tue 09:00", seen=True) == 2 * 119
    assert moved("thu 09:00", seen=True) == 2 * 71
    assert moved("sat 09:00", seen=True) == 2 * 48
    assert moved("tue 09:00", seen=False) == 0
    assert moved("mon 09:00", seen=True) == 0


def test_the_price_of_moving_rises_by_single_steps_towards_the_start() -> None:
    prices = [move_price(k * HOUR) for k in range(-1, 24 * 8)]
    assert {before - after for before, after in pairwise(prices)} == {0, 1}
    assert (prices[0], prices[-1]) == (MOVE_NOW, MOVE_FAR)


def test_a_frozen_slot_is_dearer_than_any_delay_but_not_than_a_missed_task() -> None:
    price = moved("mon 10:00", seen=True, frozen_until=at("mon 12:00"))
    instance = compile_problem(week(task(), task(2, deadline=at("fri 17:00"))))
    assert price > 10 * 7 * DAY * 0.5
    assert price < min(unplaced_cost(work) for work in instance.works)


def test_leaving_out_is_dearer_than_the_last_place_and_dearest_with_a_deadline() -> None:
    free, bound = compile_problem(week(task(), task(2, deadline=at("fri 17:00")))).works
    instance = compile_problem(week(task(due=at("mon 09:00"))))
    last = (hour(4 * DAY + 16 * 12),)
    assert unplaced_cost(free) < unplaced_cost(bound)
    assert placement_cost(instance, instance.works[0], last) < unplaced_cost(instance.works[0])


def test_the_terms_add_up_to_the_total() -> None:
    problem = week(
        task(), task(2, due=at("mon 10:00")), task(3), busy=(busy(1, "mon 9:00", "9:30"),)
    )
    instance = compile_problem(problem)
    placements = ((hour(MONDAY_NINE + 6),), (hour(MONDAY_NINE + 18),), ())
    found = objective(instance, placements)
    assert found.total == total_cost(instance, placements)
    assert found.unplaced == unplaced_cost(instance.works[2])


def test_a_pinned_task_costs_what_its_hour_costs() -> None:
    problem = week(task(pinned=(span("mon 07:00", "08:00"),)))
    assert terms(problem, ((84, 96),)) == Objective()
    assert week(task()).now - at("mon 07:00") == timedelta(hours=1)

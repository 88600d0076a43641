"""The checker: for every rule, a plan that breaks it alone is caught, and the right one passes."""

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from dayloom.planning import leftover, rules
from dayloom.planning import verify as checker
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Objective, Obstacle, Plan, Slot, Status, Unplaced
from dayloom.planning.problem import Cap, Precedence, Problem
from dayloom.planning.verify import Rule, verify
from tests.planning.builders import (
    DAY,
    HOUR,
    MINUTE,
    MONDAY,
    at,
    busy,
    office,
    plan_of,
    span,
    task,
    week,
)
from tests.planning.generators import seeded_problem

NINE = span("mon 09:00", "10:00")


def broken(problem: Problem, plan: Plan) -> list[Rule]:
    return [violation.rule for violation in verify(problem, plan)]


def one_task(**fields: Any) -> Problem:
    return week(task(**fields))


def test_a_valid_plan_breaks_nothing() -> None:
    assert verify(one_task(), plan_of((1, NINE))) == []


def test_an_empty_plan_of_nothing_is_valid() -> None:
    assert verify(week(), Plan()) == []


@pytest.mark.parametrize(
    ("start", "end", "rules"),
    [
        ("mon 09:00", "10:00", []),
        ("mon 16:00", "17:00", []),
        ("mon 08:55", "09:55", [Rule.HOURS]),
        ("mon 16:05", "17:05", [Rule.HOURS]),
        ("mon 20:00", "21:00", [Rule.HOURS]),
        ("sat 09:00", "10:00", [Rule.HOURS]),
        ("mon 09:02", "10:02", [Rule.GRID]),
        ("mon 07:00", "08:00", [Rule.HORIZON, Rule.HOURS]),
    ],
)
def test_a_slot_lies_on_the_grid_within_hours_after_now(
    start: str, end: str, rules: list[Rule]
) -> None:
    assert broken(one_task(), plan_of((1, span(start, end)))) == rules


def test_seconds_are_off_the_grid() -> None:
    second = timedelta(seconds=1)
    late = Interval(NINE.start + second, NINE.end + second)
    assert broken(one_task(), plan_of((1, late))) == [Rule.GRID]


def test_a_slot_starts_after_now_to_the_second() -> None:
    problem = week(task(), now=at("mon 09:00") + timedelta(seconds=1))
    assert broken(problem, plan_of((1, NINE))) == [Rule.HORIZON]
    assert broken(problem, plan_of((1, span("mon 09:05", "10:05")))) == []


def test_a_slot_lies_inside_the_horizon() -> None:
    problem = week(task(), horizon=Interval(MONDAY, at("mon 09:30")))
    assert broken(problem, plan_of((1, NINE))) == [Rule.HORIZON]


def test_touching_hours_count_as_one() -> None:
    touching = (span("mon 09:00", "09:30"), span("mon 09:30", "17:00"))
    apart = (span("mon 09:00", "09:30"), span("mon 09:35", "17:00"))
    plan = plan_of((1, NINE))
    assert broken(week(task(), hours={"work": touching}), plan) == []
    assert broken(week(task(), hours={"work": apart}), plan) == [Rule.HOURS]


def test_each_hour_map_is_its_own() -> None:
    problem = week(
        task(hours="evening"), hours={"work": office(), "evening": office("18:00", "21:00")}
    )
    assert broken(problem, plan_of((1, NINE))) == [Rule.HOURS]
    assert broken(problem, plan_of((1, span("mon 18:00", "19:00")))) == []


def test_release_and_deadline_hold_to_the_second() -> None:
    second = timedelta(seconds=1)
    plan = plan_of((1, NINE))
    assert broken(one_task(release=NINE.start, deadline=NINE.end), plan) == []
    assert broken(one_task(release=NINE.start + second), plan) == [Rule.RELEASE]
    assert broken(one_task(deadline=NINE.end - second), plan) == [Rule.DEADLINE]


def test_a_due_date_is_no_rule() -> None:
    assert broken(one_task(due=MONDAY), plan_of((1, NINE))) == []


def test_a_slot_keeps_clear_of_events_by_the_buffer() -> None:
    problem = week(task(), busy=(busy(7, "mon 10:00", "11:00"), busy(8, "mon 06:00", "08:30")))
    plan = plan_of((1, NINE))
    assert broken(problem, plan) == []
    assert broken(replace(problem, event_buffer=30 * MINUTE), plan) == [Rule.EVENT]
    assert broken(replace(problem, event_buffer=31 * MINUTE), plan) == [Rule.EVENT, Rule.EVENT]


@pytest.mark.parametrize(
    ("start", "end", "rules"),
    [
        ("09:15", "09:30", [Rule.EVENT]),
        ("08:00", "12:00", [Rule.EVENT]),
        ("09:59", "12:00", [Rule.EVENT]),
        ("09:30", "09:30", []),
        ("10:00", "12:00", []),
    ],
)
def test_a_slot_does_not_overlap_an_event(start: str, end: str, rules: list[Rule]) -> None:
    problem = week(task(), busy=(busy(7, f"mon {start}", end),))
    assert broken(problem, plan_of((1, NINE))) == rules


def test_a_long_event_is_seen_behind_many_short_ones() -> None:
    short = [busy(k, "sun 10:00", "10:05") for k in range(20)]
    early = [busy(k, "mon 08:00", "08:05") for k in range(20, 40)]
    problem = week(task(), busy=(*short, busy(99, "mon 00:00", "sat 00:00"), *early))
    assert broken(problem, plan_of((1, NINE))) == [Rule.EVENT]


def test_two_slots_keep_the_buffer() -> None:
    problem = week(task(1), task(2))
    touching = plan_of((1, NINE), (2, span("mon 10:00", "11:00")))
    apart = plan_of((1, NINE), (2, span("mon 10:15", "11:15")))
    over = plan_of((1, NINE), (2, span("mon 09:55", "10:55")))
    assert broken(problem, touching) == []
    assert broken(problem, over) == [Rule.BUFFER]
    assert broken(replace(problem, buffer=15 * MINUTE), apart) == []
    assert broken(replace(problem, buffer=20 * MINUTE), apart) == [Rule.BUFFER]


def test_a_short_slot_inside_a_long_one_is_seen() -> None:
    problem = week(task(1, 300), task(2, 5), task(3, 5))
    plan = plan_of(
        (1, span("mon 09:00", "14:00")),
        (2, span("mon 10:00", "10:05")),
        (3, span("mon 13:00", "13:05")),
    )
    assert broken(problem, plan) == [Rule.BUFFER] * 2


def test_pieces_of_one_task_keep_the_buffer_too() -> None:
    problem = week(task(1, 120, min_chunk=HOUR, max_chunk=HOUR), buffer=10 * MINUTE)
    touching = plan_of((1, NINE), (1, span("mon 10:00", "11:00")))
    apart = plan_of((1, NINE), (1, span("mon 10:10", "11:10")))
    assert broken(problem, touching) == [Rule.BUFFER]
    assert broken(problem, apart) == []


def test_pins_are_exact() -> None:
    problem = week(task(pinned=(NINE,)))
    assert broken(problem, plan_of((1, NINE))) == []
    assert broken(problem, plan_of((1, span("mon 09:05", "10:05")))) == [Rule.PINNED]
    assert broken(problem, plan_of((1, NINE), (1, NINE))) == [Rule.PINNED]


def test_pins_may_break_every_rule_between_them() -> None:
    sunday = span("sun 03:01", "04:01")
    problem = week(
        task(1, pinned=(sunday,), deadline=MONDAY, release=at("sun 12:00")),
        task(2, pinned=(sunday,), after=(Precedence(task_id=1),)),
        busy=(busy(7, "sun 00:00", "12:00"),),
        caps=(Cap(limits=(timedelta(0),) * 7),),
        buffer=HOUR,
    )
    assert verify(problem, plan_of((1, sunday), (2, sunday))) == []


def test_a_slot_keeps_clear_of_pins() -> None:
    problem = week(task(1, pinned=(NINE,)), task(2), buffer=10 * MINUTE)
    near = plan_of((1, NINE), (2, span("mon 10:05", "11:05")))
    assert broken(problem, near) == [Rule.BUFFER]


def test_a_pinned_task_is_never_unplaced() -> None:
    problem = week(task(pinned=(NINE,)))
    plan = Plan(unplaced=(Unplaced(task_id=1, obstacle=Obstacle.NO_ROOM),))
    assert broken(problem, plan) == [Rule.PINNED, Rule.REASON]


@pytest.mark.parametrize("minutes", [30, 55, 65, 120])
def test_a_task_gets_its_whole_duration(minutes: int) -> None:
    piece = Interval(NINE.start, NINE.start + minutes * MINUTE)
    assert broken(one_task(), plan_of((1, piece))) == [Rule.DURATION]


def test_an_unsplittable_task_is_one_piece() -> None:
    plan = plan_of((1, span("mon 09:00", "09:30")), (1, span("mon 10:00", "10:30")))
    assert broken(one_task(), plan) == [Rule.CHUNKS]


@pytest.mark.parametrize(
    ("sizes", "rules"),
    [
        ([60, 60], []),
        ([30, 90], []),
        ([40, 40, 40], []),
        ([120], [Rule.CHUNKS]),
        ([25, 95], [Rule.CHUNKS]),
        ([30, 30, 60], []),
        ([100, 20], [Rule.CHUNKS]),
    ],
)
def test_pieces_are_neither_too_short_nor_too_long(sizes: list[int], rules: list[Rule]) -> None:
    problem = week(task(1, 120, min_chunk=30 * MINUTE, max_chunk=90 * MINUTE))
    starts = [at("mon 09:00") + k * 2 * HOUR for k in range(len(sizes))]
    pieces = [Interval(s, s + n * MINUTE) for s, n in zip(starts, sizes, strict=True)]
    assert broken(problem, plan_of(*((1, piece) for piece in pieces))) == rules


def test_a_task_shorter_than_its_smallest_chunk_is_one_piece() -> None:
    problem = week(task(1, 20, min_chunk=30 * MINUTE, max_chunk=90 * MINUTE))
    assert broken(problem, plan_of((1, span("mon 09:00", "09:20")))) == []


def test_a_task_waits_for_the_last_piece_of_the_one_before() -> None:
    first = task(1, 120, min_chunk=HOUR, max_chunk=HOUR)
    second = task(2, 30, after=(Precedence(task_id=1, gap=30 * MINUTE),))
    pieces = ((1, NINE), (1, span("mon 12:00", "13:00")))
    between = plan_of(*pieces, (2, span("mon 10:30", "11:00")))
    early = plan_of(*pieces, (2, span("mon 13:25", "13:55")))
    right = plan_of(*pieces, (2, span("mon 13:30", "14:00")))
    problem = week(first, second)
    assert broken(problem, between) == [Rule.PRECEDENCE]
    assert broken(problem, early) == [Rule.PRECEDENCE]
    assert broken(problem, right) == []


def test_a_task_whose_predecessor_has_no_place_has_none_either() -> None:
    problem = week(task(1), task(2, after=(Precedence(task_id=1),)))
    unplaced = (Unplaced(task_id=1, obstacle=Obstacle.NO_ROOM),)
    plan = plan_of((2, NINE), unplaced=unplaced)
    assert broken(problem, plan) == [Rule.PRECEDENCE]
    pinned = week(task(1), task(2, after=(Precedence(task_id=1),), pinned=(NINE,)))
    assert broken(pinned, plan) == []


def test_a_pinned_task_holds_the_one_before_it_to_its_start() -> None:
    problem = week(task(1), task(2, after=(Precedence(task_id=1),), pinned=(NINE,)))
    plan = plan_of((2, NINE), (1, span("mon 11:00", "12:00")))
    assert broken(problem, plan) == [Rule.PRECEDENCE]


def test_a_day_keeps_its_cap() -> None:
    cap = Cap(limits=(90 * MINUTE, HOUR, *(timedelta(0),) * 5))
    problem = week(task(1), task(2), caps=(cap,))
    both = plan_of((1, NINE), (2, span("mon 11:00", "12:00")))
    shared = plan_of((1, NINE), (2, span("tue 11:00", "12:00")))
    assert broken(problem, both) == [Rule.CAP]
    assert broken(problem, shared) == []


def test_a_cap_of_one_hour_map_leaves_the_others_alone() -> None:
    maps = {"work": office(), "any": office()}
    cap = Cap(limits=(HOUR,) * 7, hours="work")
    plan = plan_of((1, NINE), (2, span("mon 11:00", "12:00")))
    assert broken(week(task(1), task(2, hours="any"), hours=maps, caps=(cap,)), plan) == []
    assert broken(week(task(1), task(2), hours=maps, caps=(cap,)), plan) == [Rule.CAP]


def test_a_cap_of_several_hour_maps_counts_them_together() -> None:
    maps = {"work": office(), "calm": office(), "any": office()}
    cap = Cap(limits=(HOUR,) * 7, hours="work", also=("calm",))
    plan = plan_of((1, NINE), (2, span("mon 11:00", "12:00")))
    calm, free = task(2, hours="calm"), task(2, hours="any")
    assert broken(week(task(1), calm, hours=maps, caps=(cap,)), plan) == [Rule.CAP]
    assert broken(week(task(1), free, hours=maps, caps=(cap,)), plan) == []


def test_a_slot_over_midnight_counts_on_both_days() -> None:
    cap = Cap(limits=(timedelta(0), HOUR, *(timedelta(0),) * 5))
    night = span("mon 23:30", "tue 00:30")
    problem = week(task(), hours={"work": (span("mon 22:00", "tue 02:00"),)}, caps=(cap,))
    assert broken(problem, plan_of((1, night))) == [Rule.CAP]


def test_where_pins_exceed_the_cap_nothing_is_added() -> None:
    problem = week(task(1, 120, pinned=(span("mon 09:00", "11:00"),)), task(2), task(3))
    problem = replace(problem, caps=(Cap(limits=(HOUR,) * 7),))
    pinned = (1, span("mon 09:00", "11:00"))
    good = plan_of(pinned, (2, span("tue 09:00", "10:00")), (3, span("wed 09:00", "10:00")))
    bad = plan_of(pinned, (2, span("mon 11:00", "12:00")), (3, span("wed 09:00", "10:00")))
    assert broken(problem, good) == []
    assert broken(problem, bad) == [Rule.CAP]


def test_each_task_is_named_once() -> None:
    problem = week(task(1), task(2))
    gone = Unplaced(task_id=2, obstacle=Obstacle.NO_ROOM)
    assert broken(problem, plan_of((1, NINE), unplaced=(gone,))) == []
    assert broken(problem, plan_of((1, NINE))) == [Rule.ONCE]
    assert broken(problem, plan_of((1, NINE), unplaced=(gone, gone))) == [Rule.ONCE]
    both = plan_of((1, NINE), (2, span("mon 11:00", "12:00")), unplaced=(gone,))
    assert broken(problem, both) == [Rule.ONCE]
    stranger = plan_of((1, NINE), (3, span("mon 14:00", "15:00")), unplaced=(gone,))
    assert broken(problem, stranger) == [Rule.ONCE]


def test_slots_are_in_order() -> None:
    problem = week(task(1), task(2))
    plan = Plan(slots=(Slot(span("mon 11:00", "12:00"), 1), Slot(NINE, 2)))
    assert broken(problem, plan) == [Rule.ORDER]


@pytest.mark.parametrize(
    ("bound", "status", "rules"),
    [
        (None, Status.PROVISIONAL, []),
        (10, Status.OPTIMAL, []),
        (9, Status.BOUNDED, []),
        (9, Status.OPTIMAL, [Rule.CERTIFICATE]),
        (None, Status.OPTIMAL, [Rule.CERTIFICATE]),
        (11, Status.BOUNDED, [Rule.CERTIFICATE]),
    ],
)
def test_a_certificate_is_honest(bound: int | None, status: Status, rules: list[Rule]) -> None:
    objective = Objective(completion=10)
    plan = plan_of((1, NINE), objective=objective, bound=bound, status=status)
    assert broken(one_task(), plan) == rules


def test_every_rule_says_its_facts_in_a_sentence() -> None:
    plan = plan_of((1, span("sat 03:02", "04:00")), (5, NINE), status=Status.OPTIMAL)
    violations = verify(week(task(), task(2)), plan)
    assert len({violation.rule for violation in violations}) >= 5
    assert all(violation.fact.endswith(".") for violation in violations)
    assert "Task 1 from 2026-03-07 03:02 UTC to 2026-03-07 04:00 UTC" in violations[2].fact


def test_shifting_any_slot_of_a_real_plan_to_where_it_may_not_be_is_caught() -> None:
    shifted = 0
    for seed in range(60):
        problem = seeded_problem(seed)
        plan = plan_earliest(problem)
        for k, slot in enumerate(plan.slots):
            away = Interval(slot.start - 60 * DAY, slot.end - 60 * DAY)
            moved = replace(
                plan,
                slots=tuple(
                    sorted((*plan.slots[:k], *plan.slots[k + 1 :], Slot(away, slot.task_id)))
                ),
            )
            assert verify(problem, moved) != []
            shifted += 1
    assert shifted > 300


def test_dropping_any_slot_of_a_real_plan_is_caught() -> None:
    chance = Random(1)
    for seed in range(60):
        problem = seeded_problem(seed)
        plan = plan_earliest(problem)
        if plan.slots:
            k = chance.randrange(len(plan.slots))
            assert verify(problem, replace(plan, slots=plan.slots[:k] + plan.slots[k + 1 :]))


@pytest.mark.parametrize("module", [checker, rules, leftover])
def test_the_checker_shares_no_code_with_what_makes_plans(module: ModuleType) -> None:
    allowed = {"interval", "problem", "plan", "rules", "leftover"}
    source = Path(str(module.__file__)).read_text()
    imports = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom)]
    ours = {
        node.module if node.module != "dayloom.planning" else f"{node.module}.{alias.name}"
        for node in imports
        for alias in node.names
        if (node.module or "").startswith("dayloom")
    }
    assert ours <= {f"dayloom.planning.{name}" for name in allowed}
    assert not any(isinstance(node, ast.Import) for node in ast.walk(ast.parse(source)))

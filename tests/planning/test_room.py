from dataclasses import replace
from random import Random

import pytest

from dayloom.planning.earliest import plan_earliest
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.planning.problem import GRID, Precedence, Previous, Problem
from dayloom.planning.room import Room, make_room
from dayloom.planning.verify import verify
from tests.planning.builders import HOUR, at, plan_of, span, task, week
from tests.planning.generators import seeded_problem
from tests.planning.wishes import with_wish

SEEDS = range(300)


def put(problem: Problem, plan: Plan, task_id: int, start: str) -> Plan:
    """Return what becomes of `plan` when the task is put at `start`, which keeps every rule."""
    pinned, lying = with_wish(problem, plan, task_id, at(start))
    room = make_room(pinned, lying)
    assert verify(room.problem, room.plan) == []
    return room.plan


def starts(plan: Plan) -> dict[int, str]:
    return {k: f"{pieces[0].start:%a %H:%M}".lower() for k, pieces in plan.by_task().items()}


def test_only_what_lies_under_it_moves() -> None:
    problem = week(task(1), task(2), task(3))
    plan = plan_of((1, span("mon 09:00", "10:00")), (2, span("mon 10:00", "11:00")))
    assert starts(put(problem, plan, 3, "mon 10:00")) == {
        1: "mon 09:00",
        2: "mon 11:00",
        3: "mon 10:00",
    }


def test_what_has_no_hurry_makes_room_for_what_must_be_done() -> None:
    problem = week(
        task(1, deadline=at("mon 11:00")),
        task(2),
        task(3),
        hours={"work": (span("mon 09:00", "13:00"),)},
    )
    plan = plan_of((1, span("mon 09:00", "10:00")), (2, span("mon 10:00", "11:00")))
    assert starts(put(problem, plan, 3, "mon 09:00")) == {
        1: "mon 10:00",
        2: "mon 11:00",
        3: "mon 09:00",
    }


def test_a_chain_goes_on_until_someone_has_time() -> None:
    problem = week(
        task(1, deadline=at("mon 11:00")),
        task(2, deadline=at("mon 12:00")),
        task(3),
        task(4),
    )
    plan = plan_of(
        (1, span("mon 09:00", "10:00")),
        (2, span("mon 10:00", "11:00")),
        (3, span("mon 11:00", "12:00")),
    )
    assert starts(put(problem, plan, 4, "mon 09:00")) == {
        1: "mon 10:00",
        2: "mon 11:00",
        3: "mon 12:00",
        4: "mon 09:00",
    }


def test_two_short_ones_make_room_for_a_long_one() -> None:
    problem = week(task(1, 120, deadline=at("mon 13:00")), task(2), task(3), task(4, 120))
    plan = plan_of(
        (1, span("mon 09:00", "11:00")),
        (2, span("mon 11:00", "12:00")),
        (3, span("mon 12:00", "13:00")),
    )
    found = starts(put(problem, plan, 4, "mon 09:00"))
    assert (found[1], {found[2], found[3]}) == ("mon 11:00", {"mon 13:00", "mon 14:00"})


def test_many_short_ones_make_room_for_a_long_one() -> None:
    short = [task(k, 30) for k in range(10, 26)]
    problem = week(task(1, 480, deadline=at("mon 17:00")), *short)
    plan = plan_of(
        *(
            (
                one.id,
                Interval(at("mon 09:00") + k * one.duration, at("mon 09:30") + k * one.duration),
            )
            for k, one in enumerate(short)
        )
    )
    room = make_room(
        replace(
            problem,
            tasks=(problem.tasks[0], *(replace(t, pinned=plan.by_task()[t.id]) for t in short)),
        ),
        [Previous(task_id=k, intervals=pieces) for k, pieces in plan.by_task().items()],
        wanted=[1],
    )
    assert starts(room.plan)[1] == "mon 09:00"
    assert room.plan.unplaced == ()


def test_what_waits_for_a_task_goes_on_with_it() -> None:
    problem = week(
        task(1, deadline=at("mon 12:00")),
        task(2, after=(Precedence(task_id=1),)),
        task(3, after=(Precedence(task_id=2),)),
        task(4),
    )
    plan = plan_of(
        (1, span("mon 09:00", "10:00")),
        (2, span("mon 10:00", "11:00")),
        (3, span("mon 11:00", "12:00")),
    )
    assert starts(put(problem, plan, 4, "mon 09:00")) == {
        1: "mon 10:00",
        2: "mon 11:00",
        3: "mon 12:00",
        4: "mon 09:00",
    }


def test_what_waits_for_the_task_itself_follows_it() -> None:
    problem = week(task(1), task(2, after=(Precedence(task_id=1, gap=HOUR),)))
    plan = plan_of((1, span("mon 09:00", "10:00")), (2, span("mon 11:00", "12:00")))
    assert starts(put(problem, plan, 1, "mon 14:00")) == {1: "mon 14:00", 2: "mon 16:00"}


def test_what_breaks_a_rule_where_it_lies_stays_there() -> None:
    problem = week(task(1), task(2))
    plan = plan_of((1, span("sun 09:00", "10:00")))
    assert starts(put(problem, plan, 2, "mon 09:00"))[1] == "sun 09:00"


def test_what_is_late_already_pushes_nobody() -> None:
    problem = week(task(1, due=at("mon 09:30")), task(2), task(3))
    plan = plan_of((1, span("mon 10:00", "11:00")), (2, span("mon 11:00", "12:00")))
    found = starts(put(problem, plan, 3, "mon 15:00"))
    assert found == {1: "mon 10:00", 2: "mon 11:00", 3: "mon 15:00"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_drop_keeps_every_rule_and_is_the_same_again(seed: int) -> None:
    room, again = dropped(seed), dropped(seed)
    if room is None or again is None:
        return
    assert verify(room.problem, room.plan) == []
    assert room == again


def dropped(seed: int) -> Room | None:
    """Return what comes of a task of a random plan, put at a random time; None without tasks."""
    problem, chance = seeded_problem(seed), Random(seed)
    plan = plan_earliest(problem)
    free = [one.id for one in problem.tasks if not one.pinned]
    if not free:
        return None
    steps = (problem.horizon.end - problem.now) // GRID
    start = problem.now + chance.randrange(steps) * GRID
    pinned, lying = with_wish(problem, plan, chance.choice(free), start)
    return make_room(pinned, lying)

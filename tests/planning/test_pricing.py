from random import Random
from typing import Any

import pytest

from dayloom.planning.earliest import plan_earliest
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.planning.price_words import price_line, price_sentence
from dayloom.planning.pricing import Break, Late, Price, price_of
from dayloom.planning.problem import GRID, Cap, Precedence, Problem
from dayloom.planning.room import make_room
from dayloom.planning.verify import Rule
from tests.planning.builders import HOUR, MINUTE, MONDAY, at, busy, plan_of, span, task, week
from tests.planning.generators import seeded_problem
from tests.planning.wishes import with_wish


def priced(problem: Problem, plan: Plan, task_id: int, start: str) -> Price:
    pinned, lying = with_wish(problem, plan, task_id, at(start))
    room = make_room(pinned, lying)
    return price_of(room.problem, plan, room.plan, task_id=task_id)


def line(price: Price) -> str:
    return price_line(price, name_of_task="#{}".format, name_of_event="event {}".format)


def sentence(price: Price) -> str:
    return price_sentence(
        price,
        name_of_task="#{}".format,
        name_of_event="event {}".format,
        say_time=lambda moment: f"{moment:%a %H:%M}",
    )


def test_a_free_place_costs_nothing() -> None:
    price = priced(week(task(1)), plan_of((1, span("mon 09:00", "10:00"))), 1, "mon 11:00")
    assert (price.is_free, line(price)) == (True, "costs nothing")
    assert price.pieces == (span("mon 11:00", "12:00"),)


def test_its_cost_is_what_the_objective_grows_by() -> None:
    problem, plan = week(task(1, weight=3)), plan_of((1, span("mon 09:00", "10:00")))
    assert priced(problem, plan, 1, "mon 11:00").cost == 3 * 24
    assert priced(problem, plan, 1, "mon 09:00").cost == 0


def test_who_moves_and_who_is_late_is_named() -> None:
    problem = week(task(1, due=at("mon 10:20")), task(2))
    plan = plan_of((1, span("mon 09:00", "10:00")), (2, span("mon 13:00", "14:00")))
    price = priced(problem, plan, 2, "mon 09:00")
    assert [(move.task_id, move.after) for move in price.moves] == [
        (1, (span("mon 10:00", "11:00"),))
    ]
    late = Late(task_id=1, due=at("mon 10:20"), by=40 * MINUTE, before=0 * MINUTE)
    assert price.late == (late,)
    assert line(price) == "moves #1 · #1 40 min late"
    assert sentence(price) == "Moves #1 to Mon 10:00, makes #1 40 min late."


def test_that_it_is_late_itself_is_said() -> None:
    price = priced(week(task(1, due=at("mon 12:00"))), Plan(), 1, "mon 13:00")
    assert sentence(price) == "Ends 2 h after it is due."


def test_one_that_loses_its_place_is_named() -> None:
    problem = week(task(1), task(2), hours={"work": (span("mon 09:00", "10:00"),)})
    price = priced(problem, plan_of((1, span("mon 09:00", "10:00"))), 2, "mon 09:00")
    assert (price.dropped, line(price)) == ((1,), "#1 without a place")


@pytest.mark.parametrize(
    ("fields", "start", "broken", "said"),
    [
        ({}, "mon 18:00", Break(rule=Rule.HOURS, name="work"), "lies outside of its work hours"),
        (
            {"release": at("tue 10:00")},
            "tue 09:00",
            Break(rule=Rule.RELEASE, at=at("tue 10:00"), by=HOUR),
            "begins 1 h before it may",
        ),
        (
            {"deadline": at("mon 11:20")},
            "mon 11:00",
            Break(rule=Rule.DEADLINE, at=at("mon 11:20"), by=40 * MINUTE),
            "ends 40 min after its deadline",
        ),
        (
            {"after": (Precedence(task_id=2),)},
            "mon 09:00",
            Break(rule=Rule.PRECEDENCE, task_id=2),
            "does not keep the order with #2",
        ),
        ({}, "wed 12:00", Break(rule=Rule.EVENT, event_id=7), "lies over event 7"),
    ],
)
def test_a_rule_that_it_breaks_is_named(
    fields: dict[str, Any], start: str, broken: Break, said: str
) -> None:
    problem = week(task(1, **fields), task(2), busy=(busy(7, "wed 12:00", "12:30"),))
    price = priced(problem, plan_of((2, span("mon 14:00", "15:00"))), 1, start)
    assert (price.breaks, line(price)) == ((broken,), said)


def test_hours_that_nobody_has_looked_up_are_not_judged() -> None:
    problem = week(task(1), horizon=Interval(MONDAY, at("tue 00:00")))
    assert priced(problem, Plan(), 1, "thu 03:00").breaks == ()


def test_a_day_above_its_limit_is_named() -> None:
    cap = Cap(limits=(90 * MINUTE,) * 7)
    problem = week(task(1), task(2), caps=(cap,))
    price = priced(problem, plan_of((1, span("mon 09:00", "10:00"))), 2, "mon 14:00")
    assert price.breaks == (Break(rule=Rule.CAP, at=at("mon 00:00"), by=30 * MINUTE),)
    assert line(price) == "goes 30 min over the limit of the day"


@pytest.mark.parametrize("seed", range(300, 500))
def test_every_number_of_a_random_price_is_true(seed: int) -> None:
    problem, chance = seeded_problem(seed), Random(seed)
    before = plan_earliest(problem)
    free = [one.id for one in problem.tasks if not one.pinned]
    if not free:
        return
    own = chance.choice(free)
    start = problem.now + chance.randrange((problem.horizon.end - problem.now) // GRID) * GRID
    pinned, lying = with_wish(problem, before, own, start)
    room = make_room(pinned, lying)
    price = price_of(room.problem, before, room.plan, task_id=own)
    tasks = {one.id: one for one in problem.tasks}
    old, new = before.by_task(), room.plan.by_task()
    assert price.pieces == new[own]
    for move in price.moves:
        assert old[move.task_id] == move.before != move.after == new[move.task_id]
    for late in price.late:
        assert late.due == tasks[late.task_id].due
        assert late.due + late.by == new[late.task_id][-1].end
        assert late.task_id == own or late.by > late.before
    assert all(task_id in old and task_id not in new for task_id in price.dropped)
    untouched = set(old) - {m.task_id for m in price.moves} - set(price.dropped) - {own}
    assert all(old[k] == new[k] for k in untouched if old[k][0].start >= problem.now)

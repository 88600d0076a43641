"""What starts soon stays where it was seen, unless a hard rule forces it away, which is named."""

from dataclasses import replace
from random import Random

from dayloom.planning.budget import Budget
from dayloom.planning.explain import explain
from dayloom.planning.forced import is_near
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Busy, Previous, Problem, Task
from dayloom.planning.reason import Code
from dayloom.planning.solve import plan
from dayloom.planning.verify import verify
from tests.planning.builders import at, span, task, week
from tests.planning.generators import next_morning, seeded_problem

SEEDS = range(60)
NINE, TEN = span("mon 09:00", "10:00"), span("mon 10:00", "11:00")


def seen(*pairs: tuple[int, Interval]) -> tuple[Previous, ...]:
    return tuple(Previous(task_id=id_, intervals=(there,), seen=True) for id_, there in pairs)


def fenced(*tasks: Task, **fields: object) -> Problem:
    """Return a week in which task 1 was seen at ten, within the fence."""
    given = {"previous": seen((1, TEN)), "frozen_until": at("mon 12:00"), **fields}
    return week(*tasks, **given)


def place(made: Plan, id_: int = 1) -> Interval:
    (there,) = made.by_task()[id_]
    return there


def moved_for(problem: Problem, made: Plan, id_: int = 1) -> list[Code]:
    assert verify(problem, made) == []
    codes = (reason.code for reason in explain(problem, made)[id_])
    return [code for code in codes if code.value.startswith("moved_for")]


def test_nothing_near_moves_for_any_price() -> None:
    late = task(2, 240, due=at("mon 13:00"), weight=16)
    problem = fenced(task(1, weight=1), late)
    made = plan(problem, Budget.standard())
    assert place(made) == TEN
    free = plan(replace(problem, frozen_until=None), Budget.standard())
    assert place(free) != TEN


def test_a_deadline_that_can_be_kept_in_no_other_way_moves_it_and_is_named() -> None:
    until = at("mon 11:00")
    problem = fenced(task(1, weight=16), task(2, 120, deadline=until, weight=1))
    made = plan(problem, Budget.standard())
    assert place(made, 2) == Interval(NINE.start, TEN.end)
    assert moved_for(problem, made) == [Code.MOVED_FOR_URGENT]


def test_an_event_on_it_moves_it_and_is_named() -> None:
    problem = fenced(task(1), busy=(Busy(interval=TEN, event_id=7),))
    made = plan(problem, Budget.standard())
    assert moved_for(problem, made) == [Code.MOVED_FOR_EVENT]


def test_where_one_of_two_must_go_the_other_stays() -> None:
    eleven = span("mon 11:00", "12:00")
    urgent = task(3, 120, deadline=at("mon 11:00"))
    problem = fenced(task(1), task(2), urgent, previous=seen((1, TEN), (2, eleven)))
    made = plan(problem, Budget.standard())
    assert place(made, 2) == eleven
    assert moved_for(problem, made) == [Code.MOVED_FOR_URGENT]


def test_in_random_mornings_what_is_near_stays_or_says_what_forced_it() -> None:
    stayed = forced = 0
    for seed in SEEDS:
        chance = Random(seed)
        first = seeded_problem(seed)
        problem = next_morning(first, plan(first, Budget.quick()), chance)
        made = plan(problem, Budget.quick())
        reasons, places = explain(problem, made), made.by_task()
        for one in problem.previous:
            if is_near(one, problem) and (now := places.get(one.task_id)):
                codes = {reason.code for reason in reasons[one.task_id]}
                named = {code for code in codes if code.value.startswith("moved_for")}
                assert bool(named) == (sorted(now) != sorted(one.intervals))
                stayed, forced = stayed + (not named), forced + bool(named)
    assert stayed > 3 * forced > 0, (stayed, forced)

"""A place that was proposed is a wish: it draws the task there, and breaks no rule for it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from dayloom.planning.budget import Budget
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.explain import explain
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.planning.problem import GRID, Preference, Problem
from dayloom.planning.reason import Code
from dayloom.planning.replay import dump_problem, load_problem
from dayloom.planning.solve import plan
from dayloom.planning.verify import verify
from tests.planning.builders import HOUR, at, busy, span, task, week
from tests.planning.generators import seeded_problem
from tests.planning.plain_cost import PlainCost

MORNINGS = tuple(span(f"{day} 09:00", "12:00") for day in ("mon", "tue", "wed", "thu"))


def proposed(window: str = "proposed", worth: timedelta = 72 * HOUR) -> Preference:
    return Preference(window=window, worth=worth, proposed=True)


def proposing(place: Interval, *others: str, **fields: object) -> Problem:
    wishes = (*(Preference(window=name) for name in others), proposed())
    windows = {"proposed": (place,), "morning": MORNINGS}
    return week(task(preferred=wishes), windows=windows, **fields)


def start_of(problem: Problem) -> datetime:
    made = plan(problem, Budget.quick())
    assert not verify(problem, made)
    return made.by_task()[1][0].start


def codes(problem: Problem) -> list[Code]:
    return [reason.code for reason in explain(problem, plan(problem, Budget.quick()))[1]]


def test_it_draws_the_task_there_and_the_reasons_say_so() -> None:
    problem = proposing(span("tue 15:00", "16:00"))
    assert start_of(problem) == at("tue 15:00")
    assert Code.AS_PROPOSED in codes(problem)


def test_of_preferred_times_those_before_it_do_not_count() -> None:
    problem = proposing(span("tue 10:00", "11:00"), "morning")
    assert start_of(problem) == at("tue 10:00")
    assert codes(problem)[:2] == [Code.AS_PROPOSED, Code.IN_WINDOW]


def test_where_it_is_taken_the_next_preferred_time_is_chosen() -> None:
    pinned = replace(task(2), pinned=(span("tue 09:30", "12:00"),), duration=150 * GRID / 5)
    problem = proposing(span("tue 10:00", "11:00"), "morning")
    crowded = replace(problem, tasks=(*problem.tasks, pinned))
    assert start_of(crowded) == at("wed 09:00")
    said = explain(crowded, plan(crowded, Budget.quick()))[1]
    assert [(r.at, r.task_id) for r in said if r.code is Code.NOT_AS_PROPOSED] == [
        (at("tue 10:00"), 2)
    ]
    assert Code.IN_WINDOW in [reason.code for reason in said]


def test_it_bends_no_rule() -> None:
    event = busy(7, "tue 15:30", "15:45")
    assert start_of(proposing(span("tue 15:00", "16:00"), busy=(event,))) != at("tue 15:00")
    assert start_of(proposing(span("tue 20:00", "21:00"))) != at("tue 20:00")


def test_a_stored_problem_keeps_it() -> None:
    problem = proposing(span("tue 15:00", "16:00"))
    assert load_problem(dump_problem(problem)) == problem


def random_cases() -> Iterator[tuple[Problem, Plan]]:
    """Yield problems in which some tasks, picked by chance, are proposed a place by chance."""
    for seed in range(80):
        problem, chance = seeded_problem(seed), Random(seed)
        windows, tasks = dict(problem.windows), list(problem.tasks)
        for k, one in enumerate(tasks):
            if chance.random() < 0.6:
                opens = chance.choice(problem.hours[one.hours] or (problem.horizon,)).start
                start = max(opens, problem.now) + chance.randrange(6) * GRID
                name = f"proposed for {one.id}"
                windows[name] = (Interval(start, start + one.duration),)
                tasks[k] = replace(one, preferred=(*one.preferred, proposed(name)))
        wishing = replace(problem, windows=windows, tasks=tuple(tasks))
        yield wishing, plan_earliest(wishing)


def test_any_proposal_is_priced_alike_everywhere_and_told_truly() -> None:
    told = {Code.AS_PROPOSED: 0, Code.NOT_AS_PROPOSED: 0}
    for problem, made in random_cases():
        assert not verify(problem, made)
        assert PlainCost(problem, made).objective() == made.objective
        for task_id, reasons in explain(problem, made).items():
            own = next(t for t in problem.tasks if t.id == task_id)
            for reason in reasons:
                if reason.code in told:
                    told[reason.code] += 1
                    place = problem.windows[own.preferred[-1].window]
                    lies = made.by_task()[task_id] == place
                    assert lies == (reason.code is Code.AS_PROPOSED)
    assert all(count > 2 for count in told.values()), told

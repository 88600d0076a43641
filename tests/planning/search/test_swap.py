"""Tasks trade places: they take the very time they took before, and break no rule."""

import pytest

from dayloom.planning.answer import build_plan
from dayloom.planning.cost import total_cost
from dayloom.planning.earliest import place_earliest
from dayloom.planning.instance import Instance, Placements, compile_problem
from dayloom.planning.problem import Precedence, Problem
from dayloom.planning.search import layout
from dayloom.planning.search.build import Memory
from dayloom.planning.search.swap import swap
from dayloom.planning.verify import verify
from tests.planning.builders import at, office, task, week
from tests.planning.generators import seeded_problem

TRIES = 400
ANY = 1 << 40  # whatever it costs


def traded(
    problem: Problem, seed: int = 1, slack: int = ANY
) -> tuple[Instance, Placements, list[int]]:
    """Let tasks trade places; return how they lie then, and how many traded each time."""
    instance = compile_problem(problem)
    before = place_earliest(instance)
    movable = [work.index for work in instance.works if not work.fixed]
    memory = Memory(instance, before, movable, seed)
    m, s = memory.constant.tolist(), memory.state.tolist()
    counts = [swap(m, s, slack) for _ in range(TRIES)]
    after = tuple(
        tuple((s[at + 2 * j], s[at + 2 * j + 1]) for j in range(s[place + layout.COUNT]))
        for _, place in memory.addresses()
        for at in [place + layout.FIRST]
    )
    assert s[layout.NOW] == total_cost(instance, after)
    assert (
        s[layout.ROOM : layout.ROOM + memory.words]
        == memory.state.tolist()[layout.ROOM : layout.ROOM + memory.words]
    )
    starts = {start: memory.address(k) for k in movable for start, _ in after[k]}
    row = s[s[layout.STARTING] : s[layout.STARTING] + 32 * memory.words]
    assert {step: t for step, t in enumerate(row) if t} == starts
    return instance, after, counts


@pytest.mark.parametrize("seed", range(400, 440))
def test_tasks_that_trade_places_break_no_rule(seed: int) -> None:
    problem = seeded_problem(seed)
    instance, after, _ = traded(problem, seed)
    assert verify(problem, build_plan(problem, instance, after)) == []


def test_a_long_task_trades_with_a_row_of_short_ones() -> None:
    """The lunch between them stays where it is."""
    problem = week(
        task(1, minutes=120, deadline=at("mon 17:00")),
        task(2, minutes=60),
        task(3, minutes=60),
        hours={"work": tuple(sorted(office("09:00", "11:00") + office("13:00", "15:00")))},
    )
    _, after, counts = traded(problem)
    assert 3 in counts
    assert {end - start for pieces in after for start, end in pieces} == {12, 24}


def test_a_trade_that_costs_too_much_is_not_made() -> None:
    problem = week(task(1, minutes=60, weight=9), task(2, minutes=60, weight=1))
    instance = compile_problem(problem)
    _, after, counts = traded(problem, slack=0)
    assert set(counts) == {0}
    assert after == place_earliest(instance)


def test_a_task_does_not_trade_before_the_one_it_waits_for() -> None:
    problem = week(task(1, minutes=60), task(2, minutes=60, after=(Precedence(task_id=1),)))
    _, after, counts = traded(problem)
    assert set(counts) == {0}
    assert after[0][0] < after[1][0]

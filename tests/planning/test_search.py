"""The local search: never worse, never wrong, and the same plan compiled or not."""

import math
import sys

import numpy
import pytest

from dayloom.planning.answer import build_plan
from dayloom.planning.cost import total_cost
from dayloom.planning.earliest import place_earliest
from dayloom.planning.instance import compile_problem
from dayloom.planning.problem import Preference
from dayloom.planning.search import compiled
from dayloom.planning.search.improve import Search, improve
from dayloom.planning.search.logs import logs
from dayloom.planning.verify import verify
from tests.planning.builders import HOUR, at, office, span, task, week
from tests.planning.generators import seeded_problem

BLOCKS = 3


@pytest.mark.parametrize("seed", range(200, 260))
def test_an_improved_random_plan_is_sound_and_not_dearer(seed: int) -> None:
    problem = seeded_problem(seed)
    instance = compile_problem(problem)
    before = place_earliest(instance)
    after = improve(instance, before, moves=1000, seed=seed)
    assert verify(problem, build_plan(problem, instance, after)) == []
    assert total_cost(instance, after) <= total_cost(instance, before)


@pytest.mark.parametrize("seed", range(300, 325))
def test_plain_python_finds_the_plan_that_the_compiled_kernel_finds(seed: int) -> None:
    instance = compile_problem(seeded_problem(seed))
    before = place_earliest(instance)
    searches = [Search(instance, before, pure=pure) for pure in (False, True)]
    for search in searches:
        search.advance(0, BLOCKS, BLOCKS)
    assert searches[0].placements == searches[1].placements
    assert searches[0].cost == total_cost(instance, searches[0].placements)


def test_the_kernel_is_compiled_here() -> None:
    assert compiled.warm_up()
    assert isinstance(next(iter(compiled.as_arrays([logs()]))), numpy.ndarray)


def test_steps_of_any_size_lead_to_the_same_plan() -> None:
    instance = compile_problem(seeded_problem(12))
    before = place_earliest(instance)
    one, many = Search(instance, before), Search(instance, before)
    one.advance(0, 6, 6)
    for block in range(6):
        many.advance(block, block + 1, 6)
    assert one.placements == many.placements


def test_the_same_moves_lead_to_the_same_plan() -> None:
    instance = compile_problem(seeded_problem(12))
    before = place_earliest(instance)
    assert improve(instance, before, moves=2000) == improve(instance, before, moves=2000)


def test_the_best_order_of_a_day_is_found() -> None:
    """Weights by length fall: the shortest first, although the first one is the longest."""
    problem = week(*[task(k, minutes=60 * k, weight=1) for k in (3, 2, 1)])
    instance = compile_problem(problem)
    wrong = (((108, 144),), ((144, 168),), ((168, 180),))
    found = improve(instance, wrong, moves=1000)
    assert found == (((144, 180),), ((120, 144),), ((108, 120),))


def test_a_dropped_task_is_brought_back_where_others_can_make_room() -> None:
    problem = week(
        task(1, minutes=60),
        task(2, minutes=480, deadline=at("mon 17:00")),
    )
    instance = compile_problem(problem)
    found = improve(instance, (((108, 120),), ()), moves=1000)
    assert all(found)


def test_pinned_tasks_and_tasks_that_may_not_move_stay() -> None:
    problem = week(
        task(1, weight=1), task(2, weight=9), task(3, pinned=(span("mon 12:00", "13:00"),))
    )
    instance = compile_problem(problem)
    before = (((108, 120),), ((120, 132),), ((144, 156),))
    assert improve(instance, before, moves=1000, movable=[0, 2]) == before
    assert improve(instance, before, moves=1000)[:2] == (((120, 132),), ((108, 120),))


def test_a_task_moves_into_its_preferred_window() -> None:
    likes = (Preference(window="afternoon", worth=8 * HOUR),)
    problem = week(task(preferred=likes), windows={"afternoon": office("14:00", "17:00")})
    instance = compile_problem(problem)
    assert improve(instance, (((108, 120),),), moves=256) == (((168, 180),),)


def test_an_empty_problem_has_nothing_to_improve() -> None:
    instance = compile_problem(week())
    assert improve(instance, (), moves=1000) == ()


def test_without_numba_the_same_source_runs_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    instance = compile_problem(seeded_problem(3))
    before = place_earliest(instance)
    expected = improve(instance, before, moves=512)
    monkeypatch.setitem(sys.modules, "numba", None)
    compiled.compiled_run.cache_clear()
    assert not compiled.warm_up()
    assert improve(instance, before, moves=512) == expected
    monkeypatch.undo()
    compiled.compiled_run.cache_clear()


def test_the_logarithms_are_those_of_the_middles_of_even_shares() -> None:
    exact = [-1024 * math.log((2 * k + 1) / 2048) for k in range(1024)]
    assert all(abs(found - true) <= 1 for found, true in zip(logs(), exact, strict=True))

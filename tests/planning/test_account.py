"""The terms of a plan are counted right, agree with its objective, and are said in words."""

from datetime import timedelta

import pytest

from dayloom.planning.account import Kind, Part, Term, account
from dayloom.planning.account_words import NOTHING_MISSED, say_term, say_terms
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.interval import Interval
from dayloom.planning.problem import Preference, Previous, Problem, Task
from tests.planning.builders import HOUR, MINUTE, at, plan_of, span, task, week
from tests.planning.generators import seeded_problem
from tests.planning.judge import joined

SEEDS = range(120)


def test_terms_are_what_the_plan_and_the_problem_say() -> None:
    counted = dict.fromkeys(Kind, 0)
    for seed in SEEDS:
        problem = seeded_problem(seed)
        plan = plan_earliest(problem)
        terms = {term.kind: term for term in account(problem, plan)}
        pieces = plan.by_task()
        placed = [one for one in problem.tasks if one.id in pieces]
        ends = {one.id: pieces[one.id][-1].end for one in placed}
        dues = {one.id: one.due or one.deadline or ends[one.id] for one in placed}
        late = {id_: ends[id_] - due for id_, due in dues.items() if ends[id_] > due}
        assert {p.task_id: p.by for p in parts(terms, Kind.LATE)} == late
        split = {one.id: len(pieces[one.id]) for one in placed if len(pieces[one.id]) > 1}
        assert {p.task_id: p.count for p in parts(terms, Kind.SPLIT)} == split
        unplaced = {one.task_id for one in plan.unplaced}
        assert {p.task_id for p in parts(terms, Kind.UNPLACED)} == unplaced
        outside = {
            one.id
            for one in placed
            if one.preferred and not all(held(problem, one, piece) for piece in pieces[one.id])
        }
        assert {p.task_id for p in parts(terms, Kind.OUTSIDE)} == outside
        moved = {
            one.task_id: len(set(one.intervals) - set(pieces.get(one.task_id, ())))
            for one in problem.previous
            if one.seen
        }
        assert {p.task_id: p.count for p in parts(terms, Kind.MOVED)} == {
            id_: count for id_, count in moved.items() if count
        }
        for kind in terms:
            counted[kind] += 1
        if not any(one.pinned for one in problem.tasks):
            assert bool(plan.objective.fragmentation) == (Kind.SPLIT in terms)
            assert bool(plan.objective.unplaced) == (Kind.UNPLACED in terms)
    assert all(count for kind, count in counted.items() if kind is not Kind.ELSEWHERE)


def parts(terms: dict[Kind, Term], kind: Kind) -> tuple[Part, ...]:
    return terms[kind].parts if kind in terms else ()


def held(problem: Problem, one: Task, piece: Interval) -> bool:
    spans = joined(tuple(i for wish in one.preferred for i in problem.windows[wish.window]))
    return any(start <= piece.start and piece.end <= end for start, end in spans)


def test_the_tasks_that_add_most_come_first() -> None:
    soon = at("mon 09:30")
    problem = week(task(1, 60, due=soon), task(2, 60, due=soon), task(3, 60))
    plan = plan_of(
        (1, span("mon 09:00", "10:00")),
        (2, span("mon 10:00", "11:00")),
        (3, span("mon 11:00", "12:00")),
    )
    [late] = account(problem, plan)
    assert late.parts == (Part(task_id=2, by=90 * MINUTE), Part(task_id=1, by=30 * MINUTE))
    assert (late.count, late.by) == (2, 2 * HOUR)


def test_a_place_that_was_proposed_and_a_block_that_moved_are_counted() -> None:
    there = span("tue 09:00", "10:00")
    wish = Preference(window="proposed", proposed=True)
    before = Previous(task_id=2, intervals=(there,))
    problem = week(
        task(1, preferred=(wish,)), task(2), windows={"proposed": (there,)}, previous=(before,)
    )
    plan = plan_of((1, span("mon 09:00", "10:00")), (2, span("mon 10:00", "11:00")))
    assert [(t.kind, t.count) for t in account(problem, plan)] == [
        (Kind.ELSEWHERE, 1),
        (Kind.MOVED, 1),
    ]


@pytest.mark.parametrize(
    ("kind", "tasks", "by", "said"),
    [
        (Kind.LATE, 1, 20, "one task 20 min late"),
        (Kind.LATE, 2, 90, "two tasks 1 h 30 late in total"),
        (Kind.OUTSIDE, 2, 0, "two tasks outside of their preferred times"),
        (Kind.SPLIT, 12, 0, "12 tasks in pieces"),
        (Kind.MOVED, 1, 0, "one block moved that you had seen"),
        (Kind.UNPLACED, 1, 0, "one task without a place"),
    ],
)
def test_a_term_is_said_with_its_number(kind: Kind, tasks: int, by: int, said: str) -> None:
    share = timedelta(minutes=by) / tasks
    term = Term(kind=kind, parts=tuple(Part(task_id=k, by=share) for k in range(1, tasks + 1)))
    assert say_term(term) == said


def test_all_terms_make_one_sentence() -> None:
    late = Term(kind=Kind.LATE, parts=(Part(task_id=1, by=20 * MINUTE),))
    split = Term(kind=Kind.SPLIT, parts=(Part(task_id=1, count=2),))
    assert say_terms([late, split]) == "One task 20 min late, one task in pieces."
    assert say_terms([]) == NOTHING_MISSED

"""Each hard rule by a case that a solver without it would get wrong."""

from dataclasses import replace
from datetime import timedelta

from dayloom.planning.cpsat import Effort, solve_exactly
from dayloom.planning.instance import compile_problem
from dayloom.planning.interval import Interval
from dayloom.planning.problem import GRID, Busy, Cap, Precedence, Problem, Task
from dayloom.planning.work import Pieces
from tests.planning.cpsat.tiny import START, at, span

LIGHT, HEAVY = 1, 9


def problem(*tasks: Task) -> Problem:
    """Return a problem of two open hours: steps 0 to 24."""
    open_ = (span(0, 24),)
    return Problem(
        now=START, horizon=span(0, 24), tasks=tasks, hours={"work": open_, "home": open_}
    )


def whole(number: int, steps: int, weight: int = LIGHT) -> Task:
    return Task(id=number, duration=steps * GRID, weight=weight)


def split(number: int, steps: int, chunks: tuple[int, int]) -> Task:
    smallest, largest = chunks
    return replace(whole(number, steps), min_chunk=smallest * GRID, max_chunk=largest * GRID)


def placed(of: Problem) -> dict[int, Pieces]:
    """Return the optimal pieces of each task, in steps."""
    instance = compile_problem(of)
    held = tuple(work.fixed for work in instance.works)
    outcome = solve_exactly(instance, held, Effort(5.0))
    assert outcome.proven
    return {work.id: outcome.placements[work.index] for work in instance.works}


def test_slots_do_not_overlap_and_the_heavier_comes_first() -> None:
    assert placed(problem(whole(1, 4), whole(2, 4, HEAVY))) == {1: ((4, 8),), 2: ((0, 4),)}


def test_the_buffer_lies_between_slots() -> None:
    buffered = replace(problem(whole(1, 4), whole(2, 4, HEAVY)), buffer=timedelta(minutes=7))

    assert placed(buffered) == {1: ((6, 10),), 2: ((0, 4),)}


def test_the_buffer_lies_between_pieces_of_one_task() -> None:
    buffered = replace(problem(split(1, 6, (3, 3))), buffer=GRID)

    assert placed(buffered) == {1: ((0, 3), (4, 7))}


def test_a_slot_keeps_away_from_an_event_on_both_sides() -> None:
    meeting = Busy(interval=span(4, 6), event_id=1)
    around = replace(problem(whole(1, 4)), busy=(meeting,), event_buffer=timedelta(minutes=3))

    assert placed(around) == {1: ((7, 11),)}


def test_a_slot_keeps_the_buffer_to_a_pin_off_the_grid() -> None:
    minutes = timedelta(minutes=2)
    pin = replace(whole(2, 2), pinned=(Interval(at(4) + minutes, at(6) + minutes),))
    pinned = replace(problem(whole(1, 5), pin), buffer=GRID)

    assert placed(pinned)[1] == ((8, 13),)


def test_a_piece_does_not_reach_over_closed_time() -> None:
    closed = replace(problem(whole(1, 4)), hours={"work": (span(0, 3), span(5, 24))})

    assert placed(closed) == {1: ((5, 9),)}


def test_a_piece_of_changing_size_does_not_reach_over_closed_time() -> None:
    closed = replace(problem(split(1, 8, (2, 8))), hours={"work": (span(0, 5), span(6, 24))})

    assert placed(closed) == {1: ((6, 14),)}
    assert placed(replace(closed, hours={"work": (span(0, 5), span(20, 24))})) == {
        1: ((0, 5), (20, 23))
    }


def test_pieces_stay_between_the_smallest_and_the_largest_chunk() -> None:
    gaps = (span(0, 2), span(3, 8), span(9, 14), span(15, 17))
    cut = replace(problem(split(1, 10, (3, 4))), hours={"work": gaps})

    assert placed(cut) == {1: ()}  # 10 is three pieces, and two fit in neither of the long gaps
    roomy = replace(cut, hours={"work": (*gaps, span(18, 21))})
    assert sorted(end - start for start, end in placed(roomy)[1]) == [3, 3, 4]


def test_release_rounds_up_and_deadline_rounds_down() -> None:
    early = replace(whole(1, 4), release=at(2) + timedelta(minutes=1))
    assert placed(problem(early)) == {1: ((3, 7),)}

    late = replace(early, deadline=at(7) - timedelta(minutes=1))
    assert placed(problem(late)) == {1: ()}


def test_a_deadline_is_kept_against_a_heavier_task() -> None:
    urgent = replace(whole(1, 4), deadline=at(4))

    assert placed(problem(urgent, whole(2, 4, HEAVY))) == {1: ((0, 4),), 2: ((4, 8),)}


def test_a_task_waits_for_the_one_before_it_and_the_gap() -> None:
    second = replace(whole(2, 4, HEAVY), after=(Precedence(task_id=1, gap=3 * GRID),))

    assert placed(problem(whole(1, 4), second)) == {1: ((0, 4),), 2: ((7, 11),)}


def test_a_task_waits_for_the_last_piece() -> None:
    first = split(1, 6, (3, 3))
    second = replace(whole(2, 4, HEAVY), after=(Precedence(task_id=1),))
    meeting = Busy(interval=span(4, 10), event_id=1)

    assert placed(replace(problem(first, second), busy=(meeting,)))[2] == ((13, 17),)


def test_a_task_has_no_place_when_the_one_before_it_has_none() -> None:
    impossible = replace(whole(1, 4), deadline=at(2))
    second = replace(whole(2, 4), after=(Precedence(task_id=1),))

    assert placed(problem(impossible, second)) == {1: (), 2: ()}


def test_a_pinned_task_ends_the_time_of_the_one_before_it() -> None:
    pin = replace(whole(2, 2), pinned=(span(8, 10),), after=(Precedence(task_id=1, gap=GRID),))
    other = replace(whole(3, 4, HEAVY), release=at(0))

    assert placed(problem(whole(1, 3), pin, other))[1] == ((4, 7),)
    assert placed(problem(whole(1, 8), pin, other))[1] == ()


def test_a_daily_cap_moves_work_to_the_next_day() -> None:
    days = (span(0, 12), span(12, 24))
    cap = Cap(limits=(6 * GRID, 6 * GRID))
    capped = replace(problem(whole(1, 4), whole(2, 4, HEAVY)), days=days, caps=(cap,))

    assert placed(capped) == {1: ((10, 14),), 2: ((0, 4),)}


def test_a_daily_cap_counts_the_part_of_a_piece_inside_the_day() -> None:
    days = (span(0, 12), span(12, 24))
    cap = Cap(limits=(3 * GRID, 24 * GRID))
    capped = replace(problem(split(1, 10, (5, 10))), days=days, caps=(cap,))

    assert placed(capped) == {1: ((9, 19),)}


def test_a_daily_cap_of_one_hour_map_lets_others_be() -> None:
    cap = Cap(limits=(4 * GRID,), hours="work")
    other = replace(whole(2, 4), hours="home")
    both = replace(
        problem(whole(1, 4, HEAVY), other, whole(3, 4)),
        days=(span(0, 24),),
        caps=(cap,),
    )

    assert placed(both) == {1: ((0, 4),), 2: ((4, 8),), 3: ()}


def test_pinned_time_counts_for_the_cap() -> None:
    pin = replace(whole(2, 6), pinned=(span(0, 6),))
    cap = Cap(limits=(5 * GRID, 9 * GRID))
    days = (span(0, 12), span(12, 24))
    capped = replace(problem(whole(1, 2), pin), days=days, caps=(cap,))

    assert placed(capped)[1] == ((12, 14),)

"""One more task beside slots that stay where they are: the answer while someone waits."""

from collections.abc import Iterable

from dayloom.planning.board import Board
from dayloom.planning.instance import Fact, compile_problem
from dayloom.planning.interval import Interval
from dayloom.planning.problem import Problem


def place_beside(problem: Problem, beside: Iterable[Fact]) -> tuple[Interval, ...]:
    """Return the cheapest place of the one task of `problem`, or () if there is none.

    Nothing moves: `beside` are the slots of other tasks, which are no part of the problem, so that
    the time this takes hardly depends on how many there are.
    """
    instance = compile_problem(problem, beside)
    pieces = Board(instance).best(instance.works[0])
    return tuple(instance.grid.interval(piece) for piece in pieces)

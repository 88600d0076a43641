"""A small change: a plan mended around what changed."""

from collections.abc import Iterable

from dayloom.planning.board import Board
from dayloom.planning.cost import total_cost
from dayloom.planning.instance import Instance, Placements
from dayloom.planning.search.improve import improve

NEIGHBOURS = 24  # tasks on either side in time that may move for a changed one


def repair(
    instance: Instance,
    placements: Placements,
    changed: Iterable[int],
    *,
    moves: int,
    seed: int = 1,
) -> Placements:
    """Return placements mended around the tasks at the indices `changed`.

    What is not allowed any more, and what had no place, is put where it is cheapest; then a
    search moves the changed tasks and their neighbours. All others stay where they are.
    """
    start = keep_allowed(instance, placements)
    near = neighbourhood(instance, start, _affected(placements, start, changed))
    found = improve(instance, start, moves=moves, seed=seed, movable=near, gentle=True)
    return min(start, found, key=lambda each: total_cost(instance, each))


def keep_allowed(instance: Instance, *choices: Placements) -> Placements:
    """Keep every place that the rules allow, those of the first choice before those of the next,
    and find one for each other task."""
    board = Board(instance)
    for placements in choices:
        for index in _by_start(instance, placements):
            work = instance.works[index]
            if not board.pieces[index] and board.allows(work, placements[index]):
                board.put(work, placements[index])
    for index in instance.order:
        work = instance.works[index]
        if not board.pieces[index] and (pieces := board.best(work)):
            board.put(work, pieces)
    return board.placements


def neighbourhood(
    instance: Instance, placements: Placements, changed: Iterable[int]
) -> frozenset[int]:
    """Return the changed tasks, those near them in time, and those that wait for each other."""
    by_start = sorted((pieces[0][0], index) for index, pieces in enumerate(placements) if pieces)
    rank = {index: k for k, (_, index) in enumerate(by_start)}
    found: set[int] = set()
    for index in changed:
        work = instance.works[index]
        found.add(index)
        found.update(link.index for link in (*work.before, *work.after))
        k = rank.get(index)
        if k is not None:
            row = by_start[max(0, k - NEIGHBOURS) : k + NEIGHBOURS + 1]
            found.update(other for _, other in row)
    return frozenset(found)


def _affected(old: Placements, new: Placements, changed: Iterable[int]) -> frozenset[int]:
    return frozenset(changed) | {k for k, pieces in enumerate(new) if pieces != old[k]}


def _by_start(instance: Instance, placements: Placements) -> list[int]:
    """Return the placed tasks that are not pinned, by time and after those they wait for."""
    place = {index: k for k, index in enumerate(instance.order)}
    placed = (w.index for w in instance.works if placements[w.index] and not w.fixed)
    return sorted(placed, key=lambda index: (placements[index][0][0], place[index]))

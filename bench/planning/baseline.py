"""What everyone would write first: earliest deadline first, each task at the first free time."""

from dayloom.planning.board import Board
from dayloom.planning.instance import Instance, Placements


def earliest_deadline_first(instance: Instance) -> Placements:
    """Place every task after those it waits for, the one with the nearest due date first."""
    board = Board(instance)
    ready = [work for work in instance.works if not work.before]
    waiting = {work.index: len(work.before) for work in instance.works}
    while ready:
        work = min(ready, key=lambda each: (min(each.due, each.deadline), each.index))
        ready.remove(work)
        if not work.fixed and (pieces := board.best(work)):
            board.put(work, pieces)
        for link in work.after:
            waiting[link.index] -= 1
            if not waiting[link.index]:
                ready.append(instance.works[link.index])
    return board.placements

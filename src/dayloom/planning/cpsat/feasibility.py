"""Which tasks can have a place at all: the hard rules alone, without any wish."""

from dayloom.planning.cpsat.objective import minimize_dropped
from dayloom.planning.cpsat.run import Effort, Outcome, solve
from dayloom.planning.cpsat.scope import Scope
from dayloom.planning.instance import Instance, Placements
from dayloom.planning.work import Pieces, Work


def keep_deadlines(
    instance: Instance, held: Placements, effort: Effort, most: int = 200
) -> Outcome | None:
    """Place as many tasks with deadlines as the hard rules allow, counted by their price.

    Among equals, as little as can be moves of what was seen. The answer holds nothing but those
    tasks, the near ones, what both wait for, and what is pinned: the others find their place
    around them later. `proven` says that no further one could be kept. With more than `most` such
    tasks, those that compete with the missed ones are decided and the others stay.
    """
    wanted = _with_those_before(instance, _wanted(instance))
    missed = [index for index in wanted if not _at_rest(instance.works[index], held[index])]
    free = _nearest(instance, wanted, missed, most)
    cleared = tuple(
        pieces if index in set(wanted) or instance.works[index].fixed else ()
        for index, pieces in enumerate(held)
    )
    return solve(Scope.over(instance, cleared, free), minimize_dropped, effort)


def _at_rest(work: Work, pieces: Pieces) -> bool:
    """Say whether it has a place, and its own if it is near."""
    return bool(pieces) and (pieces == work.previous or not work.frozen)


def _wanted(instance: Instance) -> list[int]:
    free = (work for work in instance.works if not work.fixed)
    return [work.index for work in free if work.has_deadline or work.frozen]


def _with_those_before(instance: Instance, indices: list[int]) -> list[int]:
    """Return the tasks and all that they wait for, in topological order."""
    found = set(indices)
    for index in reversed(instance.order):
        if index in found:
            found.update(link.index for link in instance.works[index].before)
    return [index for index in instance.order if index in found]


def _nearest(instance: Instance, wanted: list[int], missed: list[int], most: int) -> list[int]:
    """Return at most `most` of the wanted tasks: those whose times are nearest to the missed."""
    if len(wanted) <= most:
        return wanted
    centers = [_center(instance, index) for index in missed]

    def distance(index: int) -> tuple[int, int]:
        center = _center(instance, index)
        return min(abs(center - other) for other in centers), index

    return sorted(wanted, key=distance)[:most]


def _center(instance: Instance, index: int) -> int:
    work = instance.works[index]
    return work.release + work.deadline

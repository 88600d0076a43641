"""What a task costs at the very least, wherever the others lie."""

from dayloom.planning.grid import lowest
from dayloom.planning.instance import Instance
from dayloom.planning.starts import Starts
from dayloom.planning.work import FAR, FRAGMENT, TARDY, Work


def floors(instance: Instance) -> list[int]:
    """Return for each task a cost below which no place of it can be.

    That is its price of leaving it out where the hours, events and deadline allow no place.
    """
    starts = Starts(instance)
    ends = [0] * len(instance.works)
    costs = [0] * len(instance.works)
    for index in instance.order:
        work = instance.works[index]
        low = max([work.release, *(ends[link.index] + link.gap for link in work.before)])
        ends[index] = _first_end(starts, work, low)
        costs[index] = _least_cost(work, ends[index])
    return costs


def _first_end(starts: Starts, work: Work, low: int) -> int:
    """Return the earliest end from `low` on, `FAR` if no start is left."""
    if work.fixed:
        return work.fixed[-1][1]
    least = work.duration if work.min_chunk >= work.duration else work.smallest
    found = starts.open(work, least) >> low if low < FAR else 0
    return low + lowest(found) + work.duration if found else FAR


def _least_cost(work: Work, end: int) -> int:
    if end > work.deadline:
        return work.drop_price
    steps = TARDY * max(0, end - work.due)
    if work.asap:
        steps += max(0, end - work.release)
    if not work.whole:
        steps += FRAGMENT * (-(-work.duration // work.max_chunk) - 1)
    return min(work.drop_price, work.weight * steps)

"""What a plan costs: every term of the objective, once, in weighted steps of delay."""

from dayloom.planning.grid import bits
from dayloom.planning.instance import Instance, Placements
from dayloom.planning.plan import Objective
from dayloom.planning.work import FRAGMENT, TARDY, Pieces, Work


def placement_cost(instance: Instance, work: Work, pieces: Pieces) -> int:
    """Return the cost of `work` in these pieces, which must be in order of time."""
    return (
        completion(work, pieces)
        + tardiness(work, pieces)
        + fragmentation(work, pieces)
        + preference(instance, work, pieces)
        + movement(work, pieces)
    )


def completion(work: Work, pieces: Pieces) -> int:
    return work.weight * max(0, pieces[-1][1] - work.release) if work.asap else 0


def tardiness(work: Work, pieces: Pieces) -> int:
    return work.weight * TARDY * max(0, pieces[-1][1] - work.due)


def fragmentation(work: Work, pieces: Pieces) -> int:
    return work.weight * FRAGMENT * (len(pieces) - 1)


def preference(instance: Instance, work: Work, pieces: Pieces) -> int:
    """Return the price of the share that lies outside every preferred window."""
    if work.liked < 0:
        return 0
    outside = sum((bits(*piece) & ~instance.liked[work.liked]).bit_count() for piece in pieces)
    return work.weight * work.worth * min(outside, work.duration) // work.duration


def movement(work: Work, pieces: Pieces) -> int:
    return 0 if pieces == work.previous else work.move_price


def unplaced_cost(work: Work) -> int:
    return work.drop_price


def total_cost(instance: Instance, placements: Placements) -> int:
    return sum(
        placement_cost(instance, work, pieces) if pieces else unplaced_cost(work)
        for work, pieces in zip(instance.works, placements, strict=True)
    )


def objective(instance: Instance, placements: Placements) -> Objective:
    """Return the cost of `placements` by terms."""
    pairs = list(zip(instance.works, placements, strict=True))
    placed = [(work, pieces) for work, pieces in pairs if pieces]
    return Objective(
        completion=sum(completion(*pair) for pair in placed),
        tardiness=sum(tardiness(*pair) for pair in placed),
        fragmentation=sum(fragmentation(*pair) for pair in placed),
        preference=sum(preference(instance, *pair) for pair in placed),
        movement=sum(movement(*pair) for pair in placed),
        unplaced=sum(unplaced_cost(work) for work, pieces in pairs if not pieces),
    )

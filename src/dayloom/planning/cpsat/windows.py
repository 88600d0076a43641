"""Windows of a larger plan, solved one after another with everything else held."""

from dayloom.planning.cost import placement_cost, total_cost, unplaced_cost
from dayloom.planning.cpsat.exact import solve_exactly
from dayloom.planning.cpsat.run import Effort
from dayloom.planning.grid import bits, to_mask
from dayloom.planning.instance import Instance, Placements

WIDTH = 10  # neighbours in one window
STEP = WIDTH // 2
GUESTS = 2  # costly tasks from elsewhere that join each window
CIRCLE = 5  # after this many windows the guests are the same again


def improve_windows(
    instance: Instance, placements: Placements, effort: Effort, rounds: int
) -> Placements:
    """Return placements that cost no more, after at most `rounds` windows of `effort` each.

    Windows follow the plan in order of time, each half over the one before, and start again
    until a whole pass gains nothing.
    """
    while rounds > 0:
        before = total_cost(instance, placements)
        count = min(rounds, _windows(instance, placements))
        for number in range(count):
            window = _window(instance, placements, number)
            placements = solve_exactly(instance, placements, effort, window).placements
        rounds -= count
        if total_cost(instance, placements) == before:
            break
    return placements


def _windows(instance: Instance, placements: Placements) -> int:
    return max(1, -(-(len(_by_start(instance, placements)) - STEP) // STEP))


def _window(instance: Instance, placements: Placements, number: int) -> list[int]:
    """Return neighbours in time, with costly tasks that could use their time."""
    near = _by_start(instance, placements)[number * STEP : number * STEP + WIDTH]
    span = [piece for index in near for piece in placements[index]]
    first = min((start for start, _ in span), default=instance.first)
    last = max((end for _, end in span), default=instance.size)
    far = [
        index for index in _by_cost(instance, placements, bits(first, last)) if index not in near
    ]
    turn = number % CIRCLE * GUESTS
    return [*near, *far[turn : turn + GUESTS]]


def _by_start(instance: Instance, placements: Placements) -> list[int]:
    placed = [work.index for work in instance.works if placements[work.index] and not work.fixed]
    return sorted(placed, key=lambda index: (placements[index][0], index))


def _by_cost(instance: Instance, placements: Placements, span: int) -> list[int]:
    """Return the tasks that might lie in `span` and do not, costliest first."""
    able = [
        work
        for work in instance.works
        if not work.fixed
        and instance.open[work.hours] & bits(work.release, work.deadline) & span
        and not to_mask(placements[work.index]) & span
    ]
    costs = {
        work.index: placement_cost(instance, work, placements[work.index])
        if placements[work.index]
        else unplaced_cost(work)
        for work in able
    }
    return sorted(costs, key=lambda index: (-costs[index], index))

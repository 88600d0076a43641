"""The instant answer: tasks one after the other in a good order, each where it is cheapest.

Orders are tried and the cheapest plan is kept: one that meets every deadline is never beaten by
one that does not, because a missed deadline is the dearest term.
"""

from collections.abc import Callable
from heapq import heapify, heappop, heappush

from dayloom.planning.answer import build_plan
from dayloom.planning.board import Board
from dayloom.planning.cost import total_cost
from dayloom.planning.instance import Instance, Placements, compile_problem
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.work import FAR, Work

Key = tuple[int, ...]
Order = Callable[[Work, int], Key]  # of a task and the latest end that its successors allow

LOOK_AHEAD = 1440  # steps of slack at which the urgency of a task has halved: five days
SCALE = 1 << 20
RETRIES = 2
MANY = 2000  # tasks above which fewer orders are tried


def plan_earliest(problem: Problem) -> Plan:
    """Return the instant plan of `problem`."""
    instance = compile_problem(problem)
    return build_plan(problem, instance, place_earliest(instance))


def place_earliest(instance: Instance) -> Placements:
    """Return the cheapest placements over several orders."""
    latest = latest_ends(instance)
    orders = ORDERS if len(instance.works) <= MANY else ORDERS[:2]
    if any(work.previous for work in instance.works):
        orders = (_as_before, *orders)
    tried = [(_place(instance, latest, order, frozenset()), order) for order in orders]
    ranked = [(total_cost(instance, placements), k) for k, (placements, _) in enumerate(tried)]
    cost, k = min(ranked)
    return _again(instance, latest, tried[k], cost)


def latest_ends(instance: Instance) -> list[int]:
    """Return for each task the end that its deadline and those of its successors allow."""
    latest = [work.deadline for work in instance.works]
    for index in reversed(instance.order):
        for link in instance.works[index].after:
            after = instance.works[link.index]
            if not after.fixed:
                end = latest[link.index] - after.duration - link.gap
                latest[index] = min(latest[index], end)
    return latest


def _again(
    instance: Instance, latest: list[int], start: tuple[Placements, Order], cost: int
) -> Placements:
    """Try again with the tasks that found no place first in line."""
    best, order = start
    first: frozenset[int] = frozenset()
    for _ in range(RETRIES):
        missed = frozenset(i for i, pieces in enumerate(best) if not pieces) - first
        if not missed:
            break
        first |= missed
        placements = _place(instance, latest, order, first)
        if total_cost(instance, placements) < cost:
            best, cost = placements, total_cost(instance, placements)
    return best


def _place(
    instance: Instance, latest: list[int], order: Order, first: frozenset[int]
) -> Placements:
    board = Board(instance)
    for index in _in_order(instance, latest, order, first):
        work = instance.works[index]
        if not work.fixed:
            pieces = board.best(work)
            if pieces:
                board.put(work, pieces)
    return board.placements


def _in_order(
    instance: Instance, latest: list[int], order: Order, first: frozenset[int]
) -> list[int]:
    """Return the tasks by `order`, each after those it waits for; frozen ones come first."""

    def ranked(index: int) -> tuple[bool, bool, Key, int]:
        work = instance.works[index]
        return not work.frozen, index not in first, order(work, latest[index]), index

    waiting = [len(work.before) for work in instance.works]
    heap = [ranked(work.index) for work in instance.works if not work.before]
    heapify(heap)
    found: list[int] = []
    while heap:
        index = heappop(heap)[-1]
        found.append(index)
        for link in instance.works[index].after:
            waiting[link.index] -= 1
            if not waiting[link.index]:
                heappush(heap, ranked(link.index))
    return found


def _goal(work: Work, latest: int) -> int:
    return min(latest, work.due)


def _earliest_due(work: Work, latest: int) -> Key:
    return (_goal(work, latest), -work.weight)


def _urgent(work: Work, latest: int) -> Key:
    """Weight by duration, worth less the more slack there is (apparent tardiness cost)."""
    slack = max(0, _goal(work, latest) - work.release - work.duration)
    return (-(work.weight * SCALE * LOOK_AHEAD) // (work.duration * (LOOK_AHEAD + slack)),)


def _heaviest(work: Work, latest: int) -> Key:
    return (-work.weight, _goal(work, latest))


def _densest(work: Work, latest: int) -> Key:
    return (-(work.weight * SCALE) // work.duration, _goal(work, latest))


def _as_before(work: Work, latest: int) -> Key:
    return (work.previous[0][0] if work.previous else FAR, _goal(work, latest))


ORDERS: tuple[Order, ...] = (_earliest_due, _urgent, _densest, _heaviest)

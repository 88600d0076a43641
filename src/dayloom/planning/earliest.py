"""The instant answer: tasks one after the other in a good order, each where it is cheapest.

Orders are tried and the cheapest plan is kept: one that meets every deadline is never beaten by
one that does not, because a missed deadline is the dearest term.
"""

from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush

from dayloom.planning.answer import build_plan
from dayloom.planning.board import Board
from dayloom.planning.cost import total_cost
from dayloom.planning.fence import hold, missed, standing, stranded
from dayloom.planning.instance import Instance, Placements, compile_problem
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.starts import Starts
from dayloom.planning.work import FAR, TARDY, Work

Key = tuple[int, ...]
Order = Callable[[Work, int], Key]  # of a task and the latest end that its successors allow

SCALE = 1 << 20
RETRIES = 2  # with the tasks that found no place first in line
MANY = 2000  # tasks above which fewer orders are tried


def plan_earliest(problem: Problem) -> Plan:
    """Return the instant plan of `problem`."""
    instance = compile_problem(problem)
    return build_plan(problem, instance, place_within_fence(problem, instance))


def place_within_fence(problem: Problem, instance: Instance) -> Placements:
    """Return the earliest placements that leave what is near where it was seen.

    What waits for a task that finds no place before it moves; so may all, for a deadline.
    """
    held = standing(problem, instance)
    kept = place_earliest(compile_problem(hold(problem, held)) if held else instance)
    while lost := stranded(instance, kept, held):
        held -= lost
        kept = place_earliest(compile_problem(hold(problem, held)))
    if not held or not missed(instance, kept):
        return kept
    free = place_earliest(instance)
    return free if missed(instance, free) < missed(instance, kept) else kept


def place_earliest(instance: Instance) -> Placements:
    """Return the cheapest placements over several orders."""
    orders = ORDERS if len(instance.works) <= MANY else ORDERS[::2]
    if any(work.previous for work in instance.works):
        orders = (_as_before, *orders)
    table = _Table(instance)
    tried = [(table.place(order), order) for order in orders]
    ranked = [(total_cost(instance, placements), k) for k, (placements, _) in enumerate(tried)]
    cost, k = min(ranked)
    return _again(table, tried[k], cost)


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


class _Table:
    """Places the tasks of one instance in any order."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._latest = latest_ends(instance)
        self._starts = Starts(instance)

    def place(self, order: Order, first: frozenset[int] = frozenset()) -> Placements:
        """Return the placements when the tasks of `first`, then the others come by `order`."""
        board = Board(self.instance, self._starts)
        for index in self._sequence(order, first):
            work = self.instance.works[index]
            if not work.fixed:
                pieces = board.best(work)
                if pieces:
                    board.put(work, pieces)
        return board.placements

    def _sequence(self, order: Order, first: frozenset[int]) -> Iterator[int]:
        """Yield every task after those it waits for; frozen ones come as early as they can."""
        works = self.instance.works

        def ranked(index: int) -> tuple[bool, bool, Key, int]:
            work = works[index]
            return index not in first, not work.frozen, order(work, self._latest[index]), index

        waiting = [len(work.before) for work in works]
        heap = [ranked(work.index) for work in works if not work.before]
        heapify(heap)
        while heap:
            index = heappop(heap)[-1]
            yield index
            for link in works[index].after:
                waiting[link.index] -= 1
                if not waiting[link.index]:
                    heappush(heap, ranked(link.index))


def _again(table: _Table, start: tuple[Placements, Order], cost: int) -> Placements:
    """Try again with the tasks that found no place first in line."""
    best, order = start
    first: frozenset[int] = frozenset()
    for _ in range(RETRIES):
        missed = frozenset(i for i, pieces in enumerate(best) if not pieces) - first
        if not missed:
            break
        first |= missed
        placements = table.place(order, first)
        price = total_cost(table.instance, placements)
        if price < cost:
            best, cost = placements, price
    return best


def _goal(work: Work, latest: int) -> int:
    return min(latest, work.due)


def _earliest_due(work: Work, latest: int) -> Key:
    return (_goal(work, latest), -work.weight)


def _urgent(look_ahead: int, hard: int) -> Order:
    """Order by what a step of delay costs, by duration, while due dates and deadlines draw near.

    A due date adds to the rate by `TARDY`, a deadline by `hard`; both by half at `look_ahead`
    steps of slack (an apparent tardiness cost, in whole numbers).
    """

    def key(work: Work, latest: int) -> Key:
        ready = work.release + work.duration
        rate = SCALE if work.asap else SCALE // 10
        if work.due < FAR:
            slack = max(0, min(latest, work.due) - ready)
            rate += SCALE * TARDY * look_ahead // (look_ahead + slack)
        if work.has_deadline or latest < work.own_deadline:
            slack = max(0, latest - ready)
            rate += SCALE * hard * look_ahead // (look_ahead + slack)
        return (-(work.weight * rate) // work.duration,)

    return key


def _as_before(work: Work, latest: int) -> Key:
    return (work.previous[0][0] if work.previous else FAR, _goal(work, latest))


ORDERS: tuple[Order, ...] = (
    _earliest_due,
    _urgent(look_ahead=1000, hard=40),
    _urgent(look_ahead=3000, hard=10),
)

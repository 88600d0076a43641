"""Ejection chains: a task that finds no good place takes that of others, which find another.

Every trial is priced by the objective, moves included, and only what is cheaper is kept. The
effort is counted, never timed: the same board gives the same answer.
"""

from collections.abc import Collection, Iterable, Iterator

from dayloom.planning.board import Board
from dayloom.planning.cost import placement_cost, tardiness
from dayloom.planning.grid import Range
from dayloom.planning.instance import Instance, Placements
from dayloom.planning.work import Pieces, Work

DEPTH = 2  # links of a chain
TOGETHER = 3  # tasks that make room for one at once
MOST_TOGETHER = 12  # where three are not enough
TRIES = 48  # groups tried for one task, the least urgent first
EFFORT = 600  # places looked for in all


class Chains:
    """Tasks on a board, of which the `movable` ones may be moved on for others.

    `before` says where each task lay: to end later than due, and later than there, is trouble.
    """

    def __init__(self, board: Board, movable: Collection[int], before: Placements) -> None:
        self._board = board
        self._works = board.instance.works
        self._turns = Turns(board.instance)
        self._movable = frozenset(movable)
        self._before = before
        self._effort = EFFORT
        self._prices = [
            _price(board.instance, work, pieces)
            for work, pieces in zip(self._works, board.pieces, strict=True)
        ]

    def place(self, index: int, *, depth: int = DEPTH, kept: frozenset[int] = frozenset()) -> None:
        """Put a task where it is cheapest, if need be where others make room for it.

        Those in `kept` stay where they are.
        """
        self._put_best(index)
        if not depth or not self._in_trouble(index):
            return
        kept |= {index}
        start = best = self._board.placements
        cheapest = sum(self._prices)
        for groups, deeper in self._tiers(index, kept, depth):
            for group in groups:
                if self._trade(index, group, deeper, kept) and sum(self._prices) < cheapest:
                    best, cheapest = self._board.placements, sum(self._prices)
                self._restore(start)
            if best is not start:
                break
        self._restore(best)

    def _tiers(
        self, index: int, kept: frozenset[int], depth: int
    ) -> Iterator[tuple[list[tuple[int, ...]], int]]:
        """Yield groups to try, and how deep, until some help: in the end whoever is in the way,
        so that what finds no place then has none."""
        few, many = self._groups(index, kept)
        for groups in (few, many):
            if self._effort > 0:
                yield groups[:TRIES], depth - 1
        if depth == DEPTH:
            work, barred = self._works[index], kept | self._awaited(index)
            near = self._slots(work.release, self._reach(index), barred)
            everyone = self._turns.of({other for _, _, other in near})
            yield ([tuple(everyone)] if everyone else []), 0

    def _trade(self, index: int, group: tuple[int, ...], depth: int, kept: frozenset[int]) -> bool:
        """Place the task without the group, then the group; say whether that was of any use."""
        price = self._prices[index]
        for other in (index, *group):
            self._take(other)
        self._put_best(index)
        if self._prices[index] >= price:
            return False
        for other in group:
            self.place(other, depth=depth if self._effort > 0 else 0, kept=kept | set(group))
        return True

    def _groups(
        self, index: int, kept: frozenset[int]
    ) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
        """Return who may make room: what waits for the task and few neighbours in time, the
        least urgent first; and as many neighbours as fill its time."""
        waiting = self._waiting(index, kept)
        limit = _limit(self._works[index])
        stretches = set(self._stretches(index, kept | self._awaited(index)))
        ranked = sorted(stretches, key=lambda group: (self._urgency(group, limit), group))
        few = [group for group in ranked if len(group) <= TOGETHER]
        many = [group for group in ranked if len(group) > TOGETHER]
        return ([waiting] if waiting else []) + few, many

    def _urgency(self, group: tuple[int, ...], limit: int) -> tuple[int, bool, int]:
        works = [self._works[other] for other in group]
        pressed = any(_limit(work) <= limit for work in works)
        return len(group), pressed, sum(work.weight * work.duration for work in works)

    def _stretches(self, index: int, kept: frozenset[int]) -> Iterator[tuple[int, ...]]:
        work = self._works[index]
        slots = self._slots(work.release, self._reach(index), kept)
        for k, (first, _, _) in enumerate(slots):
            group: list[int] = []
            for _, end, other in slots[k : k + MOST_TOGETHER]:
                group = [*dict.fromkeys([*group, other])]
                reached = end - first >= work.duration
                if reached or len(group) <= TOGETHER:
                    yield tuple(self._turns.of(group))
                if reached:
                    break

    def _reach(self, index: int) -> int:
        """Return up to where others are in its way: its own end, or, if nothing lies before
        that, the end of the place that it has."""
        work, pieces = self._works[index], self._board.pieces[index]
        limit = _limit(work)
        if pieces and not self._slots(work.release, limit, frozenset({index})):
            return max(limit, pieces[-1][1])
        return limit

    def _slots(self, low: int, high: int, kept: frozenset[int]) -> list[tuple[int, int, int]]:
        """Return the pieces of what may move between two steps, in order of time."""
        return sorted(
            (start, end, other)
            for other in self._movable - kept
            for start, end in self._board.pieces[other]
            if end > low and start < high
        )

    def _waiting(self, index: int, kept: frozenset[int]) -> tuple[int, ...]:
        """Return what waits for the task, directly or not, if all of it may move."""
        found: set[int] = set()
        following = [link.index for link in self._works[index].after]
        while following:
            other = following.pop()
            if other not in found and self._board.pieces[other]:
                found.add(other)
                following += [link.index for link in self._works[other].after]
        free = found <= self._movable - kept
        return tuple(self._turns.of(found)) if free else ()

    def _awaited(self, index: int) -> frozenset[int]:
        """Return what the task waits for, directly or not."""
        found: set[int] = set()
        ahead = [link.index for link in self._works[index].before]
        while ahead:
            other = ahead.pop()
            if other not in found:
                found.add(other)
                ahead += [link.index for link in self._works[other].before]
        return frozenset(found)

    def _in_trouble(self, index: int) -> bool:
        work, pieces, before = self._works[index], self._board.pieces[index], self._before[index]
        if not pieces:
            return True
        return tardiness(work, pieces) > (tardiness(work, before) if before else 0)

    def _put_best(self, index: int) -> None:
        self._effort -= 1
        work = self._works[index]
        if pieces := self._board.best(work):
            self._put(work, pieces)

    def _put(self, work: Work, pieces: Pieces) -> None:
        self._board.put(work, pieces)
        self._prices[work.index] = placement_cost(self._board.instance, work, pieces)

    def _take(self, index: int) -> None:
        self._board.take(self._works[index])
        self._prices[index] = self._works[index].drop_price

    def _restore(self, placements: Placements) -> None:
        changed = [
            index
            for index, (now, then) in enumerate(zip(self._board.pieces, placements, strict=True))
            if now != then
        ]
        for index in changed:
            self._take(index)
        for index in changed:
            if placements[index]:
                self._put(self._works[index], placements[index])


class Turns:
    """Puts tasks in the order in which they are placed."""

    def __init__(self, instance: Instance) -> None:
        self._works = instance.works
        self._place = {index: k for k, index in enumerate(instance.order)}

    def of(self, indices: Iterable[int]) -> list[int]:
        """Return tasks by how soon they must end, each after those of them that it waits for."""
        chosen = sorted(indices, key=self._place.__getitem__)
        rank: dict[int, Range] = {}
        for index in reversed(chosen):
            work = self._works[index]
            following = [rank[link.index] for link in work.after if link.index in rank]
            rank[index] = min([(_limit(work), -work.weight), *following])
        return sorted(chosen, key=lambda index: (rank[index], self._place[index]))


def _limit(work: Work) -> int:
    return min(work.due, work.deadline)


def _price(instance: Instance, work: Work, pieces: Pieces) -> int:
    return placement_cost(instance, work, pieces) if pieces else work.drop_price

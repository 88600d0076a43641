"""Improve placements by a number of moves: the same moves, the same placements, anywhere."""

from array import array
from collections.abc import Iterable

from dayloom.planning.instance import Instance, Placements
from dayloom.planning.search import kernel
from dayloom.planning.search.bounds import floors
from dayloom.planning.search.build import Memory
from dayloom.planning.search.compiled import as_arrays, as_lists, compiled_run
from dayloom.planning.search.layout import BEST, COST, COUNT, FLOOR

HEATS = 256
COOLING = 1_054_524_642  # 2**30 * 100 ** (-1 / 255): from the first heat to a 100th of it
USUAL, GENTLE = 100, 2  # the first heat, in hundredths of a usual task's delay


def improve(
    instance: Instance,
    placements: Placements,
    *,
    moves: int,
    seed: int = 1,
    movable: Iterable[int] | None = None,
    gentle: bool = False,
) -> Placements:
    """Return placements that cost no more, after `moves` moves (rounded up to whole blocks).

    Only tasks of `movable` (all by default) change their places. `gentle` starts almost cold:
    for plans that are good already but for a small change.
    """
    search = Search(instance, placements, seed=seed, movable=movable, gentle=gentle)
    blocks = -(-moves // kernel.BLOCK)
    search.advance(0, blocks, blocks)
    return search.placements


class Search:
    """A search that can go on in steps; steps of any size lead to the same placements.

    `pure` runs the kernel as plain Python even where it can be compiled: the same, but slower.
    """

    def __init__(
        self,
        instance: Instance,
        placements: Placements,
        *,
        seed: int = 1,
        movable: Iterable[int] | None = None,
        gentle: bool = False,
        pure: bool = False,
    ) -> None:
        chosen = range(len(instance.works)) if movable is None else sorted(set(movable))
        least = floors(instance)
        self._movable = [
            index
            for index in chosen
            if not instance.works[index].fixed
            and (placements[index] or least[index] < instance.works[index].drop_price)
        ]
        compiled = None if pure else compiled_run()
        self._memory = Memory(instance, placements, self._movable, seed)
        rows = (
            self._memory.constant,
            self._memory.state,
            heats(self._memory, GENTLE if gentle else USUAL),
        )
        wrap = as_lists if compiled is None else as_arrays
        self._constant, self._state, self._heats = wrap(rows)
        self._run = compiled or kernel.run

    @property
    def cost(self) -> int:
        return int(self._state[BEST])

    @property
    def placements(self) -> Placements:
        """Return the best placements so far."""
        return self._memory.best(self._state)

    def advance(self, first: int, last: int, total: int) -> None:
        """Make the blocks `[first, last)` of `total` blocks of moves."""
        if self._movable:
            self._run(self._constant, self._state, self._heats, (first, last, total))


def heats(memory: Memory, share: int) -> "array[int]":
    """Return the temperatures of a search, from the delay of a usual task down to almost none."""
    excess = [
        memory.state[place + COST] - memory.constant[record + FLOOR]
        for record, place in memory.addresses()
        if memory.state[place + COUNT]
    ]
    heat = max(1, sum(excess) * share // (100 * max(1, len(excess)))) << 20
    found = array("q")
    for _ in range(HEATS):
        found.append(heat >> 20)
        heat = heat * COOLING >> 30
    return found

"""Searches of several lengths from one start: how fast a plan comes near the best one found."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.planning.timing import timed
from dayloom.planning.instance import Instance, Placements
from dayloom.planning.search.improve import Search
from dayloom.planning.search.kernel import BLOCK

TRIAL = 20  # blocks of moves made to see how fast the kernel is here
OTHER_SEED = 2


@dataclass(frozen=True, slots=True)
class Found:
    """What a search of about so many seconds found; `spent` is what it took indeed."""

    seconds: float
    spent: float
    moves: int
    cost: int
    placements: Placements


def search(instance: Instance, start: Placements, lengths: Sequence[float]) -> list[Found]:
    """Return what searches of these lengths find; the last one, twice, also by another seed.

    A search cools down over its whole length, so that each length is a search of its own. The
    number of moves follows from the speed of the search before.
    """
    found = [_searched(instance, start, (0.0, TRIAL, 1))]
    runs = [(seconds, 1) for seconds in lengths] + [(lengths[-1], OTHER_SEED)]
    for seconds, seed in runs:
        blocks = round(seconds / found[-1].spent * found[-1].moves / BLOCK)
        found.append(_searched(instance, start, (seconds, max(1, blocks), seed)))
    return found[1:]


def _searched(instance: Instance, start: Placements, run: tuple[float, int, int]) -> Found:
    seconds, blocks, seed = run
    searching = Search(instance, start, seed=seed)
    _, spent = timed(lambda: searching.advance(0, blocks, blocks))
    return Found(seconds, max(spent, 1e-6), blocks * BLOCK, searching.cost, searching.placements)

"""Ruin and recreate: take a few tasks out, put them back in another order, keep what pays.

The modules of the kernel are plain functions over rows of whole numbers, in the part of Python
that numba compiles: no class, no float, no dict. `compiled.py` compiles this very source; where
that cannot be, it runs as it stands, slower, with the same result on every machine.
"""

from dayloom.planning.search.bits import draw
from dayloom.planning.search.layout import (
    BEST,
    BEST_COUNT,
    CHANGED,
    COUNT,
    DIFFERS,
    DIRTY,
    FIRST,
    LOGS,
    LOGS_TO,
    NOW,
    PIECE,
    PIECES,
    PLACE,
    QUEUE,
    Row,
)
from dayloom.planning.search.moves import choose, look_from, sort_by_time
from dayloom.planning.search.order import arrange
from dayloom.planning.search.ruin import keep, recreate, undo
from dayloom.planning.search.swap import swap

SWAPS = 20  # before each other move
BLOCK = 256  # moves between two looks at temperature and order by time


def run(m: Row, s: Row, heats: Row, blocks: tuple[int, int, int]) -> None:
    """Make the moves of the blocks `[first, last)` of `total` blocks, while it cools down."""
    first, last, total = blocks
    for block in range(first, last):
        sort_by_time(m, s)
        heat = int(heats[block * len(heats) // total])
        for _ in range(BLOCK):
            for _ in range(SWAPS):
                exchange(m, s, allowance(m, s, heat))
            move(m, s, allowance(m, s, heat))


def allowance(m: Row, s: Row, heat: int) -> int:
    """Return how much dearer the plan may become by the next move: mostly little."""
    return heat * int(m[m[LOGS] + draw(s, int(m[LOGS_TO] - m[LOGS]))]) >> 10


def exchange(m: Row, s: Row, slack: int) -> None:
    """Let a few tasks trade places if that costs at most `slack` more."""
    for q in range(QUEUE, QUEUE + swap(m, s, slack)):
        note(m, s, int(s[q]))
    if s[NOW] < s[BEST]:
        save(m, s)


def move(m: Row, s: Row, slack: int) -> None:
    """Put a few tasks back in another order if that costs at most `slack` more."""
    count, kind = choose(m, s)
    arrange(m, s, count, kind)
    look_from(m, s, count)
    old = keep(m, s, count)
    new = recreate(m, s, count, old + slack + 1)
    if new < 0:
        undo(m, s, count)
        return
    s[NOW] += new - old
    for q in range(QUEUE, QUEUE + count):
        note(m, s, int(s[q]))
    if s[NOW] < s[BEST]:
        save(m, s)


def note(m: Row, s: Row, t: int) -> None:
    """Remember that a task may lie elsewhere than in the best plan."""
    at = m[t + PLACE]
    if s[at + DIFFERS] == 0:
        s[at + DIFFERS] = 1
        s[s[DIRTY] + s[CHANGED]] = t
        s[CHANGED] += 1


def save(m: Row, s: Row) -> None:
    """Make this plan the best one."""
    best = FIRST + PIECE * m[PIECES]
    for k in range(s[DIRTY], s[DIRTY] + s[CHANGED]):
        at = m[s[k] + PLACE]
        s[at + DIFFERS] = 0
        s[at + BEST_COUNT] = s[at + COUNT]
        for j in range(PIECE * s[at + COUNT]):
            s[at + best + j] = s[at + FIRST + j]
    s[CHANGED] = 0
    s[BEST] = s[NOW]

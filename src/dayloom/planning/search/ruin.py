"""Take tasks out, put them back, or undo it all."""

from dayloom.planning.search.bits import set_free, set_used
from dayloom.planning.search.fit import spend
from dayloom.planning.search.insert import insert
from dayloom.planning.search.layout import (
    AFTER,
    AFTER_TO,
    BUFFER,
    COST,
    COUNT,
    DROP,
    END,
    FIRST,
    FIXED,
    FLOOR,
    FOUND,
    KEPT,
    LINK,
    OTHER,
    PIECE,
    PIECES,
    PLACE,
    QUEUE,
    START,
    STARTING,
    Row,
)


def put(m: Row, s: Row, t: int, place: tuple[int, int]) -> None:
    """Lay the found pieces on the calendar."""
    cost, count = place
    at = int(m[t + PLACE])
    for j in range(0, PIECE * count, PIECE):
        start, end = int(s[FOUND + j + START]), int(s[FOUND + j + END])
        s[at + FIRST + j + START] = start
        s[at + FIRST + j + END] = end
        set_used(s, start, end + int(m[BUFFER]))
        s[s[STARTING] + start] = t
        spend(m, s, t, (start, end, 1))
    s[at + COUNT] = count
    s[at + COST] = cost


def take(m: Row, s: Row, t: int) -> None:
    at = int(m[t + PLACE])
    for piece in range(at + FIRST, at + FIRST + PIECE * s[at + COUNT], PIECE):
        start, end = int(s[piece + START]), int(s[piece + END])
        set_free(s, start, end + int(m[BUFFER]))
        s[s[STARTING] + start] = 0
        spend(m, s, t, (start, end, -1))
    s[at + COUNT] = 0
    s[at + COST] = m[t + DROP]


def keep(m: Row, s: Row, count: int) -> int:
    """Note where the tasks of the queue lie and take them out; return what they cost."""
    note, cost = int(s[KEPT]), 0
    for q in range(QUEUE, QUEUE + count):
        t = int(s[q])
        at = int(m[t + PLACE])
        s[note] = t
        s[note + 1] = s[at + COUNT]
        s[note + 2] = s[at + COST]
        for j in range(PIECE * s[at + COUNT]):
            s[note + 3 + j] = s[at + FIRST + j]
        cost += int(s[at + COST])
        take(m, s, t)
        note += 3 + PIECE * int(m[PIECES])
    return cost


def undo(m: Row, s: Row, count: int) -> None:
    """Lay everything as `keep` has noted it."""
    for q in range(QUEUE, QUEUE + count):
        take(m, s, int(s[q]))
    note = int(s[KEPT])
    for _ in range(count):
        pieces = int(s[note + 1])
        for j in range(PIECE * pieces):
            s[FOUND + j] = s[note + 3 + j]
        put(m, s, int(s[note]), (int(s[note + 2]), pieces))
        note += 3 + PIECE * int(m[PIECES])


def recreate(m: Row, s: Row, count: int, limit: int) -> int:
    """Put the queue back at a cost below `limit`; return the cost, or -1 where that fails."""
    spare, cost = limit, 0
    for q in range(QUEUE, QUEUE + count):
        spare -= int(m[s[q] + FLOOR])
    for q in range(QUEUE, QUEUE + count):
        t = int(s[q])
        spare += int(m[t + FLOOR])
        price, pieces = insert(m, s, t, spare)
        if pieces < 0 or (pieces == 0 and needed(m, s, t)):
            return -1
        put(m, s, t, (price, pieces))
        spare -= price
        cost += price
    return cost


def needed(m: Row, s: Row, t: int) -> bool:
    """Say whether a placed task that is not pinned waits for this one."""
    for e in range(m[t + AFTER], m[t + AFTER_TO], LINK):
        other = m[e + OTHER]
        if s[m[other + PLACE] + COUNT] > 0 and m[other + FIXED] == 0:
            return True
    return False

"""Which tasks trade places, and where each would start.

Two of one length; a few, one right after the other, in another order; two rows of one length.
The tasks are in the queue, their new starts in the keys.
"""

from dayloom.planning.search.bits import draw
from dayloom.planning.search.layout import (
    ALIKE,
    ALIKE_TO,
    BUFFER,
    BY_TIME,
    BY_TIME_TO,
    COUNT,
    DURATION,
    END,
    FIRST,
    KEYS,
    LIMITS,
    LIMITS_TO,
    PLACE,
    QUEUE,
    STARTING,
    Row,
)
from dayloom.planning.search.order import shift

NEAR = 80  # how far apart the two usually are, among those of their length
AROUND = 200  # how far apart two rows usually are, among all
ROW_MOST = 6  # tasks of a row, or of two rows


def choose_pair(m: Row, s: Row) -> int:
    """Choose two tasks of one length."""
    first, last = int(s[ALIKE]), int(s[ALIKE_TO])
    if last - first < 2:
        return 0
    k = first + draw(s, last - first - 1)
    t, u = int(s[k]), int(s[min(last - 1, k + 1 + draw(s, 1 + draw(s, NEAR)))])
    if t == u or m[t + DURATION] != m[u + DURATION] or not alike(m, s, t, u):
        return 0
    s[QUEUE] = t
    s[QUEUE + 1] = u
    s[KEYS] = s[m[u + PLACE] + FIRST]
    s[KEYS + 1] = s[m[t + PLACE] + FIRST]
    return 2


def alike(m: Row, s: Row, t: int, u: int) -> bool:
    """Say whether both have one piece and count for the same caps."""
    if s[m[t + PLACE] + COUNT] != 1 or s[m[u + PLACE] + COUNT] != 1:
        return False
    if m[t + LIMITS] == m[u + LIMITS] and m[t + LIMITS_TO] == m[u + LIMITS_TO]:
        return True
    return bool(m[t + LIMITS_TO] == m[t + LIMITS] and m[u + LIMITS_TO] == m[u + LIMITS])


def uneven_may_follow(m: Row, t: int) -> bool:
    """Say whether other lengths may take its time: a buffer may leave the day of a cap."""
    return bool(m[BUFFER] == 0 or m[t + LIMITS] == m[t + LIMITS_TO])


def choose_turn(m: Row, s: Row) -> int:
    """Choose a row, and move its first task last, or its last one first, or swap the two."""
    t = int(s[s[BY_TIME] + draw(s, int(s[BY_TIME_TO] - s[BY_TIME]))])
    if s[m[t + PLACE] + COUNT] != 1 or not uneven_may_follow(m, t):
        return 0
    count = follow(m, s, t, 2 + draw(s, 1 + draw(s, ROW_MOST - 1)))
    if count < 2:
        return 0
    start = int(s[m[t + PLACE] + FIRST])
    way = draw(s, 3)
    if way == 0:
        shift(s, 0, count - 1)
    else:
        shift(s, count - 1, 0)
    if way == 2:
        shift(s, 1, count - 1)
    for q in range(count):
        s[KEYS + q] = start
        start += int(m[s[QUEUE + q] + DURATION] + m[BUFFER])
    return count


def follow(m: Row, s: Row, t: int, most: int) -> int:
    """Fill the queue with `t` and those that follow it without a gap; return how many."""
    s[QUEUE] = t
    count = 1
    while count < most:
        u = after(m, s, int(s[QUEUE + count - 1]))
        if u == 0 or not alike(m, s, t, u):
            break
        s[QUEUE + count] = u
        count += 1
    return count


def after(m: Row, s: Row, t: int) -> int:
    """Return the task that follows without a gap, 0 if there is none."""
    return int(s[s[STARTING] + s[m[t + PLACE] + FIRST + END] + m[BUFFER]])


def choose_rows(m: Row, s: Row) -> int:
    """Choose two rows that take equally long."""
    first, last = int(s[BY_TIME]), int(s[BY_TIME_TO])
    if last - first < 2:
        return 0
    k = first + draw(s, last - first - 1)
    t, u = int(s[k]), int(s[min(last - 1, k + 1 + draw(s, 1 + draw(s, AROUND)))])
    if t == u or not alike(m, s, t, u) or not uneven_may_follow(m, t):
        return 0
    if s[m[t + PLACE] + FIRST] > s[m[u + PLACE] + FIRST]:
        t, u = u, t
    return even_rows(m, s, t, u)


def even_rows(m: Row, s: Row, t: int, u: int) -> int:
    """Choose the rows that begin with `t` and `u`: longer and longer, until they are even."""
    s[QUEUE] = t
    s[QUEUE + 1] = u
    s[KEYS] = s[m[u + PLACE] + FIRST]
    s[KEYS + 1] = s[m[t + PLACE] + FIRST]
    count, way = 2, int(s[KEYS] - s[KEYS + 1])
    end, later_end = int(s[m[t + PLACE] + FIRST + END]), int(s[m[u + PLACE] + FIRST + END])
    while end + way != later_end:
        first = end + way < later_end
        start = int(m[BUFFER]) + (end if first else later_end)
        x = int(s[s[STARTING] + start])
        if x == 0 or x == u or count == ROW_MOST or not alike(m, s, t, x):
            return 0
        s[QUEUE + count] = x
        s[KEYS + count] = start + (way if first else -way)
        count += 1
        if first:
            end = start + int(m[x + DURATION])
        else:
            later_end = start + int(m[x + DURATION])
    return count

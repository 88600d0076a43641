"""The cheapest move: two tasks of one length, each in one piece, change places."""

from dayloom.planning.search.bits import draw
from dayloom.planning.search.fit import window
from dayloom.planning.search.layout import (
    ALIKE,
    ALIKE_TO,
    COST,
    COUNT,
    DURATION,
    END,
    FIRST,
    LIMITS,
    LIMITS_TO,
    NOW,
    OPEN_UNTIL,
    PLACE,
    SINCE,
    START,
    TRIAL,
    Row,
)
from dayloom.planning.search.price import price

NEAR = 8  # how far apart the two usually are, among those of their length


def swap(m: Row, s: Row, slack: int) -> tuple[int, int]:
    """Swap two tasks if that costs at most `slack` more; return them, or zeros."""
    pair = choose_pair(m, s)
    t, u = pair
    if t == 0:
        return pair
    s[SINCE] = 0
    here, there = int(m[t + PLACE]), int(m[u + PLACE])
    at, to = int(s[here + FIRST]), int(s[there + FIRST])
    old = int(s[here + COST] + s[there + COST])
    new_t = cost_at(m, s, t, to)
    if new_t < 0 or new_t > old + slack:
        return 0, 0
    new_u = cost_at(m, s, u, at)
    if new_u < 0 or new_t + new_u > old + slack:
        return 0, 0
    length = int(m[t + DURATION])
    s[here + FIRST + START] = to
    s[here + FIRST + END] = to + length
    s[there + FIRST + START] = at
    s[there + FIRST + END] = at + length
    s[here + COST] = new_t
    s[there + COST] = new_u
    s[NOW] += new_t + new_u - old
    return pair


def choose_pair(m: Row, s: Row) -> tuple[int, int]:
    """Return two tasks of one length that lie elsewhere, under the same caps; or zeros."""
    first, last = int(s[ALIKE]), int(s[ALIKE_TO])
    if last - first < 2:
        return 0, 0
    k = first + draw(s, last - first - 1)
    t, u = int(s[k]), int(s[min(last - 1, k + 1 + draw(s, 1 + draw(s, NEAR)))])
    if t == u or m[t + DURATION] != m[u + DURATION]:
        return 0, 0
    if s[m[t + PLACE] + COUNT] != 1 or s[m[u + PLACE] + COUNT] != 1:
        return 0, 0
    if m[t + LIMITS] != m[u + LIMITS] or m[t + LIMITS_TO] != m[u + LIMITS_TO]:
        uncapped = m[t + LIMITS_TO] == m[t + LIMITS] and m[u + LIMITS_TO] == m[u + LIMITS]
        return (t, u) if uncapped else (0, 0)
    return t, u


def cost_at(m: Row, s: Row, t: int, start: int) -> int:
    """Return what the task costs at `start`, -1 where its hours or neighbours forbid it."""
    end = start + int(m[t + DURATION])
    if m[m[t + OPEN_UNTIL] + start] < end:
        return -1
    low, high = window(m, s, t)
    if start < low or end > high:
        return -1
    s[TRIAL + START] = start
    s[TRIAL + END] = end
    return price(m, s, t, 1)

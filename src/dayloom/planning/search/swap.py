"""The cheap moves: tasks trade places, so that together they take the very time they took."""

from dayloom.planning.search.bits import draw
from dayloom.planning.search.fit import window
from dayloom.planning.search.layout import (
    AFTER,
    AFTER_TO,
    BEFORE,
    BEFORE_TO,
    COST,
    DEADLINE,
    DURATION,
    END,
    FIRST,
    FLOOR,
    FOUND,
    KEYS,
    NOW,
    OPEN_UNTIL,
    PLACE,
    QUEUE,
    RELEASE,
    SINCE,
    START,
    STARTING,
    TRIAL,
    Row,
)
from dayloom.planning.search.price import price
from dayloom.planning.search.trade import choose_pair, choose_rows, choose_turn

PAIR_SHARE, TURN_SHARE = 25, 35


def swap(m: Row, s: Row, slack: int) -> int:
    """Let a few tasks change places if that costs at most `slack` more; return how many did."""
    way = draw(s, 100)
    if way < PAIR_SHARE:
        count = choose_pair(m, s)
    elif way < TURN_SHARE:
        count = choose_turn(m, s)
    else:
        count = choose_rows(m, s)
    if count == 0 or not worthwhile(m, s, count, slack):
        return 0
    settle(m, s, count)
    if not linked(m, s, count):
        settle(m, s, count)
        return 0
    for q in range(count):
        at = m[s[QUEUE + q] + PLACE]
        s[NOW] += s[FOUND + q] - s[at + COST]
        s[at + COST] = s[FOUND + q]
    return count


def worthwhile(m: Row, s: Row, count: int, slack: int) -> bool:
    """Price the new places; say whether all fit and cost at most `slack` more."""
    spare = slack
    for q in range(QUEUE, QUEUE + count):
        spare += int(s[m[s[q] + PLACE] + COST] - m[s[q] + FLOOR])
    for q in range(count):
        t = int(s[QUEUE + q])
        cost = cost_at(m, s, t, int(s[KEYS + q]))
        spare -= cost - int(m[t + FLOOR])
        if cost < 0 or spare < 0:
            return False
        s[FOUND + q] = cost
    return True


def cost_at(m: Row, s: Row, t: int, start: int) -> int:
    """Return what the task costs at `start`, -1 where its hours or dates forbid it."""
    end = start + int(m[t + DURATION])
    if m[m[t + OPEN_UNTIL] + start] < end or start < m[t + RELEASE] or end > m[t + DEADLINE]:
        return -1
    s[TRIAL + START] = start
    s[TRIAL + END] = end
    return price(m, s, t, 1)


def settle(m: Row, s: Row, count: int) -> None:
    """Lay the queue at its new places, and note the old ones in their stead."""
    for q in range(count):
        t = int(s[QUEUE + q])
        at = m[t + PLACE] + FIRST
        start, s[KEYS + q] = int(s[KEYS + q]), s[at]
        s[at + START] = start
        s[at + END] = start + m[t + DURATION]
    for q in range(count):
        s[s[STARTING] + s[KEYS + q]] = 0
    for q in range(count):
        s[s[STARTING] + s[m[s[QUEUE + q] + PLACE] + FIRST]] = s[QUEUE + q]


def linked(m: Row, s: Row, count: int) -> bool:
    """Say whether the tasks of the queue lie between their neighbours."""
    s[SINCE] = 0
    for q in range(QUEUE, QUEUE + count):
        t = int(s[q])
        if m[t + BEFORE] < m[t + BEFORE_TO] or m[t + AFTER] < m[t + AFTER_TO]:
            low, high = window(m, s, t)
            at = m[t + PLACE] + FIRST
            if s[at + START] < low or s[at + END] > high:
                return False
    return True

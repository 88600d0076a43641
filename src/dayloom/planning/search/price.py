"""What a place costs: the terms of `planning.cost` over the memory of the kernel."""

from dayloom.planning.search.layout import (
    ASAP,
    DUE,
    DURATION,
    END,
    LIKED_BEFORE,
    MOVE,
    PIECE,
    PREVIOUS,
    PREVIOUS_TO,
    RELEASE,
    START,
    TRIAL,
    WEIGHT,
    WORTH,
    Row,
)
from dayloom.planning.work import FRAGMENT, TARDY


def reach(m: Row, t: int, budget: int) -> int:
    """Return the latest end that costs no more than `budget` by its lateness alone."""
    steps, due = budget // int(m[t + WEIGHT]), int(m[t + DUE])
    if m[t + ASAP] == 0:
        return due + steps // TARDY
    end = int(m[t + RELEASE]) + steps
    if end <= due:
        return end
    return max(due, (end + TARDY * due) // (TARDY + 1))


def price(m: Row, s: Row, t: int, count: int) -> int:
    """Return the cost of the trial pieces."""
    end = int(s[TRIAL + PIECE * (count - 1) + END])
    steps = TARDY * max(0, end - int(m[t + DUE])) + FRAGMENT * (count - 1)
    if m[t + ASAP]:
        steps += end - int(m[t + RELEASE])
    cost = int(m[t + WEIGHT]) * steps
    if m[t + WORTH]:
        cost += outside(m, s, t, count)
    if m[t + MOVE] and not unmoved(m, s, t, count):
        cost += int(m[t + MOVE])
    return cost


def outside(m: Row, s: Row, t: int, count: int) -> int:
    """Return the price of the share that lies outside every preferred window."""
    before, steps = m[t + LIKED_BEFORE], int(m[t + DURATION])
    for piece in range(TRIAL, TRIAL + PIECE * count, PIECE):
        steps -= int(m[before + s[piece + END]] - m[before + s[piece + START]])
    return int(m[t + WEIGHT] * m[t + WORTH]) * steps // int(m[t + DURATION])


def unmoved(m: Row, s: Row, t: int, count: int) -> bool:
    first = m[t + PREVIOUS]
    if m[t + PREVIOUS_TO] - first != PIECE * count:
        return False
    for j in range(PIECE * count):  # noqa: SIM110 - numba compiles no generators inside any()
        if s[TRIAL + j] != m[first + j]:
            return False
    return True

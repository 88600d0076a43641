"""Which tasks a move takes out."""

from dayloom.planning.search.bits import draw
from dayloom.planning.search.layout import (
    ALIKE,
    ALIKE_TO,
    BY_TIME,
    BY_TIME_TO,
    COST,
    DEADLINE,
    DENSITY,
    DURATION,
    FAR,
    FLOOR,
    MOST,
    MOVABLE,
    MOVABLE_TO,
    PLACE,
    PLACED,
    QUEUE,
    RELEASE,
    SINCE,
    TAKEN,
    Row,
)
from dayloom.planning.search.order import CROWD, FEW, PULL, RESCUE, ROW, start_of

ROW_SHARE, CROWD_SHARE, PULL_SHARE = 5, 30, 85
LONGER = 50
CROWD_MOST, PULL_MOST, FEW_MOST = 8, 6, 5
EVERYWHERE = 15
BETWEEN, BETWEEN_MOST, NEXT = 90, 6, 1000
RESCUE_SHARE, RESCUE_MOST = 12, 60
SAMPLE = 8
PULL_SAMPLE = 4


def add(m: Row, s: Row, t: int, count: int) -> int:
    """Put a task into the queue, once; return the new length of the queue."""
    at = m[t + PLACE]
    if s[at + TAKEN] or count == MOST:
        return count
    s[at + TAKEN] = 1
    s[QUEUE + count] = t
    return count + 1


def any_task(m: Row, s: Row) -> int:
    return int(m[m[MOVABLE] + draw(s, int(m[MOVABLE_TO] - m[MOVABLE]))])


def excess(m: Row, s: Row, t: int) -> int:
    return int(s[m[t + PLACE] + COST] - m[t + FLOOR])


def costly_task(m: Row, s: Row) -> int:
    """Return the one of a few random tasks that has most to gain."""
    best = any_task(m, s)
    for _ in range(3):
        t = any_task(m, s)
        if excess(m, s, t) > excess(m, s, best):
            best = t
    return best


def first_from(m: Row, s: Row, step: int) -> int:
    """Return where in `by_time` the tasks begin that start at `step` or later."""
    low, high = int(s[BY_TIME]), int(s[BY_TIME_TO])
    while low < high:
        middle = (low + high) >> 1
        if start_of(m, s, int(s[middle])) < step:
            low = middle + 1
        else:
            high = middle
    return low


def any_moment(s: Row) -> int:
    return int(s[BY_TIME]) + draw(s, int(s[BY_TIME_TO] - s[BY_TIME]))


def add_row(m: Row, s: Row, row: tuple[int, int], count: int) -> int:
    """Put `row[1]` tasks from `row[0]` of `by_time` on into the queue."""
    first, length = row
    for k in range(max(int(s[BY_TIME]), first), min(int(s[BY_TIME_TO]), first + length)):
        count = add(m, s, int(s[k]), count)
    return count


def choose(m: Row, s: Row) -> tuple[int, int]:
    """Fill the queue; return its length and the kind of the move."""
    if s[PLACED] < s[BY_TIME_TO] and draw(s, 100) < RESCUE_SHARE:
        return choose_rescue(m, s), RESCUE
    kind = draw(s, 100)
    if kind < ROW_SHARE:
        length = 2 + draw(s, 4)
        while length < MOST >> 1 and draw(s, 100) < LONGER:
            length *= 2
        return add_row(m, s, (any_moment(s), length), 0), ROW
    if kind < CROWD_SHARE:
        return choose_crowd(m, s), CROWD
    if kind < PULL_SHARE:
        return choose_pull(m, s), PULL
    count = 0
    for _ in range(2 + draw(s, FEW_MOST)):
        count = add(m, s, any_task(m, s), count)
    return count, FEW


def choose_crowd(m: Row, s: Row) -> int:
    """Take neighbours in time, and a later task that would better be among them.

    Often also a few that lie between, which can take in what is then too much.
    """
    length = 2 + draw(s, CROWD_MOST)
    middle = any_moment(s)
    moment = start_of(m, s, int(s[middle]))
    count = add_row(m, s, (middle - (length >> 1), length), 0)
    t = promising(m, s, moment, count)
    count = add(m, s, t, count)
    if draw(s, 100) < BETWEEN:
        span = min(start_of(m, s, t), FAR >> 1) - moment
        between = first_from(m, s, moment + draw(s, max(1, min(span, NEXT))))
        count = add_row(m, s, (between, 1 + draw(s, BETWEEN_MOST)), count)
    return count


def promising(m: Row, s: Row, moment: int, count: int) -> int:
    """Return the one of a few random tasks that has most to gain from a place at `moment`."""
    light = int(m[s[QUEUE] + DENSITY])
    for q in range(QUEUE, QUEUE + count):
        light = min(light, int(m[s[q] + DENSITY]))
    best, gain = any_task(m, s), 0
    for _ in range(SAMPLE):
        t = any_task(m, s)
        if m[t + RELEASE] <= moment:
            steps = min(start_of(m, s, t), int(m[t + DEADLINE])) - moment
            hope = steps * int(m[t + DENSITY] - light) * int(m[t + DURATION])
            if hope > gain:
                best, gain = t, hope
    return best


def choose_rescue(m: Row, s: Row) -> int:
    """Take a task that has no place and those that lie at a moment where it could have one."""
    t = int(s[s[PLACED] + draw(s, int(s[BY_TIME_TO] - s[PLACED]))])
    low, high = int(m[t + RELEASE]), int(m[t + DEADLINE] - m[t + DURATION])
    moment = low + draw(s, max(1, high - low))
    count = add(m, s, t, 0)
    return add_row(m, s, (first_from(m, s, moment) - 1, 2 + draw(s, RESCUE_MOST)), count)


def choose_pull(m: Row, s: Row) -> int:
    """Take a costly task and those that lie where it would like to be."""
    t = costly_task(m, s)
    count = add(m, s, t, 0)
    first = yielding(m, s, t)
    return add_row(m, s, (first, 1 + draw(s, PULL_MOST)), count)


def yielding(m: Row, s: Row, t: int) -> int:
    """Return where in `by_time` the task gains most from one of a few random places before it."""
    until = min(start_of(m, s, t), int(m[t + DEADLINE]))
    low, high = first_from(m, s, int(m[t + RELEASE])), first_from(m, s, until)
    best, gain = low, 0
    for _ in range(PULL_SAMPLE):
        k = low + draw(s, max(1, high - low))
        if k < s[BY_TIME_TO]:
            u = int(s[k])
            hope = (until - start_of(m, s, u)) * int(m[t + DENSITY] - m[u + DENSITY])
            if hope > gain:
                best, gain = k, hope
    return best


def sort_by_time(m: Row, s: Row) -> None:
    """Refresh the two orders by time, which are nearly right; one is by length first."""
    sort_row(m, s, (int(s[BY_TIME]), int(s[BY_TIME_TO])), 0)
    sort_row(m, s, (int(s[ALIKE]), int(s[ALIKE_TO])), FAR << 1)
    s[PLACED] = first_from(m, s, FAR)


def sort_row(m: Row, s: Row, row: tuple[int, int], length: int) -> None:
    first, last = row
    for k in range(first + 1, last):
        t, j = int(s[k]), k - 1
        key = start_of(m, s, t) + length * int(m[t + DURATION])
        while j >= first and start_of(m, s, int(s[j])) + length * int(m[s[j] + DURATION]) > key:
            s[j + 1] = s[j]
            j -= 1
        s[j + 1] = t


def look_from(m: Row, s: Row, count: int) -> None:
    """Say from where on to look for places: hardly any is free before the first one given up.

    That is so because most tasks lie at the first place that was free. Sometimes look everywhere.
    """
    since = FAR
    for q in range(QUEUE, QUEUE + count):
        since = min(since, start_of(m, s, int(s[q])))
    s[SINCE] = 0 if since == FAR or draw(s, 100) < EVERYWHERE else since

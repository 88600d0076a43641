"""Which tasks a move takes out, and in which order they go back."""

from dayloom.planning.search.bits import draw
from dayloom.planning.search.layout import (
    ALIKE,
    ALIKE_TO,
    BEFORE,
    BEFORE_TO,
    BY_TIME,
    BY_TIME_TO,
    COST,
    COUNT,
    DEADLINE,
    DENSITY,
    DURATION,
    FAR,
    FIRST,
    FLOOR,
    GOAL,
    KEYS,
    LINK,
    MOST,
    MOVABLE,
    MOVABLE_TO,
    OTHER,
    PLACE,
    PLACED,
    QUEUE,
    RELEASE,
    SINCE,
    START,
    TAKEN,
    WEIGHT,
    Row,
)

ROW, CROWD, PULL, FEW, RESCUE = 0, 1, 2, 3, 4  # kinds of moves
ROW_SHARE, CROWD_SHARE, PULL_SHARE = 5, 60, 90
LONGER = 50
CROWD_MOST, PULL_MOST, FEW_MOST = 8, 6, 5
EVERYWHERE = 15
BETWEEN, BETWEEN_MOST, NEXT = 90, 6, 1000
PULLED_FIRST = 80
RESCUE_SHARE, RESCUE_MOST = 12, 60
BY_DENSITY, BY_GOAL, BY_WEIGHT, BY_CHANCE = 40, 55, 70, 90
SAMPLE = 8
PULL_SAMPLE = 4


def start_of(m: Row, s: Row, t: int) -> int:
    at = m[t + PLACE]
    return int(s[at + FIRST + START]) if s[at + COUNT] else FAR


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


def noisy(s: Row, key: int) -> int:
    return key * (600 + draw(s, 800)) // 1000


def arrange(m: Row, s: Row, count: int, kind: int) -> None:
    """Bring the queue into the order in which it goes back."""
    way = draw(s, 100)
    for q in range(count):
        s[KEYS + q] = rank(m, s, int(s[QUEUE + q]), 95 if kind == ROW else way)
    if kind == RESCUE or (kind == PULL and way < PULLED_FIRST):
        s[KEYS] = -FAR * FAR
    sort_queue(s, count)
    if kind == ROW and count > 1:
        turn(s, count)
    respect_order(m, s, count)


def rank(m: Row, s: Row, t: int, way: int) -> int:
    if way < BY_DENSITY:
        return -noisy(s, int(m[t + DENSITY]))
    if way < BY_GOAL:
        return int(m[t + GOAL])
    if way < BY_WEIGHT:
        return -noisy(s, int(m[t + WEIGHT]) << 16)
    if way < BY_CHANCE:
        return draw(s, 1 << 20)
    return start_of(m, s, t)


def sort_queue(s: Row, count: int) -> None:
    for q in range(1, count):
        t, key, k = s[QUEUE + q], s[KEYS + q], q - 1
        while k >= 0 and s[KEYS + k] > key:
            s[QUEUE + k + 1] = s[QUEUE + k]
            s[KEYS + k + 1] = s[KEYS + k]
            k -= 1
        s[QUEUE + k + 1] = t
        s[KEYS + k + 1] = key


def shift(s: Row, source: int, target: int) -> None:
    """Move the task at place `source` of the queue to `target`."""
    t = s[QUEUE + source]
    step = 1 if target > source else -1
    for q in range(source, target, step):
        s[QUEUE + q] = s[QUEUE + q + step]
    s[QUEUE + target] = t


def turn(s: Row, count: int) -> None:
    """Move the first one last, the last one first, or swap the two."""
    way = draw(s, 100)
    if way < 40:
        shift(s, 0, count - 1)
    elif way < 80:
        shift(s, count - 1, 0)
    else:
        shift(s, 0, count - 1)
        shift(s, count - 2, 0)


def respect_order(m: Row, s: Row, count: int) -> None:
    """Bring every task of the queue behind those of the queue that it waits for."""
    for done in range(count):
        q = done
        while waits(m, s, int(s[QUEUE + q])):
            q += 1
        if q > done:
            shift(s, q, done)
        s[m[s[QUEUE + done] + PLACE] + TAKEN] = 0


def waits(m: Row, s: Row, t: int) -> bool:
    for e in range(m[t + BEFORE], m[t + BEFORE_TO], LINK):
        if s[m[m[e + OTHER] + PLACE] + TAKEN]:
            return True
    return False


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

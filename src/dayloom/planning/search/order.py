"""In which order the tasks that a move has taken out go back."""

from dayloom.planning.search.bits import draw
from dayloom.planning.search.layout import (
    BEFORE,
    BEFORE_TO,
    COUNT,
    DENSITY,
    FAR,
    FIRST,
    GOAL,
    KEYS,
    LINK,
    OTHER,
    PLACE,
    QUEUE,
    START,
    TAKEN,
    WEIGHT,
    Row,
)

ROW, CROWD, PULL, FEW, RESCUE = 0, 1, 2, 3, 4  # kinds of moves
PULLED_FIRST = 80
BY_DENSITY, BY_GOAL, BY_WEIGHT, BY_CHANCE = 40, 55, 70, 90


def start_of(m: Row, s: Row, t: int) -> int:
    at = m[t + PLACE]
    return int(s[at + FIRST + START]) if s[at + COUNT] else FAR


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

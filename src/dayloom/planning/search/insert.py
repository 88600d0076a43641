"""The best place of one task while the others lie still.

A place is found in `TRIAL`, and kept in `FOUND` while a cheaper one is looked for.
"""

from dayloom.planning.search.bits import draw
from dayloom.planning.search.fit import extent, first_fit, spend, window
from dayloom.planning.search.layout import (
    ASAP,
    BUFFER,
    DROP,
    DURATION,
    END,
    FOUND,
    LEVELS,
    LEVELS_TO,
    MAX_CHUNK,
    MIN_CHUNK,
    NEED,
    PIECE,
    PIECES,
    PREVIOUS,
    PREVIOUS_TO,
    START,
    TRIAL,
    Row,
)
from dayloom.planning.search.price import price, reach


def insert(m: Row, s: Row, t: int, limit: int) -> tuple[int, int]:
    """Find the cheapest place below `limit`; return its cost and its number of pieces.

    Leaving the task out counts as a place of no pieces. -1 pieces: nothing is below `limit`.
    """
    best, count = limit, -1
    if m[t + DROP] < limit:
        best, count = int(m[t + DROP]), 0
    low, high = window(m, s, t)
    if low + m[t + DURATION] > high:
        return best, count
    if m[t + PREVIOUS_TO] > m[t + PREVIOUS]:
        best, count = kept(m, s, t, (best, count, try_previous(m, s, t, (low, high))))
    if m[t + DURATION] <= m[t + MAX_CHUNK]:
        best, count = insert_whole(m, s, t, (low, high, best, count))
    if m[t + LEVELS_TO] > m[t + LEVELS]:
        best, count = insert_cut(m, s, t, (low, high, best, count))
    return best, count


def kept(m: Row, s: Row, t: int, offer: tuple[int, int, int]) -> tuple[int, int]:
    """Keep the trial pieces, if there are any, where they are cheaper than the best so far."""
    best, count, pieces = offer
    if pieces > 0:
        cost = price(m, s, t, pieces)
        if cost < best:
            for j in range(PIECE * pieces):
                s[FOUND + j] = s[TRIAL + j]
            return cost, pieces
    return best, count


def try_previous(m: Row, s: Row, t: int, span: tuple[int, int]) -> int:
    """Lay the trial pieces where the last plan had them; return how many, 0 if taken."""
    first, until = int(m[t + PREVIOUS]), int(m[t + PREVIOUS_TO])
    if m[first + START] < span[0] or m[until - PIECE + END] > span[1]:
        return 0
    done = first
    while done < until:
        start, end = int(m[done + START]), int(m[done + END])
        if first_fit(m, s, t, (start, start, end - start, 0)) != start:
            break
        lay(m, s, t, ((done - first) // PIECE, start, end))
        done += PIECE
    count = (done - first) // PIECE
    unspend(m, s, t, count)
    return count if done == until else 0


def lay(m: Row, s: Row, t: int, piece: tuple[int, int, int]) -> None:
    """Add a trial piece and book it on the caps, so that the next one respects them."""
    k, start, end = piece
    s[TRIAL + PIECE * k + START] = start
    s[TRIAL + PIECE * k + END] = end
    spend(m, s, t, (start, end, 1))


def unspend(m: Row, s: Row, t: int, count: int) -> None:
    for piece in range(TRIAL, TRIAL + PIECE * count, PIECE):
        spend(m, s, t, (int(s[piece + START]), int(s[piece + END]), -1))


def insert_whole(m: Row, s: Row, t: int, query: tuple[int, int, int, int]) -> tuple[int, int]:
    """Try the first fit, then the first fit inside preferred windows."""
    low, high, best, count = query
    start = whole(m, s, t, (low, min(high, reach(m, t, best - 1)), 0))
    if start < 0:
        return best, count
    best, count = kept(m, s, t, (best, count, 1))
    if m[t + NEED] > 0:
        low = start if m[t + ASAP] else low
        start = whole(m, s, t, (low, min(high, reach(m, t, best - 1)), int(m[t + NEED])))
        if start >= 0:
            best, count = kept(m, s, t, (best, count, 1))
    return best, count


def whole(m: Row, s: Row, t: int, query: tuple[int, int, int]) -> int:
    """Lay the task as one trial piece in `[low, high)`; return its start, or -1.

    A task that gains nothing from being early looks from somewhere in the middle first.
    """
    low, high, need = query
    length, start = int(m[t + DURATION]), -1
    if m[t + ASAP] == 0 and high - length > low:
        middle = low + draw(s, high - length - low)
        start = first_fit(m, s, t, (middle, high - length, length, need))
    if start < 0:
        start = first_fit(m, s, t, (low, high - length, length, need))
    s[TRIAL + START] = start
    s[TRIAL + END] = start + length
    return start


def insert_cut(m: Row, s: Row, t: int, query: tuple[int, int, int, int]) -> tuple[int, int]:
    """Try pieces of each level, as early as they fit, then inside preferred windows."""
    low, high, best, count = query
    for e in range(m[t + LEVELS], m[t + LEVELS_TO]):
        until = min(high, reach(m, t, best - 1))
        pieces = cut(m, s, t, (low, until, int(m[e]), 0))
        best, count = kept(m, s, t, (best, count, pieces))
        if pieces > 0 and m[t + NEED] > 0:
            until = min(high, reach(m, t, best - 1))
            pieces = cut(m, s, t, (low, until, int(m[e]), int(m[t + NEED])))
            best, count = kept(m, s, t, (best, count, pieces))
    return best, count


def cut(m: Row, s: Row, t: int, query: tuple[int, int, int, int]) -> int:
    """Lay trial pieces of `level` steps or more as early as they fit; return how many, or 0."""
    low, high, level, need = query
    rest, count = int(m[t + DURATION]), 0
    while rest > 0 and count < m[PIECES]:
        least = least_piece(m, t, rest, level)
        start = first_fit(m, s, t, (low, high - least, least, min(least, need)))
        if start < 0:
            break
        size = largest_piece(m, t, rest, extent(m, s, t, (start, high)) - start)
        lay(m, s, t, (count, start, start + size))
        rest -= size
        low = start + size + int(m[BUFFER])
        count += 1
    unspend(m, s, t, count)
    return count if rest == 0 else 0


def least_piece(m: Row, t: int, rest: int, level: int) -> int:
    """Return the shortest allowed piece of `level` steps or more, `rest` being left to do."""
    size = max(level, int(m[t + MIN_CHUNK]))
    while size <= min(rest, int(m[t + MAX_CHUNK])):
        if divisible(m, t, rest - size):
            return size
        size += 1
    return largest_piece(m, t, rest, int(m[t + MAX_CHUNK]))


def largest_piece(m: Row, t: int, rest: int, room: int) -> int:
    """Return the longest allowed piece within `room`, `rest` being left to do; 0 if none."""
    size = min(rest, room, int(m[t + MAX_CHUNK]))
    if size == m[t + DURATION]:
        return size
    while size >= m[t + MIN_CHUNK]:
        if divisible(m, t, rest - size):
            return size
        size -= 1
    return 0


def divisible(m: Row, t: int, rest: int) -> bool:
    return bool(-(-rest // m[t + MAX_CHUNK]) * m[t + MIN_CHUNK] <= rest)

"""Where a piece fits: hours, events, other slots, buffers, daily caps, neighbours."""

from dayloom.planning.search.bits import MASK, lowest_bit, room_end
from dayloom.planning.search.layout import (
    AFTER,
    AFTER_TO,
    BEFORE,
    BEFORE_TO,
    BUFFER,
    COUNT,
    DAY,
    DEADLINE,
    DURATION,
    END,
    FIRST,
    GAP,
    LEFT,
    LIKED_UNTIL,
    LIMITS,
    LIMITS_TO,
    LINK,
    MAX_CHUNK,
    OPEN,
    OPEN_UNTIL,
    OTHER,
    PIECE,
    PLACE,
    RELEASE,
    ROOM,
    SINCE,
    START,
    Row,
)


def next_free(m: Row, s: Row, t: int, span: tuple[int, int]) -> int:
    """Return the first step in `span` that is open and free, or the one after `span`."""
    at, last = span
    words = m[t + OPEN]
    k = at >> 5
    x = int(s[ROOM + k] & m[words + k] & (MASK << (at & 31)))
    while x == 0:
        k += 1
        if (k << 5) > last:
            return last + 1
        x = int(s[ROOM + k] & m[words + k])
    return (k << 5) + lowest_bit(x)


def barred(m: Row, s: Row, t: int, piece: tuple[int, int]) -> int:
    """Return the start of `piece` if the caps allow it, else a later one that may do."""
    start, end = piece
    for e in range(m[t + LIMITS], m[t + LIMITS_TO]):
        day = m[m[e] + start]
        while m[day + START] < end:
            left = s[m[day + LEFT]]
            if min(end, m[day + END]) - max(start, m[day + START]) > left:
                return int(m[day + END] - left)
            day += DAY
    return start


def spend(m: Row, s: Row, t: int, piece: tuple[int, int, int]) -> None:
    """Book `sign` times the length of a piece on the caps of its days."""
    start, end, sign = piece
    for e in range(m[t + LIMITS], m[t + LIMITS_TO]):
        day = m[m[e] + start]
        while m[day + START] < end:
            s[m[day + LEFT]] -= sign * (min(end, m[day + END]) - max(start, m[day + START]))
            day += DAY


def first_fit(m: Row, s: Row, t: int, query: tuple[int, int, int, int]) -> int:
    """Return the first start in `[at, last]` of a piece, `need` of it preferred; -1 if none."""
    at, last, length, need = query
    until_at, liked_at, room = m[t + OPEN_UNTIL], m[t + LIKED_UNTIL], length + m[BUFFER]
    while at <= last:
        at = next_free(m, s, t, (at, last))
        if at > last:
            return -1
        until = int(m[until_at + at])
        if until - at < length:
            at = until
            continue
        if need > 0:
            until = int(m[liked_at + at])
            if until - at < need:  # negative outside: minus where the next window starts
                at = abs(until)
                continue
        until = room_end(s, at)
        if until - at < room:
            at = until
            continue
        later = barred(m, s, t, (at, at + length))
        if later == at:
            return at
        at = later
    return -1


def extent(m: Row, s: Row, t: int, span: tuple[int, int]) -> int:
    """Return the furthest end of a piece from the start of `span` on."""
    start, high = span
    end = min(high, start + int(m[t + MAX_CHUNK]), int(m[m[t + OPEN_UNTIL] + start]))
    end = min(end, room_end(s, start) - int(m[BUFFER]))
    for e in range(m[t + LIMITS], m[t + LIMITS_TO]):
        day = m[m[e] + start]
        while m[day + START] < end:
            since = max(start, int(m[day + START]))
            if min(end, m[day + END]) - since > s[m[day + LEFT]]:
                end = since + int(s[m[day + LEFT]])
            day += DAY
    return end


def window(m: Row, s: Row, t: int) -> tuple[int, int]:
    """Return where it may lie between its neighbours; empty if one before it has no place."""
    low = max(int(m[t + RELEASE]), int(s[SINCE] - m[t + DURATION] - m[BUFFER]))
    high = int(m[t + DEADLINE])
    for e in range(m[t + BEFORE], m[t + BEFORE_TO], LINK):
        place = m[m[e + OTHER] + PLACE]
        count = s[place + COUNT]
        if count == 0:
            return 1, 0
        low = max(low, int(s[place + FIRST + PIECE * (count - 1) + END] + m[e + GAP]))
    for e in range(m[t + AFTER], m[t + AFTER_TO], LINK):
        place = m[m[e + OTHER] + PLACE]
        if s[place + COUNT] > 0:
            high = min(high, int(s[place + FIRST + START] - m[e + GAP]))
    return low, high

"""Random numbers and sets of steps in words of 32 bits, which stay clear of any sign."""

from dayloom.planning.search.layout import ROOM, SEED, Row

MASK = 0xFFFFFFFF
# fmt: off
LOWEST = (
    0, 1, 28, 2, 29, 14, 24, 3, 30, 22, 20, 15, 25, 17, 4, 8,
    31, 27, 13, 23, 21, 19, 16, 7, 26, 12, 18, 6, 11, 5, 10, 9,
)  # by de Bruijn's sequence
# fmt: on


def draw(s: Row, below: int) -> int:
    """Return the next random number in `[0, below)`: xorshift on 32 bits."""
    x = int(s[SEED])
    x ^= (x << 13) & MASK
    x ^= x >> 17
    x ^= (x << 5) & MASK
    s[SEED] = x
    return (x * below) >> 32


def lowest_bit(x: int) -> int:
    return LOWEST[(((x & -x) * 0x077CB531) & MASK) >> 27]


def room_end(s: Row, at: int) -> int:
    """Return the first step from `at` on that is not free."""
    k = ROOM + (at >> 5)
    x = (~int(s[k]) & MASK) >> (at & 31)
    if x:
        return at + lowest_bit(x)
    k += 1
    while s[k] == MASK:
        k += 1
    return ((k - ROOM) << 5) + lowest_bit(~int(s[k]) & MASK)


def set_free(s: Row, start: int, end: int) -> None:
    while start < end:
        low = start & 31
        high = min(32, low + end - start)
        s[ROOM + (start >> 5)] |= (1 << high) - (1 << low)
        start += high - low


def set_used(s: Row, start: int, end: int) -> None:
    while start < end:
        low = start & 31
        high = min(32, low + end - start)
        s[ROOM + (start >> 5)] &= ~((1 << high) - (1 << low))
        start += high - low

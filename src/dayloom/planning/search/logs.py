"""Logarithms in whole numbers, which are the same on every machine."""

from array import array
from functools import cache

SHARES = 1024  # of one, of which the logarithms are kept


@cache
def logs() -> "array[int]":
    """Return 1024 times minus the logarithm of the middle of each share of one.

    By halving and squaring.
    """
    return array("q", (_log(2 * k + 1, 2 * SHARES) for k in range(SHARES)))


def _log(part: int, whole: int) -> int:
    """Return -1024 ln(part / whole): the binary logarithm bit by bit, times ln 2."""
    one = 1 << 40
    x = part * one // whole
    found = 0
    while x < one:
        x, found = x << 1, found + one
    bit = one >> 1
    while bit:
        x = x * x >> 40
        if x >= 2 * one:
            x, found = x >> 1, found - bit
        bit >>= 1
    return found * 1024 * 693_147_180_560 // 10**12 >> 40

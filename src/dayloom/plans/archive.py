"""The whole input of a plan, kept small: what `dayloom replay` solves again."""

import zlib

from dayloom.planning.problem import Problem
from dayloom.planning.replay import dump_problem

QUICK = 1


def pack(problem: Problem) -> bytes:
    return zlib.compress(dump_problem(problem), QUICK)


def unpack(stored: bytes) -> bytes:
    """Return the problem file, as JSON, that `pack` made small."""
    return zlib.decompress(stored)

"""The whole input of a plan, and the plan itself, kept small: what `dayloom replay` compares."""

import zlib

from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.replay import dump_plan, dump_problem

QUICK = 1


def pack(problem: Problem) -> bytes:
    return zlib.compress(dump_problem(problem), QUICK)


def pack_plan(plan: Plan) -> bytes:
    return zlib.compress(dump_plan(plan), QUICK)


def unpack(stored: bytes) -> bytes:
    """Return the file, as JSON, that was made small."""
    return zlib.decompress(stored)

"""Time in segments inside which nothing changes: the right-hand side of the flow bound."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dayloom.planning.grid import bits, starts_of_runs
from dayloom.planning.instance import Instance

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """The usable segments `[starts[k], ends[k])` in order of time."""

    starts: Numbers
    ends: Numbers
    size: int

    def within(self, mask: int) -> Flags:
        """Return which segments lie in `mask`, by their first step."""
        raw = (mask & bits(0, self.size)).to_bytes(self.size // 8 + 1, "little")
        steps = np.unpackbits(np.frombuffer(raw, dtype=np.uint8), bitorder="little")
        return steps[self.starts].astype(np.bool_)

    def apart_from(self, start: int, end: int) -> Flags:
        return (self.starts >= end) | (self.ends <= start)


def usable_masks(instance: Instance) -> tuple[int, ...]:
    """Return, by hour map, the steps in which a slot may lie."""
    clear = starts_of_runs(instance.room, instance.buffer + 1)
    return tuple(mask & clear for mask in instance.open)


def cut_time(instance: Instance, longest: int) -> Segments:
    """Cut time wherever an hour map, a preference or a day changes, and after `longest` steps."""
    usable = usable_masks(instance)
    days = [bits(*day) for limit in instance.limits for day in limit.days]
    cuts = _edges([*usable, *instance.liked, *days])
    for step in range(instance.first, instance.size + 1, longest):
        cuts |= 1 << step
    points = _positions(cuts & bits(instance.first, instance.size + 1))
    anything = 0
    for mask in usable:
        anything |= mask
    pairs = [pair for pair in pairwise(points) if anything >> pair[0] & 1]
    return Segments(
        starts=np.array([start for start, _ in pairs], dtype=np.int64),
        ends=np.array([end for _, end in pairs], dtype=np.int64),
        size=instance.size,
    )


def _edges(masks: Iterable[int]) -> int:
    edges = 0
    for mask in masks:
        edges |= mask ^ (mask << 1)
    return edges


def _positions(mask: int) -> list[int]:
    return [step for step, bit in enumerate(reversed(f"{mask:b}")) if bit == "1"]

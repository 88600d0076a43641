"""A lower bound of any plan's cost: the flow relaxation.

Every task becomes loose steps of work that may lie apart, wherever a piece of it fits; a minimum
cost flow hands out the time. Contiguity, the order among tasks that move, the buffers between
them and the caps of single hour maps are left out, so that the bound is never above the true
optimum. Costs are rounded down to whole `SCALE`ths.

Why the terms hold for loose steps, with `d` steps of work that are done at `C`: the ends of the
steps are distinct and at most `C`, so their mean is at most `C - (d - 1) / 2`. A step that
begins `x >= 0` after the due date counts `x // d + 1`; over `d` consecutive steps, the dearest
choice there is, these add up to no more than `C - due`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

from dayloom.planning.cost import placement_cost
from dayloom.planning.cpsat.segments import Flags, Numbers, Segments, cut_time, usable_masks
from dayloom.planning.grid import bits, lowest, starts_of_runs
from dayloom.planning.instance import Instance
from dayloom.planning.work import FRAGMENT, TARDY, Work

SCALE = 1024
ARCS = 400_000  # segments grow longer until a flow has about so many arcs at most
LENGTHS = (1, 2, 3, 6, 12, 24, 48, 96, 288)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Supply:
    """One task's arcs: to segments by their numbers, with capacities and costs a step."""

    work: Work
    segments: Numbers
    capacities: Numbers
    costs: Numbers


def lower_bound(instance: Instance) -> int:
    """Return a cost that no placements of `instance` can go below."""
    fixed = sum(placement_cost(instance, w, w.fixed) for w in instance.works if w.fixed)
    moving = [work for work in instance.works if not work.fixed]
    if not moving:
        return fixed
    segments = _cut(instance, len(moving))
    supplies = _Supplies(instance, segments)
    scaled = _cheapest_flow(instance, segments, [supplies.of(work) for work in moving])
    return fixed + -(-scaled // SCALE)


def _cut(instance: Instance, tasks: int) -> Segments:
    """Return the finest segments that keep the flow within `ARCS`."""
    for length in LENGTHS:
        segments = cut_time(instance, length)
        if len(segments.starts) * tasks <= ARCS:
            break
    return segments


class _Supplies:
    """Makes the arcs of each task; holds what the tasks of one hour map share."""

    def __init__(self, instance: Instance, segments: Segments) -> None:
        self._instance, self._segments = instance, segments
        self._usable = usable_masks(instance)
        self._heads = _heads(instance, self._usable)
        self._covers: dict[tuple[int, int], Flags] = {}
        self._liked = [segments.within(mask) for mask in instance.liked]

    def of(self, work: Work) -> _Supply:
        head = self._heads[work.index]
        starts, ends = self._segments.starts, self._segments.ends
        able = self._cover(work) & (ends > head) & (starts < work.deadline)
        chosen = np.flatnonzero(able)
        begins = np.maximum(starts[chosen], head)
        costs = self._costs(work, chosen, begins)
        better = costs < SCALE * work.drop_price // work.duration
        room = np.minimum(ends[chosen], work.deadline) - begins
        return _Supply(
            work=work,
            segments=chosen[better],
            capacities=np.minimum(room, work.duration)[better],
            costs=costs[better],
        )

    def _cover(self, work: Work) -> Flags:
        """Return the segments that lie in a run as long as the smallest piece."""
        key = (work.hours, work.smallest)
        if key not in self._covers:
            usable = self._usable[work.hours]
            self._covers[key] = self._segments.within(_long_runs(usable, work.smallest))
        return self._covers[key]

    def _costs(self, work: Work, chosen: Numbers, begins: Numbers) -> Numbers:
        """Return the scaled cost of a step that begins at `begins`, the first of its segment."""
        duration, weight = work.duration, work.weight
        pieces = 1 if work.whole else -(-duration // work.max_chunk)
        further = SCALE * weight * FRAGMENT * (pieces - 1) // duration
        costs = np.full(len(chosen), further, dtype=np.int64)
        if work.asap:
            delay = 2 * (begins + 1 - work.release) + duration - 1
            costs += SCALE * weight * delay // (2 * duration)
        late = np.where(begins >= work.due, (begins - work.due) // duration + 1, 0)
        costs += SCALE * weight * TARDY * late
        if work.liked >= 0:
            outside = ~self._liked[work.liked][chosen]
            costs += outside * (SCALE * (weight * work.worth // duration))
        return costs + self._moved(work)[chosen] * (SCALE * work.move_price // duration)

    def _moved(self, work: Work) -> Flags:
        """Return the segments that no previous piece touches: to lie there is to have moved."""
        moved = np.ones(len(self._segments.starts), dtype=np.bool_)
        for start, end in work.previous:
            moved &= self._segments.apart_from(start, end)
        return moved


def _long_runs(mask: int, length: int) -> int:
    """Return the steps of `mask` that lie in runs of at least `length`."""
    starts, have = starts_of_runs(mask, length), 1
    while have * 2 <= length:
        starts |= starts << have
        have *= 2
    return starts | starts << (length - have)


def _heads(instance: Instance, usable: Sequence[int]) -> list[int]:
    """Return the earliest start of each task after those it waits for, each one alone."""
    heads = [work.release for work in instance.works]
    ends = [work.fixed[-1][1] if work.fixed else 0 for work in instance.works]
    for index in instance.order:
        work = instance.works[index]
        ready = (ends[link.index] + link.gap for link in work.before)
        heads[index] = max([work.release, *ready])
        if work.after and not work.fixed:
            starts = starts_of_runs(usable[work.hours], work.smallest)
            starts &= bits(heads[index], instance.size)
            ends[index] = (lowest(starts) if starts else instance.size) + work.duration
    return heads


def _cheapest_flow(instance: Instance, segments: Segments, supplies: list[_Supply]) -> int:
    """Return the scaled cost of the cheapest way to give every task its steps, or to drop it.

    Nodes: the tasks, the segments, the days of a cap on everything, the dropped, the sink.
    """
    tasks, count = len(supplies), len(segments.starts)
    days, rooms = _days(instance, segments)
    dropped = tasks + count + len(rooms)
    sink = dropped + 1
    steps = sum(supply.work.duration for supply in supplies)
    flow: Any = min_cost_flow.SimpleMinCostFlow()  # its stubs fit no real array
    for number, supply in enumerate(supplies):
        work, arcs = supply.work, len(supply.costs)
        flow.add_arcs_with_capacity_and_unit_cost(
            np.full(arcs, number), tasks + supply.segments, supply.capacities, supply.costs
        )
        flow.add_arc_with_capacity_and_unit_cost(
            number, dropped, work.duration, SCALE * work.drop_price // work.duration
        )
        flow.set_node_supply(number, work.duration)
    outlets = np.where(days >= 0, tasks + count + days, sink)
    _add_free_arcs(flow, tasks + np.arange(count), outlets, segments.ends - segments.starts)
    _add_free_arcs(flow, tasks + count + np.arange(len(rooms)), np.full(len(rooms), sink), rooms)
    flow.add_arc_with_capacity_and_unit_cost(dropped, sink, steps, 0)
    flow.set_node_supply(sink, -steps)
    if flow.solve() != flow.OPTIMAL:
        raise ArithmeticError("the flow of the bound has no solution, though all may be dropped")
    return int(flow.optimal_cost())


def _add_free_arcs(flow: Any, tails: Numbers, heads: Numbers, capacities: Numbers) -> None:
    flow.add_arcs_with_capacity_and_unit_cost(
        tails, heads, capacities, np.zeros(len(tails), dtype=np.int64)
    )


def _days(instance: Instance, segments: Segments) -> tuple[Numbers, Numbers]:
    """Return each segment's day under the cap on everything, -1 without one, and its rooms."""
    days = np.full(len(segments.starts), -1, dtype=np.int64)
    limit = next((limit for limit in instance.limits if limit.hours is None), None)
    if limit is None:
        return days, np.zeros(0, dtype=np.int64)
    for number, (start, end) in enumerate(limit.days):
        days[(segments.starts >= start) & (segments.ends <= end)] = number
    return days, np.array(limit.rooms, dtype=np.int64)

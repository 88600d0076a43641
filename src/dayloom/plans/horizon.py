"""How far a plan looks: as far as there are dates, and then until there is room for the work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dayloom.planning.availability import WeeklyHours, open_intervals
from dayloom.planning.grid import Grid, longest_run, starts_of_runs, to_mask
from dayloom.planning.interval import Interval
from dayloom.planning.problem import GRID, LONGEST_HORIZON
from dayloom.plans.facts import Facts
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.portions import Portion

SHORTEST = timedelta(weeks=4)
LONGEST = LONGEST_HORIZON - timedelta(days=1)
STEP = timedelta(weeks=4)
WEEK = timedelta(weeks=1)
ROOM = 3  # the horizon offers at least this many times the work that is left

Weekly = Mapping[str, WeeklyHours]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What the work of one hour map asks for after the last moment before which it may not be:
    steps in one go, and steps at all."""

    after: datetime
    whole: int
    any: int


def choose_horizon(
    inputs: PlanInputs, weekly: Weekly, portions: Sequence[Portion], *, facts: Facts
) -> Interval:
    """Return the shortest horizon with room for the work and a week after the last date."""
    start = Grid.before(inputs.now).origin
    start += GRID if start < inputs.now else timedelta(0)
    free = [portion for portion in portions if portion.id not in facts]
    dates = [d for p in portions for d in (p.task.deadline, p.task.due, p.task.release) if d]
    dates += [interval.end for intervals in facts.values() for interval in intervals]
    length = max(SHORTEST, max(dates, default=start) - start + WEEK)
    needs = _needs(inputs, free, start)
    work = sum((portion.left for portion in free), timedelta(0)) // GRID
    while length < LONGEST and not _is_roomy(
        inputs, Interval(start, start + length), weekly, needs, work=work
    ):
        length += STEP
    return Interval(start, start + min(length, LONGEST))


def _needs(inputs: PlanInputs, portions: Sequence[Portion], start: datetime) -> dict[str, Need]:
    by_hours: dict[str, list[Portion]] = {}
    for portion in portions:
        by_hours.setdefault(inputs.hours.of(portion.task).name, []).append(portion)
    return {
        name: Need(
            after=max([start, *(p.task.release for p in each if p.task.release)]),
            whole=max((p.left // GRID for p in each if not _splits(p)), default=0),
            any=max((p.left // GRID for p in each), default=0),
        )
        for name, each in by_hours.items()
    }


def _splits(portion: Portion) -> bool:
    return portion.task.min_chunk is not None or portion.task.max_chunk is not None


def _is_roomy(
    inputs: PlanInputs, reach: Interval, weekly: Weekly, needs: Mapping[str, Need], *, work: int
) -> bool:
    """Tell whether the hours that events leave are enough, also after the last release."""
    grid, around = Grid(reach.start), inputs.event_buffer
    wide = (Interval(event.start - around, event.end + around) for event in inputs.busy)
    busy = to_mask(grid.around(interval) for interval in wide if interval.end > reach.start)
    everything = 0
    for name, hours in weekly.items():
        open_ = to_mask(map(grid.inside, open_intervals(hours, inputs.zone, reach)))
        everything |= open_ & ~busy
        if name in needs and not _meets(needs[name], open_, open_ & ~busy, grid):
            return False
    return everything.bit_count() >= ROOM * work


def _meets(need: Need, open_: int, free: int, grid: Grid) -> bool:
    """Tell whether what is left of the hours has room; what no day ever has is no need."""
    later = free >> max(0, grid.ceil(need.after))
    whole = longest_run(open_, need.whole)
    return later.bit_count() >= need.any and bool(not whole or starts_of_runs(later, whole))

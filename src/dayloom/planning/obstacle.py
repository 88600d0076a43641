"""Why a task found no place: the first rule, from the hardest on, that leaves it none."""

from collections.abc import Iterator

from dayloom.planning.grid import bits, starts_of_runs, to_mask, to_ranges
from dayloom.planning.instance import Instance, Placements
from dayloom.planning.plan import Obstacle, Unplaced
from dayloom.planning.problem import GRID
from dayloom.planning.work import Work


def diagnose(instance: Instance, placements: Placements, work: Work) -> Unplaced:
    """Return the obstacle of `work`, the time it lacks, and the tasks that stand in its way."""
    waits = tuple(_ids(instance, (k.index for k in work.before if not placements[k.index])))
    if waits:
        return Unplaced(task_id=work.id, obstacle=Obstacle.WAITS, because_of=waits)
    return (
        _by_deadline(work)
        or _by_hours(instance, work)
        or _by_pinned(instance, work)
        or _by_events(instance, work)
        or _by_others(instance, placements, work)
    )


def _by_deadline(work: Work) -> Unplaced | None:
    missing = work.release + work.duration - work.own_deadline
    if not work.has_deadline or missing <= 0:
        return None
    return Unplaced(task_id=work.id, obstacle=Obstacle.DEADLINE, missing=missing * GRID)


def _by_hours(instance: Instance, work: Work) -> Unplaced | None:
    if instance.hours[work.hours] & bits(work.release, work.own_deadline):
        return None
    missing = work.duration * GRID
    return Unplaced(task_id=work.id, obstacle=Obstacle.NO_HOURS, missing=missing)


def _by_pinned(instance: Instance, work: Work) -> Unplaced | None:
    """A pinned task after it ends its time before it could be done."""
    if work.deadline == work.own_deadline:
        return None
    free = instance.open[work.hours] & instance.room
    missing = work.duration - (free & bits(work.release, work.deadline)).bit_count()
    if missing <= 0 and _fits(work, free, work.deadline):
        return None
    pinned = (link.index for link in work.after if instance.works[link.index].fixed)
    return Unplaced(
        task_id=work.id,
        obstacle=Obstacle.BEFORE_PINNED,
        missing=missing * GRID if missing > 0 else None,
        because_of=tuple(_ids(instance, pinned)),
    )


def _fits(work: Work, free: int, deadline: int) -> bool:
    return bool(starts_of_runs(free & bits(work.release, deadline), work.smallest))


def _by_events(instance: Instance, work: Work) -> Unplaced | None:
    """No stretch between events is as long as its smallest piece."""
    free = instance.open[work.hours] & bits(work.release, work.deadline)
    if starts_of_runs(free, work.smallest):
        return None
    longest = max((end - start for start, end in to_ranges(free)), default=0)
    missing = (work.smallest - longest) * GRID
    return Unplaced(task_id=work.id, obstacle=Obstacle.TOO_LONG, missing=missing)


def _by_others(instance: Instance, placements: Placements, work: Work) -> Unplaced:
    """The daily cap if it alone is in the way, else the tasks that have the time."""
    earliest = _earliest(placements, work)
    window = bits(earliest, work.deadline)
    slots = to_mask((start, end + instance.buffer) for p in placements for start, end in p)
    free = instance.open[work.hours] & instance.room & ~slots & window
    usable = sum(end - start for start, end in to_ranges(free) if end - start >= work.smallest)
    missing = work.duration - usable
    if missing <= 0 and any(limit.binds(work) for limit in instance.limits):
        return Unplaced(task_id=work.id, obstacle=Obstacle.DAILY_CAP)
    return Unplaced(
        task_id=work.id,
        obstacle=Obstacle.NO_ROOM,
        missing=missing * GRID if missing > 0 else None,
        because_of=tuple(_ids(instance, _rivals(instance, placements, work, earliest))),
    )


def _earliest(placements: Placements, work: Work) -> int:
    ends = (placements[link.index][-1][1] + link.gap for link in work.before)
    return max([work.release, *ends])


def _rivals(
    instance: Instance, placements: Placements, work: Work, earliest: int
) -> Iterator[int]:
    """Yield the tasks that lie in its hours between its earliest start and its deadline."""
    wanted = instance.open[work.hours] & bits(earliest, work.deadline)
    for index, pieces in enumerate(placements):
        if wanted & to_mask(pieces):
            yield index


def _ids(instance: Instance, indices: Iterator[int]) -> Iterator[int]:
    return (instance.works[index].id for index in indices)

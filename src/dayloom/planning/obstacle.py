"""Why a task found no place: the first rule, from the hardest on, that leaves it none."""

from bisect import bisect_right

from dayloom.planning.grid import bits, starts_of_runs, to_mask, to_ranges
from dayloom.planning.instance import Instance, Placements
from dayloom.planning.plan import Obstacle, Unplaced
from dayloom.planning.problem import GRID
from dayloom.planning.work import FAR, Link, Work

RIVALS = 5  # tasks named at most


def diagnose(instance: Instance, placements: Placements) -> tuple[Unplaced, ...]:
    """Return for each unplaced task its obstacle, what it lacks, and who is in its way."""
    missing = [work for work, pieces in zip(instance.works, placements, strict=True) if not pieces]
    crowd = _Crowd(instance, placements) if missing else None
    return tuple(_diagnosed(instance, placements, work, crowd) for work in missing if crowd)


def _diagnosed(
    instance: Instance, placements: Placements, work: Work, crowd: "_Crowd"
) -> Unplaced:
    waits = tuple(k.index for k in work.before if not placements[k.index])
    if waits:
        names = tuple(instance.works[index].id for index in waits)
        return Unplaced(task_id=work.id, obstacle=Obstacle.WAITS, because_of=names)
    return (
        _by_deadline(work)
        or _by_hours(instance, work)
        or _by_pinned(instance, work)
        or _by_events(instance, work)
        or crowd.blame(work)
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
    """A pinned task after it ends its time before it could be done; named are all that do."""
    free = instance.open[work.hours] & instance.room
    early = [
        instance.works[link.index].id
        for link in work.after
        if (until := _pinned_start(instance, link)) is not None
        and until < work.own_deadline
        and not _fits(work, free, until)
    ]
    if not early:
        return None
    missing = work.duration - (free & bits(work.release, work.deadline)).bit_count()
    return Unplaced(
        task_id=work.id,
        obstacle=Obstacle.BEFORE_PINNED,
        missing=missing * GRID if missing > 0 else None,
        because_of=tuple(early),
    )


def _pinned_start(instance: Instance, link: Link) -> int | None:
    pieces = instance.works[link.index].fixed
    return pieces[0][0] - link.gap if pieces else None


def _fits(work: Work, free: int, deadline: int) -> bool:
    """Say whether there is time enough by then, and room for its smallest piece."""
    open_ = free & bits(work.release, deadline)
    return open_.bit_count() >= work.duration and bool(starts_of_runs(open_, work.smallest))


def _by_events(instance: Instance, work: Work) -> Unplaced | None:
    """No stretch between events is as long as its smallest piece, or there is none at all."""
    free = instance.open[work.hours] & bits(work.release, work.deadline)
    if starts_of_runs(free, work.smallest):
        return None
    longest = max((end - start for start, end in to_ranges(free)), default=0)
    missing = (work.smallest - longest) * GRID
    obstacle = Obstacle.TOO_LONG if longest else Obstacle.EVENTS
    return Unplaced(task_id=work.id, obstacle=obstacle, missing=missing)


class _Crowd:
    """The placed tasks, as those that have the time which others lack."""

    def __init__(self, instance: Instance, placements: Placements) -> None:
        self._instance, self._placements = instance, placements
        self._by_time = sorted(
            (end, start, index) for index, pieces in enumerate(placements) for start, end in pieces
        )
        pause = instance.buffer
        slots = to_mask((max(0, start - pause), end + pause) for end, start, _ in self._by_time)
        self._room = instance.room & ~slots

    def blame(self, work: Work) -> Unplaced:
        """Return the daily cap if it alone is in the way, else the tasks that have the time."""
        low = self._earliest(work)
        free = self._instance.open[work.hours] & self._room & bits(low, work.deadline)
        usable = sum(end - start for start, end in to_ranges(free) if end - start >= work.smallest)
        lacking = work.duration - usable
        if lacking <= 0 and any(limit.binds(work) for limit in self._instance.limits):
            return Unplaced(task_id=work.id, obstacle=Obstacle.DAILY_CAP)
        return Unplaced(
            task_id=work.id,
            obstacle=Obstacle.NO_ROOM,
            missing=lacking * GRID if lacking > 0 else None,
            because_of=self._rivals(work, low),
        )

    def _earliest(self, work: Work) -> int:
        ends = (self._placements[link.index][-1][1] + link.gap for link in work.before)
        return max([work.release, *ends])

    def _rivals(self, work: Work, low: int) -> tuple[int, ...]:
        """Return the first few tasks that lie in its hours, from its earliest start on."""
        wanted = self._instance.open[work.hours] & bits(low, work.deadline)
        found: list[int] = []
        for end, start, index in self._by_time[bisect_right(self._by_time, (low, low, FAR)) :]:
            if start >= work.deadline or len(found) == RIVALS:
                break
            name = self._instance.works[index].id
            if wanted & bits(start, end) and name not in found:
                found.append(name)
        return tuple(found)

"""Judges why a task has no place: what is said of its hours, events and rivals is recounted."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Obstacle, Plan, Unplaced
from dayloom.planning.problem import Problem
from tests.planning.judge import NOTHING, Ground, Spans, down, up, without


def complaints_about(problem: Problem, plan: Plan, unplaced: Unplaced) -> list[str]:
    task = next(one for one in problem.tasks if one.id == unplaced.task_id)
    ground = Ground(problem, plan, task)
    return [f"{unplaced}: {one}" for one in CLAIMS[unplaced.obstacle](ground, unplaced)]


def waits(ground: Ground, unplaced: Unplaced) -> Iterator[str]:
    before = {link.task_id for link in ground.task.after}
    missing = {id_ for id_ in before if id_ not in ground.places}
    if not missing or set(unplaced.because_of) != missing:
        yield f"it waits for {missing}"


def deadline(ground: Ground, unplaced: Unplaced) -> Iterator[str]:
    earliest, until = _release(ground), ground.task.deadline
    if until is None or unplaced.missing != earliest + ground.task.duration - down(until):
        yield f"it may begin at {earliest} and must end by {until}"
    elif unplaced.missing <= NOTHING:
        yield "it could be done by then"


def no_hours(ground: Ground, _: Unplaced) -> Iterator[str]:
    if found := _own(ground, ground.hours()):
        yield f"its hours are open at {found[0]}"


def events(ground: Ground, _: Unplaced) -> Iterator[str]:
    if not _own(ground, ground.hours()):
        yield "its hours never open"
    if found := _own(ground, without(ground.hours(), ground.busy())):
        yield f"no event is at {found[0]}"


def too_long(ground: Ground, unplaced: Unplaced) -> Iterator[str]:
    spans = _own(ground, without(ground.hours(), ground.busy()))
    longest = max((b - a for a, b in spans), default=NOTHING)
    if unplaced.missing != _smallest(ground) - longest or unplaced.missing <= NOTHING:
        yield f"the longest stretch has {longest}"


def daily_cap(ground: Ground, _: Unplaced) -> Iterator[str]:
    if not any(cap.counts(ground.task.hours) for cap in ground.problem.caps):
        yield "no limit counts its time"
    if _usable(ground) < ground.task.duration:
        yield "there is too little time without the limit too"


def no_room(ground: Ground, unplaced: Unplaced) -> Iterator[str]:
    lacking = ground.task.duration - _usable(ground)
    if unplaced.missing != (lacking if lacking > NOTHING else None):
        yield f"{lacking} are missing"
    opened = [Interval(a, b) for a, b in ground.clamped(without(ground.hours(), ground.busy()))]
    for task_id in unplaced.because_of:
        pieces = ground.places.get(task_id, ())
        if not any(piece.overlaps(span) for piece in pieces for span in opened):
            yield f"task {task_id} does not lie in its hours"


def before_pinned(ground: Ground, unplaced: Unplaced) -> Iterator[str]:
    for task_id in unplaced.because_of:
        other = ground.tasks[task_id]
        gaps = [link.gap for link in other.after if link.task_id == ground.task.id]
        if not other.pinned or not gaps:
            yield f"task {task_id} is not pinned after it"
            continue
        until = down(min(other.pinned).start) - gaps[0]
        spans = _beside_pins(ground, _own(ground, without(ground.hours(), ground.busy()), until))
        room = sum((b - a for a, b in spans), NOTHING)
        if room >= ground.task.duration and any(b - a >= _smallest(ground) for a, b in spans):
            yield f"there is room before task {task_id}"
    if not unplaced.because_of:
        yield "nothing is named"


def _beside_pins(ground: Ground, spans: Spans) -> Spans:
    pause = ground.problem.buffer
    pins = [pin for task in ground.problem.tasks for pin in task.pinned]
    return _inner(without(spans, [(pin.start - pause, pin.end + pause) for pin in pins]))


def _inner(spans: Spans) -> Spans:
    return [(up(a), down(b)) for a, b in spans if up(a) < down(b)]


def _release(ground: Ground) -> datetime:
    start = max(ground.problem.now, ground.problem.horizon.start)
    return up(max(start, ground.task.release or start))


def _own(ground: Ground, spans: Spans, until: datetime | None = None) -> Spans:
    """Return what of them lies between its own release and its own deadline, or `until`."""
    low = _release(ground)
    high = min(filter(None, [ground.high, until]))
    return [(a, b) for a, b in ((up(max(a, low)), down(min(b, high))) for a, b in spans) if a < b]


def _smallest(ground: Ground) -> timedelta:
    return min(ground.task.min_chunk or ground.task.duration, ground.task.duration)


def _usable(ground: Ground) -> timedelta:
    """Return the free time, in stretches of at least its smallest piece."""
    spans = ground.free(None, _before_pins(ground))
    return sum((b - a for a, b in spans if b - a >= _smallest(ground)), NOTHING)


def _before_pins(ground: Ground) -> datetime:
    """Return by when it must be done: pinned tasks that wait for it count too."""
    found = [ground.high]
    for other in ground.problem.tasks:
        gaps = [link.gap for link in other.after if link.task_id == ground.task.id]
        found += [down(min(other.pinned).start) - gap for gap in gaps if other.pinned]
    return min(found)


CLAIMS: dict[Obstacle, Callable[[Ground, Unplaced], Iterator[str]]] = {
    Obstacle.NO_HOURS: no_hours,
    Obstacle.EVENTS: events,
    Obstacle.TOO_LONG: too_long,
    Obstacle.NO_ROOM: no_room,
    Obstacle.DAILY_CAP: daily_cap,
    Obstacle.DEADLINE: deadline,
    Obstacle.WAITS: waits,
    Obstacle.BEFORE_PINNED: before_pinned,
}

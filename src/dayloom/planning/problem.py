"""What has to be planned. Names follow scheduling theory: release, due, deadline, weight."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from graphlib import CycleError, TopologicalSorter

from dayloom.planning.interval import Interval

GRID = timedelta(minutes=5)
SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=40)
LONGEST_HORIZON = timedelta(weeks=12, days=1)


class InvalidProblem(ValueError):
    """The problem contradicts itself; the sentence says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedence:
    """The task starts only `gap` after the end of the task `task_id`."""

    task_id: int
    gap: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """The task likes to lie inside the window; `worth` is the delay one accepts for it.

    A `proposed` one is a single place that was chosen for the task: of its other windows, only
    what comes no earlier counts beside it.
    """

    window: str
    worth: timedelta = timedelta(hours=8)
    proposed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Work to place. `due` is soft and costs tardiness; `deadline` is hard.

    `duration` is what is still to be done, a multiple of `GRID`. `min_chunk` and `max_chunk`
    allow a split; without them the task is one piece. `pinned` holds the pieces that the person
    has fixed: they are facts, which may break hours, events and deadlines, and need not lie on
    the grid. A running task is pinned from the grid step of `now`. `asap` is False for a habit,
    which gains nothing from being early.
    """

    id: int
    duration: timedelta
    release: datetime | None = None
    due: datetime | None = None
    deadline: datetime | None = None
    weight: int = 2
    after: tuple[Precedence, ...] = ()
    min_chunk: timedelta | None = None
    max_chunk: timedelta | None = None
    hours: str = "work"
    preferred: tuple[Preference, ...] = ()
    pinned: tuple[Interval, ...] = ()
    running: bool = False
    asap: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """A fixed calendar entry that takes time."""

    interval: Interval
    event_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """At most `limits[k]` of planned time on `Problem.days[k]`, of one hour map or of all.

    `also` are hour maps whose time counts together with that of `hours`.
    """

    limits: tuple[timedelta, ...]
    hours: str | None = None
    also: tuple[str, ...] = ()

    def counts(self, hours: str) -> bool:
        """Tell whether the time of a task with these hours counts."""
        return self.hours in (None, hours) or hours in self.also


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """Where the last plan had a task, and whether the person has seen it there."""

    task_id: int
    intervals: tuple[Interval, ...]
    seen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything a plan depends on: the same problem gives the same plan.

    `hours` are the hour maps by name, `windows` the named preferred windows, `days` the local
    days that cover the horizon; all are already instants, so that DST is settled before.
    `buffer` separates any two slots; `event_buffer` keeps slots away from events on both sides.
    A slot of `previous` that was seen and starts before `frozen_until` moves only if it must.
    """

    now: datetime
    horizon: Interval
    tasks: tuple[Task, ...]
    hours: Mapping[str, tuple[Interval, ...]]
    windows: Mapping[str, tuple[Interval, ...]] = field(default_factory=dict)
    days: tuple[Interval, ...] = ()
    busy: tuple[Busy, ...] = ()
    buffer: timedelta = timedelta(0)
    event_buffer: timedelta = timedelta(0)
    caps: tuple[Cap, ...] = ()
    previous: tuple[Previous, ...] = ()
    frozen_until: datetime | None = None

    def __post_init__(self) -> None:
        for complaint in _complaints(self):
            raise InvalidProblem(complaint)


def _complaints(problem: Problem) -> Iterator[str]:
    ids = {task.id for task in problem.tasks}
    if len(ids) != len(problem.tasks):
        yield "two tasks share one id"
    if problem.horizon.duration > LONGEST_HORIZON:
        yield f"the horizon is longer than {LONGEST_HORIZON.days} days"
    for task in problem.tasks:
        yield from _task_complaints(problem, task, ids)
    for cap in problem.caps:
        if len(cap.limits) != len(problem.days):
            yield "a daily cap needs one limit for each day of the horizon"
    try:
        TopologicalSorter({t.id: {p.task_id for p in t.after} for t in problem.tasks}).prepare()
    except CycleError as error:
        yield f"these tasks wait for each other: {error.args[1]}"


def _task_complaints(problem: Problem, task: Task, ids: set[int]) -> Iterator[str]:
    if not SHORTEST <= task.duration <= LONGEST or task.duration % GRID:
        yield f"task {task.id}: a duration is 5 minutes to 40 hours, in steps of 5 minutes"
    if task.weight < 1:
        yield f"task {task.id}: a weight is at least 1"
    yield from _reference_complaints(problem, task, ids)
    yield from _chunk_complaints(task)


def _reference_complaints(problem: Problem, task: Task, ids: set[int]) -> Iterator[str]:
    if task.hours not in problem.hours:
        yield f"task {task.id}: there is no hour map named {task.hours!r}"
    for preference in task.preferred:
        if preference.window not in problem.windows:
            yield f"task {task.id}: there is no window named {preference.window!r}"
    for precedence in task.after:
        if precedence.task_id not in ids:
            yield f"task {task.id} waits for task {precedence.task_id}, which is not there"
        if precedence.gap < timedelta(0) or precedence.gap % GRID:
            yield f"task {task.id}: a gap is a positive multiple of 5 minutes"


def _chunk_complaints(task: Task) -> Iterator[str]:
    if (task.min_chunk is None) != (task.max_chunk is None):
        yield f"task {task.id}: a split task has both a smallest and a largest chunk"
    if task.min_chunk is None or task.max_chunk is None:
        return
    if not SHORTEST <= task.min_chunk <= task.max_chunk:
        yield f"task {task.id}: the smallest chunk is at least 5 minutes and not above the largest"
    if task.min_chunk % GRID or task.max_chunk % GRID:
        yield f"task {task.id}: chunks are multiples of 5 minutes"
    pieces = -(-task.duration // task.max_chunk)
    if task.duration > task.max_chunk and pieces * task.min_chunk > task.duration:
        yield f"task {task.id}: it cannot be cut into chunks of {task.min_chunk}–{task.max_chunk}"

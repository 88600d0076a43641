"""What it costs to have a task somewhere: who moves, who is late, which rules it breaks.

All of it is read off two places of the same tasks, before and after; nothing is estimated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dayloom.planning.answer import read_plan
from dayloom.planning.cost import placement_cost
from dayloom.planning.difference import Change, Kind, difference
from dayloom.planning.instance import Instance, compile_problem
from dayloom.planning.interval import Interval, merge
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem, Task
from dayloom.planning.verify import Rule
from dayloom.planning.work import Pieces, Work

NOTHING = timedelta(0)
Intervals = tuple[Interval, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A task that ends `by` later than `due`, and ended only `before` later, or in time."""

    task_id: int
    due: datetime
    by: timedelta
    before: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A rule that the task breaks there, as a pinned one may, and what it is broken against."""

    rule: Rule
    task_id: int | None = None
    event_id: int | None = None
    at: datetime | None = None
    by: timedelta | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What happens if a task lies at `pieces`: to itself, and to the others that lie ahead.

    `late` names whose lateness grows, and the task itself if it is late at all; `dropped` are
    without a place then. `cost` is what the objective grows by, in weighted steps of delay.
    """

    task_id: int
    pieces: Intervals
    moves: tuple[Change, ...] = ()
    late: tuple[Late, ...] = ()
    dropped: tuple[int, ...] = ()
    breaks: tuple[Break, ...] = ()
    cost: int = 0

    @property
    def is_free(self) -> bool:
        """Nothing else changes, nothing is late, and every rule is kept."""
        return not (self.moves or self.late or self.dropped or self.breaks)


def price_of(problem: Problem, before: Plan, after: Plan, *, task_id: int) -> Price:
    """Return what `after` costs against `before`, which are plans of `problem`.

    Only what lay ahead is looked at: what was missed has to move in any case.
    """
    then, now = before.by_task(), after.by_task()
    tasks = {task.id: task for task in problem.tasks}
    ahead = {k for k, at in then.items() if k in tasks and at[0].start >= problem.now} | {task_id}
    others = [c for c in difference(before, after).changes if c.task_id in ahead - {task_id}]
    return Price(
        task_id=task_id,
        pieces=now.get(task_id, ()),
        moves=tuple(change for change in others if change.after),
        late=tuple(_late(tasks, ahead, (then, now), task_id)),
        dropped=tuple(change.task_id for change in others if change.kind is Kind.DROPPED),
        breaks=tuple(_breaks(problem, tasks[task_id], after)),
        cost=_cost(problem, ahead, (before, after), task_id),
    )


def _late(
    tasks: Mapping[int, Task],
    ahead: set[int],
    plans: tuple[Mapping[int, Intervals], Mapping[int, Intervals]],
    own: int,
) -> Iterator[Late]:
    then, now = plans
    for task_id in (task.id for task in tasks.values() if task.id in ahead):
        due = tasks[task_id].due
        if due is None or not now.get(task_id):
            continue
        by, was = (
            max(NOTHING, pieces[-1].end - due) if pieces else NOTHING
            for pieces in (now[task_id], then.get(task_id, ()))
        )
        if by > (NOTHING if task_id == own else was):
            yield Late(task_id=task_id, due=due, by=by, before=was)


def _breaks(problem: Problem, task: Task, plan: Plan) -> Iterator[Break]:
    """Yield the rules that the task breaks, as if it were not pinned."""
    places = plan.by_task()
    pieces = places.get(task.id, ())
    if not pieces:
        return
    hours = merge(problem.hours[task.hours])
    judged = [piece for piece in pieces if problem.horizon.covers(piece)]
    if not all(any(open_.covers(piece) for open_ in hours) for piece in judged):
        yield Break(rule=Rule.HOURS, name=task.hours)
    for event in problem.busy:
        if any(piece.overlaps(event.interval) for piece in pieces):
            yield Break(rule=Rule.EVENT, event_id=event.event_id)
    yield from _broken_dates(task, pieces)
    yield from _broken_order(problem, task, places)
    yield from _broken_caps(problem, task, plan)


def _broken_dates(task: Task, pieces: Intervals) -> Iterator[Break]:
    start, end = pieces[0].start, pieces[-1].end
    if task.release and start < task.release:
        yield Break(rule=Rule.RELEASE, at=task.release, by=task.release - start)
    if task.deadline and end > task.deadline:
        yield Break(rule=Rule.DEADLINE, at=task.deadline, by=end - task.deadline)


def _broken_order(
    problem: Problem, task: Task, places: Mapping[int, Intervals]
) -> Iterator[Break]:
    """Yield what it would begin before the end of, and what would begin before its end."""
    pieces = places[task.id]
    for link in task.after:
        first = places.get(link.task_id)
        if not first or first[-1].end + link.gap > pieces[0].start:
            yield Break(rule=Rule.PRECEDENCE, task_id=link.task_id)
    for other in problem.tasks:
        gaps = [link.gap for link in other.after if link.task_id == task.id]
        second = places.get(other.id)
        if gaps and second and second[0].start < pieces[-1].end + gaps[0]:
            yield Break(rule=Rule.PRECEDENCE, task_id=other.id)


def _broken_caps(problem: Problem, task: Task, plan: Plan) -> Iterator[Break]:
    """Yield the days that hold more than their limit, and part of the task."""
    hours = {one.id: one.hours for one in problem.tasks}
    own = plan.by_task()[task.id]
    for cap in problem.caps:
        if not cap.counts(task.hours):
            continue
        for day, limit in zip(problem.days, cap.limits, strict=True):
            if not any(piece.overlaps(day) for piece in own):
                continue
            counted = (s.interval for s in plan.slots if cap.counts(hours[s.task_id]))
            common = (interval.intersection(day) for interval in counted)
            load = sum((part.duration for part in common if part), NOTHING)
            if load > limit:
                yield Break(rule=Rule.CAP, at=day.start, by=load - limit)


def _cost(problem: Problem, ahead: set[int], plans: tuple[Plan, Plan], own: int) -> int:
    """Return by how much the objective grows, over what lay ahead; nobody is charged for moving
    what was meant to be moved."""
    unpinned = tuple(replace(task, pinned=()) for task in problem.tasks)
    seen = tuple(one for one in problem.previous if one.task_id != own)
    instance = compile_problem(replace(problem, tasks=unpinned, previous=seen))
    before, after = (read_plan(instance, plan) for plan in plans)
    return sum(
        _paid(instance, work, after[work.index]) - _paid(instance, work, before[work.index])
        for work in instance.works
        if work.id in ahead
    )


def _paid(instance: Instance, work: Work, pieces: Pieces) -> int:
    return placement_cost(instance, work, pieces) if pieces else work.drop_price

"""Where a model would put a task: a wish of the plan, as long as the rules allow that place."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from dayloom.planning.interval import Interval
from dayloom.planning.problem import Preference, Problem, Task
from dayloom.tasks import models
from dayloom.tasks.models import TaskStatus

WORTH = timedelta(hours=16)  # beyond the delay that lies in the proposal itself


def proposal_of(task: models.Task) -> Interval | None:
    """Return where a model would put the task; None for a pinned, begun or finished one."""
    start, end = task.proposed_start_time, task.proposed_end_time
    if start is None or end is None or task.pins or task.status is not TaskStatus.OPEN:
        return None
    return Interval(start, end)


def with_proposals(problem: Problem, tasks: Iterable[models.Task]) -> Problem:
    """Return the problem in which tasks like to lie where a model proposed it.

    A proposal that is over, too short, closed or taken by an event is no wish.
    """
    wanted = {task.id or 0: place for task in tasks if (place := proposal_of(task))}
    wishes = dict(_wishes(problem, wanted)) if wanted else {}
    if not wishes:
        return problem
    return replace(
        problem,
        tasks=tuple(
            _wishing(problem, work, wishes[work.id]) if work.id in wishes else work
            for work in problem.tasks
        ),
        windows={
            **problem.windows,
            **{_name(task_id): (place,) for task_id, place in wishes.items()},
        },
    )


def refused_proposals(
    problem: Problem, tasks: Iterable[models.Task]
) -> Iterator[tuple[int, Interval]]:
    """Yield the proposals in time to come that are no wish of the problem, by task."""
    works = {work.id: work for work in problem.tasks if not work.pinned}
    for task in tasks:
        place, work = proposal_of(task), works.get(task.id)
        if place is None or work is None or place.start < problem.now:
            continue
        if place.duration == work.duration and not any(p.proposed for p in work.preferred):
            yield task.id, place


def _wishes(problem: Problem, wanted: dict[int, Interval]) -> Iterator[tuple[int, Interval]]:
    for work in problem.tasks:
        place = wanted.get(work.id)
        if place and place.duration == work.duration and _is_allowed(problem, work, place):
            yield work.id, place


def _is_allowed(problem: Problem, work: Task, place: Interval) -> bool:
    """Tell whether hours, events and the task's own dates allow the place."""
    around, earliest = problem.event_buffer, max(problem.now, problem.horizon.start)
    return (
        not work.pinned
        and max(earliest, work.release or earliest) <= place.start
        and place.end <= min(problem.horizon.end, work.deadline or problem.horizon.end)
        and any(hours.covers(place) for hours in problem.hours[work.hours])
        and not any(
            Interval(busy.interval.start - around, busy.interval.end + around).overlaps(place)
            for busy in problem.busy
        )
    )


def _wishing(problem: Problem, work: Task, place: Interval) -> Task:
    ready = max(problem.now, work.release or problem.now)
    wish = Preference(window=_name(work.id), worth=WORTH + (place.start - ready), proposed=True)
    return replace(work, preferred=(*work.preferred, wish))


def _name(task_id: int) -> str:
    return f"proposed for task {task_id}"

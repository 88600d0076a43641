"""The rules of a plan in plain datetimes, one function a rule; part of the independent checker.

Each yields a sentence for whatever breaks its rule. Pinned pieces are facts of the person's
making: they may break rules, and are only checked to be where they were put.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from dayloom.planning.interval import Interval, merge
from dayloom.planning.leftover import doubts
from dayloom.planning.plan import Plan, Slot, Status
from dayloom.planning.problem import GRID, Cap, Problem, Task

NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A plan beside its problem, looked up by task. `chosen` are the slots without pins."""

    problem: Problem
    plan: Plan
    tasks: dict[int, Task]
    pieces: dict[int, list[Interval]]
    chosen: list[tuple[Slot, Task]]


def gather(problem: Problem, plan: Plan) -> Evidence:
    """Return what the rules look at."""
    tasks = {task.id: task for task in problem.tasks}
    pieces: dict[int, list[Interval]] = {}
    for slot in plan.slots:
        pieces.setdefault(slot.task_id, []).append(slot.interval)
    known = ((slot, tasks[slot.task_id]) for slot in plan.slots if slot.task_id in tasks)
    return Evidence(
        problem=problem,
        plan=plan,
        tasks=tasks,
        pieces={task_id: sorted(intervals) for task_id, intervals in pieces.items()},
        chosen=[(slot, task) for slot, task in known if not task.pinned],
    )


def each_task_once(evidence: Evidence) -> Iterator[str]:
    """Every task is placed or named as unplaced, and never both."""
    unplaced = Counter(item.task_id for item in evidence.plan.unplaced)
    for task_id in sorted({*evidence.pieces, *unplaced}):
        if task_id not in evidence.tasks:
            yield f"Task {task_id} is in the plan but not in the problem."
    for task_id in evidence.tasks:
        mentions = unplaced[task_id] + (task_id in evidence.pieces)
        if mentions != 1:
            yield f"Task {task_id} is placed or named as unplaced {mentions} times, not once."


def slots_in_order(evidence: Evidence) -> Iterator[str]:
    if list(evidence.plan.slots) != sorted(evidence.plan.slots):
        yield "The slots are not in order of time."


def pins_exact(evidence: Evidence) -> Iterator[str]:
    for task in evidence.problem.tasks:
        pieces = evidence.pieces.get(task.id, [])
        if task.pinned and pieces != sorted(task.pinned):
            yield f"Task {task.id} is pinned to {_list(task.pinned)} but lies at {_list(pieces)}."


def on_grid(evidence: Evidence) -> Iterator[str]:
    for slot, _ in evidence.chosen:
        if _off_grid(slot.start) or _off_grid(slot.end):
            yield f"{_say(slot)} is not on the grid of 5 minutes."


def within_horizon(evidence: Evidence) -> Iterator[str]:
    horizon, now = evidence.problem.horizon, evidence.problem.now
    for slot, _ in evidence.chosen:
        if not horizon.covers(slot.interval):
            yield f"{_say(slot)} lies outside the horizon {_span(horizon)}."
        if slot.start < now:
            yield f"{_say(slot)} starts before now, {_at(now)}."


def within_hours(evidence: Evidence) -> Iterator[str]:
    maps = {name: merge(hours) for name, hours in evidence.problem.hours.items()}
    starts = {name: [interval.start for interval in hours] for name, hours in maps.items()}
    for slot, task in evidence.chosen:
        k = bisect_right(starts[task.hours], slot.start) - 1
        if k < 0 or not maps[task.hours][k].covers(slot.interval):
            yield f"{_say(slot)} lies outside the hours “{task.hours}”."


def after_release(evidence: Evidence) -> Iterator[str]:
    for slot, task in evidence.chosen:
        if task.release and slot.start < task.release:
            yield f"{_say(slot)} starts before its release at {_at(task.release)}."


def before_deadline(evidence: Evidence) -> Iterator[str]:
    for slot, task in evidence.chosen:
        if task.deadline and slot.end > task.deadline:
            yield f"{_say(slot)} ends after its deadline at {_at(task.deadline)}."


def clear_of_events(evidence: Evidence) -> Iterator[str]:
    """Slots keep `event_buffer` before and after every event."""
    wide = evidence.problem.event_buffer
    busy = sorted(
        (Interval(event.interval.start - wide, event.interval.end + wide), event.event_id)
        for event in evidence.problem.busy
        if event.interval.duration or wide
    )
    starts = [interval.start for interval, _ in busy]
    latest = list(accumulate((interval.end for interval, _ in busy), max))
    for slot, _ in evidence.chosen:
        k = bisect_left(starts, slot.end) - 1
        while k >= 0 and latest[k] > slot.start:
            interval, event_id = busy[k]
            if interval.end > slot.start:
                yield f"{_say(slot)} is not clear of event {event_id} by {_minutes(wide)}."
            k -= 1


def clear_of_slots(evidence: Evidence) -> Iterator[str]:
    """Any two slots keep `buffer` between them, unless both are pinned."""
    buffer = evidence.problem.buffer
    pinned = {task.id for task in evidence.problem.tasks if task.pinned}
    slots = sorted(evidence.plan.slots)
    for k, slot in enumerate(slots):
        for other in slots[k + 1 :]:
            if other.start >= slot.end + buffer:
                break
            if not {slot.task_id, other.task_id} <= pinned:
                yield f"{_say(slot)} and {_say(other)} are less than {_minutes(buffer)} apart."


def whole_duration(evidence: Evidence) -> Iterator[str]:
    for task in evidence.problem.tasks:
        pieces = evidence.pieces.get(task.id, [])
        total = sum((piece.duration for piece in pieces), NOTHING)
        if pieces and not task.pinned and total != task.duration:
            yield f"Task {task.id} has {_minutes(total)} of its {_minutes(task.duration)}."


def allowed_chunks(evidence: Evidence) -> Iterator[str]:
    for task in evidence.problem.tasks:
        lengths = [piece.duration for piece in evidence.pieces.get(task.id, [])]
        if lengths and not task.pinned and not _well_cut(task, lengths):
            sizes = ", ".join(_minutes(length) for length in lengths)
            yield f"Task {task.id} may not be cut into {sizes}."


def precedence_kept(evidence: Evidence) -> Iterator[str]:
    """A task starts a gap after those it waits for; between two pinned ones nothing is due."""
    for task in evidence.problem.tasks:
        mine = evidence.pieces.get(task.id)
        for link in task.after:
            before, theirs = evidence.tasks[link.task_id], evidence.pieces.get(link.task_id)
            if not mine or (task.pinned and (before.pinned or not theirs)):
                continue
            if not theirs:
                yield f"Task {task.id} is placed, but task {before.id} before it is not."
            elif mine[0].start < theirs[-1].end + link.gap:
                yield (
                    f"Task {task.id} starts at {_at(mine[0].start)}, not {_minutes(link.gap)} "
                    f"after task {before.id}, which ends at {_at(theirs[-1].end)}."
                )


def caps_kept(evidence: Evidence) -> Iterator[str]:
    """No day has more than its limit; where pins alone exceed it, nothing is added to them."""
    for cap in evidence.problem.caps:
        for day, limit, pinned, chosen in _loads(evidence, cap):
            if chosen and pinned + chosen > limit:
                yield (
                    f"{_span(day)} has {_minutes(pinned + chosen)} of "
                    f"{cap.hours or 'all'} time, above {_minutes(limit)}."
                )


def reasons_plausible(evidence: Evidence) -> Iterator[str]:
    return doubts(evidence.problem, evidence.plan)


def certificate_honest(evidence: Evidence) -> Iterator[str]:
    total, bound = evidence.plan.objective.total, evidence.plan.bound
    if bound is not None and bound > total:
        yield f"The bound {bound} lies above the objective {total}."
    if evidence.plan.status is Status.OPTIMAL and bound != total:
        yield f"The plan is called optimal with objective {total} and bound {bound}."


def _well_cut(task: Task, lengths: Sequence[timedelta]) -> bool:
    if task.min_chunk is None or task.max_chunk is None:
        return len(lengths) == 1
    if len(lengths) == 1:
        return lengths[0] <= task.max_chunk
    return all(task.min_chunk <= length <= task.max_chunk for length in lengths)


def _loads(
    evidence: Evidence, cap: Cap
) -> Iterator[tuple[Interval, timedelta, timedelta, timedelta]]:
    """Yield each day with its limit, and its pinned and other planned time."""
    days = sorted(zip(evidence.problem.days, cap.limits, strict=True))
    loads = [[NOTHING, NOTHING] for _ in days]
    for task_id, pieces in evidence.pieces.items():
        task = evidence.tasks.get(task_id)
        if task is None or not cap.counts(task.hours):
            continue
        for piece in pieces:
            k = bisect_right(days, piece.start, key=lambda day: day[0].end)
            while k < len(days) and days[k][0].start < piece.end:
                common = days[k][0].intersection(piece)
                loads[k][0 if task.pinned else 1] += common.duration if common else NOTHING
                k += 1
    for (day, limit), (pinned, chosen) in zip(days, loads, strict=True):
        yield day, limit, pinned, chosen


def _off_grid(at: datetime) -> bool:
    return bool(at.microsecond or at.second or at.minute % (GRID // timedelta(minutes=1)))


def _say(slot: Slot) -> str:
    return f"Task {slot.task_id} from {_span(slot.interval)}"


def _span(interval: Interval) -> str:
    return f"{_at(interval.start)} to {_at(interval.end)}"


def _list(intervals: Iterable[Interval]) -> str:
    return ", ".join(_span(interval) for interval in sorted(intervals)) or "no time"


def _at(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _minutes(length: timedelta) -> str:
    return f"{length / timedelta(minutes=1):g} min"

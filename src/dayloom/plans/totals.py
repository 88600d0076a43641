"""What a change of the plan comes to: how much moves, and who is late before and after it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from dayloom.planning.difference import difference
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.planning.wording import say_length
from dayloom.plans.changeset import Change
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.portions import whole
from dayloom.tasks.models import Task

NOTHING, MINUTE = timedelta(0), timedelta(minutes=1)
Places = Mapping[int, Sequence[Interval]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Tasks that get another place, and the minutes of them that lie elsewhere.

    At risk is a task that ends after its due date or deadline, by minutes in all, or that was
    planned and has no place.
    """

    moved_tasks: int = 0
    moved_minutes: int = 0
    at_risk_before: int = 0
    at_risk_after: int = 0
    late_minutes_before: int = 0
    late_minutes_after: int = 0

    def to_json(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Totals":
        """Return what was stored; a proposal of a time before totals has none."""
        return cls(**stored)

    @property
    def sentence(self) -> str:
        """Return in words what there is to say: “1 task moves, 3 h in all. Late in all: …”"""
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.moved_tasks:
            many = f"{self.moved_tasks} task{'s move' if self.moved_tasks > 1 else ' moves'}"
            length = _said(self.moved_minutes)
            yield f"{many}, {length} in all." if self.moved_minutes else f"{many}."
        if self.at_risk_before or self.at_risk_after:
            yield f"At risk: {self.at_risk_before} before, {self.at_risk_after} after."
        if self.late_minutes_before or self.late_minutes_after:
            late = (_said(self.late_minutes_before), _said(self.late_minutes_after))
            yield f"Late in all: {late[0]} before, {late[1]} after."


def totals_of(inputs: PlanInputs, before: Plan, after: Plan, changes: Sequence[Change]) -> Totals:
    """Return what these changes, from `before` to `after`, come to."""
    old, new = whole(before), whole(after)
    changed = {change.task_id for change in changes}
    moved = [one for one in difference(old, new).moved if one.task_id in changed]
    then, now = _Risk(inputs, old.by_task()), _Risk(inputs, new.by_task())
    planned = {task.id for task in inputs.tasks if not task.needs_scheduling} | _out(old)
    return Totals(
        moved_tasks=len(moved),
        moved_minutes=sum((one.displaced for one in moved), NOTHING) // MINUTE,
        at_risk_before=then.count(without_place=planned),
        at_risk_after=now.count(without_place=_out(new)),
        late_minutes_before=then.minutes,
        late_minutes_after=now.minutes,
    )


def _out(plan: Plan) -> set[int]:
    return {one.task_id for one in plan.unplaced}


class _Risk:
    """Who ends late with these places."""

    def __init__(self, inputs: PlanInputs, places: Places) -> None:
        self._places = places
        late = ((task.id, late_by(task, places.get(task.id, ()))) for task in inputs.tasks)
        self._late = {task_id: by for task_id, by in late if by > NOTHING}

    @property
    def minutes(self) -> int:
        return sum(self._late.values(), NOTHING) // MINUTE

    def count(self, *, without_place: Collection[int]) -> int:
        return len(self._late.keys() | (set(without_place) - self._places.keys()))


def late_by(task: Task, pieces: Sequence[Interval]) -> timedelta:
    """Return by how much a task with these pieces ends after its first date."""
    until = min(filter(None, (task.due, task.deadline)), default=None)
    if until is None or not pieces:
        return NOTHING
    return max(NOTHING, pieces[-1].end - until)


def _said(minutes: int) -> str:
    return say_length(minutes * MINUTE) if minutes else "nothing"

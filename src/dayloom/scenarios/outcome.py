"""What planning a scenario through has come to, beside the plan of that moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from dayloom.planning.plan import Objective, Plan, Status
from dayloom.planning.problem import Problem
from dayloom.plans.arranging import to_arrangement
from dayloom.plans.changeset import Change
from dayloom.plans.content import Certificate, PlanContent, PlannedSlot
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.outcome import lying
from dayloom.plans.portions import whole
from dayloom.plans.totals import Totals, late_by, totals_of
from dayloom.tasks.models import Task

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A task that ends late by minutes, or has no place, on one of the two sides."""

    task_id: int
    late_before: int
    late_after: int
    lost_before: bool
    lost_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Two plans side by side: `before` holds, `after` would."""

    before: PlanContent
    after: PlanContent
    certificate: Certificate
    changes: tuple[Change, ...]
    totals: Totals
    risks: tuple[Risk, ...]

    @property
    def task_ids(self) -> set[int]:
        """Return the numbers of the tasks that it speaks of."""
        slots = (*self.before.slots, *self.after.slots)
        return (
            {slot.task_id for slot in slots}
            | {one.task_id for one in self.after.unplaced}
            | {change.task_id for change in self.changes}
            | {risk.task_id for risk in self.risks}
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "before": self.before.to_json(),
            "after": self.after.to_json(),
            "status": self.certificate.status.value,
            "objective": asdict(self.certificate.objective),
            "bound": self.certificate.bound,
            "changes": [change.to_json() for change in self.changes],
            "totals": self.totals.to_json(),
            "risks": [asdict(risk) for risk in self.risks],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Outcome":
        return cls(
            before=PlanContent.from_json(stored["before"]),
            after=PlanContent.from_json(stored["after"]),
            certificate=Certificate(
                status=Status(stored["status"]),
                objective=Objective(**stored["objective"]),
                bound=stored["bound"],
            ),
            changes=tuple(map(Change.from_json, stored["changes"])),
            totals=Totals.from_json(stored["totals"]),
            risks=tuple(Risk(**risk) for risk in stored["risks"]),
        )


def outcome_of(inputs: PlanInputs, imagined: PlanInputs, problem: Problem, plan: Plan) -> Outcome:
    """Return a verified plan of the imagined problem beside what lies now."""
    before = lying(inputs)
    made = to_arrangement(imagined, problem, plan, before=before)
    kept = {task.id for task in imagined.tasks}
    gone = [task for task in inputs.tasks if task.id not in kept]
    everyone = replace(imagined, tasks=[*imagined.tasks, *gone])
    return Outcome(
        before=_content_of(inputs, before),
        after=made.content,
        certificate=made.certificate,
        changes=made.changes,
        totals=totals_of(everyone, before, plan, made.changes),
        risks=tuple(_risks(everyone.tasks, before, whole(plan))),
    )


def _content_of(inputs: PlanInputs, plan: Plan) -> PlanContent:
    """Return what lies in time to come, and what is under way."""
    return PlanContent(
        slots=tuple(
            PlannedSlot(task_id=slot.task_id, start=slot.start, end=slot.end)
            for slot in plan.slots
            if slot.end > inputs.now
        )
    )


def _risks(tasks: Sequence[Task], before: Plan, after: Plan) -> Iterator[Risk]:
    old, new = before.by_task(), after.by_task()
    lost = {one.task_id for one in after.unplaced}
    for task in tasks:
        risk = Risk(
            task_id=task.id,
            late_before=late_by(task, old.get(task.id, ())) // MINUTE,
            late_after=late_by(task, new.get(task.id, ())) // MINUTE,
            lost_before=not task.needs_scheduling and task.id not in old,
            lost_after=task.id in lost,
        )
        if risk.late_before or risk.late_after or risk.lost_before or risk.lost_after:
            yield risk

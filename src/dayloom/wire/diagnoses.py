"""Why a task is late or has no place, and what would help, as it is shown."""

from typing import Any

from pydantic import Field

from dayloom.bootstrap import Services
from dayloom.planning.why_not.diagnosis import Finding
from dayloom.plans.changeset import Change
from dayloom.plans.diagnoses import Knowledge
from dayloom.plans.models import DiagnosisRow
from dayloom.wire.plans import ChangeShown, ExplanationShown, explain, show_changes
from dayloom.wire.scalars import Shown

UNKNOWN = {
    Knowledge.READY: "",
    Knowledge.WAITING: "It is being looked into.",
    Knowledge.NOTHING: "Nothing is known that stands in its way.",
}


class MemberShown(Shown):
    """One of the things that stand in its way together: a task, an event or a rule."""

    kind: str = Field(description="`task`, `event`, or the code of a rule.")
    id: int | None = Field(description="The number of the task or of the event.")
    text: str


class RepairShown(Shown):
    """What would help, what would come of it, and which tasks would lie elsewhere."""

    number: int
    sentence: str
    effect: str
    price: int = Field(description="How much worse the plan is for it, and what it asks.")
    changes: list[ChangeShown]


class DiagnosisShown(Shown):
    """Why a task is late or has no place in the plan that holds."""

    task_id: int
    title: str
    knowledge: Knowledge
    late: bool = Field(description="It has a place, but ends after it is due.")
    finding: Finding | None
    sentence: str
    members: list[MemberShown]
    minimal: bool = Field(description="Proven: without any one of them there would be a way.")
    missing_minutes: int | None = Field(
        description="The least by which the task would have to be shorter."
    )
    repairs: list[RepairShown] = Field(description="The cheapest first; each is solved already.")


class WhyShown(ExplanationShown):
    """Why a task lies where it lies; of one that is late or has no place, also why not better."""

    diagnosis: DiagnosisShown


def show_why(s: Services, task_id: int) -> WhyShown:
    """Return the facts behind a task's place, or the lack of one. Raises `NotFound`."""
    facts = explain(s, task_id).model_dump()
    return WhyShown(**facts, diagnosis=show_diagnosis(s, task_id))


def show_diagnosis(s: Services, task_id: int) -> DiagnosisShown:
    """Return what is known of a task. Raises `NotFound`."""
    task, row = s.tasks.require(task_id), s.diagnoses.of(task_id)
    knowledge = s.diagnoses.knowledge(row)
    return DiagnosisShown(
        task_id=task.id,
        title=task.title,
        knowledge=knowledge,
        late=row is not None and row.late,
        finding=Finding(row.finding) if row else None,
        sentence=row.sentence if row else UNKNOWN[knowledge],
        members=[MemberShown(**member) for member in row.members] if row else [],
        minimal=row is not None and row.minimal,
        missing_minutes=row.missing_minutes if row else None,
        repairs=_repairs(s, row) if row else [],
    )


def _repairs(s: Services, row: DiagnosisRow) -> list[RepairShown]:
    return [_repair(s, number, stored) for number, stored in enumerate(row.repairs, start=1)]


def _repair(s: Services, number: int, stored: dict[str, Any]) -> RepairShown:
    return RepairShown(
        number=number,
        sentence=stored["sentence"],
        effect=stored["effect"],
        price=stored["price"],
        changes=show_changes(s, map(Change.from_json, stored["changes"])),
    )

"""A plan as it is stored and shown: slots and unplaced tasks with their sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from dayloom.planning.account import Kind, Part, Term
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Objective, Plan, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSlot:
    """One piece of a task, with the facts that put it there as sentences."""

    task_id: int
    start: datetime
    end: datetime
    pinned: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def interval(self) -> Interval:
        return Interval(self.start, self.end)

    def to_json(self) -> dict[str, object]:
        return {
            "task_id": self.task_id,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "pinned": self.pinned,
            "reasons": list(self.reasons),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "PlannedSlot":
        return cls(
            task_id=stored["task_id"],
            start=datetime.fromisoformat(stored["start"]),
            end=datetime.fromisoformat(stored["end"]),
            pinned=stored["pinned"],
            reasons=tuple(stored["reasons"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplacedTask:
    """A task without a place, and the sentence that says why and what would help."""

    task_id: int
    obstacle: str
    missing_minutes: int | None
    reason: str

    def to_json(self) -> dict[str, object]:
        return {
            "task_id": self.task_id,
            "obstacle": self.obstacle,
            "missing_minutes": self.missing_minutes,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """How good a plan is known to be, and what it costs by terms."""

    status: Status
    objective: Objective
    bound: int | None
    terms: tuple[Term, ...] = ()

    @property
    def gap(self) -> float | None:
        return Plan(status=self.status, objective=self.objective, bound=self.bound).gap

    def to_json(self) -> dict[str, object]:
        return {
            "status": self.status.value,
            "objective": asdict(self.objective),
            "bound": self.bound,
            "terms": terms_to_json(self.terms),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Certificate":
        return cls(
            status=Status(stored["status"]),
            objective=Objective(**stored["objective"]),
            bound=stored["bound"],
            terms=terms_from_json(stored["terms"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContent:
    """What one plan says."""

    slots: tuple[PlannedSlot, ...] = ()
    unplaced: tuple[UnplacedTask, ...] = ()

    def by_task(self) -> dict[int, tuple[Interval, ...]]:
        found: dict[int, list[Interval]] = {}
        for slot in self.slots:
            found.setdefault(slot.task_id, []).append(slot.interval)
        return {task_id: tuple(sorted(intervals)) for task_id, intervals in found.items()}

    def to_json(self) -> dict[str, object]:
        return {
            "slots": [slot.to_json() for slot in self.slots],
            "unplaced": [task.to_json() for task in self.unplaced],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "PlanContent":
        return cls(
            slots=tuple(map(PlannedSlot.from_json, stored["slots"])),
            unplaced=tuple(UnplacedTask(**task) for task in stored["unplaced"]),
        )


def certificate_of(row: Any) -> Certificate:
    """Return the certificate of a stored plan or proposal."""
    return Certificate(
        status=Status(row.status),
        objective=Objective(**row.objective),
        bound=row.bound,
        terms=terms_from_json(row.account),
    )


def terms_to_json(terms: Sequence[Term]) -> list[dict[str, object]]:
    return [
        {
            "kind": term.kind.value,
            "parts": [[p.task_id, p.count, int(p.by.total_seconds())] for p in term.parts],
        }
        for term in terms
    ]


def terms_from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[Term, ...]:
    return tuple(
        Term(
            kind=Kind(term["kind"]),
            parts=tuple(
                Part(task_id=task_id, count=count, by=timedelta(seconds=seconds))
                for task_id, count, seconds in term["parts"]
            ),
        )
        for term in stored
    )

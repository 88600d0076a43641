"""Writing a plan: one version, its slots, and what each task then shows, in one transaction."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.plans.content import Certificate, PlanContent, PlannedSlot
from dayloom.plans.models import Cause, PlanVersion, SlotRow
from dayloom.plans.repository import PlanRepository
from dayloom.tasks.models import Task
from dayloom.tasks.repository import TaskRepository


class PlanStore:
    """Makes a content the current plan of an account."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._plans = PlanRepository(session, account_id)
        self._tasks = TaskRepository(session, account_id)
        self._changes = Changes(session, account_id, now)
        self._now = now

    def store(
        self,
        content: PlanContent,
        certificate: Certificate,
        *,
        cause: Cause,
        moves: int,
        problem: bytes | None,
    ) -> int:
        """Store the next version and return its number. The caller has verified the plan."""
        version = self._plans.version() + 1
        self._plans.add(
            PlanVersion(
                account_id=self._plans.account_id,
                version=version,
                cause=cause,
                moves=moves,
                status=certificate.status.value,
                objective=asdict(certificate.objective),
                bound=certificate.bound,
                content=content.to_json(),
                problem=problem,
                created_at=self._now,
            )
        )
        self._plans.forget_old()
        self._write_slots(content)
        self._write_tasks(content)
        self._changes.announce(Topic.PLAN)
        return version

    def _write_slots(self, content: PlanContent) -> None:
        seen = {_key(slot): slot.seen_at for slot in self._plans.slots()}
        self._plans.replace_slots(
            {
                "task_id": slot.task_id,
                "start": slot.start,
                "end": slot.end,
                "pinned": slot.pinned,
                "provisional": False,
                "reasons": list(slot.reasons),
                "seen_at": seen.get(_key(slot)),
            }
            for slot in content.slots
        )
        self._plans.replace_unplaced(asdict(task) for task in content.unplaced)

    def _write_tasks(self, content: PlanContent) -> None:
        pieces = content.by_task()
        reasons = {slot.task_id: slot.reasons for slot in reversed(content.slots)}
        unplaced = {task.task_id: task.reason for task in content.unplaced}
        for task in self._tasks.unfinished():
            intervals = pieces.get(task.id, ())
            said = " ".join(reasons.get(task.id, ())) or unplaced.get(task.id, "")
            _write(task, _shown(intervals, said))
        self._tasks.flush()


def _shown(intervals: tuple[Any, ...], reasoning: str) -> Mapping[str, object]:
    return {
        "needs_scheduling": False,
        "scheduled_start_time": intervals[0].start if intervals else None,
        "scheduled_end_time": intervals[-1].end if intervals else None,
        "reasoning": reasoning,
    }


def _write(task: Task, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if getattr(task, name) != value:
            setattr(task, name, value)


def _key(slot: SlotRow | PlannedSlot) -> tuple[int, datetime, datetime]:
    return slot.task_id, slot.start, slot.end

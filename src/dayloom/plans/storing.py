"""Writing a plan: one version, its slots, and what each task then shows, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.planning.interval import Interval
from dayloom.plans.arranging import Arrangement
from dayloom.plans.begun import note_begun
from dayloom.plans.content import PlanContent, terms_to_json
from dayloom.plans.models import Cause, PlanVersion
from dayloom.plans.repository import PlanRepository
from dayloom.plans.slots import SlotRepository
from dayloom.tasks.repository import Placing, TaskRepository


class PlanStore:
    """Makes a content the current plan of an account."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session = session
        self._plans = PlanRepository(session, account_id)
        self._slots = SlotRepository(session, account_id)
        self._tasks = TaskRepository(session, account_id)
        self._changes = Changes(session, account_id, now)
        self._now = now

    def store(
        self,
        arrangement: Arrangement,
        *,
        cause: Cause,
        moves: int,
    ) -> int:
        """Store the next version and return its number. The caller has verified the plan."""
        version = self._plans.version() + 1
        content, certificate = arrangement.content, arrangement.certificate
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
                problem=arrangement.problem,
                answer=arrangement.answer,
                made=arrangement.made,
                account=terms_to_json(certificate.terms),
                created_at=self._now,
            )
        )
        self._plans.forget_old()
        note_begun(self._session, self._plans.account_id, now=self._now)
        self._write_slots(content)
        self._write_tasks(content)
        self._changes.announce(Topic.PLAN)
        self._changes.diagnose()
        return version

    def _write_slots(self, content: PlanContent) -> None:
        seen = self._slots.seen()
        self._slots.replace(
            {
                "task_id": slot.task_id,
                "start": slot.start,
                "end": slot.end,
                "pinned": slot.pinned,
                "provisional": False,
                "reasons": list(slot.reasons),
                "seen_at": seen.get((slot.task_id, slot.start, slot.end)),
            }
            for slot in content.slots
        )
        self._plans.replace_unplaced(task.to_json() for task in content.unplaced)

    def _write_tasks(self, content: PlanContent) -> None:
        pieces = content.by_task()
        reasons = {slot.task_id: slot.reasons for slot in reversed(content.slots)}
        unplaced = {task.task_id: task.reason for task in content.unplaced}
        said = {
            task: " ".join(reasons.get(task, ())) or unplaced.get(task, "")
            for task in reasons.keys() | unplaced.keys()
        }
        shown = ((row, _shown(row, pieces, said)) for row in self._tasks.placings())
        self._tasks.place([values for row, values in shown if not _is(row, values)])


def _shown(
    row: Placing, pieces: Mapping[int, Sequence[Interval]], said: Mapping[int, str]
) -> dict[str, object]:
    """Return what a task shows of the plan. Where a started task began is left alone."""
    intervals = pieces.get(row.id, ())
    start = intervals[0].start if intervals else None
    if row.running_since is not None:
        start = min(row.running_since, row.scheduled_start_time or row.running_since)
    return {
        "id": row.id,
        "needs_scheduling": False,
        "scheduled_start_time": start,
        "scheduled_end_time": intervals[-1].end if intervals else None,
        "reasoning": said.get(row.id, ""),
    }


def _is(row: Placing, values: Mapping[str, object]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())

"""Where single tasks lie in the current plan, or why they do not."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from dayloom.plans.models import PlanVersion, SlotRow, UnplacedRow
from dayloom.plans.repository import PlanRepository
from dayloom.plans.slots import SlotRepository


class PlanLookup:
    """Reads the current plan by task, inside the caller's transaction."""

    def __init__(self, session: Session, account_id: int) -> None:
        self._plans = PlanRepository(session, account_id)
        self._slots = SlotRepository(session, account_id)

    def current(self) -> PlanVersion | None:
        """Return the plan that holds now; None before the first."""
        return self._plans.current()

    def slots_of(self, task_ids: Collection[int]) -> Mapping[int, Sequence[SlotRow]]:
        """Return the slots of these tasks in order of time; a task without one is absent."""
        found: dict[int, list[SlotRow]] = {}
        for slot in self._slots.of(task_ids):
            found.setdefault(slot.task_id, []).append(slot)
        return found

    def unplaced_of(self, task_id: int) -> UnplacedRow | None:
        """Return why the task has no place; None if it has one or was not planned yet."""
        return next((row for row in self._plans.unplaced() if row.task_id == task_id), None)

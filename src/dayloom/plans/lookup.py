"""Where single tasks lie in the current plan, or why they do not."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from dayloom.infra.errors import NotFound
from dayloom.plans.certifying import Kept, kept_of
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

    def kept(self, version: int | None = None) -> Kept:
        """Return what is kept of a plan, the current one if none is named. Raises `NotFound`."""
        row = self._plans.current() if version is None else self._plans.numbered(version)
        if row is None:
            which = "There is no plan yet." if version is None else f"Plan {version} is not kept."
            raise NotFound(which)
        return kept_of(row, version=row.version)

    def kept_proposal(self, proposal_id: int) -> Kept:
        """Return the same of a proposal. Raises `NotFound`."""
        row = self._plans.proposal(proposal_id)
        if row is None:
            raise NotFound(f"There is no proposal {proposal_id}.")
        if row.applied_version is not None:
            return self.kept(row.applied_version)
        return kept_of(row, version=None)

    def slots_of(self, task_ids: Collection[int]) -> Mapping[int, Sequence[SlotRow]]:
        """Return the slots of these tasks in order of time; a task without one is absent."""
        found: dict[int, list[SlotRow]] = {}
        for slot in self._slots.of(task_ids):
            found.setdefault(slot.task_id, []).append(slot)
        return found

    def unplaced_of(self, task_id: int) -> UnplacedRow | None:
        """Return why the task has no place; None if it has one or was not planned yet."""
        return next((row for row in self._plans.unplaced() if row.task_id == task_id), None)

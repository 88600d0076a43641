"""Diagnoses of one account: what is known of the tasks that are late or have no place."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from dayloom.accounts.changes import DIAGNOSIS, REPLAN
from dayloom.infra import work
from dayloom.plans.models import DiagnosisRow
from dayloom.plans.repository import PlanRepository


class Knowledge(StrEnum):
    """Whether it is known why a task is late or has no place."""

    READY = "ready"
    WAITING = "waiting"  # the worker has not planned what has changed, or not looked into it yet
    NOTHING = "nothing"  # there is nothing to find out, or it was too much


class DiagnosisRepository:
    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self._account_id = account_id

    def of(self, task_id: int) -> DiagnosisRow | None:
        """Return what is known of a task as things are now."""
        return self._session.scalar(self._current().where(DiagnosisRow.task_id == task_id))

    def all(self) -> Sequence[DiagnosisRow]:
        return self._session.scalars(self._current().order_by(DiagnosisRow.task_id)).all()

    def knowledge(self, row: DiagnosisRow | None) -> Knowledge:
        """Tell how far the worker is with a task of which `row` is known."""
        if row is not None:
            return Knowledge.READY
        waits = any(map(self._waits, (REPLAN, DIAGNOSIS)))
        return Knowledge.WAITING if waits else Knowledge.NOTHING

    def clear(self) -> None:
        """Forget all of them."""
        mine = DiagnosisRow.account_id == self._account_id
        self._session.execute(delete(DiagnosisRow).where(mine))

    def put(self, row: DiagnosisRow) -> None:
        self._session.merge(row)
        self._session.flush()

    def _waits(self, kind: str) -> bool:
        progress = work.progress(self._session, kind, str(self._account_id))
        return progress is not None and progress.want > progress.done and not progress.parked

    def _current(self) -> Select[DiagnosisRow]:
        """Choose what knows of the plan that holds and of everything that has changed."""
        return select(DiagnosisRow).where(
            DiagnosisRow.account_id == self._account_id,
            DiagnosisRow.version == PlanRepository(self._session, self._account_id).version(),
            DiagnosisRow.revision == work.wanted(self._session, REPLAN, str(self._account_id)),
        )

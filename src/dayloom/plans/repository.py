"""Plans and proposals of one account."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select
from sqlalchemy.orm import Session, defer

from dayloom.plans.models import (
    Cause,
    PlanVersion,
    Proposal,
    ProposalState,
    UnplacedRow,
)
from dayloom.tasks.models import Task

KEPT_VERSIONS = 50
KEPT_PROPOSALS = 100
SETTLED = 5  # as many of the latest undos and repairs hold against the planner


class PlanRepository:
    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self.account_id = account_id

    def version(self) -> int:
        """Return the number of the current plan, 0 before the first."""
        query = select(func.max(PlanVersion.version)).where(
            PlanVersion.account_id == self.account_id
        )
        return self._session.scalar(query) or 0

    def revision(self) -> int:
        """Return up to which change the current plan knows everything, 0 before the first."""
        query = select(func.max(Proposal.revision)).where(
            Proposal.account_id == self.account_id, Proposal.applied_version == self.version()
        )
        return self._session.scalar(query) or 0

    def current(self) -> PlanVersion | None:
        query = select(PlanVersion).where(PlanVersion.account_id == self.account_id)
        return self._session.scalar(query.order_by(PlanVersion.version.desc()).limit(1))

    def numbered(self, version: int) -> PlanVersion | None:
        query = select(PlanVersion).where(
            PlanVersion.account_id == self.account_id, PlanVersion.version == version
        )
        return self._session.scalar(query)

    def versions(self) -> Sequence[PlanVersion]:
        """Return the plans that are kept, newest first."""
        query = select(PlanVersion).where(PlanVersion.account_id == self.account_id)
        newest = query.order_by(PlanVersion.version.desc())
        return self._session.scalars(newest.options(defer(PlanVersion.problem))).all()

    def applied(self) -> Sequence[Proposal]:
        """Return the records of the plans that were applied."""
        query = select(Proposal).where(
            Proposal.account_id == self.account_id, Proposal.applied_version.is_not(None)
        )
        return self._session.scalars(query).all()

    def last_undoable(self) -> PlanVersion | None:
        """Return the newest plan that moved something, was not undone, and is no undo itself."""
        query = select(PlanVersion).where(
            PlanVersion.account_id == self.account_id,
            PlanVersion.moves > 0,
            PlanVersion.cause != Cause.UNDO,
            PlanVersion.undone_at.is_(None),
        )
        return self._session.scalar(query.order_by(PlanVersion.version.desc()).limit(1))

    def unplaced(self) -> Sequence[UnplacedRow]:
        query = select(UnplacedRow).where(UnplacedRow.account_id == self.account_id)
        return self._session.scalars(query.order_by(UnplacedRow.task_id)).all()

    def replace_unplaced(self, rows: Iterable[dict[str, Any]]) -> None:
        self._session.execute(delete(UnplacedRow).where(UnplacedRow.account_id == self.account_id))
        values = [{"account_id": self.account_id, **row} for row in rows]
        if values:
            self._session.execute(insert(UnplacedRow), values)

    def add(self, row: PlanVersion | Proposal) -> None:
        self._session.add(row)
        self._session.flush()

    def forget_old(self) -> None:
        """Keep the latest plans and proposals; what is older can no longer be undone."""
        for row, kept in ((PlanVersion, KEPT_VERSIONS), (Proposal, KEPT_PROPOSALS)):
            own = row.account_id == self.account_id
            oldest = select(row.id).where(own).order_by(row.id.desc()).offset(kept).limit(1)
            if (last := self._session.scalar(oldest)) is not None:
                self._session.execute(delete(row).where(own, row.id <= last))

    def proposal(self, proposal_id: int) -> Proposal | None:
        query = select(Proposal).where(
            Proposal.account_id == self.account_id, Proposal.id == proposal_id
        )
        return self._session.scalar(query)

    def proposal_of(self, version: int) -> Proposal | None:
        query = select(Proposal).where(
            Proposal.account_id == self.account_id, Proposal.applied_version == version
        )
        return self._session.scalar(query)

    def knows(self, version: int, *, revision: int) -> bool:
        """Tell whether that plan was made from everything that had changed by `revision`."""
        query = select(Proposal.id).where(
            Proposal.account_id == self.account_id,
            Proposal.applied_version == version,
            Proposal.revision == revision,
        )
        return self._session.scalar(query.limit(1)) is not None

    def changes_settled(self) -> Sequence[tuple[Cause, list[dict[str, object]]]]:
        """Return what the latest undos and repairs changed."""
        query = select(Proposal.cause, Proposal.changes).where(
            Proposal.account_id == self.account_id,
            Proposal.cause.in_((Cause.UNDO, Cause.REPAIR)),
        )
        newest = self._session.execute(query.order_by(Proposal.id.desc()).limit(SETTLED))
        return [(row[0], row[1]) for row in newest]

    def versions_undone(self) -> set[int]:
        query = select(PlanVersion.version).where(
            PlanVersion.account_id == self.account_id, PlanVersion.undone_at.is_not(None)
        )
        return set(self._session.scalars(query))

    def content_of(self, proposal_id: int) -> dict[str, object]:
        query = select(Proposal.content).where(
            Proposal.account_id == self.account_id, Proposal.id == proposal_id
        )
        return self._session.scalars(query).one()

    def missed_since(self, moment: datetime, now: datetime) -> bool:
        """Tell whether a deadline of a task without a place has passed since `moment`."""
        query = select(Task.id).join(UnplacedRow, UnplacedRow.task_id == Task.id)
        passed = and_(Task.deadline > moment, Task.deadline <= now)
        mine = query.where(UnplacedRow.account_id == self.account_id, passed)
        return self._session.scalar(mine.limit(1)) is not None

    def pending(self) -> Proposal | None:
        query = select(Proposal).where(
            Proposal.account_id == self.account_id, Proposal.state == ProposalState.PENDING
        )
        return self._session.scalar(query)

    def proposals(self, *, limit: int) -> Sequence[Proposal]:
        """Return the latest proposals, newest first."""
        query = select(Proposal).where(Proposal.account_id == self.account_id)
        return self._session.scalars(
            query.order_by(Proposal.created_at.desc(), Proposal.id.desc()).limit(limit)
        ).all()

    def flush(self) -> None:
        self._session.flush()

"""The one way in which a plan becomes the current one: fenced, recorded, announced."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from dayloom.accounts.changes import REPLAN, Changes, Topic
from dayloom.infra import work
from dayloom.journal.recording import take_note
from dayloom.plans.arranging import Arrangement
from dayloom.plans.churn import count_churn
from dayloom.plans.content import terms_to_json
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.memo import Memo
from dayloom.plans.models import Cause, Proposal, ProposalState
from dayloom.plans.repository import PlanRepository
from dayloom.plans.slots import SlotRepository
from dayloom.plans.storing import PlanStore


class PlanWriter:
    """Applies or proposes an arrangement inside the caller's transaction."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session = session
        self._account_id = account_id
        self._plans = PlanRepository(session, account_id)
        self._slots = SlotRepository(session, account_id)
        self._changes = Changes(session, account_id, now)
        self._store = PlanStore(session, account_id, now=now)
        self._now = now

    def is_current(self, inputs: PlanInputs) -> bool:
        """Tell whether nothing that a plan depends on has changed since it was read.

        A look is no change, but what was seen meanwhile may no longer be moved without a word.
        """
        wanted = work.wanted(self._session, REPLAN, str(self._account_id))
        seen = sum(slot.seen_at is not None for slot in inputs.slots)
        return (
            wanted == inputs.revision
            and self._plans.version() == inputs.version
            and self._slots.count_seen() == seen
        )

    def apply(
        self,
        arrangement: Arrangement,
        *,
        cause: Cause,
        by_mode: bool = False,
        seen: Collection[int] = (),
        memo: Memo | None = None,
    ) -> Proposal:
        """Make it the current plan; what was pending is superseded. Returns the record."""
        self._supersede()
        version = self._store.store(
            arrangement, cause=cause, moves=_moves(arrangement) or int(bool(memo))
        )
        if seen:
            self._slots.mark_tasks_seen(seen, now=self._now)
        proposal = self._record(arrangement, cause, ProposalState.ACCEPTED)
        proposal.by_mode = by_mode
        proposal.applied_version = version
        proposal.decided_at = self._now
        proposal.memo = dict(memo or {})
        self._plans.flush()
        count_churn(self._session, arrangement, unasked=by_mode, now=self._now)
        take_note(
            self._session,
            plan_version=version,
            plan_cause=cause.value,
            plan_changed=len(arrangement.changes),
        )
        return proposal

    def propose(self, arrangement: Arrangement, *, cause: Cause) -> Proposal:
        """Leave it to the person; an older question is superseded."""
        self._supersede()
        proposal = self._record(arrangement, cause, ProposalState.PENDING)
        proposal.base_version = self._plans.version()
        self._plans.flush()
        self._changes.announce(Topic.PLAN)
        return proposal

    def _supersede(self) -> None:
        if pending := self._plans.pending():
            pending.state = ProposalState.SUPERSEDED
            pending.decided_at = self._now
            self._plans.flush()

    def _record(self, arrangement: Arrangement, cause: Cause, state: ProposalState) -> Proposal:
        pending = state is ProposalState.PENDING
        proposal = Proposal(
            account_id=self._account_id,
            cause=cause,
            state=state,
            base_version=arrangement.inputs.version,
            revision=arrangement.revision,
            changes=[change.to_json() for change in arrangement.changes],
            totals=arrangement.totals.to_json(),
            status=arrangement.certificate.status.value,
            objective=asdict(arrangement.certificate.objective),
            bound=arrangement.certificate.bound,
            content=arrangement.content.to_json() if pending else {},
            problem=arrangement.problem if pending else None,
            answer=arrangement.answer if pending else None,
            made=arrangement.made,
            account=terms_to_json(arrangement.certificate.terms),
            memo={},
            created_at=self._now,
        )
        self._plans.add(proposal)
        return proposal


def _moves(arrangement: Arrangement) -> int:
    """Return how many tasks lay in time to come and lie elsewhere now."""
    now = arrangement.inputs.now
    return sum(bool(c.before) and c.before[0].start >= now for c in arrangement.changes)

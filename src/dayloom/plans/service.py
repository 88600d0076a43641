"""Seeing, questioning and changing the plan: what interfaces call."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.calendars.repository import BusyEvent, CalendarRepository
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.errors import Conflict, NotFound
from dayloom.journal.models import Origin
from dayloom.journal.recording import recorded, take_note
from dayloom.journal.repository import JournalRepository
from dayloom.plans.applying import PlanWriter
from dayloom.plans.arranging import Arrangement, arrange, arrange_again, rearrange
from dayloom.plans.changeset import Change
from dayloom.plans.choice import Choice
from dayloom.plans.content import PlanContent, certificate_of
from dayloom.plans.facts import Wishes, still_open, still_wanted
from dayloom.plans.fitting import still_fitting
from dayloom.plans.history import Past, past_plans
from dayloom.plans.inputs import PlanInputs, load_inputs
from dayloom.plans.memo import Memo, present_pins, restore_pins
from dayloom.plans.models import (
    Cause,
    PlanVersion,
    Proposal,
    ProposalState,
    SlotRow,
    UnplacedRow,
)
from dayloom.plans.overdue import overdue_in
from dayloom.plans.repository import PlanRepository
from dayloom.plans.restoring import memo_back, removed_by, restore_altered, restore_read
from dayloom.plans.slots import SlotRepository
from dayloom.tasks.repository import TaskRepository

TRIES, NEWS = 5, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """The plan between two moments, with everything that explains it.

    `latest` is the last one applied that changed anything.
    """

    version: PlanVersion | None
    slots: Sequence[SlotRow]
    unplaced: Sequence[UnplacedRow]
    busy: Sequence[BusyEvent]
    pending: Proposal | None
    latest: Proposal | None


class PlanService:
    """Reads, computes without a transaction, then writes if nothing changed meanwhile."""

    def __init__(self, db: Database, account_id: int, clock: Clock, *, origin: Origin) -> None:
        self._db = db
        self._account_id = account_id
        self._clock = clock
        self._origin = origin

    async def view(self, start: datetime, end: datetime) -> PlanView:
        """Return the plan in `[start, end)`; the not placed and the pending proposal always."""
        return await self._db.read(lambda session: self._view(session, start, end))

    async def mark_seen(self, start: datetime, end: datetime) -> None:
        """Note that the person has seen `[start, end)`: moving that has a price from now on."""
        now = self._clock.now()

        def unit(session: Session) -> None:
            SlotRepository(session, self._account_id).mark_seen(start, end, now=now)

        await self._db.write(unit)

    async def proposal(self, proposal_id: int) -> Proposal:
        """Return one proposal. Raises `NotFound`."""
        return await self._db.read(lambda session: self._require(session, proposal_id))

    async def proposals(self, *, limit: int = 20) -> Sequence[Proposal]:
        return await self._db.read(
            lambda session: PlanRepository(session, self._account_id).proposals(limit=limit)
        )

    async def accept(
        self, proposal_id: int, *, changes: Collection[int] | None = None
    ) -> Proposal:
        """Apply a proposal, or only some of its changes, around which the rest is arranged.

        Where that moves more than was shown, nothing is applied: what it comes to is proposed
        instead, and the returned proposal is pending. Raises `NotFound`, or `Conflict` when it is
        decided already or does not hold any more.
        """
        proposal = await self.proposal(proposal_id)
        _refuse_decided(proposal)
        choice = Choice.of(proposal, changes)
        wishes = choice.wishes
        whole = await self._db.read(partial(self._content, proposal)) if changes is None else None

        def make(inputs: PlanInputs) -> Arrangement:
            again = whole and rearrange(inputs, whole, certificate_of(proposal))
            return again or arrange_again(inputs, still_wanted(wishes, inputs))

        def decide(session: Session, writer: PlanWriter, arrangement: Arrangement) -> Proposal:
            decided = self._require(session, proposal_id)
            _refuse_decided(decided)
            if not choice.covers(arrangement.changes):
                return writer.propose(arrangement, cause=proposal.cause)
            decided.state = ProposalState.ACCEPTED
            decided.decided_at = self._clock.now()
            decided.memo = dict(choice.memo)
            session.flush()
            return writer.apply(arrangement, cause=proposal.cause, seen=wishes.keys())

        return await self.fenced(make, decide)

    async def reject(self, proposal_id: int) -> Proposal:
        """Keep everything where it is. Raises `NotFound` or `Conflict`."""
        now = self._clock.now()

        def unit(session: Session) -> Proposal:
            proposal = self._require(session, proposal_id)
            _refuse_decided(proposal)
            proposal.state = ProposalState.REJECTED
            proposal.decided_at = now
            Changes(session, self._account_id, now).announce(Topic.PLAN)
            return proposal

        return await self._db.write(unit)

    async def undo(self, number: int | None = None) -> Proposal:
        """Put back what a plan moved, the last that moved something unless one is named.

        Raises `NotFound`, or `Conflict` when there is nothing left to undo.
        """
        undone = await self._db.read(partial(self._moving, number))
        if undone is None:
            raise Conflict("There is no move to undo.")
        version, proposal = undone
        now = self._clock.now()
        changes = [Change.from_json(stored) for stored in proposal.changes]
        wishes = {change.task_id: change.before for change in changes if change.before}
        put = {change.task_id for change in changes if not change.before and proposal.memo}
        removed = await self._db.read(partial(removed_by, proposal, self._account_id))

        def put_back(session: Session, writer: PlanWriter, arrangement: Arrangement) -> Proposal:
            row = session.get_one(PlanVersion, version.id)
            if row.undone_at is not None:
                raise Conflict("This move is undone already.")
            row.undone_at = now
            take_note(
                session, undoes=JournalRepository(session, self._account_id).of_plan(row.version)
            )
            find = TaskRepository(session, self._account_id).get
            memo = {**present_pins(find, proposal.memo), **memo_back(proposal.memo)}
            restore_pins(find, proposal.memo)
            restore_altered(session, self._account_id, proposal.memo, now=now)
            return writer.apply(arrangement, cause=Cause.UNDO, seen=wishes.keys(), memo=memo)

        def make(inputs: PlanInputs) -> Arrangement:
            restore_pins({task.id: task for task in inputs.tasks}.get, proposal.memo)
            restored = restore_read(inputs, proposal.memo, removed)
            still = still_open if proposal.memo else still_wanted  # pins alone may go back
            return arrange_again(restored, still(wishes, restored), without=put)

        return await self.fenced(make, put_back)

    async def catch_up(self) -> Proposal:
        """Give everything overdue a place anew, at once; the rest stays.

        Raises `Conflict` when nothing is overdue.
        """

        def make(inputs: PlanInputs) -> Arrangement:
            if not (overdue := overdue_in(inputs)):
                raise Conflict("Nothing is overdue.")
            return arrange_again(inputs, {}, without=overdue)

        def take(_: Session, writer: PlanWriter, arrangement: Arrangement) -> Proposal:
            return writer.apply(arrangement, cause=Cause.CAUGHT_UP)

        return await self.fenced(make, take)

    async def history(self) -> Sequence[Past]:
        """Return the plans that are kept, newest first."""
        return await self._db.read(
            lambda session: past_plans(PlanRepository(session, self._account_id))
        )

    async def restore(self, version: int) -> Proposal:
        """Propose that a past plan holds again, as far as it still can; the rest stays.

        Raises `NotFound`, or `Conflict` when nothing of it could change the present one.
        """
        then = await self._db.read(partial(self._places_in, version))

        def make(inputs: PlanInputs) -> Arrangement:
            return arrange_again(inputs, still_fitting(inputs, still_wanted(then, inputs)))

        def ask(_: Session, writer: PlanWriter, arrangement: Arrangement) -> Proposal:
            if not arrangement.changes:
                raise Conflict("Everything that can lie as it did then lies there already.")
            return writer.propose(arrangement, cause=Cause.RESTORED)

        return await self.fenced(make, ask)

    async def arrange(
        self,
        wishes: Callable[[PlanInputs], Wishes],
        *,
        remember: Callable[[Session], Memo],
    ) -> Proposal:
        """Grant the person's own wishes at once. `remember` stores them and returns the memo."""

        def grant(session: Session, writer: PlanWriter, arrangement: Arrangement) -> Proposal:
            memo = remember(session)
            return writer.apply(arrangement, cause=Cause.PLACED, memo=memo)

        return await self.fenced(lambda inputs: arrange(inputs, wishes(inputs)), grant)

    async def fenced(
        self,
        make: Callable[[PlanInputs], Arrangement],
        finish: Callable[[Session, PlanWriter, Arrangement], Proposal],
    ) -> Proposal:
        """Read, `make` without a transaction, and `finish` in one if nothing has changed; else
        again. Raises `Conflict` when something changes every time."""
        for _ in range(TRIES):
            now = self._clock.now()
            inputs = await self._db.read(
                partial(load_inputs, account_id=self._account_id, now=now)
            )
            arrangement = await asyncio.to_thread(make, inputs)

            def unit(
                session: Session, now: datetime = now, arrangement: Arrangement = arrangement
            ) -> Proposal | None:
                writer = PlanWriter(session, self._account_id, now=now)
                if not writer.is_current(arrangement.inputs):
                    return None
                with recorded(session, self._account_id, now=now, origin=self._origin):
                    proposal = finish(session, writer, arrangement)
                if _wants_another(proposal):
                    Changes(session, self._account_id, now).replan(Topic.PLAN)
                return proposal

            if (proposal := await self._db.write(unit)) is not None:
                return proposal
        raise Conflict("Too much is changing at the moment; try again.")

    def _view(self, session: Session, start: datetime, end: datetime) -> PlanView:
        plans = PlanRepository(session, self._account_id)
        calendars = CalendarRepository(session, self._account_id)
        latest = next(filter(_changed_something, plans.proposals(limit=NEWS)), None)
        return PlanView(
            version=plans.current(),
            slots=SlotRepository(session, self._account_id).between(start, end),
            unplaced=plans.unplaced(),
            busy=calendars.busy_between(start, end),
            pending=plans.pending(),
            latest=latest,
        )

    def _content(self, proposal: Proposal, session: Session) -> PlanContent:
        plans = PlanRepository(session, self._account_id)
        return PlanContent.from_json(plans.content_of(proposal.id))

    def _places_in(self, version: int, session: Session) -> Wishes:
        row = PlanRepository(session, self._account_id).numbered(version)
        if row is None:
            raise NotFound(f"Plan {version} is not kept.")
        return PlanContent.from_json(row.content).by_task()

    def _moving(self, number: int | None, session: Session) -> tuple[PlanVersion, Proposal] | None:
        plans = PlanRepository(session, self._account_id)
        version = plans.last_undoable() if number is None else plans.numbered(number)
        if version is None:
            if number is not None:
                raise NotFound(f"Plan {number} is not kept any more.")
            return None
        proposal = plans.proposal_of(version.version)
        return (version, proposal) if proposal is not None else None

    def _require(self, session: Session, proposal_id: int) -> Proposal:
        found = PlanRepository(session, self._account_id).proposal(proposal_id)
        if found is None:
            raise NotFound(f"There is no proposal {proposal_id}.")
        return found


def _changed_something(proposal: Proposal) -> bool:
    return proposal.state is ProposalState.ACCEPTED and bool(proposal.changes)


def _wants_another(proposal: Proposal) -> bool:
    """Tell whether the worker shall look for a better plan: it would overtake one that waits,
    and the plan of a repair was solved with all that the repair changes."""
    return proposal.state is not ProposalState.PENDING and proposal.cause is not Cause.REPAIR


def _refuse_decided(proposal: Proposal) -> None:
    if proposal.state is not ProposalState.PENDING:
        raise Conflict(f"This proposal is {proposal.state.value} already.")

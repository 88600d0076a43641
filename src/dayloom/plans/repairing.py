"""Applying a repair: what it changes and the plan that was solved for it, in one step."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from dayloom.accounts.changes import REPLAN, Changes
from dayloom.inferences.presence import has_model
from dayloom.infra import work
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.errors import Conflict, NotFound
from dayloom.plans.alterations import Alteration, altered, carry_out
from dayloom.plans.applying import PlanWriter
from dayloom.plans.arranging import Arrangement, arrange_again, rearrange
from dayloom.plans.content import Certificate, PlanContent
from dayloom.plans.diagnoses import DiagnosisRepository
from dayloom.plans.facts import still_open
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.models import Cause, DiagnosisRow, Proposal
from dayloom.plans.rehearsing import with_removed
from dayloom.plans.restoring import memo_of
from dayloom.plans.service import PlanService
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.service import PreferencesService
from dayloom.tasks.repository import TaskRepository
from dayloom.tasks.service import TaskService

STALE = "Something has changed since this was found out. It is being looked into anew."


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A repair as it was stored: of which state of things, what it changes, and its plan."""

    task_id: int
    version: int
    revision: int
    alterations: tuple[Alteration, ...]
    content: PlanContent
    certificate: Certificate

    def is_kept_by(self, content: PlanContent) -> bool:
        """Tell whether the task lies where it was offered, and nobody else has lost a place."""
        offered, kept = self.content.by_task(), content.by_task()
        return kept.get(self.task_id) == offered[self.task_id] and offered.keys() <= kept.keys()


class RepairService:
    """Applies what a diagnosis of the plan that holds offers."""

    def __init__(self, plans: PlanService, db: Database, account_id: int, clock: Clock) -> None:
        self._plans = plans
        self._db = db
        self._account_id = account_id
        self._clock = clock

    async def apply(self, task_id: int, number: int) -> Proposal:
        """Make the repair; an undo takes all of it back.

        Raises `NotFound`, or `Conflict` when something has changed since: then the task is
        looked into anew.
        """
        try:
            offer = await self._db.read(partial(self._offer, task_id, number))
            return await self._plans.fenced(partial(_made, offer), partial(self._finish, offer))
        except Conflict:
            await self._db.write(lambda session: self._changes(session).diagnose())
            raise

    def _offer(self, task_id: int, number: int, session: Session) -> Offer:
        row = DiagnosisRepository(session, self._account_id).of(task_id)
        if row is None:
            self._tasks(session).require(task_id)
            raise Conflict(STALE)
        if not 1 <= number <= len(row.repairs):
            raise NotFound(f"There is no repair {number} of task #{task_id}.")
        return _read(row, number - 1)

    def _finish(
        self, offer: Offer, session: Session, writer: PlanWriter, arrangement: Arrangement
    ) -> Proposal:
        preferences = PreferencesService(
            PreferencesRepository(session, self._account_id), self._changes(session)
        )
        carry_out(offer.alterations, self._tasks(session), preferences)
        seen = [change.task_id for change in arrangement.changes if change.after]
        memo = memo_of(offer.alterations)
        knowing = work.wanted(session, REPLAN, str(self._account_id))
        made = replace(arrangement, revision=knowing)
        return writer.apply(made, cause=Cause.REPAIR, seen=seen, memo=memo)

    def _tasks(self, session: Session) -> TaskService:
        return TaskService(
            TaskRepository(session, self._account_id),
            self._changes(session),
            now=self._clock.now(),
            has_model=partial(has_model, session, self._account_id),
        )

    def _changes(self, session: Session) -> Changes:
        return Changes(session, self._account_id, self._clock.now())


def _read(row: DiagnosisRow, index: int) -> Offer:
    said: dict[str, Any] = row.repairs[index]
    plan: dict[str, Any] = row.plans[index]
    return Offer(
        task_id=row.task_id,
        version=row.version,
        revision=row.revision,
        alterations=tuple(map(Alteration.from_json, said["alterations"])),
        content=PlanContent.from_json(plan["content"]),
        certificate=Certificate.from_json(plan["certificate"]),
    )


def _made(offer: Offer, inputs: PlanInputs) -> Arrangement:
    """Return the solved plan as it stands by now. Raises `Conflict` if it does not stand."""
    if (inputs.version, inputs.revision) != (offer.version, offer.revision):
        raise Conflict(STALE)
    changed = altered(inputs, offer.alterations)
    made = rearrange(changed, offer.content, offer.certificate) or _around(offer, changed)
    if not offer.is_kept_by(made.content):
        raise Conflict(STALE)
    return with_removed(made, inputs, offer.alterations)


def _around(offer: Offer, inputs: PlanInputs) -> Arrangement:
    """Return the places of the solved plan around what time has changed, such as running work."""
    return arrange_again(inputs, still_open(offer.content.by_task(), inputs))

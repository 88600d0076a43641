"""Keeping a scenario: what it supposes is done for real, and its plan becomes the current one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.inferences.presence import has_model
from dayloom.infra.errors import Conflict
from dayloom.language.suppositions import (
    DayOff,
    ExtraHours,
    ExtraWork,
    LeftOut,
    Meeting,
    Supposition,
)
from dayloom.plans.applying import PlanWriter
from dayloom.plans.arranging import Arrangement, arrange_again, rearrange
from dayloom.plans.capture import CaptureService
from dayloom.plans.content import PlanContent
from dayloom.plans.facts import still_open
from dayloom.plans.inputs import PlanInputs, load_inputs
from dayloom.plans.models import Cause, Proposal
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.ruling import Ruling
from dayloom.preferences.service import PreferencesService
from dayloom.scenarios.closing import exceptions_of
from dayloom.scenarios.outcome import Outcome
from dayloom.scenarios.repository import ScenarioRepository
from dayloom.scenarios.service import ScenarioService, State
from dayloom.scenarios.supposing import fields_of, number_of
from dayloom.tasks.repository import TaskRepository
from dayloom.tasks.service import TaskService

WHY_NOT = {
    State.WAITING: "This what-if is not planned through yet; wait a moment.",
    State.OUTDATED: "Something has changed since; wait until it is planned through again.",
    State.FAILED: "The planner has failed at this what-if; the log of the worker says why.",
}


class KeepService:
    """Does what is supposed through the services of the pages, in the caller's transaction."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session = session
        self._account_id = account_id
        self._now = now
        self._changes = Changes(session, account_id, now)
        self._preferences_rows = PreferencesRepository(session, account_id)

    def keep(self, scenario_id: int) -> Proposal:
        """Make it so; the scenario is gone then. Returns the record of the plan.

        Raises `NotFound`, or `Conflict` unless it is planned through for the present world.
        """
        told = ScenarioService(self._session, self._account_id, now=self._now).require(scenario_id)
        if told.state is not State.SOLVED or told.outcome is None:
            raise Conflict(WHY_NOT.get(told.state) or told.complaint)
        made = self._do(told.suppositions)
        inputs = load_inputs(self._session, account_id=self._account_id, now=self._now)
        arrangement = _arranged(inputs, told.outcome, made)
        moved = {change.task_id for change in arrangement.changes if change.after}
        writer = PlanWriter(self._session, self._account_id, now=self._now)
        proposal = writer.apply(arrangement, cause=Cause.WHAT_IF, seen=moved)
        rows = ScenarioRepository(self._session, self._account_id)
        if (row := rows.get(scenario_id)) is not None:
            rows.remove(row)
        self._changes.announce(Topic.SCENARIOS)
        return proposal

    def _do(self, suppositions: Sequence[Supposition]) -> dict[int, int]:
        """Do all of it; return the numbers of the tasks that it adds, by the imagined ones."""
        made = {}
        for position, said in enumerate(suppositions):
            match said:
                case Meeting() | ExtraWork():
                    capture = CaptureService(self._session, self._account_id, now=self._now)
                    (task,) = capture.add_fields(fields_of(said)).tasks
                    made[number_of(position)] = task.id
                case DayOff() | ExtraHours():
                    self._change_hours(said)
                case LeftOut(task_id=task_id):
                    self._tasks.delete(task_id)
        return made

    def _change_hours(self, said: DayOff | ExtraHours) -> None:
        rows = self._preferences_rows
        ruled = Ruling.of(rows.rules.all()).hour_maps(rows.hour_maps())
        exceptions = exceptions_of(said, ruled)
        service = PreferencesService(rows, self._changes)
        for row in rows.hour_maps():
            if row.name in exceptions:
                service.change_hour_map(
                    row.id,
                    weekly=row.weekly,
                    exceptions={**row.exceptions, **exceptions[row.name]},
                    daily_cap=row.daily_cap,
                )

    @property
    def _tasks(self) -> TaskService:
        return TaskService(
            TaskRepository(self._session, self._account_id),
            self._changes,
            now=self._now,
            has_model=lambda: has_model(self._session, self._account_id),
        )


def _arranged(inputs: PlanInputs, outcome: Outcome, made: Mapping[int, int]) -> Arrangement:
    """Return the scenario's plan in today's terms, or, where time has gone on, around it."""
    content = _renumbered(outcome.after, made)
    whole = rearrange(inputs, content, outcome.certificate)
    if whole is not None:
        return whole
    wishes = {
        made.get(change.task_id, change.task_id): change.after
        for change in outcome.changes
        if change.after
    }
    return arrange_again(inputs, still_open(wishes, inputs))


def _renumbered(content: PlanContent, made: Mapping[int, int]) -> PlanContent:
    return PlanContent(
        slots=tuple(
            replace(slot, task_id=made.get(slot.task_id, slot.task_id)) for slot in content.slots
        ),
        unplaced=tuple(
            replace(one, task_id=made.get(one.task_id, one.task_id)) for one in content.unplaced
        ),
    )

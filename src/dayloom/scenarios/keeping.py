"""Keeping a scenario: what it supposes is done for real, and its plan becomes the current one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

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
from dayloom.plans.alterations import DELETED, Alteration, Of, carry_out, held
from dayloom.plans.applying import PlanWriter
from dayloom.plans.arranging import Arrangement, arrange_again, rearrange
from dayloom.plans.capture import CaptureService
from dayloom.plans.content import PlanContent
from dayloom.plans.facts import still_open
from dayloom.plans.inputs import PlanInputs, load_inputs
from dayloom.plans.models import Cause, Proposal
from dayloom.plans.rehearsing import with_removed
from dayloom.plans.restoring import memo_of
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.ruling import Ruling
from dayloom.preferences.service import PreferencesService
from dayloom.scenarios.closing import exceptions_of
from dayloom.scenarios.outcome import Outcome
from dayloom.scenarios.repository import ScenarioRepository
from dayloom.scenarios.service import ScenarioService, State
from dayloom.scenarios.supposing import fields_of, number_of
from dayloom.tasks.models import Task
from dayloom.tasks.repository import TaskRepository
from dayloom.tasks.service import TaskService
from dayloom.tasks.values import as_json

WHY_NOT = {
    State.WAITING: "This what-if is not planned through yet; wait a moment.",
    State.OUTDATED: "Something has changed since; wait until it is planned through again.",
    State.FAILED: "The planner has failed at this what-if; the log of the worker says why.",
}


@dataclass(frozen=True, slots=True)
class Done:
    """What keeping has done: the tasks that it added, by the imagined numbers, and what an undo
    takes back."""

    tasks: dict[int, int] = field(default_factory=dict)
    alterations: list[Alteration] = field(default_factory=list)


class KeepService:
    """Does what is supposed through the services of the pages, in the caller's transaction."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session = session
        self._account_id = account_id
        self._now = now
        self._changes = Changes(session, account_id, now)
        self._preferences_rows = PreferencesRepository(session, account_id)

    def keep(self, scenario_id: int) -> Proposal:
        """Make it so; the scenario is gone then. Returns the record of the plan, whose undo takes
        all of it back.

        Raises `NotFound`, or `Conflict` unless it is planned through for the present world.
        """
        told = ScenarioService(self._session, self._account_id, now=self._now).require(scenario_id)
        if told.state is not State.SOLVED or told.outcome is None:
            raise Conflict(WHY_NOT.get(told.state) or told.complaint)
        before = self._inputs()
        done = self._do(told.suppositions)
        inputs = self._inputs()
        made = _arranged(inputs, told.outcome, done.tasks)
        arrangement = with_removed(made, before, done.alterations)
        moved = {change.task_id for change in arrangement.changes if change.after}
        writer = PlanWriter(self._session, self._account_id, now=self._now)
        memo = memo_of(done.alterations)
        proposal = writer.apply(arrangement, cause=Cause.WHAT_IF, seen=moved, memo=memo)
        rows = ScenarioRepository(self._session, self._account_id)
        if (row := rows.get(scenario_id)) is not None:
            rows.remove(row)
        self._changes.announce(Topic.SCENARIOS)
        return proposal

    def _inputs(self) -> PlanInputs:
        return load_inputs(self._session, account_id=self._account_id, now=self._now)

    def _do(self, suppositions: Sequence[Supposition]) -> Done:
        done = Done()
        for position, said in enumerate(suppositions):
            match said:
                case Meeting() | ExtraWork():
                    task = self._add(said)
                    done.tasks[number_of(position)] = task.id
                    there = (self._now.astimezone(UTC).isoformat(), None)
                    done.alterations.append(_of_task(task.id, *there))
                case DayOff() | ExtraHours():
                    done.alterations.extend(self._change_hours(said))
                case LeftOut(task_id=task_id):
                    task = self._tasks.delete(task_id)
                    done.alterations.append(_of_task(task_id, None, as_json(task, DELETED)))
        return done

    def _add(self, said: Meeting | ExtraWork) -> Task:
        capture = CaptureService(self._session, self._account_id, now=self._now)
        (task,) = capture.add_fields(fields_of(said)).tasks
        return task

    def _change_hours(self, said: DayOff | ExtraHours) -> list[Alteration]:
        rows = self._preferences_rows
        own = {row.name: row for row in rows.hour_maps()}
        ruled = Ruling.of(rows.rules.all()).hour_maps(rows.hour_maps())
        alterations = [
            Alteration(
                of=Of.HOURS, id=own[name].id, name=day, before=held(own[name], day), after=spans
            )
            for name, days in exceptions_of(said, ruled).items()
            for day, spans in days.items()
        ]
        carry_out(alterations, self._tasks, PreferencesService(rows, self._changes))
        return alterations

    @property
    def _tasks(self) -> TaskService:
        return TaskService(
            TaskRepository(self._session, self._account_id),
            self._changes,
            now=self._now,
            has_model=lambda: has_model(self._session, self._account_id),
        )


def _of_task(task_id: int, before: str | None, after: str | None) -> Alteration:
    """Return that a task was there, or gone since a moment, and is not so any more."""
    return Alteration(of=Of.TASK, id=task_id, name=DELETED, before=before, after=after)


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

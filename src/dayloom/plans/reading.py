"""The reading job: a model reads the words of new tasks, one question each, newest first."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes
from dayloom.inferences.asking import Asks, Given
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.work import Claim, Finish
from dayloom.language import ReadingContext
from dayloom.language.program.answers import TimeSlotAnswer
from dayloom.language.program.execution import Failure, ModelUnavailable
from dayloom.language.program.questions import TimeSlotQuestion, Words
from dayloom.plans.candidates import candidates
from dayloom.plans.inputs import PlanInputs, load_inputs
from dayloom.plans.merging import Asked, words_of
from dayloom.plans.patience import Patience
from dayloom.plans.taking_over import Understanding
from dayloom.plans.told import (
    commitments,
    free_slots,
    open_task,
    rule_sentences,
    say,
)
from dayloom.tasks.models import Task, TaskStatus

AT_ONCE = 4
MOST_OTHERS = 20
FOR_ALL = (Failure.NOT_CONFIGURED, Failure.OVER_BUDGET, Failure.REFUSED, Failure.BILLING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One question, and what it takes to make something of the answer."""

    question: TimeSlotQuestion
    asked: Asked
    context: ReadingContext


@dataclass(slots=True, kw_only=True)
class Round:
    """What came of a few questions: whether to ask later, and which tasks are left as they are."""

    later: bool = False
    left: list[int] = field(default_factory=list)
    all_left: bool = False


class ReadingJob:
    """Asks about the tasks that no model has read; whatever fails, the rules' reading stands."""

    def __init__(self, db: Database, clock: Clock, models: Asks) -> None:
        self._db = db
        self._clock = clock
        self._models = models
        self._patience = Patience()

    async def __call__(self, claim: Claim) -> Finish:
        account_id = int(claim.key)
        now = self._clock.now()
        if not await self._models.is_configured(account_id):
            return Finish(unit=partial(_leave_all, account_id=account_id, now=now))
        prepare = partial(_prepare, account_id=account_id, now=now)
        readings = await self._db.read(prepare)
        if not readings:
            return Finish()
        done = await self._ask(account_id, readings)
        if done.all_left:
            return Finish(unit=partial(_leave_all, account_id=account_id, now=now))
        unit = partial(_go_on, account_id=account_id, now=self._clock.now(), done=done)
        if done.later:
            return Finish(unit=unit, again_at=self._patience.after_failure(account_id, now))
        self._patience.forget(account_id)
        return Finish(unit=unit)

    async def _ask(self, account_id: int, readings: Sequence[Reading]) -> Round:
        done = Round()
        async with asyncio.TaskGroup() as group:
            for reading in readings:
                group.create_task(self._ask_one(account_id, reading, done))
        return done

    async def _ask_one(self, account_id: int, reading: Reading, done: Round) -> None:
        task_id = reading.asked.task_id
        try:
            given = await self._models.ask(
                account_id, reading.question, TimeSlotAnswer, task_id=task_id
            )
        except ModelUnavailable as error:
            done.later |= error.passing
            done.all_left |= error.failure in FOR_ALL
            done.left += [] if error.passing else [task_id]
            return
        store = partial(
            _store, account_id=account_id, now=self._clock.now(), reading=reading, given=given
        )
        await self._db.write(store)


def _prepare(session: Session, *, account_id: int, now: datetime) -> list[Reading]:
    """Return the next questions."""
    waiting = select(Task).where(
        Task.account_id == account_id,
        Task.needs_reading,
        Task.status == TaskStatus.OPEN,
        Task.deleted_at.is_(None),
    )
    tasks = session.scalars(waiting.order_by(Task.id.desc()).limit(AT_ONCE)).all()
    if not tasks:
        return []
    inputs = load_inputs(session, account_id=account_id, now=now)
    sentences = rule_sentences(session, account_id)
    return [_reading(task, inputs, sentences) for task in tasks]


def _reading(task: Task, inputs: PlanInputs, sentences: list[str]) -> Reading:
    places = candidates(inputs, task)
    others = _others(task, inputs)
    asked = Asked(
        task_id=task.id,
        words=words_of(task),
        context=task.context,
        places=places,
        titles={other.id: other.title for other in others},
    )
    question = TimeSlotQuestion(
        now=say(inputs.now, inputs.zone),
        task=Words(text=asked.words),
        task_context=Words(text=asked.context),
        context=Words(text=inputs.preferences.context),
        rules=sentences,
        commitments=commitments(inputs, leaving_out=task.id),
        open_tasks=[open_task(other, inputs.zone) for other in others],
        slots=free_slots(places, inputs.zone),
    )
    return Reading(question=question, asked=asked, context=context_of(inputs))


def context_of(inputs: PlanInputs) -> ReadingContext:
    """Return what the rules must know of the person to read copied words."""
    preferences = inputs.preferences
    return ReadingContext(
        now=inputs.now,
        zone=inputs.zone,
        week_start=preferences.week_start,
        date_order=preferences.date_order,
        hour_maps=tuple(hour_map.name for hour_map in inputs.hour_maps),
    )


def _others(task: Task, inputs: PlanInputs) -> list[Task]:
    """Return the newest open tasks that this one could wait for."""
    others = [one for one in inputs.tasks if one.id != task.id and one.series_id is None]
    return others[-MOST_OTHERS:]


def _store(
    session: Session,
    *,
    account_id: int,
    now: datetime,
    reading: Reading,
    given: Given[TimeSlotAnswer],
) -> None:
    Understanding(session, account_id, now=now).take_over(
        reading.asked, given.answer, reading.context, execution_id=given.execution_id
    )
    Changes(session, account_id, now).prioritize()


def _go_on(session: Session, *, account_id: int, now: datetime, done: Round) -> None:
    """Leave what cannot be read, and ask for the next ones unless that has to wait."""
    if done.left:
        Understanding(session, account_id, now=now).leave(done.left)
    if not done.later:
        Changes(session, account_id, now).read_tasks()


def _leave_all(session: Session, *, account_id: int, now: datetime) -> None:
    waiting = select(Task.id).where(Task.account_id == account_id, Task.needs_reading)
    if task_ids := session.scalars(waiting).all():
        Understanding(session, account_id, now=now).leave(task_ids)

"""The job after each plan: why tasks are late or have no place, and what would help."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import Any, Protocol

from sqlalchemy.orm import Session

from dayloom.accounts.changes import REPLAN, Changes, Topic
from dayloom.infra import work
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.work import Claim, Finish
from dayloom.planning.plan import Obstacle, Plan, Slot, Unplaced
from dayloom.planning.problem import Problem
from dayloom.planning.why_not.demand import Demand, troubled
from dayloom.planning.why_not.diagnosis import Diagnosis
from dayloom.plans.alterations import MINUTE
from dayloom.plans.diagnoses import DiagnosisRepository
from dayloom.plans.diagnosis_words import DiagnosisTeller
from dayloom.plans.inputs import PlanInputs, load_inputs
from dayloom.plans.models import DiagnosisRow
from dayloom.plans.outcome import lying
from dayloom.plans.portions import LATER, task_of
from dayloom.plans.problem import build_problem
from dayloom.plans.rehearsing import rehearse
from dayloom.plans.remedies import alterations_of
from dayloom.plans.repository import PlanRepository

MOST = 20  # tasks are looked into, the weightiest first


class Diagnoser(Protocol):
    """Finds out about one task, in another process."""

    async def __call__(self, demand: Demand) -> Diagnosis: ...


class DiagnosisJob:
    """Has the plan that holds diagnosed, task by task, until something changes."""

    def __init__(self, db: Database, clock: Clock, diagnose: Diagnoser) -> None:
        self._db = db
        self._clock = clock
        self._diagnose = diagnose

    async def __call__(self, claim: Claim) -> Finish:
        now = self._clock.now()
        read = partial(load_inputs, account_id=int(claim.key), now=now)
        inputs = await self._db.read(read)
        demands = await asyncio.to_thread(demands_of, inputs)
        await self._db.write(partial(_begin, inputs=inputs))
        for demand in demands:
            if not await self._db.read(partial(_holds, inputs=inputs)):
                break
            diagnosis = await self._diagnose(demand)
            row = await asyncio.to_thread(to_row, inputs, demand, diagnosis)
            await self._db.write(partial(_store, inputs=inputs, row=row))
        return Finish()


def demands_of(inputs: PlanInputs) -> list[Demand]:
    """Return what should be done in time and is not, the weightiest task first."""
    problem = build_problem(inputs)
    plan = standing(inputs, problem)
    weights = {task.id: task.weight for task in problem.tasks}
    ids = sorted(troubled(problem, plan), key=lambda id_: -weights[id_])
    first = {task_of(id_): id_ for id_ in reversed(ids)}  # one portion of a task
    return [Demand(problem, plan, id_) for id_ in ids if first[task_of(id_)] == id_][:MOST]


def standing(inputs: PlanInputs, problem: Problem) -> Plan:
    """Return the plan that holds in the terms of the problem, portion by portion."""
    running = {task.id: max(task.pinned).end for task in problem.tasks if task.running}
    ids = {task.id for task in problem.tasks}
    slots = [Slot(piece, task.id) for task in problem.tasks for piece in task.pinned]
    fixed = {slot.task_id for slot in slots}
    for slot in lying(inputs).slots:
        later = slot.task_id in running and slot.start >= running[slot.task_id]
        portion = slot.task_id + LATER if later else slot.task_id
        if portion in ids - fixed:
            slots.append(Slot(slot.interval, portion))
    out = sorted(ids - {slot.task_id for slot in slots})
    return Plan(
        slots=tuple(sorted(slots)),
        unplaced=tuple(Unplaced(task_id=id_, obstacle=Obstacle.NO_ROOM) for id_ in out),
    )


def to_row(inputs: PlanInputs, demand: Demand, diagnosis: Diagnosis) -> DiagnosisRow:
    """Return the diagnosis in words, with those repairs that the person can make."""
    teller = DiagnosisTeller(inputs, demand, diagnosis)
    repairs = list(_repairs(inputs, demand, diagnosis, teller))
    return DiagnosisRow(
        task_id=task_of(diagnosis.task_id),
        account_id=inputs.account_id,
        version=inputs.version,
        revision=inputs.revision,
        late=diagnosis.late,
        finding=diagnosis.finding.value,
        minimal=diagnosis.minimal,
        missing_minutes=diagnosis.missing // MINUTE if diagnosis.missing else None,
        sentence=teller.sentence(),
        members=[asdict(member) for member in teller.members()],
        repairs=[said for said, _ in repairs],
        plans=[plan for _, plan in repairs],
        created_at=inputs.now,
    )


def _repairs(
    inputs: PlanInputs, demand: Demand, diagnosis: Diagnosis, teller: DiagnosisTeller
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each repair that holds when it is tried out: what it says, and its plan."""
    for repair in diagnosis.repairs:
        alterations = alterations_of(inputs, diagnosis, repair)
        if not alterations:
            continue
        tried = rehearse(inputs, alterations, before=demand.plan, plan=repair.plan)
        if tried is None:
            continue
        arrangement = tried.arrangement
        said = {
            "sentence": teller.repair(repair),
            "effect": teller.effect(tried),
            "price": repair.price,
            "changes": [change.to_json() for change in arrangement.changes],
            "alterations": [one.to_json() for one in alterations],
        }
        yield (
            said,
            {
                "content": arrangement.content.to_json(),
                "certificate": arrangement.certificate.to_json(),
            },
        )


def _holds(session: Session, *, inputs: PlanInputs) -> bool:
    """Tell whether nothing has changed since: what does, asks for another look in the end."""
    revision = work.wanted(session, REPLAN, str(inputs.account_id))
    version = PlanRepository(session, inputs.account_id).version()
    return (version, revision) == (inputs.version, inputs.revision)


def _begin(session: Session, *, inputs: PlanInputs) -> None:
    """Forget what was known of the plans before."""
    if _holds(session, inputs=inputs):
        DiagnosisRepository(session, inputs.account_id).clear()


def _store(session: Session, *, inputs: PlanInputs, row: DiagnosisRow) -> None:
    """Store what was found out, unless something has changed by now."""
    if _holds(session, inputs=inputs):
        DiagnosisRepository(session, inputs.account_id).put(row)
        Changes(session, inputs.account_id, inputs.now).announce(Topic.PLAN)

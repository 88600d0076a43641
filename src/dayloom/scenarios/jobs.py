"""The scenario job: read, suppose, solve in a process of its own, store beside the plan."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from dayloom.accounts.changes import REPLAN, Changes, Topic
from dayloom.infra import work
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.errors import DayloomError
from dayloom.infra.work import Claim, Finish, Overtaken
from dayloom.planning.problem import Problem
from dayloom.planning.verify import verify
from dayloom.plans.inputs import PlanInputs, load_inputs
from dayloom.plans.jobs import BrokenPlan, Solver
from dayloom.plans.problem import build_problem
from dayloom.plans.repository import PlanRepository
from dayloom.scenarios.outcome import Outcome, outcome_of
from dayloom.scenarios.repository import ScenarioRepository
from dayloom.scenarios.stored import from_json
from dayloom.scenarios.supposing import supposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is to be planned through, and everything it depends on."""

    scenario_id: int
    suppositions: list[dict[str, object]]
    inputs: PlanInputs


class ScenarioJob:
    """Handles work of the kind "scenario", whose key names the account and the scenario.

    They take turns, so that a plan waits for one of them at most.
    """

    def __init__(self, db: Database, clock: Clock, solve: Solver) -> None:
        self._db = db
        self._clock = clock
        self._solve = solve
        self._turn = asyncio.Lock()

    async def __call__(self, claim: Claim) -> Finish:
        async with self._turn:
            return await self._think(claim)

    async def _think(self, claim: Claim) -> Finish:
        account_id, scenario_id = map(int, claim.key.split("/"))
        now = self._clock.now()
        load = partial(_picture, account_id=account_id, scenario_id=scenario_id, now=now)
        picture = await self._db.read(load)
        if picture is None:
            return Finish()
        try:
            outcome, complaint = await self._outcome(picture), ""
        except DayloomError as error:
            outcome, complaint = None, str(error)
        unit = partial(_store, picture=picture, outcome=outcome, complaint=complaint)
        return Finish(unit=unit)

    async def _outcome(self, picture: Picture) -> Outcome:
        """Return what comes of it. Raises a `DayloomError` if that cannot be supposed."""
        said = [from_json(stored) for stored in picture.suppositions]
        imagined = supposed(picture.inputs, said)
        problem = _known(await asyncio.to_thread(build_problem, imagined))
        plan = await self._solve(problem)
        if violations := await asyncio.to_thread(verify, problem, plan):
            raise BrokenPlan("; ".join(violation.fact for violation in violations[:5]))
        return await asyncio.to_thread(outcome_of, picture.inputs, imagined, problem, plan)


def _known(problem: Problem) -> Problem:
    """Return the problem for somebody who knows the plan that holds, as whoever compares does:
    leaving it has its price."""
    return replace(problem, previous=tuple(replace(p, seen=True) for p in problem.previous))


def _picture(
    session: Session, *, account_id: int, scenario_id: int, now: datetime
) -> Picture | None:
    row = ScenarioRepository(session, account_id).get(scenario_id)
    if row is None:
        return None
    inputs = load_inputs(session, account_id=account_id, now=now)
    return Picture(scenario_id=scenario_id, suppositions=row.suppositions, inputs=inputs)


def _store(session: Session, *, picture: Picture, outcome: Outcome | None, complaint: str) -> None:
    """Store the outcome. Raises `Overtaken` if the world has changed since it was begun."""
    inputs = picture.inputs
    row = ScenarioRepository(session, inputs.account_id).get(picture.scenario_id)
    if row is None:
        return
    wanted = work.wanted(session, REPLAN, str(inputs.account_id))
    version = PlanRepository(session, inputs.account_id).version()
    if (wanted, version) != (inputs.revision, inputs.version):
        raise Overtaken
    row.revision, row.version = inputs.revision, inputs.version
    row.outcome = outcome.to_json() if outcome else None
    row.complaint, row.solved_at = complaint, inputs.now
    session.flush()
    Changes(session, inputs.account_id, inputs.now).announce(Topic.SCENARIOS)

"""The replan job: read, solve in a process of its own, then store if nothing has changed."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from sqlalchemy.orm import Session

from dayloom.accounts.changes import REQUEST, Changes
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.errors import Conflict
from dayloom.infra.work import Claim, Finish, Overtaken
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.verify import verify
from dayloom.plans.applying import PlanWriter
from dayloom.plans.arranging import Arrangement, to_arrangement
from dayloom.plans.catching_up import catch_up
from dayloom.plans.choice import changes_of, declined_places, places_of
from dayloom.plans.facts import Hold
from dayloom.plans.inputs import PlanInputs, load_inputs
from dayloom.plans.models import Cause, Proposal
from dayloom.plans.outcome import confirms, seen_moves, worth_asking
from dayloom.plans.problem import build_problem
from dayloom.plans.repository import PlanRepository
from dayloom.preferences.models import PlanMode


class Solver(Protocol):
    """Makes plans, mostly in another process."""

    async def __call__(self, problem: Problem) -> Plan: ...


class BrokenPlan(Exception):
    """The planner broke a hard rule: a mistake of ours, never stored as a plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What to store: a plan to apply now, one to ask about, or neither."""

    apply: Arrangement | None = None
    ask: Arrangement | None = None


class ReplanJob:
    """Handles both kinds of wish for a plan: after changes, and on request."""

    def __init__(self, db: Database, clock: Clock, solve: Solver) -> None:
        self._db = db
        self._clock = clock
        self._solve = solve

    async def __call__(self, claim: Claim) -> Finish:
        account_id = int(claim.key)
        now = self._clock.now()
        inputs = await self._db.read(partial(load_inputs, account_id=account_id, now=now))
        requested = claim.kind == REQUEST
        if not requested and inputs.mode is PlanMode.MANUAL:
            return Finish(unit=partial(_look_into, inputs=inputs))
        if not requested and await self._db.read(partial(_answered, inputs=inputs)):
            return Finish()
        outcome = await self._decide(inputs, requested=requested)
        if not await self._db.read(partial(_is_current, inputs=inputs)):
            inputs = await self._db.read(
                partial(load_inputs, account_id=account_id, now=self._clock.now())
            )
            outcome = await asyncio.to_thread(_caught_up, outcome, inputs, requested=requested)
        cause = Cause.REQUEST if requested else Cause.CHANGE
        return Finish(unit=partial(_store, inputs=inputs, outcome=outcome, cause=cause))

    async def _decide(self, inputs: PlanInputs, *, requested: bool) -> Outcome:
        """Solve freely; where that moves what was seen, solve once more with it held."""
        mode = inputs.preferences.plan_mode if requested else inputs.mode
        by_itself = mode is PlanMode.AUTO and not requested
        problem = build_problem(inputs, hold=Hold.PUT_BACK if by_itself else Hold.NOTHING)
        better = await self._checked(problem)
        held = build_problem(inputs, hold=Hold.SEEN)
        if mode is not PlanMode.ASK or not seen_moves(problem, held, better):
            best = to_arrangement(inputs, problem, better)
            asks = mode is PlanMode.MANUAL and not confirms(inputs, best.changes)
            return Outcome(ask=best) if asks else Outcome(apply=best)
        keep = await self._checked(held)
        kept = to_arrangement(inputs, held, keep, told=problem)
        if requested or worth_asking(problem, keep=keep, better=better):
            return Outcome(apply=kept, ask=to_arrangement(inputs, problem, better, before=keep))
        return Outcome(apply=kept)

    async def _checked(self, problem: Problem) -> Plan:
        """Return the plan of a problem, which has passed the independent checker here too."""
        plan = await self._solve(problem)
        if violations := await asyncio.to_thread(verify, problem, plan):
            raise BrokenPlan("; ".join(violation.fact for violation in violations[:5]))
        return plan


def _caught_up(outcome: Outcome, inputs: PlanInputs, *, requested: bool) -> Outcome:
    """Return what stands of an outcome that was overtaken: a question is asked anew later.

    Raises `Overtaken` if that is nothing, or if the question itself was requested.
    """
    mode = inputs.preferences.plan_mode if requested else inputs.mode
    by_hand = mode is PlanMode.MANUAL
    if by_hand or outcome.apply is None or (requested and outcome.ask is not None):
        raise Overtaken
    try:
        return Outcome(apply=catch_up(outcome.apply, inputs))
    except Conflict as error:
        raise Overtaken from error


def _is_current(session: Session, *, inputs: PlanInputs) -> bool:
    return PlanWriter(session, inputs.account_id, now=inputs.now).is_current(inputs)


def _answered(session: Session, *, inputs: PlanInputs) -> bool:
    """Tell whether the current plan knows of every change already, because it was asked for."""
    plans = PlanRepository(session, inputs.account_id)
    return plans.knows(inputs.version, revision=inputs.revision)


def _store(session: Session, *, inputs: PlanInputs, outcome: Outcome, cause: Cause) -> None:
    """Store the outcome. Raises `Overtaken` if something has changed since it was begun."""
    writer = PlanWriter(session, inputs.account_id, now=inputs.now)
    if not writer.is_current(inputs):
        raise Overtaken
    if outcome.apply is not None:
        writer.apply(outcome.apply, cause=cause, by_mode=True)
    else:
        _look_into(session, inputs=inputs)
    if outcome.ask is None:
        return
    if cause is Cause.REQUEST or not _refused(session, outcome.ask):
        writer.propose(outcome.ask, cause=cause)


def _look_into(session: Session, *, inputs: PlanInputs) -> None:
    """Let the plan that goes on to hold be diagnosed: what was known knew less."""
    Changes(session, inputs.account_id, inputs.now).diagnose()


def _refused(session: Session, ask: Arrangement) -> bool:
    """Tell whether the person has lately said no to these very moves, or taken them back."""
    plans = PlanRepository(session, ask.inputs.account_id)
    undone, wanted = plans.versions_undone(), places_of(ask.changes)
    return any(
        wanted == (places_of(changes_of(one)) if _is_undone(one, undone) else declined_places(one))
        for one in plans.proposals(limit=20)
    )


def _is_undone(proposal: Proposal, undone: Collection[int]) -> bool:
    return proposal.applied_version in undone

"""The safety net: every five seconds, look for days that no longer hold by themselves."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.accounts.models import Account
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.work import Claim, Finish
from dayloom.plans.problem import GRACE
from dayloom.plans.repository import PlanRepository
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.repository import TaskRepository

EVERY = timedelta(seconds=5)
STALE = timedelta(hours=12)
SWEEP = "sweep"


class SweepJob:
    """Finds unstarted, overrun and forgotten work, and asks for plans."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def __call__(self, claim: Claim) -> Finish:
        now = self._clock.now()
        accounts = await self._db.read(_accounts)
        troubled = [
            account_id
            for account_id in accounts
            if await self._db.read(partial(needs_attention, account_id=account_id, now=now))
        ]
        return Finish(unit=partial(_attend, account_ids=troubled, now=now), again_at=now + EVERY)


def needs_attention(session: Session, *, account_id: int, now: datetime) -> bool:
    """Tell whether time alone has broken the plan: a reading that writes nothing."""
    plans = PlanRepository(session, account_id)
    tasks = {task.id: task for task in TaskRepository(session, account_id).unfinished()}
    if any(_broken(tasks.get(slot.task_id), slot.start, slot.end, now) for slot in plans.slots()):
        return True
    current = plans.current()
    return bool(tasks) and (current is None or current.created_at + STALE <= now)


def _broken(task: Task | None, start: datetime, end: datetime, now: datetime) -> bool:
    if task is None:
        return False
    if task.status is TaskStatus.STARTED:
        return start <= now and end <= now
    return start + GRACE <= now


def _attend(session: Session, *, account_ids: list[int], now: datetime) -> None:
    for account_id in account_ids:
        Changes(session, account_id, now).replan(Topic.PLAN)


def _accounts(session: Session) -> list[int]:
    return list(session.scalars(select(Account.id).order_by(Account.id)))

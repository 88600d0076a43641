"""The safety net: every five seconds, look for days that no longer hold by themselves."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes
from dayloom.accounts.models import Account
from dayloom.accounts.news import News
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.work import Claim, Finish
from dayloom.plans.facts import GRACE
from dayloom.plans.repository import PlanRepository
from dayloom.plans.slots import SlotRepository
from dayloom.preferences.models import PlanMode
from dayloom.preferences.modes import mode_of
from dayloom.preferences.repository import PreferencesRepository
from dayloom.tasks.repository import TaskRepository

EVERY = timedelta(seconds=5)
STALE = timedelta(hours=12)
FORGOTTEN = timedelta(minutes=1)
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
        unit = partial(_attend, account_ids=troubled, now=now) if troubled else None
        return Finish(unit=unit, again_at=now + EVERY)


def needs_attention(session: Session, *, account_id: int, now: datetime) -> bool:
    """Tell whether time alone has broken the plan: a reading that writes nothing."""
    preferences = PreferencesRepository(session, account_id).get()
    if preferences is None or mode_of(preferences, News.OVERDUE) is PlanMode.MANUAL:
        return False
    plans, tasks = PlanRepository(session, account_id), TaskRepository(session, account_id)
    slots = SlotRepository(session, account_id)
    if slots.overtaken(now, GRACE) or tasks.waits_since(now - FORGOTTEN):
        return True
    current = plans.current()
    if current is None or current.created_at + STALE <= now:
        return tasks.count_unfinished() > 0
    return plans.missed_since(current.created_at, now)


def _attend(session: Session, *, account_ids: list[int], now: datetime) -> None:
    for account_id in account_ids:
        Changes(session, account_id, now).plan_if_idle()


def _accounts(session: Session) -> list[int]:
    return list(session.scalars(select(Account.id).order_by(Account.id)))

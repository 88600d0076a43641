"""The safety net: every five seconds, look for days that no longer hold by themselves.

What has begun of the plans is noted on the way.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes
from dayloom.accounts.models import Account
from dayloom.accounts.news import News
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.work import Claim, Finish
from dayloom.plans.begun import has_begun, note_begun
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


class _Look(NamedTuple):
    """What time alone has done to the plan of an account."""

    account_id: int
    troubled: bool
    begun: bool


class SweepJob:
    """Finds unstarted, overrun and forgotten work, and asks for plans."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def __call__(self, claim: Claim) -> Finish:
        now = self._clock.now()
        accounts = await self._db.read(_accounts)
        found = [
            await self._db.read(partial(_look, account_id=account_id, now=now))
            for account_id in accounts
        ]
        wanted = [look for look in found if look.troubled or look.begun]
        unit = partial(_attend, looks=wanted, now=now) if wanted else None
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


def _look(session: Session, *, account_id: int, now: datetime) -> _Look:
    return _Look(
        account_id=account_id,
        troubled=needs_attention(session, account_id=account_id, now=now),
        begun=has_begun(session, account_id, now=now),
    )


def _attend(session: Session, *, looks: Sequence[_Look], now: datetime) -> None:
    for look in looks:
        if look.begun:
            note_begun(session, look.account_id, now=now)
        if look.troubled:
            Changes(session, look.account_id, now).plan_if_idle()


def _accounts(session: Session) -> list[int]:
    return list(session.scalars(select(Account.id).order_by(Account.id)))

"""What was asked, answered, said and planned is kept for a while; each night at three it goes."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from dayloom.chat.models import ChatMessage
from dayloom.inferences.models import ExecutionRow
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.work import Claim, Finish
from dayloom.journal.repository import JournalRepository
from dayloom.plans.begun import forget_begun
from dayloom.preferences.repository import PreferencesRepository

RETENTION = "retention"
AT = time(3)
DAY = timedelta(days=1)


class RetentionJob:
    """Handles work of the kind "retention", whose key is the number of the account."""

    def __init__(self, db: Database, clock: Clock, *, kept: timedelta) -> None:
        self._db = db
        self._clock = clock
        self._kept = kept

    async def __call__(self, claim: Claim) -> Finish:
        account_id, now = int(claim.key), self._clock.now()
        preferences = await self._db.read(lambda s: PreferencesRepository(s, account_id).get())
        if preferences is None:
            return Finish()
        zone = ZoneInfo(preferences.time_zone)
        today = now.astimezone(zone).date()
        unit = partial(
            forget_old,
            account_id=account_id,
            before=now - self._kept,
            month=datetime.combine(today.replace(day=1), time(), zone),
        )
        return Finish(unit=unit, again_at=_next(now, today, zone))


def forget_old(session: Session, *, account_id: int, before: datetime, month: datetime) -> None:
    """Delete what is older than `before`.

    Of this `month`, the costs of calls stay until it ends: the budget counts them.
    """
    JournalRepository(session, account_id).forget(before)
    forget_begun(session, account_id, before=before)
    _delete_messages(session, account_id, before)
    old = (ExecutionRow.account_id == account_id, ExecutionRow.started_at < before)
    _delete_calls(session, (*old, ExecutionRow.started_at < month))
    session.execute(update(ExecutionRow).where(*old).values(inputs={}, outputs=None, facts=[]))


def _delete_messages(session: Session, account_id: int, before: datetime) -> None:
    old = (ChatMessage.account_id == account_id, ChatMessage.created_at < before)
    answered = ChatMessage.answers.in_(select(ChatMessage.id).where(*old))
    session.execute(update(ChatMessage).where(answered).values(answers=None))
    session.execute(delete(ChatMessage).where(*old))


def _delete_calls(session: Session, old: Sequence[ColumnElement[bool]]) -> None:
    told = ChatMessage.execution_id.in_(select(ExecutionRow.id).where(*old))
    session.execute(update(ChatMessage).where(told).values(execution_id=None))
    session.execute(delete(ExecutionRow).where(*old))


def _next(now: datetime, today: date, zone: ZoneInfo) -> datetime:
    """Return when it is three the next time, where the person is."""
    due = datetime.combine(today, AT, zone)
    return due if now < due else datetime.combine(today + DAY, AT, zone)

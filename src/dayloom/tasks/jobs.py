"""The job that keeps recurring tasks going: daily, and whenever one of them is finished."""

from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.work import Claim, Finish
from dayloom.preferences.repository import PreferencesRepository
from dayloom.tasks.recurrence import SeriesService
from dayloom.tasks.repository import TaskRepository


class RecurrenceJob:
    """Makes the next occurrences of an account's recurring tasks."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def __call__(self, claim: Claim) -> Finish:
        account_id, now = int(claim.key), self._clock.now()
        zone = await self._db.read(partial(_zone, account_id=account_id))
        return Finish(
            unit=partial(_top_up, account_id=account_id, now=now, zone=zone),
            again_at=_next_midnight(now, zone),
        )


def _zone(session: Session, *, account_id: int) -> ZoneInfo:
    preferences = PreferencesRepository(session, account_id).get()
    return ZoneInfo(preferences.time_zone if preferences else "UTC")


def _top_up(session: Session, *, account_id: int, now: datetime, zone: ZoneInfo) -> None:
    tasks = TaskRepository(session, account_id)
    SeriesService(tasks, Changes(session, account_id, now), now=now, zone=zone).top_up_all()


def _next_midnight(now: datetime, zone: ZoneInfo) -> datetime:
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone)

"""The refresh of one calendar: fetched, read in a child, stored; an error leaves the events."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.calendars.models import Calendar, CalendarKind, CalendarSource
from dayloom.calendars.reader import ReadFeed
from dayloom.calendars.reading.values import Feed, Window
from dayloom.calendars.repository import CalendarRepository
from dayloom.calendars.service import LARGEST
from dayloom.calendars.storing import EventStore
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.errors import DayloomError, Invalid
from dayloom.infra.outbound import Fetched, fetch
from dayloom.infra.work import Claim, Finish
from dayloom.preferences.repository import PreferencesRepository

EVERY = timedelta(minutes=15)
DAILY = timedelta(days=1)
LONGEST_PAUSE = timedelta(hours=6)
BACK, AHEAD = timedelta(days=7), timedelta(weeks=13)
FETCH_WITHIN = timedelta(seconds=30)

REFUSALS = {
    401: "The server asks for a password (401). Use the calendar's secret address.",
    403: "The server does not allow it (403). Check the calendar's address.",
    404: "There is no calendar at this address (404).",
    410: "The calendar was taken away (410).",
    429: "The server asks to come less often (429).",
}


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be read, as it was at the beginning."""

    account_id: int
    calendar: Calendar
    content: bytes | None
    zone: str


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of it. Without `feed` nothing has changed since the last time."""

    feed: Feed | None = None
    fetched: Fetched | None = None


class CalendarJob:
    """Handles work of the kind "calendar", whose key is the number of the calendar."""

    def __init__(
        self, db: Database, clock: Clock, read: ReadFeed, *, allow: Collection[str] = ()
    ) -> None:
        self._db = db
        self._clock = clock
        self._read_feed = read
        self._allow = allow

    async def __call__(self, claim: Claim) -> Finish:
        now = self._clock.now()
        order = await self._db.read(partial(_order, calendar_id=int(claim.key)))
        if order is None:
            return Finish()
        try:
            read = await self._read(order, now)
        except DayloomError as error:
            failures = order.calendar.failures + 1
            unit = partial(_store_failure, order=order, sentence=str(error), now=now)
            return Finish(unit=unit, again_at=now + _pause(failures))
        again = EVERY if order.calendar.kind is CalendarKind.URL else DAILY
        return Finish(unit=partial(_store, order=order, read=read, now=now), again_at=now + again)

    async def _read(self, order: _Order, now: datetime) -> _Read:
        window = Window(start=now - BACK, end=now + AHEAD, zone=order.zone)
        if order.calendar.url is None:
            return _Read(feed=await self._read_feed(order.content or b"", window))
        fetched = await self._fetch(order.calendar)
        if fetched.status == 304:
            if order.content is None or not _outdated(order.calendar, now):
                return _Read(fetched=fetched)
            return _Read(feed=await self._read_feed(order.content, window), fetched=fetched)
        return _Read(feed=await self._read_feed(fetched.body, window), fetched=fetched)

    async def _fetch(self, calendar: Calendar) -> Fetched:
        fetched = await fetch(
            calendar.url or "",
            etag=calendar.etag,
            last_modified=calendar.last_modified,
            limit_bytes=LARGEST,
            total_timeout=FETCH_WITHIN,
            allow=self._allow,
        )
        if fetched.status not in (200, 304):
            known = REFUSALS.get(fetched.status)
            raise Invalid(known or f"The server answered with an error ({fetched.status}).")
        return fetched


def _order(session: Session, *, calendar_id: int) -> _Order | None:
    account_id = session.scalar(select(Calendar.account_id).where(Calendar.id == calendar_id))
    if account_id is None:
        return None
    rows = CalendarRepository(session, account_id)
    calendar = rows.get(calendar_id)
    preferences = PreferencesRepository(session, account_id).get()
    if calendar is None or preferences is None:
        return None
    return _Order(account_id, calendar, rows.content(calendar_id), preferences.time_zone)


def _outdated(calendar: Calendar, now: datetime) -> bool:
    """Tell whether the window of a feed that does not change must move on."""
    return calendar.refreshed_at is None or calendar.refreshed_at + DAILY <= now


def _pause(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row, at most six hours."""
    return min(LONGEST_PAUSE, EVERY * (1 << min(failures - 1, 10)))


def _store(session: Session, *, order: _Order, read: _Read, now: datetime) -> None:
    rows = CalendarRepository(session, order.account_id)
    calendar = rows.get(order.calendar.id)
    if calendar is None or calendar.url != order.calendar.url:
        return
    changes = Changes(session, order.account_id, now)
    if read.feed is None:
        calendar.stale, calendar.error, calendar.failures = False, None, 0
        rows.flush()
        changes.announce(Topic.CALENDARS)
        return
    EventStore(rows, changes, now=now).store(calendar, read.feed)
    if read.fetched is not None and read.fetched.status == 200 and not calendar.shrunk:
        calendar.etag, calendar.last_modified = read.fetched.etag, read.fetched.last_modified
        _keep_content(rows, calendar, read.fetched.body)
    rows.flush()


def _keep_content(rows: CalendarRepository, calendar: Calendar, content: bytes) -> None:
    source = rows.source(calendar.id)
    if source is None:
        rows.add(
            CalendarSource(calendar_id=calendar.id, account_id=rows.account_id, content=content)
        )
    else:
        source.content = content


def _store_failure(session: Session, *, order: _Order, sentence: str, now: datetime) -> None:
    rows = CalendarRepository(session, order.account_id)
    calendar = rows.get(order.calendar.id)
    if calendar is None:
        return
    calendar.error = sentence
    calendar.stale = True
    calendar.failures += 1
    rows.flush()
    Changes(session, order.account_id, now).announce(Topic.CALENDARS)

"""The refresh of one calendar: fetched, read in a child, stored; an error leaves the events."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.calendars.fetching import UNCHANGED, Refused, fetch_calendar
from dayloom.calendars.models import REMEMBERED, Calendar
from dayloom.calendars.reader import ReadFeed
from dayloom.calendars.reading.values import Feed, Window
from dayloom.calendars.repository import CalendarRepository, owner_of
from dayloom.calendars.storing import EventStore
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.errors import DayloomError
from dayloom.infra.outbound import Fetched
from dayloom.infra.work import Claim, Finish
from dayloom.preferences.repository import PreferencesRepository

DAY = timedelta(days=1)
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=6)
BACK, AHEAD = timedelta(days=7), timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be read, as it was at the beginning."""

    account_id: int
    calendar: Calendar
    zone: ZoneInfo
    now: datetime

    @property
    def midnight(self) -> datetime:
        """Return when the person's day began, with which the window moves on."""
        return datetime.combine(self.now.astimezone(self.zone).date(), time(), self.zone)

    @property
    def window(self) -> Window:
        return Window(
            start=self.midnight - BACK,
            end=self.midnight + AHEAD + DAY,
            zone=self.zone.key,
            addresses=frozenset(filter(None, [self.calendar.own_address])),
        )

    @property
    def outdated(self) -> bool:
        """Tell whether the events must be worked out again from bytes that are the same."""
        read_at = self.calendar.read_at
        return read_at is None or read_at < self.midnight


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of it. Without `feed` the events are as they were."""

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
        calendar_id = int(claim.key)
        order = await self._db.read(partial(_order, calendar_id=calendar_id, now=now))
        if order is None:
            return await self._forget(calendar_id, now)
        try:
            outcome = await self._read(order)
        except DayloomError as error:
            unit = partial(_store_failure, order=order, sentence=str(error))
            return Finish(unit=unit, again_at=now + _pause(order.calendar, error))
        return Finish(unit=partial(_store, order=order, outcome=outcome), again_at=_next(order))

    async def _forget(self, calendar_id: int, now: datetime) -> Finish:
        """Purge a calendar that was removed, or come back when it is too late for an undo."""
        forgotten_at = await self._db.read(partial(_forgotten_at, calendar_id=calendar_id))
        if forgotten_at is None:
            return Finish()
        if now < forgotten_at:
            return Finish(again_at=forgotten_at)
        return Finish(unit=partial(_purge, calendar_id=calendar_id, now=now))

    async def _read(self, order: _Order) -> _Outcome:
        if order.calendar.url is None:
            return _Outcome(feed=await self._read_again(order))
        fetched = await fetch_calendar(order.calendar, now=order.now, allow=self._allow)
        if fetched.status != UNCHANGED:
            return _Outcome(await self._read_feed(fetched.body, order.window), fetched)
        if order.outdated:
            return _Outcome(await self._read_again(order), fetched)
        return _Outcome(fetched=fetched)

    async def _read_again(self, order: _Order) -> Feed:
        def content(session: Session) -> bytes | None:
            return CalendarRepository(session, order.account_id).content(order.calendar.id)

        kept = await self._db.read(content)
        return await self._read_feed(kept or b"", order.window)


def _order(session: Session, *, calendar_id: int, now: datetime) -> _Order | None:
    account_id = owner_of(session, calendar_id)
    if account_id is None:
        return None
    calendar = CalendarRepository(session, account_id).get(calendar_id)
    preferences = PreferencesRepository(session, account_id).get()
    if calendar is None or preferences is None:
        return None
    return _Order(account_id, calendar, ZoneInfo(preferences.time_zone), now)


def _forgotten_at(session: Session, *, calendar_id: int) -> datetime | None:
    account_id = owner_of(session, calendar_id)
    if account_id is None:
        return None
    calendar = CalendarRepository(session, account_id).get(calendar_id, deleted=True)
    removed_at = calendar.deleted_at if calendar else None
    return removed_at + REMEMBERED if removed_at else None


def _purge(session: Session, *, calendar_id: int, now: datetime) -> None:
    """Purge the calendar, unless it was brought back or removed anew meanwhile."""
    forgotten_at = _forgotten_at(session, calendar_id=calendar_id)
    account_id = owner_of(session, calendar_id)
    if account_id is not None and forgotten_at is not None and forgotten_at <= now:
        CalendarRepository(session, account_id).purge(calendar_id)


def _next(order: _Order) -> datetime:
    """Return when to look again: addresses often, files only as the window moves on."""
    if order.calendar.url is not None:
        return order.now + order.calendar.refresh_every
    tomorrow = order.now.astimezone(order.zone).date() + DAY
    return datetime.combine(tomorrow, time(), order.zone)


def _pause(calendar: Calendar, error: DayloomError) -> timedelta:
    """Return how long to wait after a failure: doubling, or as the server asks, in bounds.

    A file does not get better by waiting; it is only looked at as the window moves on.
    """
    if calendar.url is None:
        return DAY
    doubled = calendar.refresh_every * (1 << min(calendar.failures, 10))
    asked = error.wait if isinstance(error, Refused) else None
    return min(LONGEST_PAUSE, max(SHORTEST_PAUSE, doubled if asked is None else asked))


def _store(session: Session, *, order: _Order, outcome: _Outcome) -> None:
    rows = CalendarRepository(session, order.account_id)
    calendar = rows.get(order.calendar.id)
    if calendar is None:
        return
    store = EventStore(rows, Changes(session, order.account_id, order.now), now=order.now)
    if outcome.feed is None:
        store.keep(calendar)
    elif store.replace(calendar, outcome.feed) and outcome.fetched is not None:
        _remember(rows, calendar, outcome.fetched)


def _remember(rows: CalendarRepository, calendar: Calendar, fetched: Fetched) -> None:
    """Keep the bytes that the events now come from, and what to ask the server with."""
    if fetched.status != UNCHANGED:
        calendar.etag, calendar.last_modified = fetched.etag, fetched.last_modified
        rows.keep_content(calendar.id, fetched.body)
    rows.flush()


def _store_failure(session: Session, *, order: _Order, sentence: str) -> None:
    rows = CalendarRepository(session, order.account_id)
    calendar = rows.get(order.calendar.id)
    if calendar is None:
        return
    calendar.error = sentence
    calendar.stale = True
    calendar.failures += 1
    rows.flush()
    Changes(session, order.account_id, order.now).announce(Topic.CALENDARS)

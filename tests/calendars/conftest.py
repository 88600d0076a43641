"""A calendar keeper: adds calendars, and does the worker's part on the spot."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

import pytest

from dayloom.accounts.changes import CALENDAR, REPLAN
from dayloom.bootstrap import Container
from dayloom.calendars.jobs import CalendarJob
from dayloom.calendars.models import Calendar, Event
from dayloom.calendars.reading.feed import read_feed
from dayloom.calendars.reading.values import Feed, NotACalendar, Window
from dayloom.infra import live, work
from dayloom.infra.errors import Invalid
from dayloom.infra.work import Claim, Finish
from tests.calendars.feeds import FeedServer, serving_feed
from tests.conftest import Desk
from tests.fakes import FakeClock

LOCAL = ("127.0.0.1",)
YEAR = timedelta(days=366)


class Keeper(Desk):
    """What a person does with calendars, and what the worker does with them then."""

    def __init__(self, container: Container, clock: FakeClock) -> None:
        super().__init__(container)
        self.clock = clock
        self.readings = 0

    def subscribe(self, server: FeedServer, name: str = "Work") -> Calendar:
        """Add the calendar of a server, and read it."""
        added = self.write(lambda s: s.calendars.add_url(name, server.url))
        self.refresh(added)
        return self.look_up(added)

    def upload(self, content: bytes, name: str = "Home") -> Calendar:
        """Add a file, and read it."""
        added = self.write(lambda s: s.calendars.add_file(name, content))
        self.refresh(added)
        return self.look_up(added)

    def refresh(self, calendar: Calendar, *, allow: Collection[str] = LOCAL) -> Finish:
        """Do the calendar's waiting work, as the worker would."""
        finish = self.start_refresh(calendar, allow=allow)
        self.end(finish)
        return finish

    def start_refresh(self, calendar: Calendar, *, allow: Collection[str] = LOCAL) -> Finish:
        job = CalendarJob(self.container.db, self.clock, self._read, allow=allow)
        key = str(calendar.id)
        want = self.read(lambda s: work.wanted(s.session, CALENDAR, key))
        found = asyncio.run(job(Claim(kind=CALENDAR, key=key, want=want)))
        assert found is not None
        return found

    def end(self, finish: Finish) -> None:
        if finish.unit is not None:
            self.container.db.write_now(finish.unit)

    async def _read(self, data: bytes, window: Window) -> Feed:
        self.readings += 1
        try:
            return read_feed(data, window)
        except NotACalendar as error:
            raise Invalid(str(error)) from error

    def look_up(self, calendar: Calendar) -> Calendar:
        return self.read(lambda s: s.calendars.require(calendar.id))

    def events(self) -> Sequence[Event]:
        now = self.clock.now()
        return self.read(lambda s: s.calendars.events_between(now - YEAR, now + YEAR))

    def summaries(self) -> list[str]:
        return [event.summary for event in self.events()]

    def busy(self) -> list[str]:
        """Return the titles of what takes time."""
        now = self.clock.now()
        found = self.read(lambda s: s.calendars.busy_between(now - YEAR, now + YEAR))
        return [event.summary for event in found]

    def plans_wanted(self) -> int:
        key = str(self.container.account_id)
        return self.read(lambda s: work.wanted(s.session, REPLAN, key))

    def newest_change(self) -> int:
        return self.read(lambda s: live.newest(s.session))


@pytest.fixture
def keeper(container: Container, clock: FakeClock) -> Keeper:
    return Keeper(container, clock)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving_feed() as made:
        yield made

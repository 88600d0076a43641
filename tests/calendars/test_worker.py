"""From an address to busy time: the real runner, the real child, a real server, a real file."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dayloom.bootstrap import Container, bootstrap
from dayloom.calendars import child
from dayloom.calendars.models import Calendar
from dayloom.calendars.reader import FeedReader
from dayloom.calendars.repository import CalendarRepository
from dayloom.infra.clock import SystemClock
from dayloom.infra.process_pool import ProcessPool
from dayloom.infra.runner import Runner
from dayloom.infra.settings import Settings
from dayloom.language.program.lazy import LazyDoor
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from tests.calendars.feeds import FeedServer, calendar, meeting
from tests.calendars.hostile import BUILDERS
from tests.waiting import run, until

pytestmark = pytest.mark.processes


async def solve(problem: Problem) -> Plan:
    return plan_earliest(problem)


def calendars(container: Container) -> list[Calendar]:
    return container.db.read_now(
        lambda session: list(session.query(Calendar).order_by(Calendar.id))
    )


async def working(container: Container, *wanted: int) -> None:
    """Run a worker until so many refreshes have gone well, and badly."""
    pool = ProcessPool(warm_up=f"{child.__name__}:{child.limit_memory.__name__}")
    stop = asyncio.Event()
    runner = Runner(
        container.db,
        container.duties(solve, FeedReader(pool), LazyDoor()),
        clock=container.clock,
        signs=container.settings.signs_of_life,
    )
    running = asyncio.create_task(runner.run(stop))

    def reached() -> bool:
        found = calendars(container)
        return wanted == (
            sum(one.refreshed_at is not None for one in found),
            sum(one.error is not None for one in found),
        )

    try:
        await until(reached, f"{wanted} refreshes", patience=60)
    finally:
        stop.set()
        await running
        await pool.close()


def test_good_and_hostile_calendars_by_address_in_one_worker(
    tmp_path: Path, server: FeedServer
) -> None:
    tomorrow = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    server.body = calendar(meeting(tomorrow, "RRULE:FREQ=DAILY;COUNT=5"), name="Team")
    settings = Settings(
        data_dir=tmp_path, time_zone="Europe/Berlin", allow_private_hosts=frozenset(["127.0.0.1"])
    )
    container = bootstrap(settings, clock=SystemClock())
    too_much = BUILDERS["a_hundred_thousand_events"]().data[: 9 << 20] + b"\r\nEND:VCALENDAR\r\n"

    async def live() -> None:
        await container.write(lambda s: s.calendars.add_file("Too much", too_much))
        await container.write(lambda s: s.calendars.add_url("", server.url))
        await container.write(lambda s: s.calendars.add_url("Gone", "http://nobody.invalid/a.ics"))
        await working(container, 1, 2)

    try:
        run(live(), patience=90)
        much, team, gone = calendars(container)
        rows = container.db.read_now(
            lambda session: CalendarRepository(session, container.account_id).busy_between(
                tomorrow, tomorrow + timedelta(days=30)
            )
        )
    finally:
        container.db.close()
    assert [row.start for row in rows] == [tomorrow + timedelta(days=k) for k in range(5)]
    assert (team.name, team.stale) == ("Team", False)
    assert "20,000 events" in (much.error or "")
    assert "no server named nobody.invalid" in (gone.error or "")

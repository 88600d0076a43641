"""Live updates: every change reaches the pages of its account, and streams end when told."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from dayloom.infra import live
from dayloom.infra.db import Database
from dayloom.infra.hub import Hub
from dayloom.infra.live import Change
from tests.infra.effects import open_database
from tests.waiting import run, until


class Page:
    """An open page: it reads its stream in the background and notes what it is told."""

    def __init__(self, hub: Hub, account_id: int = 1, *, since: int | None = None) -> None:
        self.told: list[str] = []
        self.seq = 0
        self._stream = hub.changes(account_id, since=since)
        self.reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for change in self._stream:
            self.told.append(change.topic)
            self.seq = change.seq


async def open_page(hub: Hub, account_id: int = 1, *, since: int | None = None) -> Page:
    """Open a page and wait until the hub knows of it."""
    known = len(hub._mailboxes[account_id])
    page = Page(hub, account_id, since=since)
    await until(lambda: len(hub._mailboxes[account_id]) > known, "the page is subscribed")
    return page


async def announce(db: Database, account_id: int, *topics: str) -> None:
    def unit(session: Session) -> None:
        for topic in topics:
            live.announce(session, account_id, topic)

    await db.write(unit)


@pytest.mark.parametrize("foreign", [False, True])
def test_a_change_of_any_process_reaches_the_pages_of_its_account(
    db: Database, file: Path, *, foreign: bool
) -> None:
    writer = open_database(file) if foreign else db

    async def main() -> None:
        async with Hub(db) as hub:
            pages = [await open_page(hub), await open_page(hub), await open_page(hub, 2)]
            await announce(writer, 1, "tasks", "plan")
            await until(lambda: all(len(page.told) == 2 for page in pages[:2]), "all are told")
            await announce(writer, 2, "calendars")
            await until(lambda: pages[2].told, "the other account is told")
        assert [page.told for page in pages] == [["tasks", "plan"]] * 2 + [["calendars"]]

    run(main())
    if foreign:
        writer.close()


def test_a_change_that_was_rolled_back_is_not_told(db: Database) -> None:
    def unit(session: Session) -> None:
        live.announce(session, 1, "tasks")
        raise LookupError

    async def main() -> None:
        async with Hub(db) as hub:
            page = await open_page(hub)
            await asyncio.gather(db.write(unit), return_exceptions=True)
            await announce(db, 1, "plan")
            await until(lambda: page.told, "the page is told")
            assert page.told == ["plan"]

    run(main())


def test_a_page_that_was_away_is_told_what_it_missed(db: Database) -> None:
    async def main() -> None:
        await announce(db, 1, "tasks")
        seen = db.read_now(live.newest)
        await announce(db, 1, "plan")
        await announce(db, 2, "calendars")
        async with Hub(db) as hub:
            page = await open_page(hub, since=seen)
            await until(lambda: page.told, "the page is told")
            assert page.told == ["plan"]
            fresh = await open_page(hub)
            await announce(db, 1, "tasks")
            await until(lambda: fresh.told, "both are told")
            assert fresh.told == ["tasks"]

    run(main())


def test_a_page_that_reads_slowly_is_told_each_topic_once(db: Database) -> None:
    async def main() -> None:
        async with Hub(db) as hub:
            stream = hub.changes(1, since=0)
            for _ in range(50):
                await announce(db, 1, "tasks", "plan")
            changes = [await anext(stream), await anext(stream)]
            assert [(change.topic, change.seq) for change in changes] == [
                ("tasks", 99),
                ("plan", 100),
            ]
            await end(stream)
            assert hub._mailboxes == {}

    run(main())


async def end(stream: AsyncIterator[Change]) -> None:
    close = getattr(stream, "aclose")  # noqa: B009 — AsyncIterator does not declare it
    await close()


@pytest.mark.parametrize("from_a_signal", [True, False])
def test_streams_end_with_the_hub(db: Database, *, from_a_signal: bool) -> None:
    async def main() -> None:
        async with Hub(db) as hub:
            pages = [await open_page(hub, account_id) for account_id in range(10)]
            if from_a_signal:
                await asyncio.to_thread(hub.end_streams)
                await asyncio.gather(*(page.reading for page in pages))
        await asyncio.gather(*(page.reading for page in pages))
        assert hub._mailboxes == {}
        assert [change async for change in hub.changes(1)] == []

    run(main())


def test_changes_have_an_order_over_all_accounts(db: Database) -> None:
    async def main() -> None:
        for account_id in (2, 1, 2):
            await announce(db, account_id, "tasks")

    run(main())
    changes = db.read_now(partial(live.changes_since, seq=0))
    assert [(change.account_id, change.seq) for change in changes] == [(1, 2), (2, 3)]

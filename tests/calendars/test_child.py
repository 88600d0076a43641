"""Feeds from strangers, read in a real child process with real limits."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from dayloom.calendars import child
from dayloom.calendars.reader import FeedReader
from dayloom.calendars.reading.values import Feed, Window
from dayloom.infra.errors import Invalid
from dayloom.infra.process_pool import ProcessPool
from tests.calendars.hostile import BUILDERS, FOOT, GOOD, HEAD, HOUR, Hostile, event

WINDOW = Window(
    start=datetime(2026, 11, 22, 23, tzinfo=UTC),
    end=datetime(2026, 12, 20, 23, tzinfo=UTC),
    zone="Europe/Berlin",
)
GOOD_FILE = f"{HEAD}{GOOD}{FOOT}".encode()
T = TypeVar("T")

pytestmark = pytest.mark.processes


@asynccontextmanager
async def child_pool() -> AsyncIterator[ProcessPool]:
    pool = ProcessPool(warm_up=f"{child.__name__}:{child.limit_memory.__name__}")
    try:
        yield pool
    finally:
        await pool.close()


def with_reader(work: Callable[[FeedReader, ProcessPool], Awaitable[T]]) -> T:
    async def run() -> T:
        async with child_pool() as pool:
            return await work(FeedReader(pool), pool)

    return asyncio.run(run())


def summaries(feed: Feed) -> list[str]:
    return [occurrence.summary for occurrence in feed.occurrences]


async def outcome(read: FeedReader, hostile: Hostile) -> tuple[int | None, int, bool]:
    """Return how many bad and good occurrences there are, and whether something was told."""
    try:
        feed = await read(hostile.data, WINDOW)
    except Invalid as refused:
        return None, 0, bool(str(refused))
    good = sum(occurrence.uid == "good" for occurrence in feed.occurrences)
    return len(feed.occurrences) - good, good, bool(feed.warnings)


def wanted(hostile: Hostile) -> tuple[int | None, int, bool]:
    good = 0 if hostile.kept is None else hostile.good
    return hostile.kept, good, hostile.told


def test_hostile_files_neither_stop_the_reader_nor_lose_their_good_events() -> None:
    async def work(read: FeedReader, _: ProcessPool) -> None:
        for name, build in BUILDERS.items():
            hostile = build()
            assert (name, *await outcome(read, hostile)) == (name, *wanted(hostile))
            assert summaries(await read(GOOD_FILE, WINDOW)) == ["Good"], name

    with_reader(work)


def test_a_feed_beyond_its_processor_time_is_refused_and_the_next_one_is_read() -> None:
    endless = "".join(
        event(HOUR, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", uid=f"u{number}")
        for number in range(40)
    )

    async def work(read: FeedReader, _: ProcessPool) -> Feed:
        with pytest.raises(Invalid, match="takes too long"):
            await read(Hostile(endless, kept=None).data, WINDOW)
        return await read(GOOD_FILE, WINDOW)

    assert summaries(with_reader(work)) == ["Good"]


def test_the_child_cannot_take_more_memory_than_its_limit() -> None:
    async def work(read: FeedReader, pool: ProcessPool) -> Feed:
        with pytest.raises(MemoryError):
            await pool.run("builtins:bytearray", 1 << 30, timeout=timedelta(minutes=1))
        return await read(GOOD_FILE, WINDOW)

    assert summaries(with_reader(work)) == ["Good"]


def test_one_child_reads_one_feed_after_the_other() -> None:
    async def work(read: FeedReader, pool: ProcessPool) -> set[int]:
        ids = set()
        for _ in range(3):
            await read(GOOD_FILE, WINDOW)
            ids.add(await pool.run("os:getpid", timeout=timedelta(minutes=1)))
        return ids

    assert len(with_reader(work)) == 1


def test_what_is_no_calendar_is_refused_with_a_sentence() -> None:
    async def work(read: FeedReader, _: ProcessPool) -> list[str]:
        said = []
        for data in (b"<!doctype html><html></html>", b"", b"%PDF-1.7", b"x" * (11 << 20)):
            with pytest.raises(Invalid) as refused:
                await read(data, WINDOW)
            said.append(str(refused.value))
        return said

    page, empty, other, large = with_reader(work)
    assert "web page" in page
    assert "empty" in empty
    assert "BEGIN:VCALENDAR" in other
    assert "10 MB" in large

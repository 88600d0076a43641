"""The worker's side of reading feeds: a call into a child process, errors as sentences."""

from datetime import timedelta
from typing import Protocol

from dayloom.calendars.reading.values import Feed, NotACalendar, Window
from dayloom.infra.errors import Invalid
from dayloom.infra.process_pool import ChildDied, ProcessPool, TookTooLong

LONGEST = timedelta(seconds=30)


class ReadFeed(Protocol):
    """Reads the bytes of a feed. Raises `Invalid` with a sentence for the person."""

    async def __call__(self, data: bytes, window: Window) -> Feed: ...


class FeedReader:
    """Reads feeds in the children of a pool whose warm-up is `child.limit_memory`."""

    def __init__(self, pool: ProcessPool) -> None:
        self._pool = pool

    async def __call__(self, data: bytes, window: Window) -> Feed:
        try:
            feed: Feed = await self._pool.run(
                "dayloom.calendars.child:read_bounded", data, window, timeout=LONGEST
            )
        except NotACalendar as error:
            raise Invalid(str(error)) from error
        except (TookTooLong, ChildDied, MemoryError) as error:
            raise Invalid(
                "The calendar takes too long or too much memory to read; it may be broken."
            ) from error
        return feed

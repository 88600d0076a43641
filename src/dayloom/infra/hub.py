"""Tells open pages what changed: the web process's side of `live`."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from functools import partial
from types import TracebackType
from typing import Self

from sqlalchemy.exc import DBAPIError

from dayloom.infra import live
from dayloom.infra.db import Database
from dayloom.infra.errors import Unavailable
from dayloom.infra.live import Change

log = logging.getLogger(__name__)


class _Mailbox:
    """What one page has not been told yet. It holds a topic once, so it cannot overflow."""

    def __init__(self) -> None:
        self.changes: dict[str, Change] = {}
        self.arrived = asyncio.Event()

    def put(self, change: Change) -> None:
        self.changes[change.topic] = change
        self.arrived.set()

    def take(self) -> list[Change]:
        taken = sorted(self.changes.values(), key=lambda change: change.seq)
        self.changes.clear()
        self.arrived.clear()
        return taken


class Hub:
    """Watches the database while it is entered, and passes changes on to the streams."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._wake = asyncio.Event()
        self._ended = False
        self._seen = 0
        self._mailboxes: defaultdict[int, set[_Mailbox]] = defaultdict(set)
        self._stop_watching: Callable[[], None] = lambda: None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._passing_on: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._seen = await self._db.read(live.newest)
        self._stop_watching = self._db.watch(self._wake.set)
        self._passing_on = asyncio.create_task(self._run())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop_watching()
        self._end()
        if self._passing_on is not None:
            await self._passing_on

    async def changes(self, account_id: int, *, since: int | None = None) -> AsyncIterator[Change]:
        """Yield the account's changes until the hub ends.

        `since` is the `seq` of the last change that the page knows; without it, changes count
        from now on. A page that reads slowly is told the newest of each topic.
        """
        mailbox = _Mailbox()
        self._mailboxes[account_id].add(mailbox)
        try:
            if since is not None:
                missed = partial(live.changes_since, seq=since, account_id=account_id)
                for change in await self._db.read(missed):
                    mailbox.put(change)
            while not self._ended:
                await mailbox.arrived.wait()
                for change in mailbox.take():
                    yield change
        finally:
            self._forget(account_id, mailbox)

    def end_streams(self) -> None:
        """End all streams; safe to call from a signal handler or another thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        self._ended = True
        self._wake.set()
        for mailboxes in self._mailboxes.values():
            for mailbox in mailboxes:
                mailbox.arrived.set()

    def _forget(self, account_id: int, mailbox: _Mailbox) -> None:
        self._mailboxes[account_id].discard(mailbox)
        if not self._mailboxes[account_id]:
            del self._mailboxes[account_id]

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self._ended:
                return
            try:
                await self._pass_on()
            except (Unavailable, DBAPIError):
                log.exception("the database does not answer; trying again at the next change")

    async def _pass_on(self) -> None:
        for change in await self._db.read(partial(live.changes_since, seq=self._seen)):
            self._seen = change.seq
            for mailbox in self._mailboxes.get(change.account_id, ()):
                mailbox.put(change)

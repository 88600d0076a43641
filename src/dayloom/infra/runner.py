"""The embedded runner: does the work of this machine as soon as it is due.

A commit of any process wakes it; the sweep every few seconds is only the net.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from uuid import uuid4

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dayloom.infra import claims
from dayloom.infra.claims import Fenced, Held
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.errors import Unavailable
from dayloom.infra.file_lock import SignOfLife, dead_signs
from dayloom.infra.logging import log_ids
from dayloom.infra.work import Finish, Handler, Overtaken, ensure

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a runner behaves in time."""

    at_once: int = 4
    waiting_at_once: int = 16
    lease: timedelta = timedelta(seconds=30)
    sweep: timedelta = timedelta(seconds=5)
    grace: timedelta = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """Who does which kind of work, and which work, by kind and key, is due again and again.

    Kinds in `waiting` mostly wait, for other servers or for their turn, maybe for minutes: they
    have places of their own and hold up nothing else.
    """

    handlers: Mapping[str, Handler]
    periodic: Collection[tuple[str, str]] = ()
    waiting: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lane:
    """Kinds of work that share their places; `owners` are the claims that take one."""

    kinds: Collection[str]
    places: int
    owners: set[str] = field(default_factory=set)


class Runner:
    """Claims due work, does a few things at a time, and stores the results."""

    def __init__(
        self,
        db: Database,
        duties: Duties,
        *,
        clock: Clock,
        signs: Path,
        pace: Pace | None = None,
    ) -> None:
        self._db = db
        self._handlers = duties.handlers
        self._clock = clock
        self._signs = signs
        self._periodic = frozenset(duties.periodic)
        self._pace = pace or Pace()
        busy = duties.handlers.keys() - set(duties.waiting)
        self._lanes = (
            _Lane(kinds=busy, places=self._pace.at_once),
            _Lane(kinds=duties.handlers.keys() - busy, places=self._pace.waiting_at_once),
        )
        self._worker = uuid4().hex[:12]
        self._serial = count(1)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._looked_at: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then finish or give back what is under way."""
        sign = SignOfLife(self._signs / self._worker)
        unwatch = self._db.watch(self._wake.set)
        stopping = asyncio.create_task(_relay(stop, self._wake))
        try:
            while not stop.is_set():
                self._wake.clear()
                await self._wait(await self._turn())
            await self._wind_down()
        finally:
            stopping.cancel()
            unwatch()
            sign.end()

    async def _turn(self) -> timedelta:
        """Start what is due, and return how long there is nothing more to do."""
        try:
            await self._look_around()
            return min([await self._fill(lane) for lane in self._lanes if lane.kinds])
        except (Unavailable, DBAPIError):
            log.exception("the database does not answer; trying again")
        return self._pace.sweep

    async def _fill(self, lane: _Lane) -> timedelta:
        """Start what is due of these kinds, and return when to look again."""
        while len(lane.owners) < lane.places:
            now = self._clock.now()
            due = await self._db.read(partial(claims.next_due, kinds=lane.kinds))
            if due is None:
                break
            if due > now:
                return due - now
            await self._start_one(lane, now)
        return self._pace.sweep

    async def _wait(self, pause: timedelta) -> None:
        try:
            async with asyncio.timeout(min(pause, self._pace.sweep).total_seconds()):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _start_one(self, lane: _Lane, now: datetime) -> None:
        owner = f"{self._worker}:{next(self._serial)}"
        take = partial(claims.take, owner=owner, kinds=lane.kinds, now=now, lease=self._pace.lease)
        held = await self._db.write(take)
        if held is not None:
            lane.owners.add(owner)
            self._running[owner] = asyncio.create_task(self._do(held, lane))

    async def _do(self, held: Held, lane: _Lane) -> None:
        claim = held.claim
        try:
            with log_ids(job=f"{claim.kind}/{claim.key}/{claim.want}"):
                end = await self._handlers[claim.kind](claim)
                await self._db.write(partial(claims.finish, held=held, end=end or Finish()))
        except (asyncio.CancelledError, Overtaken):
            await self._settle(partial(claims.give_back, held=held))
        except Fenced:
            log.warning("%s %s was taken over; its result is dropped", claim.kind, claim.key)
        except Exception as error:
            log.exception("%s %s failed, attempt %s", claim.kind, claim.key, held.attempt)
            await self._settle(self._failure(held, error))
        finally:
            del self._running[held.owner]
            lane.owners.discard(held.owner)
            self._wake.set()

    def _failure(self, held: Held, error: Exception) -> Callable[[Session], None]:
        named = (held.claim.kind, held.claim.key)
        return partial(
            claims.fail,
            held=held,
            error=f"{type(error).__name__}: {error}",
            now=self._clock.now(),
            park=named not in self._periodic,
        )

    async def _settle(self, unit: Callable[[Session], None]) -> None:
        """End a claim without a result; if even that fails, its lease runs out."""
        with suppress(Fenced):
            try:
                await self._db.write(unit)
            except (Unavailable, DBAPIError):
                log.exception("a claim could not be given back")

    async def _look_around(self) -> None:
        """Every few seconds: see to periodic work, to dead workers, and to the own leases."""
        now, before = self._clock.now(), self._looked_at
        if before is not None and before <= now < before + self._pace.sweep:
            return
        if before is None:
            await self._start_periodic(now)
        elif now < before:
            log.warning("the clock was set back by %s", before - now)
            await self._db.write(partial(claims.bring_forward, now=now))
        await self._free_dead(now)
        await self._extend(now)
        self._looked_at = now

    async def _start_periodic(self, now: datetime) -> None:
        for kind, key in sorted(self._periodic):
            await self._db.write(partial(ensure, kind=kind, key=key, now=now))

    async def _free_dead(self, now: datetime) -> None:
        dead = dead_signs(self._signs)
        if dead:
            log.warning("freeing what %d dead workers held", len(dead))
            workers = {sign.name for sign in dead}
            await self._db.write(partial(claims.free, workers=workers, now=now))
        for sign in dead:
            sign.unlink(missing_ok=True)

    async def _extend(self, now: datetime) -> None:
        owners = set(self._running)
        if owners:
            lease = now + self._pace.lease
            kept = await self._db.write(partial(claims.extend, owners=owners, lease=lease))
            for owner in (owners - kept) & self._running.keys():
                self._running[owner].cancel()

    async def _wind_down(self) -> None:
        running = list(self._running.values())
        if running:
            _, late = await asyncio.wait(running, timeout=self._pace.grace.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late)


async def _relay(stop: asyncio.Event, wake: asyncio.Event) -> None:
    await stop.wait()
    wake.set()

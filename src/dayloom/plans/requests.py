"""Asking for a plan and waiting for it: the worker answers in its own time."""

import asyncio
from datetime import timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from dayloom.accounts.changes import REQUEST, Changes
from dayloom.infra import work
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.errors import NotFound


class RequestState(StrEnum):
    """How far the answer to a request is."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"


class PlanRequests:
    """The person's own wishes for a plan, by number."""

    def __init__(self, db: Database, account_id: int, clock: Clock) -> None:
        self._db = db
        self._account_id = account_id
        self._clock = clock

    async def ask(self) -> int:
        """Ask the worker for the best plan now; return the number of the request."""
        now = self._clock.now()
        return await self._db.write(
            lambda session: Changes(session, self._account_id, now).ask_for_plan()
        )

    async def state(self, number: int) -> RequestState:
        """Tell how far the answer is. Raises `NotFound` for a request that never was."""
        return await self._db.read(lambda session: self._state(session, number))

    async def wait(self, number: int, *, longest: timedelta) -> RequestState:
        """Return when the request is answered, has failed, or `longest` has passed."""
        changed = asyncio.Event()
        unwatch = self._db.watch(changed.set)
        try:
            async with asyncio.timeout(longest.total_seconds()):
                while (state := await self.state(number)) is RequestState.WAITING:
                    await changed.wait()
                    changed.clear()
                return state
        except TimeoutError:
            return RequestState.WAITING
        finally:
            unwatch()

    def _state(self, session: Session, number: int) -> RequestState:
        progress = work.progress(session, REQUEST, str(self._account_id))
        if progress is None or not 1 <= number <= progress.want:
            raise NotFound(f"There is no request {number} for a plan.")
        if progress.done >= number:
            return RequestState.ANSWERED
        return RequestState.FAILED if progress.parked else RequestState.WAITING

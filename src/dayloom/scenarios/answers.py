"""Looking at scenarios, and waiting until the worker has planned one through."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.scenarios.service import ScenarioService, State, Told

UNANSWERED = (State.WAITING, State.OUTDATED)
NO_TIME = timedelta(0)


class ScenarioAnswers:
    """A look has what is out of date planned through again: nobody else needs it."""

    def __init__(self, db: Database, account_id: int, clock: Clock) -> None:
        self._db = db
        self._account_id = account_id
        self._clock = clock

    async def all(self) -> Sequence[Told]:
        """Return every scenario as it is known now."""
        found = await self._db.read(lambda session: self._service(session).all())
        if any(told.state is State.OUTDATED for told in found):
            await self._refresh()
        return found

    async def look(self, scenario_id: int, *, longest: timedelta = NO_TIME) -> Told:
        """Return a scenario, as soon as it is planned through or `longest` has passed.

        Raises `NotFound`, also when it is thrown away meanwhile.
        """
        told = await self._told(scenario_id)
        if told.state is State.OUTDATED:
            await self._refresh()
        if told.state not in UNANSWERED or not longest:
            return told
        return await self._wait(told, longest)

    async def _wait(self, seen: Told, longest: timedelta) -> Told:
        """Wait; what is out of date again by the time it is solved is asked for once more."""
        scenario_id, changed = seen.id, asyncio.Event()
        unwatch = self._db.watch(changed.set)
        try:
            async with asyncio.timeout(longest.total_seconds()):
                while (told := await self._told(scenario_id)).state in UNANSWERED:
                    if told.state is State.OUTDATED and told.solved_at != seen.solved_at:
                        seen = told
                        await self._refresh()
                    await changed.wait()
                    changed.clear()
                return told
        except TimeoutError:
            return await self._told(scenario_id)
        finally:
            unwatch()

    async def _told(self, scenario_id: int) -> Told:
        read = partial(self._require, scenario_id=scenario_id)
        return await self._db.read(read)

    async def _refresh(self) -> None:
        await self._db.write(lambda session: self._service(session).refresh())

    def _require(self, session: Session, *, scenario_id: int) -> Told:
        return self._service(session).require(scenario_id)

    def _service(self, session: Session) -> ScenarioService:
        now: datetime = self._clock.now()
        return ScenarioService(session, self._account_id, now=now)

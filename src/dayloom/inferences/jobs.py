"""The test of a connection: what the server offers, how it answers, or what is wrong."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.inferences.asking import Door
from dayloom.inferences.endpoints import Endpoints
from dayloom.inferences.models import ModelSettings
from dayloom.inferences.recording import record, to_row
from dayloom.inferences.repository import InferenceRepository
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.errors import Unavailable
from dayloom.infra.work import Claim, Finish
from dayloom.language.program.endpoint import Probed
from dayloom.language.program.execution import Failure, ModelUnavailable

MOST_OFFERED = 1_000
LONGEST_NAME = 200


class ModelTestJob:
    """Handles work of the kind "model_test", whose key is the number of the account."""

    def __init__(self, db: Database, clock: Clock, door: Door, endpoints: Endpoints) -> None:
        self._db = db
        self._clock = clock
        self._door = door
        self._endpoints = endpoints

    async def __call__(self, claim: Claim) -> Finish:
        account_id = int(claim.key)
        row = await self._db.read(lambda s: InferenceRepository(s, account_id).settings())
        if row is None or not row.enabled:
            return Finish()
        found = await self._probe(row)
        return Finish(unit=partial(_store, tested=row, found=found, now=self._clock.now()))

    async def _probe(self, row: ModelSettings) -> Probed | ModelUnavailable:
        """Return what was found, or what is wrong."""
        try:
            probed = await self._door.probe(self._endpoints.of(row))
        except ModelUnavailable as error:
            return error
        except Unavailable as error:
            return ModelUnavailable(Failure.REFUSED, str(error))
        return self._endpoints.as_prescribed(row, probed)


def _store(
    session: Session, *, tested: ModelSettings, found: Probed | ModelUnavailable, now: datetime
) -> None:
    """Record the call, and note the outcome unless it is about another model than the present."""
    if found.execution is not None:
        record(session, to_row(tested.account_id, found.execution, now))
    row = InferenceRepository(session, tested.account_id).settings()
    if row is None or _tested(row) != _tested(tested):
        return
    row.tested_at = now
    if isinstance(found, Probed):
        row.mode, row.latency_ms, row.test_error = found.mode, found.latency_ms, None
        row.offered = [name for name in found.models if len(name) <= LONGEST_NAME][:MOST_OFFERED]
    else:
        row.latency_ms, row.test_error = None, str(found)
    session.flush()
    Changes(session, row.account_id, now).announce(Topic.MODEL)


def _tested(row: ModelSettings) -> tuple[object, ...]:
    return row.provider, row.base_url, row.model, row.sealed_key, row.from_environment

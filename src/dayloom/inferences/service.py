"""Asking the account's model: within its budget, and never without a record."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dayloom.inferences.asking import Door, Given
from dayloom.inferences.budget import complaint, spent
from dayloom.inferences.endpoints import Endpoints
from dayloom.inferences.models import ModelSettings
from dayloom.inferences.recording import record, to_row
from dayloom.inferences.repository import InferenceRepository
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.errors import Unavailable
from dayloom.language.program.answers import Answer, ChatAnswer
from dayloom.language.program.endpoint import Endpoint
from dayloom.language.program.execution import Execution, Failure, ModelUnavailable
from dayloom.language.program.questions import ChatQuestion, Question
from dayloom.preferences.repository import PreferencesRepository

A = TypeVar("A", bound=Answer)


class Models:
    """The models of all accounts, each asked with its own key and recorded as its own."""

    def __init__(self, db: Database, clock: Clock, door: Door, endpoints: Endpoints) -> None:
        self._db = db
        self._clock = clock
        self._door = door
        self._endpoints = endpoints

    async def is_configured(self, account_id: int) -> bool:
        """Tell whether the account has a model that is switched on."""
        row = await self._db.read(lambda s: InferenceRepository(s, account_id).settings())
        return row is not None and row.enabled

    async def ask(
        self, account_id: int, question: Question, answer: type[A], *, task_id: int | None = None
    ) -> Given[A]:
        """Return the answer, recorded. Raises `ModelUnavailable`, which is recorded too."""
        endpoint = await self._endpoint(account_id, question)
        try:
            answered = await self._door.run(question, answer, endpoint)
        except ModelUnavailable as error:
            await self._record_failure(account_id, error, task_id)
            raise
        except asyncio.CancelledError as error:
            await self._record_cancelled(account_id, error, task_id)
            raise
        recorded = await self._record(account_id, answered.execution, task_id)
        return Given(answer=answered.answer, execution_id=recorded)

    async def tell(
        self, account_id: int, question: ChatQuestion
    ) -> AsyncGenerator[str | Given[ChatAnswer], None]:
        """Yield the reply in pieces, then the recorded answer. Raises `ModelUnavailable`."""
        endpoint = await self._endpoint(account_id, question)
        try:
            async with aclosing(self._door.stream(question, endpoint)) as coming:
                async for piece in coming:
                    if isinstance(piece, str):
                        yield piece
                    else:
                        recorded = await self._record(account_id, piece.execution, None)
                        yield Given(answer=piece.answer, execution_id=recorded)
        except ModelUnavailable as error:
            await self._record_failure(account_id, error, None)
            raise
        except asyncio.CancelledError as error:
            await self._record_cancelled(account_id, error, None)
            raise

    async def _endpoint(self, account_id: int, question: Question) -> Endpoint:
        """Return whom to ask. Raises `ModelUnavailable` for nobody, or nothing left to spend."""
        row, nothing_left = await self._db.read(
            partial(_budget, account_id=account_id, now=self._clock.now())
        )
        if row is None or not row.enabled:
            raise ModelUnavailable(Failure.NOT_CONFIGURED, "No model is connected.")
        if nothing_left:
            unasked = _not_asked(row, question, nothing_left)
            error = ModelUnavailable(Failure.OVER_BUDGET, nothing_left, execution=unasked)
            await self._record_failure(account_id, error, None)
            raise error
        try:
            return self._endpoints.of(row)
        except Unavailable as error:
            raise ModelUnavailable(Failure.REFUSED, str(error)) from error

    async def _record_failure(
        self, account_id: int, error: ModelUnavailable, task_id: int | None
    ) -> None:
        if error.execution is not None:
            await self._record(account_id, error.execution, task_id)

    async def _record_cancelled(
        self, account_id: int, error: asyncio.CancelledError, task_id: int | None
    ) -> None:
        """Keep what a call had cost until it was broken off."""
        if isinstance(cause := error.__cause__, ModelUnavailable):
            await self._record_failure(account_id, cause, task_id)

    async def _record(self, account_id: int, execution: Execution, task_id: int | None) -> int:
        row = to_row(account_id, execution, self._clock.now(), task_id=task_id)
        return await self._db.write(lambda session: record(session, row))


def _budget(
    session: Session, *, account_id: int, now: datetime
) -> tuple[ModelSettings | None, str]:
    """Return the account's model, and a sentence where there is nothing left to spend."""
    rows = InferenceRepository(session, account_id)
    settings = rows.settings()
    preferences = PreferencesRepository(session, account_id).get()
    if settings is None or preferences is None:
        return None, ""
    so_far = spent(rows, now=now, zone=ZoneInfo(preferences.time_zone))
    return settings, complaint(settings, so_far)


def _not_asked(settings: ModelSettings, question: Question, sentence: str) -> Execution:
    return Execution(
        module=question.module,
        model=settings.model,
        base_url=settings.base_url,
        mode=settings.mode or "",
        inputs={},
        outputs=None,
        failure=Failure.OVER_BUDGET,
        sentence=sentence,
        duration_ms=0,
        attempts=(),
    )

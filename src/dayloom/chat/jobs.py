"""The chat job: the model answers piece by piece; what it orders is checked before it is done.

An answer takes pieces, and an end, only while it is being streamed. One that a worker left behind
is broken off: nobody knows what the model would have said, so the person may try again.
"""

import asyncio
from collections.abc import Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session

from dayloom.chat.answering import Answers, Begun
from dayloom.inferences.asking import Asks, Given
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.work import Claim, Finish
from dayloom.language.program.answers import ChatAnswer
from dayloom.language.program.execution import ModelUnavailable

PACE = 0.15  # seconds between two looks at what was streamed
ENDED = "The model ended without an answer."
T = TypeVar("T")


@dataclass(slots=True)
class _Spoken:
    """What was streamed so far, and whether there is more of it than is stored."""

    text: str = ""
    more: asyncio.Event = field(default_factory=asyncio.Event)
    unwanted: bool = False

    def add(self, piece: str) -> None:
        self.text += piece
        self.more.set()


class ChatJob:
    """Answers what waits for an answer, in the order in which it was said."""

    def __init__(self, db: Database, clock: Clock, models: Asks) -> None:
        self._db = db
        self._clock = clock
        self._models = models

    async def __call__(self, claim: Claim) -> Finish:
        account_id = int(claim.key)
        await self._write(account_id, lambda answers: answers.give_up_begun())
        while (begun := await self._write(account_id, lambda a: a.begin())) is not None:
            await self._answer(begun)
        return Finish()

    async def _answer(self, begun: Begun) -> None:
        spoken = _Spoken()
        showing = asyncio.create_task(self._show(begun, spoken))
        try:
            given = await self._listen(begun, spoken)
        except ModelUnavailable as error:
            said, why = error.said or spoken.text, str(error)
            await self._write(begun.account_id, lambda a: a.break_off(begun.message_id, said, why))
            return
        finally:
            await _end(showing)
        if given is not None:
            await self._write(begun.account_id, lambda a: a.finish(begun, given))

    async def _listen(self, begun: Begun, spoken: _Spoken) -> Given[ChatAnswer] | None:
        """Return the whole answer, None where nobody wants it any more."""
        telling = self._models.tell(begun.account_id, begun.question)
        async with aclosing(telling) as pieces:
            async for piece in pieces:
                if isinstance(piece, Given):
                    return piece
                spoken.add(piece)
                if spoken.unwanted:
                    return None
        await self._write(
            begun.account_id, lambda a: a.break_off(begun.message_id, spoken.text, ENDED)
        )
        return None

    async def _show(self, begun: Begun, spoken: _Spoken) -> None:
        """Store what is spoken, now and then, until it is ended or nobody waits any more."""
        while not spoken.unwanted:
            await spoken.more.wait()
            spoken.more.clear()
            filled = partial(_fill, begun=begun, text=spoken.text)
            spoken.unwanted = not await self._write(begun.account_id, filled)
            await asyncio.sleep(PACE)

    async def _write(self, account_id: int, act: Callable[[Answers], T]) -> T:
        now = self._clock.now()

        def unit(session: Session) -> T:
            return act(Answers(session, account_id, now=now))

        return await self._db.write(unit)


def _fill(answers: Answers, *, begun: Begun, text: str) -> bool:
    return answers.fill(begun.message_id, text)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

"""The one door to language models: a typed question in, a typed answer or a sentence out."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection
from contextlib import AbstractContextManager, asynccontextmanager
from functools import partial
from typing import Any, TypeVar

import dspy
from dspy.adapters.baml_adapter import BAMLAdapter
from dspy.utils.exceptions import AdapterParseError, DSPyError

from dayloom.infra.errors import DayloomError
from dayloom.infra.outbound import Exchange
from dayloom.language.program.answers import Answer, ChatAnswer, TimeSlotAnswer
from dayloom.language.program.breaker import Breaker, Breakers
from dayloom.language.program.endpoint import Endpoint, Probed
from dayloom.language.program.engine import Connect
from dayloom.language.program.execution import Answered, Failure, ModelUnavailable
from dayloom.language.program.ledger import CALL, Call
from dayloom.language.program.lending import Models
from dayloom.language.program.probe import probe_connection
from dayloom.language.program.questions import ChatQuestion, ProbeQuestion, Question
from dayloom.language.program.repair import read_kindly, with_complaint
from dayloom.language.program.retrying import backoff
from dayloom.language.program.signatures import SIGNATURES
from dayloom.language.program.streaming import streamed
from dayloom.language.program.trouble import Trouble

A = TypeVar("A", bound=Answer)
LARGEST_ANSWER = 4 << 20  # a streamed one spends 300 bytes for each of its 10,000 tokens
UNREADABLE = (AdapterParseError, ValueError, RecursionError)  # the last two are its parser's
FAILURES = (TimeoutError, DSPyError, DayloomError, Trouble, ExceptionGroup, *UNREADABLE)
ANOTHER_TRY = {"temperature": 0.3}  # the same question at 0 would get the same answer
log = logging.getLogger(__name__)


class Door:
    """Speaks to models on one event loop. Nothing of DSPy is global: each call has its own.

    Hosts in `allow` may have private addresses; `connect` puts something else in the place of
    the network. `seconds` is a clock that never goes back.
    """

    def __init__(
        self,
        *,
        allow: Collection[str] = (),
        connect: Connect | None = None,
        seconds: Callable[[], float] = time.monotonic,
        backoff: Callable[[int], float] = backoff,
    ) -> None:
        self._connect = connect or partial(Exchange, limit_bytes=LARGEST_ANSWER, allow=allow)
        self._models = Models(connect=self._connect, backoff=backoff)
        self._breakers = Breakers(seconds)
        self._programs = {asked: dspy.Predict(told) for asked, told in SIGNATURES.items()}

    async def run(self, question: Question, answer: type[A], endpoint: Endpoint) -> Answered[A]:
        """Return the answer. Raises `ModelUnavailable`, whatever went wrong."""
        async with self._watched(question, endpoint) as call:
            given = await self._ask(call, answer)
        return Answered(answer=given, execution=call.execution(given))

    async def stream(
        self, question: ChatQuestion, endpoint: Endpoint
    ) -> AsyncGenerator[str | Answered[ChatAnswer], None]:
        """Yield the reply in pieces as they come, then the whole answer.

        Raises `ModelUnavailable` with what was `said` where it breaks off, and also out of
        `aclose` where the reader breaks it off.
        """
        coming: asyncio.Queue[str | Answered[ChatAnswer] | None] = asyncio.Queue()
        task = asyncio.create_task(self._tell(coming, question, endpoint))
        try:
            while (value := await coming.get()) is not None:
                yield value
        except asyncio.CancelledError:
            raise asyncio.CancelledError from await _stopped(task)
        except GeneratorExit:
            if failed := await _stopped(task):
                raise failed from None
            raise
        if failed := await _stopped(task):
            raise failed

    async def probe(self, endpoint: Endpoint) -> Probed:
        """Test a connection. Raises `ModelUnavailable` with what a person may do about it."""

        async def ask(question: ProbeQuestion, endpoint: Endpoint) -> Answered[TimeSlotAnswer]:
            return await self.run(question, TimeSlotAnswer, endpoint)

        return await probe_connection(endpoint, ask, connect=self._connect)

    async def close(self) -> None:
        """Close the connections; the door may be used again."""
        await self._models.close()

    async def _ask(self, call: Call, answer: type[A]) -> A:
        """Ask, and once more where the answer is not of its type, saying what is wrong."""
        signature = SIGNATURES[type(call.question)]
        async with self._models.lent(call.endpoint) as lm:
            with _quietly(lm, BAMLAdapter()):
                try:
                    return await self._try(call, answer, signature)
                except UNREADABLE:
                    told = with_complaint(signature, call.reply)
                return await self._try(call, answer, told, **ANOTHER_TRY)

    async def _try(
        self, call: Call, answer: type[A], signature: type[dspy.Signature], **config: float
    ) -> A:
        predict = self._programs[type(call.question)]
        try:
            prediction = await predict.acall(signature=signature, config=config, **call.inputs)
        except UNREADABLE:
            if given := read_kindly(call.reply, answer, signature):
                return given
            raise
        return answer.model_validate(dict(prediction.items()))

    async def _tell(
        self,
        coming: asyncio.Queue[str | Answered[ChatAnswer] | None],
        question: ChatQuestion,
        endpoint: Endpoint,
    ) -> None:
        try:
            async with (
                self._watched(question, endpoint) as call,
                self._models.lent(endpoint) as lm,
            ):
                with _quietly(lm, dspy.ChatAdapter(use_json_adapter_fallback=False)):
                    async for value in streamed(call, self._programs[ChatQuestion]):
                        if isinstance(value, str):
                            coming.put_nowait(value)
                        else:
                            answer = value
            coming.put_nowait(Answered(answer=answer, execution=call.execution(answer)))
        except asyncio.CancelledError as cancelled:
            raise cancelled.__cause__ or cancelled from None  # what it left, for its reader
        finally:
            coming.put_nowait(None)

    @asynccontextmanager
    async def _watched(self, question: Question, endpoint: Endpoint) -> AsyncIterator[Call]:
        """Bound a call in time, and turn all that can go wrong into `ModelUnavailable`."""
        call = Call(question=question, endpoint=endpoint)
        CALL.set(call)
        breaker = self._breakers.of(endpoint, fresh=isinstance(question, ProbeQuestion))
        if not breaker.lets_through():
            raise call.unavailable(
                Failure.CIRCUIT_OPEN,
                f"{call.host} failed too often; it is asked again in a minute.",
            )
        failed: ModelUnavailable | None = None
        try:
            async with asyncio.timeout_at(call.deadline):
                yield call
        except asyncio.CancelledError:
            failed = call.unavailable(Failure.CANCELLED, "The call was broken off.")
            raise asyncio.CancelledError from failed
        except FAILURES as error:
            failed = _failed(call, error)
            raise failed from None
        finally:
            _tell_breaker(breaker, call, failed)


def _quietly(lm: dspy.LM, adapter: dspy.Adapter) -> AbstractContextManager[Any]:
    """Set DSPy up for this call alone, keeping neither history nor trace of it."""
    context: AbstractContextManager[Any] = dspy.context(
        lm=lm,
        adapter=adapter,
        disable_history=True,
        max_trace_size=0,
        warn_on_type_mismatch=False,
    )
    return context


def _failed(call: Call, error: Exception) -> ModelUnavailable:
    if isinstance(error, TimeoutError) and not isinstance(error, DSPyError):
        seconds = f"{call.endpoint.timeout.total_seconds():g}"
        words = f"The model server at {call.host} did not answer within {seconds} seconds."
        return call.unavailable(Failure.DEADLINE, words)
    if isinstance(error, DayloomError):  # of the address, before anything was sent
        return call.unavailable(Failure.REFUSED, str(error))
    if call.trouble and not isinstance(error, UNREADABLE):
        return call.unavailable(call.trouble.failure, call.trouble.sentence)
    if not isinstance(error, UNREADABLE):  # without its text, which may hold the key
        log.error("a call broke in a way that is not known: %s", _names(error))
    words = f"What {call.endpoint.model} answered does not have the form that was asked for."
    return call.unavailable(Failure.UNREADABLE, words)


def _names(error: BaseException | None) -> str:
    """Return the kinds of an error and its causes."""
    rest = f" from {_names(error.__cause__)}" if error and error.__cause__ else ""
    return f"{type(error).__name__}{rest}"


def _tell_breaker(breaker: Breaker, call: Call, failed: ModelUnavailable | None) -> None:
    """Count what the server did; who only waited for others knows nothing of it."""
    failure = failed.failure if failed else None
    asked = bool(call.attempts)
    breaker.heard(failure if asked else Failure.CANCELLED, str(failed or ""))


async def _stopped(task: asyncio.Task[None]) -> BaseException | None:
    """Stop a task, and return what it raised."""
    task.cancel()
    await asyncio.wait([task])
    return None if task.cancelled() else task.exception()

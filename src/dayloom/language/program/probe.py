"""The connection test: what the server offers, and the strictest form that its answers take."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from dayloom.infra.errors import DayloomError
from dayloom.infra.outbound import Exchanging, Sent
from dayloom.language.program.answers import TimeSlotAnswer
from dayloom.language.program.endpoint import Endpoint, OutputMode, Probed
from dayloom.language.program.engine import Connect
from dayloom.language.program.execution import Answered, Failure, ModelUnavailable
from dayloom.language.program.questions import FreeSlot, ProbeQuestion, Words

MOST_NAMED = 8
LIST_WITHIN = 10.0
OK = 200
MISSING = 404
OF_ACCESS = (401, 403, MISSING)
_FORM = frozenset({Failure.REFUSED, Failure.UNREADABLE, Failure.SERVER_ERROR, Failure.TRUNCATED})
Ask = Callable[[ProbeQuestion, Endpoint], Awaitable[Answered[TimeSlotAnswer]]]


QUESTION = ProbeQuestion(
    now="Monday 2026-01-05 09:00",
    task=Words(text="call Anna by Friday, 20 minutes"),
    task_context=Words(text=""),
    context=Words(text=""),
    slots=[FreeSlot(id=1, start="Tuesday 2026-01-06 10:00", end="Tuesday 2026-01-06 10:20")],
)


async def probe_connection(endpoint: Endpoint, ask: Ask, *, connect: Connect) -> Probed:
    """Return what was found. Raises `ModelUnavailable` with a sentence that helps.

    Tries json_schema, json_object and plain, until an answer has the form that was asked for.
    """
    models = await _offered(endpoint, connect)
    for mode in OutputMode:
        begun = time.perf_counter()
        try:
            answered = await ask(QUESTION, replace(endpoint, mode=mode))
        except ModelUnavailable as failed:
            if failed.failure not in _FORM or _of_access(failed) or mode is OutputMode.PLAIN:
                raise _with_hint(failed, endpoint, models) from None
        else:
            latency = round((time.perf_counter() - begun) * 1000)
            execution = answered.execution
            return Probed(models=models, mode=mode, latency_ms=latency, execution=execution)
    raise AssertionError("plain answers or raises")


async def _offered(endpoint: Endpoint, connect: Connect) -> tuple[str, ...]:
    """Return the names of the server's models, none where it does not tell."""
    headers = (("Authorization", f"Bearer {endpoint.api_key}"),) if endpoint.api_key else ()
    sent = Sent(method="GET", url=f"{endpoint.base_url.rstrip('/')}/models", headers=headers)
    with suppress(DayloomError, TimeoutError):  # asking the model tells what is wrong
        async with asyncio.timeout(LIST_WITHIN):
            return _names(await _read(connect(endpoint.base_url), sent))
    return ()


async def _read(exchange: Exchanging, sent: Sent) -> bytes:
    try:
        async with exchange.send(sent) as answer:
            chunks = [chunk async for chunk in answer.chunks()]
            return b"".join(chunks) if answer.status == OK else b""
    finally:
        await exchange.close()


def _names(body: bytes) -> tuple[str, ...]:
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    listed = told.get("data") if isinstance(told, dict) else None
    entries = [entry for entry in listed or () if isinstance(entry, dict)]
    return tuple(entry["id"] for entry in entries if isinstance(entry.get("id"), str))


def _of_access(failed: ModelUnavailable) -> bool:
    """Tell whether another form would be refused just so."""
    attempts = failed.execution.attempts if failed.execution else ()
    return bool(attempts) and attempts[-1].status in OF_ACCESS


def _of_address(failed: ModelUnavailable) -> bool:
    attempts = failed.execution.attempts if failed.execution else ()
    return failed.failure is Failure.UNREADABLE or (
        bool(attempts) and attempts[-1].status == MISSING
    )


def _with_hint(
    failed: ModelUnavailable, endpoint: Endpoint, models: tuple[str, ...]
) -> ModelUnavailable:
    hint = ""
    if failed.failure is Failure.REFUSED and models and endpoint.model not in models:
        rest = f" and {len(models) - MOST_NAMED} more" if len(models) > MOST_NAMED else ""
        hint = f" The server offers {', '.join(models[:MOST_NAMED])}{rest}."
    elif _of_address(failed) and not urlsplit(endpoint.base_url).path.strip("/"):
        hint = " Addresses of such servers mostly end in /v1: is that missing?"
    return ModelUnavailable(failed.failure, f"{failed}{hint}", execution=failed.execution)

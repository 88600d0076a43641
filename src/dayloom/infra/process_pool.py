"""Heavy functions run in processes of their own, which may be killed without harm.

A child is started once, warmed up, and then serves one call after the other. A
call that takes too long or takes its child down fails alone; the next call gets a new child.
"""

import asyncio
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from datetime import timedelta
from typing import Any

from dayloom.infra.process_child import LENGTH

LONGEST_START = timedelta(minutes=2)
LAST_BREATH = timedelta(seconds=1)


class ChildDied(Exception):
    """The process went away in the middle of the call."""


class TookTooLong(Exception):
    """The call did not end in time, and its process was killed."""


class ProcessPool:
    """A few long-lived children, each with one call at a time.

    Functions are named, as `package.module:function`, so that what they need is imported by the
    children only; arguments and results are pickled. Children are nicer than their parent, so
    that pages stay quick while they work, and die with it.
    """

    def __init__(self, *, size: int = 1, warm_up: str) -> None:
        self._warm_up = warm_up
        self._places = asyncio.Semaphore(size)
        self._idle: list[Process] = []

    async def warm_up(self) -> None:
        """Start a child before it is needed."""
        async with self._places:
            self._idle.append(await self._take())

    async def run(self, function: str, *args: object, timeout: timedelta) -> Any:
        """Return what it returns, or raise what it raises, `TookTooLong` or `ChildDied`."""
        async with self._places:
            child = await self._take()
            ok, result = await _call(child, (function, args), timeout)
            self._idle.append(child)
        if ok:
            return result
        raise result

    async def close(self) -> None:
        """End the idle children; those at work end with the calls that are cancelled."""
        while self._idle:
            await _kill(self._idle.pop())

    async def _take(self) -> Process:
        while self._idle:
            child = self._idle.pop()
            if child.returncode is None:
                return child
        return await self._start()

    async def _start(self) -> Process:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-P", "-m", "dayloom.infra.process_child"),
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,  # Ctrl-C is for us, also while the child is starting
        )
        ok, result = await _call(child, (self._warm_up, ()), LONGEST_START)
        if not ok:
            await _kill(child)
            raise result
        return child


async def _call(child: Process, message: object, timeout: timedelta) -> tuple[bool, Any]:
    """Send a call and return its answer; whatever goes wrong, the child does not survive it."""
    try:
        async with asyncio.timeout(timeout.total_seconds()):
            return await _exchange(child, pickle.dumps(message))
    except TimeoutError:
        await _kill(child)
        raise TookTooLong(f"no answer within {timeout.total_seconds():g} s") from None
    except (asyncio.IncompleteReadError, ConnectionError):
        await _end(child)
        raise ChildDied(f"the process ended with status {child.returncode}") from None
    except asyncio.CancelledError:
        await _kill(child)
        raise


async def _exchange(child: Process, message: bytes) -> tuple[bool, Any]:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(LENGTH.pack(len(message)) + message)
    await child.stdin.drain()
    (size,) = LENGTH.unpack(await child.stdout.readexactly(LENGTH.size))
    answer: tuple[bool, Any] = pickle.loads(await child.stdout.readexactly(size))
    return answer


async def _end(child: Process) -> None:
    """Wait for a child whose pipes have closed: killing it at once would hide how it ended."""
    try:
        async with asyncio.timeout(LAST_BREATH.total_seconds()):
            await child.wait()
    except TimeoutError:
        await _kill(child)


async def _kill(child: Process) -> None:
    with suppress(ProcessLookupError):
        child.kill()
    await child.wait()

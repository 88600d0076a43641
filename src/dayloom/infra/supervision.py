"""Keeps one child process alive, restarting it with growing pauses when it dies."""

import asyncio
import logging
import sys
from asyncio.subprocess import PIPE, Process
from datetime import timedelta

log = logging.getLogger(__name__)
SHORTEST_PAUSE = timedelta(milliseconds=200)
LONGEST_PAUSE = timedelta(seconds=30)
HEALTHY_AFTER = timedelta(seconds=30)
GRACE = timedelta(seconds=10)


async def keep_running(module: str, stop: asyncio.Event) -> None:
    """Run `python -m module` again and again until `stop` is set, then end it."""
    pause = SHORTEST_PAUSE
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        started = loop.time()
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-P", "-m", module),
            stdin=PIPE,
            start_new_session=True,  # Ctrl-C is for us: we tell the child when to end
        )
        await _either(child, stop)
        if stop.is_set():
            await _end(child)
            return
        lived = timedelta(seconds=loop.time() - started)
        pause = SHORTEST_PAUSE if lived > HEALTHY_AFTER else min(pause * 2, LONGEST_PAUSE)
        log.error(
            "%s ended with status %s; starting it again in %g s",
            module,
            child.returncode,
            pause.total_seconds(),
        )
        await _sleep(pause, stop)


async def _either(child: Process, stop: asyncio.Event) -> None:
    waits = {asyncio.create_task(child.wait()), asyncio.create_task(stop.wait())}
    _, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()


async def _end(child: Process) -> None:
    if child.returncode is None:
        child.terminate()
    try:
        async with asyncio.timeout(GRACE.total_seconds()):
            await child.wait()
    except TimeoutError:
        child.kill()
        await child.wait()


async def _sleep(pause: timedelta, stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(pause.total_seconds()):
            await stop.wait()
    except TimeoutError:
        return

"""`python -m bench.model_calls [calls]`: does the worker's memory grow with calls of a model?

The served model and the caller each have a process of their own. Of ten calls one is streamed,
and the accounts are more than there are models kept, so that connections come and go.
"""

import asyncio
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from dayloom.language.program.answers import TimeSlotAnswer
from dayloom.language.program.door import Door
from dayloom.language.program.endpoint import Endpoint, Provider
from dayloom.language.program.questions import (
    ChatQuestion,
    FreeSlot,
    OpenTask,
    TimeSlotQuestion,
    Words,
)

CALLS = 12_000
WARM_UP = 1_000
ACCOUNTS = 48
AT_ONCE = 4
ONE_IS_STREAMED = 10
SAYS = {"reading": {"due_text": "by Friday"}, "slot": 3, "reply": "It is done. " * 20}
TASKS = [OpenTask(id=n, title=f"Task {n} " + "with many words " * 8) for n in range(40)]
CONTEXT = Words(text="I work from nine to five and do sports in the evening. " * 40)


def main(calls: int = CALLS) -> None:
    with _served() as url:
        command = [sys.executable, "-m", "bench.model_calls", "--call", url, str(calls)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    told = json.loads(said.splitlines()[-1])
    print("| calls | prompt kB | peak MB after 1,000 | peak MB at the end | growth | calls/s |")
    print("|---|---|---|---|---|---|")
    growth = told["after"] / told["before"]
    print(
        f"| {calls:,} | {told['prompt'] / 1e3:.0f} | {told['before']:.0f} | {told['after']:.0f} "
        f"| {growth:.2f} × | {told['speed']:.0f} |"
    )


@contextmanager
def _served() -> Iterator[str]:
    """Serve a model meanwhile; yield its address."""
    command = [sys.executable, "-m", "tests.model_server", "--port", "0"]
    command += ["--says", json.dumps(SAYS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None
            yield found.group()
        finally:
            process.terminate()


async def _call(url: str, calls: int) -> None:
    door = Door()
    await _many(door, url, WARM_UP)
    before, begun = _memory(), time.perf_counter()
    await _many(door, url, calls)
    taken = time.perf_counter() - begun
    print(
        json.dumps(
            {
                "before": before,
                "after": _memory(),
                "speed": calls / taken,
                "prompt": len(_question(0).model_dump_json()),
            }
        )
    )
    await door.close()


async def _many(door: Door, url: str, calls: int) -> None:
    numbers = iter(range(calls))

    async def caller() -> None:
        for number in numbers:
            await _one(door, url, number)

    await asyncio.gather(*(caller() for _ in range(AT_ONCE)))


async def _one(door: Door, url: str, number: int) -> None:
    endpoint = Endpoint(
        provider=Provider.OPENAI,
        base_url=url,
        model="small",
        api_key=f"key-of-account-{number % ACCOUNTS}",
        timeout=timedelta(minutes=1),
    )
    if number % ONE_IS_STREAMED:
        await door.run(_question(number), TimeSlotAnswer, endpoint)
        return
    message = Words(text=f"How is number {number}?")
    question = ChatQuestion(now="Monday", context=CONTEXT, open_tasks=TASKS, message=message)
    async for _ in door.stream(question, endpoint):
        pass


def _question(number: int) -> TimeSlotQuestion:
    return TimeSlotQuestion(
        now="Monday 2026-11-23 08:00",
        task=Words(text=f"Number {number}: call Anna by Friday " + "and more words " * 60),
        task_context=CONTEXT,
        context=CONTEXT,
        open_tasks=TASKS,
        slots=[FreeSlot(id=3, start="Tuesday 10:00", end="Tuesday 11:00")],
    )


def _memory() -> float:
    """Return the most that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if "--call" in sys.argv:
        asyncio.run(_call(sys.argv[-2], int(sys.argv[-1])))
    else:
        main(*map(int, sys.argv[1:]))

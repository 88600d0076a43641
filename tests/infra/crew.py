"""Workers in processes of their own, that may be killed and stopped at any moment.

They are forked by `python -m tests.infra.crew`, which has imported everything: a worker starts
in milliseconds, so a test can afford to kill many.
"""

import asyncio
import os
import pickle
import random
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from dayloom.infra.clock import SystemClock
from dayloom.infra.runner import Duties, Pace, Runner
from dayloom.infra.work import Claim, Finish
from tests.infra.effects import leave, open_database
from tests.waiting import until

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where workers of a test work, and how."""

    file: Path
    signs: Path
    lease: timedelta = timedelta(seconds=30)
    sweep: timedelta = timedelta(seconds=0.2)
    gate: Path | None = None  # with a gate, jobs note their start and wait until it exists

    @property
    def begun(self) -> Path:
        return self.signs.with_name("begun")


class Crew:
    """Hires and ends workers; those that are left end with it."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._office = subprocess.Popen(
            [sys.executable, "-m", "tests.infra.crew"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.killpg(self._office.pid, signal.SIGKILL)
        self._office.communicate()

    def hire(self) -> int:
        """Start a worker and return its process id."""
        assert self._office.stdin is not None
        assert self._office.stdout is not None
        pickle.dump(self._bench, self._office.stdin)
        self._office.stdin.flush()
        pid: int = pickle.load(self._office.stdout)
        return pid


def _office() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody mourns the workers
    while True:
        try:
            bench = pickle.load(sys.stdin.buffer)
        except EOFError:
            os.killpg(0, signal.SIGKILL)
        pid = os.fork()
        if not pid:
            asyncio.run(_work(bench))
        pickle.dump(pid, sys.stdout.buffer)
        sys.stdout.buffer.flush()


async def _work(bench: Bench) -> None:
    async def job(claim: Claim) -> Finish:
        if bench.gate is None:
            await asyncio.sleep(random.random() / 20)  # the time that a job takes
        else:
            bench.begun.touch()
            await until(bench.gate.exists, "the gate opens")
        return Finish(unit=leave(claim, pid=os.getpid()))

    runner = Runner(
        open_database(bench.file),
        Duties(handlers={"plan": job}),
        clock=SystemClock(),
        signs=bench.signs,
        pace=Pace(lease=bench.lease, sweep=bench.sweep),
    )
    await runner.run(asyncio.Event())


if __name__ == "__main__":
    _office()

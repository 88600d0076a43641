"""The process that does slow things: it runs background work until it is told to stop.

`python -m dayloom.worker` is the child of `serve`, and ends with it.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable
from datetime import timedelta

from dayloom.bootstrap import Container, bootstrap
from dayloom.calendars.reader import FeedReader
from dayloom.infra.lifeline import when_parent_dies
from dayloom.infra.logging import set_up_logging
from dayloom.infra.process_pool import ChildDied, ProcessPool, TookTooLong
from dayloom.infra.runner import Runner
from dayloom.infra.settings import Settings, load_settings
from dayloom.language.program.lazy import LazyDoor
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.why_not.demand import Demand
from dayloom.planning.why_not.diagnosis import Diagnosis, Finding

CHANCES = 2
NICENESS = 5  # beside a web process, pages go first
LONGEST_SOLVE = timedelta(minutes=2)
LONGEST_LOOK = timedelta(minutes=1)  # into one task that is late or has no place
SOLVER = "dayloom.plans.solving"
log = logging.getLogger("dayloom.worker")  # also where it runs as __main__


class WarmSolver:
    """Solves in a process of its own, which is made ready while the first plans are made.

    No plan waits for that process: what comes before it is ready, or breaks it, is the instant
    plan, and `once_ready` has it improved. After a failure, which may be chance, it is made ready
    once more at once; if it fails again, the next plan that is wanted tries.
    """

    def __init__(
        self, once_ready: Callable[[], Awaitable[object]], *, module: str = SOLVER
    ) -> None:
        self._once_ready = once_ready
        self._module = module
        self._pool = ProcessPool(warm_up=f"{module}:warm_up")
        self._ready = False
        self._failures = 0
        self._warming = asyncio.create_task(self._warm_up())

    async def __call__(self, problem: Problem) -> Plan:
        """Return the best plan, or the instant one where there is no solver or it breaks."""
        if self._ready:
            try:
                return await self._solve(problem)
            except Exception:
                log.exception("the solver failed; this plan is the instant one")
                self._ready = False
                self._failures += 1
        else:
            self._failures = 0
        if self._warming.done() and self._failures < CHANCES:
            self._warming = asyncio.create_task(self._warm_up())
        return await asyncio.to_thread(plan_earliest, problem)

    async def close(self) -> None:
        self._warming.cancel()
        await asyncio.wait([self._warming])
        await self._pool.close()

    async def _solve(self, problem: Problem) -> Plan:
        function = f"{self._module}:solve"
        plan: Plan = await self._pool.run(function, problem, timeout=LONGEST_SOLVE)
        self._failures = 0
        return plan

    async def _warm_up(self) -> None:
        """Make the solver ready, then have better plans made."""
        for attempt in range(1, CHANCES + 1):
            try:
                await self._pool.warm_up()
            except Exception:
                log.exception("the solver could not be made ready, attempt %d", attempt)
            else:
                self._ready = True
                await self._once_ready()
                return


class Doctor:
    """Looks into tasks that are late or have no place, beside the solver, which never waits."""

    def __init__(self, *, module: str = SOLVER) -> None:
        self._module = module
        self._pool = ProcessPool(warm_up=f"{module}:warm_up")

    async def __call__(self, demand: Demand) -> Diagnosis:
        """Return what is found out: nothing, where looking breaks or takes too long."""
        function = f"{self._module}:diagnose"
        try:
            found: Diagnosis = await self._pool.run(function, demand, timeout=LONGEST_LOOK)
        except (ChildDied, TookTooLong):
            log.exception("task %d could not be looked into", demand.subject_id)
            return Diagnosis(
                task_id=demand.subject_id, late=demand.is_late, finding=Finding.UNKNOWN
            )
        return found

    async def close(self) -> None:
        await self._pool.close()


async def run_worker(container: Container, stop: asyncio.Event) -> None:
    """Do what is due until `stop` is set, solving in a process of its own."""
    solver = WarmSolver(lambda: container.write(lambda services: services.changes.plan_again()))
    doctor = Doctor()
    feeds = ProcessPool(warm_up="dayloom.calendars.child:limit_memory")
    door = LazyDoor(allow=container.endpoints.allowed_hosts)
    runner = Runner(
        container.db,
        container.duties(solver, FeedReader(feeds), door, diagnose=doctor),
        clock=container.clock,
        signs=container.settings.signs_of_life,
    )
    try:
        await runner.run(stop)
    finally:
        await solver.close()
        await feeds.close()
        await doctor.close()
        await door.close()


def work(settings: Settings, *, with_parent: bool = False) -> None:
    """Run a worker in this process until SIGTERM or SIGINT, or until the parent is gone."""
    set_up_logging(settings.log_format)
    os.nice(NICENESS if with_parent else 0)
    asyncio.run(_work(settings, with_parent=with_parent))


async def _work(settings: Settings, *, with_parent: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    if with_parent:
        when_parent_dies(lambda: loop.call_soon_threadsafe(stop.set))
    container = bootstrap(settings)
    log.info("the worker is ready")
    try:
        await run_worker(container, stop)
    finally:
        container.db.close()


if __name__ == "__main__":
    work(load_settings(), with_parent=True)

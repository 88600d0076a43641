"""The process that does slow things: it runs background work until it is told to stop.

`python -m dayloom.worker` is the child of `serve`, and ends with it.
"""

import asyncio
import logging
import signal
from datetime import timedelta

from dayloom.bootstrap import Container, bootstrap
from dayloom.calendars.reader import FeedReader
from dayloom.infra.lifeline import when_parent_dies
from dayloom.infra.logging import set_up_logging
from dayloom.infra.process_pool import ProcessPool
from dayloom.infra.runner import Runner
from dayloom.infra.settings import Settings, load_settings
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem

LONGEST_SOLVE = timedelta(minutes=2)
SOLVER = "dayloom.plans.solving"
log = logging.getLogger(__name__)


async def run_worker(container: Container, stop: asyncio.Event) -> None:
    """Do what is due until `stop` is set, solving in a process of its own."""
    solver = ProcessPool(warm_up=f"{SOLVER}:warm_up")
    feeds = ProcessPool(warm_up="dayloom.calendars.child:limit_memory")
    warming_up = asyncio.create_task(_warm_up(solver, container))

    async def solve(problem: Problem) -> Plan:
        """Return the best plan; while the solver is still being compiled, the instant one."""
        if not warming_up.done():
            return await asyncio.to_thread(plan_earliest, problem)
        plan: Plan = await solver.run(f"{SOLVER}:solve", problem, timeout=LONGEST_SOLVE)
        return plan

    runner = Runner(
        container.db,
        container.handlers(solve, FeedReader(feeds)),
        clock=container.clock,
        signs=container.settings.signs_of_life,
        periodic=container.periodic,
    )
    try:
        await runner.run(stop)
    finally:
        warming_up.cancel()
        await asyncio.wait([warming_up])
        await solver.close()
        await feeds.close()


async def _warm_up(solver: ProcessPool, container: Container) -> None:
    """Make the solver ready, then have it improve what was planned meanwhile.

    A solver that dies of it gets another chance with the first plan, whose failure is shown.
    """
    try:
        await solver.warm_up()
    except Exception:
        log.exception("the solver could not be made ready; the next plan tries again")
    await container.write(lambda services: services.changes.plan_again(requested=False))


def work(settings: Settings, *, with_parent: bool = False) -> None:
    """Run a worker in this process until SIGTERM or SIGINT, or until the parent is gone."""
    set_up_logging(settings.log_format)
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

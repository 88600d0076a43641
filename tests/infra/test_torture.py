"""Workers that are killed, stopped and revived: nothing is lost and nothing happens twice."""

import asyncio
import os
import random
import signal
from collections import Counter
from datetime import timedelta
from pathlib import Path

from dayloom.infra.clock import SystemClock
from dayloom.infra.db import Database
from dayloom.infra.runner import Duties, Pace, Runner
from dayloom.infra.work import Claim, Finish, request
from tests.infra.crew import Bench, Crew
from tests.infra.effects import effects, leave, work
from tests.waiting import run, until, wait_until

KILLS = 50
KEYS = [str(number) for number in range(20)]


def ask(db: Database, key: str) -> int:
    now = SystemClock().now()
    return db.write_now(lambda session: request(session, "plan", key, now=now))


def met(db: Database) -> bool:
    return all(work(db, key=key).done == work(db, key=key).want for key in KEYS)


def test_killed_workers_lose_nothing_and_repeat_nothing(
    db: Database, file: Path, tmp_path: Path
) -> None:
    chance = random.Random(7)
    wanted: Counter[str] = Counter()
    with Crew(Bench(file=file, signs=tmp_path / "workers")) as crew:
        workers = [crew.hire() for _ in range(3)]
        for _ in range(KILLS):
            before = len(effects(db))
            for key in chance.choices(KEYS, k=6):
                wanted[key] = ask(db, key)
            wait_until(lambda: len(effects(db)) > before, "something is done")  # noqa: B023
            victim = chance.randrange(len(workers))
            os.kill(workers[victim], signal.SIGKILL)
            workers[victim] = crew.hire()
        for key in KEYS:
            wanted[key] = ask(db, key)
        wait_until(lambda: met(db), "every want is met")
    stored = Counter((key, want) for _, key, want in effects(db))
    assert [effect for effect, times in stored.items() if times > 1] == []
    assert set(wanted.items()) <= stored.keys()


def test_a_worker_that_wakes_up_after_its_lease_is_fenced(
    db: Database, file: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    bench = Bench(
        file=file,
        signs=tmp_path / "workers",
        lease=timedelta(seconds=0.5),
        sweep=timedelta(hours=1),  # it does not look around, and so does not see its loss
        gate=gate,
    )
    with Crew(bench) as crew:
        zombie = crew.hire()
        ask(db, "1")
        wait_until(bench.begun.exists, "the job has begun")
        os.kill(zombie, signal.SIGSTOP)
        run(take_over(db, bench))
        gate.touch()
        os.kill(zombie, signal.SIGCONT)
        ask(db, "2")
        wait_until(lambda: len(effects(db)) == 2, "the revived worker works on")
    assert effects(db) == [("plan", "1", 1), ("plan", "2", 1)]
    assert (work(db, key="1").attempts, work(db, key="1").error) == (0, None)


async def take_over(db: Database, bench: Bench) -> None:
    """Do the next piece of work that can be claimed."""

    async def job(claim: Claim) -> Finish:
        return Finish(unit=leave(claim))

    stop = asyncio.Event()
    pace = Pace(sweep=timedelta(seconds=0.1))
    duties = Duties(handlers={"plan": job})
    runner = Runner(db, duties, clock=SystemClock(), signs=bench.signs, pace=pace)
    working = asyncio.create_task(runner.run(stop))
    await until(lambda: effects(db), "the work was done")
    stop.set()
    await working

"""The runner: prompt, one run for many wants, patient with failures, tidy at the end."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from dayloom.infra.claims import MOST_ATTEMPTS
from dayloom.infra.clock import Clock, SystemClock
from dayloom.infra.db import Database
from dayloom.infra.runner import Duties, Pace, Runner
from dayloom.infra.work import Claim, Finish, Handler, Overtaken, parked, request
from tests.fakes import FakeClock
from tests.infra.crew import ROOT
from tests.infra.effects import effects, leave, open_database, work
from tests.waiting import run, until

SECOND = timedelta(seconds=1)
HURRY = Pace(sweep=SECOND / 20, grace=SECOND / 20)


async def store(claim: Claim) -> Finish:
    return Finish(unit=leave(claim))


@asynccontextmanager
async def running(
    db: Database,
    duties: Duties | Mapping[str, Handler],
    folder: Path,
    *,
    clock: Clock | None = None,
    pace: Pace | None = None,
) -> AsyncIterator[None]:
    """Run a runner meanwhile, and stop it as a signal would."""
    stop = asyncio.Event()
    runner = Runner(
        db,
        duties if isinstance(duties, Duties) else Duties(handlers=duties),
        clock=clock or SystemClock(),
        signs=folder / "workers",
        pace=pace,
    )
    task = asyncio.create_task(runner.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def ask(
    db: Database, key: str = "1", *, kind: str = "plan", clock: Clock | None = None
) -> int:
    now = (clock or SystemClock()).now()
    return await db.write(lambda session: request(session, kind, key, now=now))


@contextmanager
def asking(file: Path) -> Iterator[Callable[[str], None]]:
    """Yield what has another process ask for work on a key."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.infra.asker", str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    ) as asker:
        assert asker.stdin is not None
        assert asker.stdout is not None
        keys = asker.stdin

        def ask(key: str) -> None:
            keys.write(f"{key}\n")
            keys.flush()

        assert asker.stdout.readline() == "ready\n"
        yield ask
        keys.close()


def leave_dead_worker(folder: Path) -> Path:
    """Return the sign of life of a worker that is no more."""
    sign = folder / "workers" / "dead"
    sign.parent.mkdir(exist_ok=True)
    sign.touch()
    return sign


class TestStart:
    def test_a_commit_of_the_same_process_starts_the_work(
        self, db: Database, tmp_path: Path
    ) -> None:
        async def main() -> None:
            long = Pace(sweep=timedelta(hours=1))  # nothing but the commit can wake it
            async with running(db, {"plan": store}, tmp_path, pace=long):
                await ask(db)
                await until(lambda: effects(db), "the work was done")

        run(main())
        assert effects(db) == [("plan", "1", 1)]

    def test_a_commit_of_another_process_starts_the_work(
        self, db: Database, file: Path, tmp_path: Path
    ) -> None:
        other = open_database(file)

        async def main() -> None:
            long = Pace(sweep=timedelta(hours=1))
            async with running(db, {"plan": store}, tmp_path, pace=long):
                await ask(other)
                await until(lambda: effects(db), "the work was done")

        run(main())
        other.close()

    def test_after_idle_sweeps_another_process_still_starts_the_work_at_once(
        self, db: Database, file: Path, tmp_path: Path
    ) -> None:
        """A sweep frees the dead before it looks for work: with work done and a dead worker
        still there, it was no sweep that found the work. A slow machine may need a few tries.
        """

        async def main(ask: Callable[[str], None]) -> bool:
            async with running(db, {"plan": store}, tmp_path, pace=Pace(sweep=SECOND)):
                for tries in range(1, 6):
                    for _ in range(2):
                        dead = leave_dead_worker(tmp_path)
                        await until(lambda: not dead.exists(), "a sweep")  # noqa: B023
                    dead = leave_dead_worker(tmp_path)
                    ask(str(tries))
                    await until(lambda: len(effects(db)) == tries, "it is done")  # noqa: B023
                    if dead.exists():
                        return True
            return False

        with asking(file) as ask:
            assert run(main(ask))

    def test_what_was_left_before_the_start_is_done(self, db: Database, tmp_path: Path) -> None:
        async def main() -> None:
            await ask(db)
            async with running(db, {"plan": store}, tmp_path):
                await until(lambda: effects(db), "the work was done")

        run(main())

    def test_work_waits_for_its_time(self, db: Database, tmp_path: Path) -> None:
        clock = FakeClock()

        async def main() -> None:
            await db.write(
                lambda s: request(s, "plan", "1", now=clock.now(), debounce=3600 * SECOND)
            )
            async with running(db, {"plan": store}, tmp_path, clock=clock, pace=HURRY):
                await ask(db, "2", clock=clock)
                await until(lambda: effects(db), "the other work was done")
                clock.advance(3600 * SECOND)
                await until(lambda: len(effects(db)) == 2, "its time has come")

        run(main())
        assert effects(db) == [("plan", "2", 1), ("plan", "1", 1)]


class TestCoalescing:
    def test_wants_that_arrive_during_a_run_are_one_more_run(
        self, db: Database, tmp_path: Path
    ) -> None:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def slow(claim: Claim) -> Finish:
            begun.set()
            await go_on.wait()
            return Finish(unit=leave(claim))

        async def main() -> None:
            async with running(db, {"plan": slow}, tmp_path):
                await ask(db)
                await begun.wait()
                for _ in range(20):
                    await ask(db)
                go_on.set()
                await until(lambda: work(db).done == 21, "all wants are met")

        run(main())
        assert effects(db) == [("plan", "1", 1), ("plan", "1", 21)]

    def test_an_overtaken_result_is_made_again_and_settles_nothing(
        self, db: Database, tmp_path: Path
    ) -> None:
        done: list[int] = []

        async def overtaken_once(claim: Claim) -> Finish:
            def unit(session: Session) -> None:
                done.append(work(db).done)
                leave(claim)(session)
                if len(done) == 1:
                    raise Overtaken

            return Finish(unit=unit)

        async def main() -> None:
            async with running(db, {"plan": overtaken_once}, tmp_path):
                await ask(db)
                await until(lambda: work(db).done == 1, "the work was done")

        run(main())
        assert (done, work(db).attempts) == ([0, 0], 0)
        assert effects(db) == [("plan", "1", 1)]

    def test_one_key_is_never_worked_on_twice_at_once(self, db: Database, tmp_path: Path) -> None:
        inside: list[str] = []

        async def alone(claim: Claim) -> Finish:
            assert claim.key not in inside
            inside.append(claim.key)
            await asyncio.sleep(0)
            inside.remove(claim.key)
            return Finish(unit=leave(claim))

        async def main() -> None:
            handlers = {"plan": alone}
            async with running(db, handlers, tmp_path), running(db, handlers, tmp_path):
                for number in range(60):
                    await ask(db, str(number % 3))
                await until(lambda: all_done(db, "0", "1", "2"), "all wants are met")

        run(main())
        assert all(work(db, key=key).attempts == 0 for key in "012")

    def test_what_waits_for_others_holds_up_nothing_else(
        self, db: Database, tmp_path: Path
    ) -> None:
        hung = asyncio.Event()
        asked: list[str] = []

        async def hang(claim: Claim) -> Finish:
            asked.append(claim.key)
            await hung.wait()
            return Finish()

        async def main() -> None:
            duties = Duties(handlers={"plan": store, "ask": hang}, waiting=("ask",))
            async with running(db, duties, tmp_path, pace=HURRY):
                for number in range(HURRY.at_once + 1):
                    await ask(db, str(number), kind="ask")
                await until(lambda: len(asked) > HURRY.at_once, "more is asked than is done")
                await ask(db)
                await until(lambda: effects(db), "the plan is made meanwhile")
                hung.set()

        run(main())
        assert effects(db) == [("plan", "1", 1)]


def all_done(db: Database, *keys: str) -> bool:
    return all(work(db, key=key).want == work(db, key=key).done for key in keys)


class TestFailure:
    def test_failing_work_is_parked_and_shown_while_other_work_goes_on(
        self, db: Database, tmp_path: Path
    ) -> None:
        clock = FakeClock()

        async def sometimes(claim: Claim) -> Finish:
            if claim.key == "bad":
                raise LookupError("no such thing")
            return Finish(unit=leave(claim))

        async def main() -> None:
            async with running(db, {"plan": sometimes}, tmp_path, clock=clock, pace=HURRY):
                await ask(db, "bad", clock=clock)
                for attempt in range(1, MOST_ATTEMPTS + 1):
                    await until(lambda: failures(db) >= attempt, "it failed")  # noqa: B023
                    clock.advance(timedelta(minutes=5))
                await until(lambda: db.read_now(parked), "it was parked")
                await ask(db, "good", clock=clock)
                await until(lambda: effects(db), "other work was done")

        run(main())
        assert [row.error for row in db.read_now(parked)] == ["LookupError: no such thing"]

    def test_a_result_that_cannot_be_stored_is_a_failure(
        self, db: Database, tmp_path: Path
    ) -> None:
        async def broken(_: Claim) -> Finish:
            return Finish(unit=lambda session: session.connection().exec_driver_sql("nonsense"))

        async def main() -> None:
            async with running(db, {"plan": broken}, tmp_path):
                await ask(db)
                await until(lambda: work(db).error, "the failure was noted")

        run(main())
        assert "nonsense" in (work(db).error or "")


def failures(db: Database) -> int:
    row = work(db, key="bad")
    return row.attempts if row.owner is None else row.attempts - 1


class TestPeriodic:
    def test_it_runs_from_the_start_and_again_each_time(
        self, db: Database, tmp_path: Path
    ) -> None:
        clock = FakeClock()

        async def tick(claim: Claim) -> Finish:
            return Finish(unit=leave(claim), again_at=clock.now() + 60 * SECOND)

        async def main() -> None:
            duties = Duties(handlers={"plan": tick}, periodic=(("plan", "1"),))
            async with running(db, duties, tmp_path, clock=clock, pace=HURRY):
                for count in (1, 2, 3):
                    await until(lambda: len(effects(db)) == count, "it ran")  # noqa: B023
                    clock.advance(60 * SECOND)

        run(main())
        assert effects(db)[:3] == [("plan", "1", 1), ("plan", "1", 2), ("plan", "1", 3)]

    def test_a_clock_set_back_does_not_stop_it(self, db: Database, tmp_path: Path) -> None:
        clock = FakeClock()

        async def tick(claim: Claim) -> Finish:
            return Finish(unit=leave(claim), again_at=clock.now() + 60 * SECOND)

        async def main() -> None:
            duties = Duties(handlers={"plan": tick}, periodic=(("plan", "1"),))
            async with running(db, duties, tmp_path, clock=clock, pace=HURRY):
                await until(lambda: effects(db), "it ran")
                clock.advance(timedelta(hours=-2))
                await until(lambda: len(effects(db)) == 2, "it ran again")

        run(main())


class TestStop:
    def test_what_is_under_way_is_finished(self, db: Database, tmp_path: Path) -> None:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def slow(claim: Claim) -> Finish:
            begun.set()
            await go_on.wait()
            return Finish(unit=leave(claim))

        async def main() -> None:
            async with running(db, {"plan": slow}, tmp_path):
                await ask(db)
                await begun.wait()
                asyncio.get_running_loop().call_soon(go_on.set)

        run(main())
        assert effects(db) == [("plan", "1", 1)]

    def test_what_takes_too_long_is_given_back(self, db: Database, tmp_path: Path) -> None:
        begun = asyncio.Event()

        async def endless(claim: Claim) -> Finish:
            begun.set()
            await asyncio.Event().wait()
            return Finish(unit=leave(claim))

        async def main() -> None:
            async with running(db, {"plan": endless}, tmp_path, pace=HURRY):
                await ask(db)
                await begun.wait()

        run(main())
        assert (effects(db), work(db).owner, work(db).attempts) == ([], None, 0)
        assert list((tmp_path / "workers").iterdir()) == []

"""Heavy functions in children: their failures stay theirs, and no child outlives its use."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from dayloom.infra.process_child import NICENESS
from dayloom.infra.process_pool import ChildDied, ProcessPool, TookTooLong
from tests.infra.crew import ROOT
from tests.waiting import run, until, wait_until

MINUTE = timedelta(minutes=1)
HERE = "tests.infra.pool_functions"


@pytest.fixture(autouse=True)
def _children_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@asynccontextmanager
async def pool(*, size: int = 1) -> AsyncIterator[ProcessPool]:
    made = ProcessPool(size=size, warm_up=f"{HERE}:warm_up")
    try:
        yield made
    finally:
        await made.close()


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()


def test_what_lies_in_the_current_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit('this is not Dayloom')")
    monkeypatch.chdir(tmp_path)

    async def main() -> object:
        async with pool() as made:
            return await made.run(f"{HERE}:report", "hello", timeout=MINUTE)

    assert run(main())


def test_a_call_runs_warm_and_nice_in_another_process() -> None:
    async def main() -> tuple[str, int, int, str | None]:
        async with pool() as made:
            answer: tuple[str, int, int, str | None] = await made.run(
                f"{HERE}:report", "hello", timeout=MINUTE
            )
            return answer

    text, pid, niceness, warm = run(main())
    assert (text, niceness, warm) == ("hello", os.nice(0) + NICENESS, "yes")
    assert pid != os.getpid()


def test_a_child_serves_many_calls_of_any_size() -> None:
    async def main() -> None:
        async with pool() as made:
            await made.warm_up()
            first = await made.run(f"{HERE}:pid", timeout=MINUTE)
            answer = await made.run(f"{HERE}:length", b"x" * 3_000_000, timeout=MINUTE)
            assert len(answer) == 6_000_000
            assert await made.run(f"{HERE}:pid", timeout=MINUTE) == first

    run(main())


def test_calls_share_the_children_that_there_are() -> None:
    async def main() -> None:
        async with pool(size=2) as made:
            calls = [made.run(f"{HERE}:pid", timeout=MINUTE) for _ in range(8)]
            assert 1 <= len(set(await asyncio.gather(*calls))) <= 2

    run(main())


class TestFailure:
    def test_an_error_comes_out_as_itself_with_its_trace(self) -> None:
        async def main() -> None:
            async with pool() as made:
                first = await made.run(f"{HERE}:pid", timeout=MINUTE)
                with pytest.raises(LookupError, match="in the child") as caught:
                    await made.run(f"{HERE}:fail", timeout=MINUTE)
                assert "pool_functions.py" in "".join(caught.value.__notes__)
                with pytest.raises(RuntimeError, match="in two parts"):
                    await made.run(f"{HERE}:fail_strangely", timeout=MINUTE)
                assert await made.run(f"{HERE}:pid", timeout=MINUTE) == first

        run(main())

    def test_a_crash_fails_one_call_only(self) -> None:
        async def main() -> None:
            async with pool() as made:
                first = await made.run(f"{HERE}:pid", timeout=MINUTE)
                with pytest.raises(ChildDied, match=str(-signal.SIGSEGV)):
                    await made.run(f"{HERE}:crash", timeout=MINUTE)
                assert await made.run(f"{HERE}:pid", timeout=MINUTE) != first

        run(main())

    def test_a_child_that_died_while_idle_is_replaced_unnoticed(self) -> None:
        async def main() -> None:
            async with pool() as made:
                first = await made.run(f"{HERE}:pid", timeout=MINUTE)
                os.kill(first, signal.SIGKILL)
                await until(lambda: made._idle[0].returncode is not None, "its end is known")
                assert await made.run(f"{HERE}:pid", timeout=MINUTE) != first

        run(main())

    def test_a_call_that_hangs_is_killed_in_time(self, tmp_path: Path) -> None:
        sign = tmp_path / "pid"

        async def main() -> None:
            async with pool() as made:
                await made.warm_up()
                with pytest.raises(TookTooLong, match=r"within 0\.2 s"):
                    await made.run(f"{HERE}:hang", sign, timeout=timedelta(seconds=0.2))
                assert await made.run(f"{HERE}:pid", timeout=MINUTE) > 0

        run(main())

    def test_a_warm_up_that_fails_is_told_each_time(self) -> None:
        async def main() -> None:
            made = ProcessPool(warm_up=f"{HERE}:fail_to_warm_up")
            for _ in range(2):
                with pytest.raises(LookupError, match="cold"):
                    await made.run(f"{HERE}:pid", timeout=MINUTE)
            await made.close()

        run(main())


class TestEnd:
    def test_a_cancelled_call_takes_its_child_along(self, tmp_path: Path) -> None:
        sign = tmp_path / "pid"

        async def main() -> None:
            async with pool() as made:
                call = asyncio.create_task(made.run(f"{HERE}:hang", sign, timeout=MINUTE))
                await until(lambda: sign.exists() and sign.read_text(), "the call has begun")
                call.cancel()
                await asyncio.gather(call, return_exceptions=True)
                assert gone(int(sign.read_text()))

        run(main())

    def test_a_busy_child_dies_with_a_parent_that_is_killed(self, tmp_path: Path) -> None:
        sign = tmp_path / "pid"
        script = (
            "import asyncio, sys, pathlib, datetime as d\n"
            "from dayloom.infra.process_pool import ProcessPool\n"
            f"call = ProcessPool(warm_up='{HERE}:warm_up').run(\n"
            f"  '{HERE}:hang', pathlib.Path(sys.argv[1]), timeout=d.timedelta(hours=1))\n"
            "asyncio.run(call)\n"
        )
        with subprocess.Popen([sys.executable, "-c", script, str(sign)]) as parent:
            wait_until(lambda: sign.exists() and sign.read_text(), "the call has begun")
            parent.kill()
        wait_until(lambda: gone(int(sign.read_text())), "the child is gone")

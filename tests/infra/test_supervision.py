"""One child is kept alive, and does not outlive its keeper."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from dayloom.infra import supervision
from dayloom.infra.supervision import keep_running
from tests.infra.crew import ROOT
from tests.waiting import run, until, wait_until

CHILD = "tests.infra.kept_child"


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file into which children write their process ids."""
    file = tmp_path / "diary"
    file.touch()
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("DIARY", str(file))
    return file


def pids(diary: Path) -> list[int]:
    return [int(line) for line in diary.read_text().splitlines()]


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_a_child_that_dies_is_started_again_and_ends_when_told(diary: Path) -> None:
    async def main() -> None:
        stop = asyncio.Event()
        keeping = asyncio.create_task(keep_running(CHILD, stop))
        for count in (1, 2, 3):
            await until(lambda: len(pids(diary)) == count, "a child runs")  # noqa: B023
            if count < 3:
                os.kill(pids(diary)[-1], signal.SIGKILL)
        stop.set()
        await keeping
        assert all(gone(pid) for pid in pids(diary))

    run(main())


def test_ctrl_c_and_the_current_folder_are_not_the_child_s(
    diary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "signal.py").write_text("raise SystemExit('this is not Dayloom')")
    monkeypatch.chdir(tmp_path)

    async def main() -> int:
        stop = asyncio.Event()
        keeping = asyncio.create_task(keep_running(CHILD, stop))
        await until(lambda: pids(diary), "the child runs")
        group = os.getpgid(pids(diary)[0])
        stop.set()
        await keeping
        return group

    assert run(main()) != os.getpgid(0)


def test_a_child_that_ignores_the_signal_is_killed(
    diary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUBBORN", "yes")
    monkeypatch.setattr(supervision, "GRACE", timedelta(seconds=0.1))

    async def main() -> None:
        stop = asyncio.Event()
        keeping = asyncio.create_task(keep_running(CHILD, stop))
        await until(lambda: pids(diary), "the child runs")
        stop.set()
        await keeping
        assert gone(pids(diary)[0])

    run(main())


def test_a_child_ends_when_its_keeper_is_killed(diary: Path) -> None:
    script = (
        "import asyncio; from dayloom.infra.supervision import keep_running\n"
        f"asyncio.run(keep_running({CHILD!r}, asyncio.Event()))\n"
    )
    with subprocess.Popen([sys.executable, "-c", script]) as keeper:
        wait_until(lambda: pids(diary), "the child runs")
        keeper.kill()
    wait_until(lambda: gone(pids(diary)[0]), "the child is gone")

"""Signs of life: they end with their maker, also when it is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from dayloom.infra.file_lock import SignOfLife, dead_signs, exclusive, signs_of_life
from tests.infra.crew import ROOT
from tests.waiting import wait_until

LIVE = (
    "import sys, pathlib, signal; from dayloom.infra.file_lock import SignOfLife\n"
    "sign = SignOfLife(pathlib.Path(sys.argv[1])); signal.pause()\n"
)


def test_a_killed_maker_leaves_a_dead_sign(tmp_path: Path) -> None:
    sign = tmp_path / "one"
    with subprocess.Popen([sys.executable, "-c", LIVE, str(sign)], cwd=ROOT) as maker:
        wait_until(sign.exists, "the sign is there")
        assert (dead_signs(tmp_path), signs_of_life(tmp_path)) == ([], 1)
        os.kill(maker.pid, signal.SIGSTOP)
        assert (dead_signs(tmp_path), signs_of_life(tmp_path)) == ([], 1)
        maker.kill()
    assert (dead_signs(tmp_path), signs_of_life(tmp_path)) == ([sign], 0)


def test_an_ended_sign_leaves_nothing(tmp_path: Path) -> None:
    sign = SignOfLife(tmp_path / "deep" / "one")
    assert signs_of_life(tmp_path / "deep") == 1
    sign.end()
    assert list((tmp_path / "deep").iterdir()) == []


def test_where_nobody_ever_worked_there_are_no_signs(tmp_path: Path) -> None:
    assert (dead_signs(tmp_path / "none"), signs_of_life(tmp_path / "none")) == ([], 0)


def test_only_one_is_inside(tmp_path: Path) -> None:
    lock = tmp_path / "deep" / "lock"
    script = (
        "import sys, pathlib; from dayloom.infra.file_lock import exclusive\n"
        "lock, note = map(pathlib.Path, sys.argv[1:])\n"
        "with exclusive(lock): note.write_text(note.read_text() + 'second')\n"
    )
    note = tmp_path / "note"
    note.write_text("")
    with exclusive(lock):
        second = subprocess.Popen([sys.executable, "-c", script, str(lock), str(note)], cwd=ROOT)
        note.write_text("first ")
    assert second.wait() == 0
    assert note.read_text() == "first second"

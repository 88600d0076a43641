"""The command as a whole: help, wrong usage, errors, and the real program in a process."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from dayloom.cli.app import COMMANDS
from tests.cli.conftest import Shell


def program(*words: str, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DAYLOOM_DATA_DIR": str(data), "COLUMNS": "80", **more}
    command = [sys.executable, "-m", "dayloom", *words]
    return subprocess.run(
        command,
        env=environment,
        cwd=data,
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_help_lists_every_command_and_the_exit_codes(shell: Shell) -> None:
    printed = shell.run("--help")
    for name, lazy in COMMANDS.items():
        assert name in printed
        assert lazy.help in printed
    assert "3 not found" in " ".join(printed.split())


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help(shell: Shell, name: str) -> None:
    assert shell.run(name, "--help").startswith(f"Usage: dayloom {name}")


def test_the_version_is_told(shell: Shell) -> None:
    assert shell.run("--version") == f"Dayloom {version('dayloom')}\n"


def test_no_help_is_wider_than_the_terminal_or_cut_short(shell: Shell) -> None:
    for name in COMMANDS:
        printed = shell.run(name, "--help")
        assert max(map(len, printed.splitlines())) <= 80
        assert "..." not in printed.replace("ARGS]...", "").replace("WORDS]...", "")


def test_an_unknown_command_is_wrong_usage(shell: Shell) -> None:
    assert "No such command" in shell.run("dance", status=2)


class TestConfig:
    def test_good_settings_are_shown(self, shell: Shell) -> None:
        assert "The settings are in order." in shell.run("config", "check")
        assert shell.read("config", "check")["time_zone"] == "Europe/Berlin"

    def test_each_mistake_is_a_sentence(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DAYLOOM_PORT", "99999")
        monkeypatch.setenv("DAYLOOM_TIME_ZONE", "Mars/Base")
        complaint = shell.run("config", "check", status=1)
        assert len(complaint.splitlines()) == 2
        assert "DAYLOOM_PORT" in complaint
        assert "Mars/Base" in complaint

    def test_values_of_no_use_and_slips_of_names_are_told(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("")
        monkeypatch.setenv("DAYLOOM_HOST", "0.0.0.0")
        monkeypatch.setenv("DAYLOOM_PROT", "80")
        monkeypatch.setenv("DAYLOOM_DATA_DIR", str(tmp_path / "file" / "below"))
        complaint = shell.run("config", "check", status=1)
        told = ("DAYLOOM_PROT is no", "DAYLOOM_HOST is 0.0.0.0", "cannot be written")
        assert [words for words in told if words in complaint] == list(told)

    def test_where_the_data_is_may_hold_a_secret_and_is_not_shown(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/canary.db")
        assert "canary" not in shell.run("config", "check")


def test_health_of_nothing_is_unavailable(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYLOOM_PORT", "1")
    assert "answers on 127.0.0.1:1" in shell.run("health", status=5)


def test_a_database_that_cannot_be_is_one_sentence(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DAYLOOM_DATA_DIR", str(tmp_path / "file" / "below"))
    assert len(shell.run("list", status=5).splitlines()) == 1


@pytest.mark.processes
class TestProgram:
    def test_adds_and_lists_without_colours(self, tmp_path: Path) -> None:
        added = program("add", "Write", "report", "2h", data=tmp_path)
        assert added.returncode == 0
        assert added.stderr.startswith("No worker is running, so these times stay provisional")
        listed = program("list", data=tmp_path)
        assert "Write report" in listed.stdout
        assert "\x1b" not in added.stdout + listed.stdout

    def test_says_no_in_one_sentence(self, tmp_path: Path) -> None:
        refused = program("done", "99", data=tmp_path)
        assert (refused.returncode, refused.stdout) == (3, "")
        assert refused.stderr == "There is no task #99.\n"

    def test_a_mistake_of_ours_is_no_traceback(self, tmp_path: Path) -> None:
        (tmp_path / "dayloom.db").write_bytes(b"this is no database" * 100)
        failed = program("list", data=tmp_path)
        assert failed.returncode in (5, 70)
        assert len(failed.stderr.splitlines()) == 1
        assert "Traceback" not in failed.stderr

    def test_help_loads_nothing_heavy(self, tmp_path: Path) -> None:
        script = "import sys, dayloom.cli.app; print(*sys.modules)"
        command = [sys.executable, "-c", script]
        loaded = subprocess.run(command, text=True, capture_output=True, check=True).stdout.split()
        heavy = {"sqlalchemy", "fastapi", "dspy", "numba", "ortools", "dateparser", "icalendar"}
        assert not heavy & set(loaded)

    def test_no_command_loads_the_solver(self, tmp_path: Path) -> None:
        script = (
            "import sys, dayloom.serve\nfrom importlib import import_module\n"
            "from dayloom.cli.app import COMMANDS\n"
            "for lazy in COMMANDS.values():\n"
            "    import_module('dayloom.cli.' + lazy.module.partition(':')[0])\n"
            "print(*sys.modules)"
        )
        command = [sys.executable, "-c", script]
        loaded = subprocess.run(command, text=True, capture_output=True, check=True).stdout.split()
        assert not {"dspy", "ortools", "numba"} & set(loaded)

"""The command line in this process, over a database file of its own."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from dayloom.cli import session
from dayloom.cli.app import app
from dayloom.infra.settings import Settings
from tests.databases import lay_database
from tests.fakes import FakeClock


class Shell:
    """Types commands, and says with which status it expects them to end."""

    def __init__(self, runner: CliRunner) -> None:
        self._runner = runner

    def run(self, *words: str, status: int = 0, typed: str | None = None) -> str:
        """Return what was printed, or what was complained of where the status says so."""
        result = self._runner.invoke(app, list(words), input=typed, terminal_width=80)
        assert result.exit_code == status, result.output
        return result.stderr if status else result.stdout

    def complaints(self, *words: str) -> str:
        """Return what a command that goes well says beside its output."""
        result = self._runner.invoke(app, list(words), terminal_width=80)
        assert result.exit_code == 0, result.output
        return result.stderr

    def read(self, *words: str, **more: Any) -> Any:
        """Return what a command prints as JSON."""
        return json.loads(self.run(*words, "--json", **more))


@pytest.fixture
def shell(settings: Settings, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("DAYLOOM_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("DAYLOOM_TIME_ZONE", "Europe/Berlin")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(session, "CLOCK", clock)
    lay_database(settings)
    return Shell(CliRunner())

"""What most tests start from: a real database file, a settable clock, the real services."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from dayloom.bootstrap import Container, Services
from dayloom.infra.settings import Settings
from tests.databases import new_container
from tests.fakes import FakeClock
from tests.model_server import ModelServer, serving_models

MONDAY_MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 08:00 in Berlin
OURS = ("DAYLOOM_", "AUDIT_", "DATABASE_URL", "OPENROUTER_", "OPENAI_", "OLLAMA_")
T = TypeVar("T")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(MONDAY_MORNING)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let no setting and no `.env` of the machine reach a test."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, time_zone="Europe/Berlin")


@pytest.fixture
def container(settings: Settings, clock: FakeClock) -> Iterator[Container]:
    made = new_container(settings, clock=clock)
    yield made
    made.db.close()


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    """Serve a model that answers what the test wants."""
    with serving_models() as server:
        yield server


class Desk:
    """Runs units of work without a running event loop."""

    def __init__(self, container: Container) -> None:
        self.container = container

    def write(self, unit: Callable[[Services], T]) -> T:
        container = self.container
        now = container.clock.now()
        return container.db.write_now(lambda s: unit(Services(s, container.account_id, now)))

    def read(self, unit: Callable[[Services], T]) -> T:
        container = self.container
        now = container.clock.now()
        return container.db.read_now(lambda s: unit(Services(s, container.account_id, now)))


@pytest.fixture
def desk(container: Container) -> Desk:
    return Desk(container)

"""The interface does what its own description says, whatever comes in."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from dayloom.asgi import make_app
from dayloom.bootstrap import Container
from dayloom.infra.file_lock import SignOfLife
from dayloom.infra.settings import Settings
from tests.api.conftest import HERE
from tests.conftest import MONDAY_MORNING
from tests.databases import new_container
from tests.fakes import FakeClock

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), time_zone="Europe/Berlin")
    container = new_container(settings, clock=FakeClock(MONDAY_MORNING))
    worker = SignOfLife(container.settings.signs_of_life / "w1")
    yield container
    worker.end()
    container.db.close()


@pytest.fixture(scope="module")
def described(shared: Container) -> BaseSchema:
    app = make_app(shared)

    async def without_lifespan(scope: Scope, receive: Receive, send: Send) -> None:
        """Each case would begin and end the application's life; live updates live only once."""
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        for kind in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{kind}.complete"})

    client = TestClient(app, base_url=HERE)
    client.post("/api/v1/tasks/batch", json={"text": "One 1h\nTwo 30m\nGym 3x a week"})
    client.post("/api/v1/calendars", json={"url": "https://example.com/a.ics"})
    local = {"Host": "localhost"}
    return schemathesis.openapi.from_asgi("/openapi.json", without_lifespan, headers=local)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_answer_is_as_described(described: BaseSchema, mode: GenerationMode) -> None:
    all_of_them: Iterator[Any] = iter(described.get_all_operations())
    operations = [found.ok() for found in all_of_them]
    assert len(operations) > 40
    for operation in operations:
        if mode is GenerationMode.POSITIVE or _can_be_asked_wrongly(operation):
            _try(operation, mode)


def _can_be_asked_wrongly(operation: Any) -> bool:
    return bool(operation.body or list(operation.iter_parameters())) and not _waits(operation)


def _waits(operation: Any) -> bool:
    return bool(operation.label == "POST /api/v1/plan/proposals")


def _try(operation: Any, mode: GenerationMode) -> None:
    @settings(
        max_examples=12,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        if _waits(operation):
            case.query = {"wait_seconds": 0}  # there is no worker to wait for
        case.validate_response(case.call(base_url=HERE), checks=CHECKS)

    answers()

"""Alive, and ready."""

from starlette.testclient import TestClient

from dayloom.bootstrap import Container
from dayloom.infra.file_lock import SignOfLife


def test_the_process_is_alive(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "alive"}


def test_without_a_worker_it_is_not_ready(client: TestClient) -> None:
    response = client.get("/ready")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": True, "worker": False}


def test_with_a_worker_it_is(client: TestClient, container: Container) -> None:
    sign = SignOfLife(container.settings.signs_of_life / "w1")
    response = client.get("/ready")
    sign.end()
    assert (response.status_code, response.json()["ready"]) == (200, True)

"""A request that is sent twice is done once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.api.conftest import Api
from tests.fakes import FakeClock

LINE = {"text": "Write report 2h"}


def send(client: TestClient, key: str, body: object = LINE, path: str = "/tasks") -> Response:
    return client.post(f"/api/v1{path}", json=body, headers={"Idempotency-Key": key})


def test_the_same_request_is_answered_alike(client: TestClient, api: Api) -> None:
    first, second = send(client, "a"), send(client, "a")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first.headers["location"] == second.headers["location"]
    assert first.headers["etag"] == second.headers["etag"]
    assert len(api.get("/tasks")["tasks"]) == 1


def test_also_after_the_task_was_changed(client: TestClient, api: Api) -> None:
    first = send(client, "a")
    api.ask("PATCH", "/tasks/1", {"title": "Other"})
    assert send(client, "a").content == first.content


def test_another_request_under_the_same_key_is_refused(client: TestClient, api: Api) -> None:
    send(client, "a")
    for body, path in (({"text": "Other"}, "/tasks"), (LINE, "/tasks/batch")):
        response = send(client, "a", body, path)
        assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")
    assert len(api.get("/tasks")["tasks"]) == 1


def test_another_key_is_another_task(client: TestClient, api: Api) -> None:
    send(client, "a")
    send(client, "b")
    assert len(api.get("/tasks")["tasks"]) == 2


def test_a_refused_request_is_not_remembered(client: TestClient) -> None:
    assert send(client, "a", {"title": " "}).status_code == 422
    assert send(client, "a").status_code == 201


def test_a_batch_is_done_once(client: TestClient, api: Api) -> None:
    body = {"text": "One\nTwo"}
    first, second = (send(client, "a", body, "/tasks/batch") for _ in range(2))
    assert first.content == second.content
    assert len(api.get("/tasks")["tasks"]) == 2


def test_a_key_is_forgotten_after_a_day(client: TestClient, api: Api, clock: FakeClock) -> None:
    send(client, "a")
    clock.advance(timedelta(hours=25))
    send(client, "b")
    assert send(client, "a", {"text": "Other"}).status_code == 201
    assert len(api.get("/tasks")["tasks"]) == 3


def test_ten_at_once_make_one_task(client: TestClient, api: Api) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: send(client, "a").content, range(10)))
    assert len(set(answers)) == 1
    assert len(api.get("/tasks")["tasks"]) == 1


@pytest.mark.parametrize("key", ["", "x" * 256, "a b"])
def test_a_bad_key_is_refused(client: TestClient, key: str) -> None:
    response = send(client, key)
    assert (response.status_code, response.json()["errors"][0]["field"]) == (
        422,
        "idempotency-key",
    )

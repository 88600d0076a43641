"""Every refusal has the same form, whoever refuses."""

import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dayloom.asgi import make_app
from dayloom.bootstrap import Container
from dayloom.preferences.service import PreferencesService
from tests.api.conftest import HERE, Api

JSON = {"Content-Type": "application/json"}
KEYS = {"type", "title", "status", "detail", "code", "errors"}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/tasks/1", 404, "not_found"),
        ("PUT", "/tasks", 405, "method_not_allowed"),
        ("GET", "/tasks/x", 422, "invalid"),
        ("POST", "/plan/undo", 409, "conflict"),
    ],
)
def test_a_problem_has_a_code_and_a_sentence(
    api: Api, method: str, path: str, status: int, code: str
) -> None:
    problem = api.ask(method, path, status=status)
    assert set(problem) == KEYS
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == f"urn:dayloom:problem:{code}"
    assert problem["detail"].endswith((".", "?"))


@pytest.mark.parametrize(
    "body", [b"{", b"", b"nul", b'{"title": "x",}', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000]
)
def test_what_is_not_json_is_malformed(client: TestClient, body: bytes) -> None:
    response = client.post("/api/v1/tasks", content=body, headers=JSON)
    assert response.status_code in (400, 422)
    assert set(response.json()) == KEYS


@pytest.mark.parametrize(
    "body", [b'{"title": NaN}', b'{"title": "\\ud800"}', b'{"\\udc00": 1}', b'{"priority": 1e999}']
)
def test_json_that_json_does_not_know_is_refused(client: TestClient, body: bytes) -> None:
    response = client.post("/api/v1/tasks", content=body, headers=JSON)
    assert response.status_code in (400, 422)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "x"])
def test_what_does_not_say_that_it_is_json_is_not_read(client: TestClient, kind: str) -> None:
    body = json.dumps({"title": "Write"})
    response = client.post("/api/v1/tasks", content=body, headers={"Content-Type": kind})
    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


def test_too_large_a_body_is_refused_unread(client: TestClient) -> None:
    body = json.dumps({"title": "Write", "notes": "x" * (1024 * 1024)})
    response = client.post("/api/v1/tasks", content=body, headers=JSON)
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_too_large_a_body_is_refused_also_without_a_length(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"title": "Write", "notes": "'
        for _ in range(40):
            yield b"x" * 32_768

    response = client.post("/api/v1/tasks", content=pieces(), headers=JSON)
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_405_names_the_methods_that_there_are(client: TestClient) -> None:
    assert client.put("/api/v1/plan/undo").headers["allow"] == "POST"


def test_many_mistakes_are_all_listed(api: Api) -> None:
    body = {"title": 1, "priority": "x", "tags": "y", "notes": 2, "due": "soon"}
    problem = api.post("/tasks", body, status=422)
    assert {error["field"] for error in problem["errors"]} == set(body)
    assert problem["detail"].endswith("And 2 more.")


def test_a_mistake_of_ours_is_told_without_its_inside(
    container: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: PreferencesService) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(PreferencesService, "require", fail)
    app = make_app(container)
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        response = client.get("/api/v1/settings")
    assert (response.status_code, response.json()["code"]) == (500, "internal")
    assert "secret" not in response.text


def test_a_reader_of_pages_gets_a_page(client: TestClient) -> None:
    response = client.get("/nowhere", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")


def test_a_program_gets_a_problem_outside_of_the_api_too(client: TestClient) -> None:
    response = client.get("/nowhere", headers={"Accept": "application/json"})
    assert set(response.json()) == KEYS

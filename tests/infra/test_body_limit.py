"""Bodies are held to their limit, announced or not."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dayloom.infra.body_limit import BodyLimit


async def measure(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/", measure, methods=["POST"]), Route("/up/x", measure, methods=["POST"])]
    app = Starlette(routes=routes)
    app.add_middleware(BodyLimit, usual=1024, larger={"/up": 4096})
    return TestClient(app)


def pieces(size: int) -> Iterator[bytes]:
    for _ in range(size // 256):
        yield b"x" * 256


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [("/", 1024, 200), ("/", 1280, 413), ("/up/x", 4096, 200), ("/up/x", 4352, 413)],
)
def test_more_than_the_limit_is_refused(
    client: TestClient, path: str, size: int, status: int
) -> None:
    assert client.post(path, content=b"x" * size).status_code == status
    assert client.post(path, content=pieces(size)).status_code == status


def test_an_announced_length_is_refused_as_a_problem(client: TestClient) -> None:
    response = client.post("/", content=b"x" * 2048)
    assert response.json()["detail"] == "A request to this address has at most 1 KB."


@pytest.mark.parametrize("length", ["x", "-5", ""])
def test_a_length_that_is_no_number_is_left_to_the_server(client: TestClient, length: str) -> None:
    headers = {"Content-Length": length}
    assert client.post("/", content=b"x", headers=headers).status_code == 200

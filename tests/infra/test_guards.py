"""Foreign hosts and foreign pages are refused; every answer carries its security headers."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dayloom.infra.guards import LOOPBACK, Guards

HERE = "http://127.0.0.1:8081"


async def answer(_request: Request) -> Response:
    return PlainTextResponse("done")


async def page(_request: Request) -> Response:
    return PlainTextResponse("page", headers={"Content-Security-Policy": "script-src 'self'"})


@pytest.fixture
def client() -> TestClient:
    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    app = Starlette(routes=[Route("/", answer, methods=methods), Route("/page", page)])
    app.add_middleware(Guards, hosts=[*LOOPBACK, "plans.example.org"])
    return TestClient(app, base_url=HERE)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8081", "localhost:1", "LOCALHOST", "[::1]", "[::1]:8081",
     "plans.example.org"],
)  # fmt: skip
def test_our_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8081", "", "[::2]", ":8081",
     "[::1", "127.0.0.2", "user@localhost", "localhost@evil.example"],
)  # fmt: skip
def test_foreign_names_are_misdirected(client: TestClient, host: str) -> None:
    response = client.get("/", headers={"Host": host})
    assert (response.status_code, response.json()["code"]) == (421, "misdirected")


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),  # no browser
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": ""}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HERE}, False),
        ({"Origin": HERE}, True),
        ({"Origin": "http://127.0.0.1:9999"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://[::1"}, False),
        ({"Origin": ""}, False),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_only_our_own_pages_may_change_anything(
    client: TestClient, method: str, headers: dict[str, str], *, allowed: bool
) -> None:
    response = client.request(method, "/", headers=headers)
    assert response.status_code == (200 if allowed else 403)
    if not allowed:
        assert response.json()["code"] == "cross_site"


def test_reading_is_open_to_links_from_elsewhere(client: TestClient) -> None:
    assert client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_every_answer_carries_its_headers(client: TestClient) -> None:
    for response in (client.get("/"), client.get("/", headers={"Host": "evil.example"})):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["x-frame-options"] == "DENY"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        assert len(response.headers["x-request-id"]) == 16


def test_a_page_keeps_its_own_policy(client: TestClient) -> None:
    assert client.get("/page").headers["content-security-policy"] == "script-src 'self'"

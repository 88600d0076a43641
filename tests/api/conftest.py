"""The real application over a real database file, with a clock that stands still."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from dayloom.asgi import make_app
from dayloom.bootstrap import Container
from dayloom.infra.runner import Runner
from dayloom.planning.budget import Budget
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.solve import plan

HERE = "http://127.0.0.1:8081"
Body = dict[str, Any]


class Api:
    """A client of `/api/v1` that says which status it expects."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def ask(
        self, method: str, path: str, body: object = None, *, status: int = 200, **more: Any
    ) -> Body:
        """Return the answer's JSON, which is a problem where the status says so."""
        sent = {"json": body, **more} if body is not None else more
        response = self.client.request(method, f"/api/v1{path}", **sent)
        assert response.status_code == status, response.text
        kind = response.headers.get("content-type", "")
        if status >= 400:
            assert kind == "application/problem+json"
        found: Body = response.json() if response.content else {}
        return found

    def get(self, path: str, **more: Any) -> Body:
        return self.ask("GET", path, **more)

    def post(self, path: str, body: object = None, **more: Any) -> Body:
        return self.ask("POST", path, body, **more)

    def add(self, title: str = "Write", **fields: object) -> Body:
        return self.post("/tasks", {"title": title, **fields}, status=201)


@pytest.fixture
def client(container: Container) -> Iterator[TestClient]:
    with TestClient(make_app(container), base_url=HERE) as opened:
        yield opened


@pytest.fixture
def api(client: TestClient) -> Api:
    return Api(client)


@pytest.fixture
def worker(container: Container) -> Iterator[None]:
    """A worker beside the application, on a thread of its own."""
    loop, stop = asyncio.new_event_loop(), asyncio.Event()

    async def solve(problem: Problem) -> Plan:
        return plan(problem, Budget.instant())

    runner = Runner(
        container.db,
        container.handlers(solve),
        clock=container.clock,
        signs=container.settings.signs_of_life,
    )
    thread = threading.Thread(target=lambda: loop.run_until_complete(runner.run(stop)))
    thread.start()
    yield
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()

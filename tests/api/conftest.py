"""The real application over a real database file, with a clock that stands still."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from dayloom.accounts.changes import REQUEST, SCENARIO
from dayloom.asgi import make_app
from dayloom.bootstrap import Container
from dayloom.infra.runner import Duties, Runner
from dayloom.infra.work import Handler
from dayloom.planning.budget import Budget
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.solve import plan
from dayloom.plans.jobs import ReplanJob
from dayloom.scenarios.jobs import ScenarioJob
from tests.waiting import PATIENCE

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
    """A planner beside the application, on a thread and an event loop of its own."""
    ready, ended = threading.Event(), threading.Event()
    stops: list[Callable[[], object]] = []

    async def solve(problem: Problem) -> Plan:
        return plan(problem, Budget.instant())

    async def work() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        stops.append(lambda: loop.call_soon_threadsafe(stop.set))
        ready.set()
        jobs: dict[str, Handler] = {
            REQUEST: ReplanJob(container.db, container.clock, solve),
            SCENARIO: ScenarioJob(container.db, container.clock, solve),
        }
        signs = container.settings.signs_of_life
        runner = Runner(container.db, Duties(handlers=jobs), clock=container.clock, signs=signs)
        await runner.run(stop)

    def run() -> None:
        asyncio.run(work())
        ended.set()

    threading.Thread(target=run, daemon=True).start()
    assert ready.wait(PATIENCE)
    yield
    stops[0]()
    assert ended.wait(PATIENCE)

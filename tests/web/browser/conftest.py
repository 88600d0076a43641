"""A real browser on a real server; any console error or refused script fails the test."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from dayloom.bootstrap import Services, bootstrap
from dayloom.inferences.models import ExecutionRow
from dayloom.infra.settings import Settings
from dayloom.language.program.execution import Module
from tests.conftest import Desk
from tests.processes.serving import Served, serving
from tests.web.browser.browsers import READY, launch_options, zone_where_it_is

TELL = """addEventListener('securitypolicyviolation',
    (event) => console.error('CSP', event.violatedDirective, event.blockedURI))"""
REFUSED = ("status of 422", "status of 409", "status of 404")  # the browser's own words for ours
FORM = "application/x-www-form-urlencoded"
STEADY = "not before 11:00"  # where the clock, which shows nine, moves nothing under a hand
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PATIENCE_MS = 10_000
Address = Callable[[str], str]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "viewport": {"width": 1440, "height": 900},
        "reduced_motion": "reduce",
        "locale": "en-GB",
        "timezone_id": "Pacific/Auckland",
    }


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server where it is about nine in the morning, with hours that are always open."""
    zone = zone_where_it_is(9, now=datetime.now(UTC))
    with serving(tmp_path_factory.mktemp("served"), DAYLOOM_TIME_ZONE=zone) as opened:
        week = urlencode(dict.fromkeys(DAYS, "0-24")).encode()
        opened.ask("POST", "/settings/hours/1", week, Content_Type=FORM, HX_Request="true")
        yield opened


@pytest.fixture(scope="session")
def base_url(served: Served) -> str:
    return f"http://127.0.0.1:{served.port}"


class Visit:
    """Somebody before the screen; `expected` are the browser's own words for what a test does."""

    def __init__(self, page: Page, served: Served) -> None:
        self.page = page
        self.served = served
        self.expected = [*REFUSED]

    def open(self, path: str = "/") -> Page:
        """Open a page and wait until it is ready and told of changes."""
        self.page.goto(path)
        self.settle()
        return self.page

    def settle(self) -> None:
        self.page.locator(READY).wait_for(state="attached")

    def add(self, text: str) -> int:
        """Add one task over the REST interface; return its number."""
        return int(self.served.post("/tasks", {"text": text}, status=201)["id"])

    def clear(self) -> None:
        """Take away every task."""
        for task in self.served.get("/tasks")["tasks"]:
            self.press(f"/tasks/{task['id']}/deletion")

    def press(self, path: str) -> None:
        """Press a button of some page."""
        assert self.served.ask("POST", path, b"", HX_Request="true").status == 204


@pytest.fixture
def visit(page: Page, served: Served) -> Iterator[Visit]:
    errors: list[str] = []
    visit = Visit(page, served)

    def hear(message: ConsoleMessage) -> None:
        expected = any(known in message.text for known in visit.expected)
        if message.type == "error" and not expected:
            errors.append(message.text)

    page.context.on("console", hear)
    page.context.on("weberror", lambda error: errors.append(str(error.error)))
    page.context.add_init_script(TELL)
    page.context.set_default_timeout(PATIENCE_MS)
    visit.clear()
    yield visit
    assert errors == []


@pytest.fixture
def address(visit: Visit, served: Served) -> Iterator[Address]:
    """Let every kind of thing be there, and yield what names one by a page's path."""
    numbers = {"task_id": visit.add("A book that fits nowhere 39 h, must be done by tomorrow")}
    running = visit.add("Write report 1 h p8 #work")
    visit.add("Call Jonas 20 min")
    visit.press(f"/tasks/{running}/start")
    supposed = served.post("/scenarios", {"text": "meeting in 3 days at 14:00 2h"}, status=201)
    numbers |= {"scenario_id": supposed["id"], "execution_id": call_a_model(served)}
    yield lambda path: path.format(section="planning", **numbers)
    visit.press(f"/what-if/{supposed['id']}/removal")


def call_a_model(served: Served) -> int:
    """Note a call that a model answered."""
    settings = Settings(data_dir=served.data, time_zone=served.environment["DAYLOOM_TIME_ZONE"])
    container = bootstrap(settings)

    def note(s: Services) -> int:
        row = ExecutionRow(
            account_id=s.account_id,
            module=Module.CHAT,
            model="small",
            base_url="http://localhost/v1",
            mode="plain",
            started_at=s.now,
            duration_ms=1300,
            inputs={"message": "what is next?"},
            outputs={"reply": "Write report."},
            cost=0.25,
        )
        s.session.add(row)
        s.session.flush()
        return row.id

    try:
        return Desk(container).write(note)
    finally:
        container.db.close()


@pytest.fixture
def network(visit: Visit) -> Iterator[BrowserContext]:
    """All tabs of somebody whose network may go away; it is there again afterwards."""
    visit.expected += ["net::ERR_", "htmx:error"]
    yield visit.page.context
    visit.page.context.set_offline(False)

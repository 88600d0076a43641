"""A model is connected in the settings, tested before one's eyes, asked, and looked at."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.model_server import Fault, ModelServer
from tests.web.browser.conftest import FORM, Visit
from tests.web.browser.test_access import violations

pytestmark = pytest.mark.browser
KEY = "sk-secret-4711"
LOADING_MS = 60_000  # the first question to any model loads DSPy in the worker


@pytest.fixture
def server(visit: Visit, model_server: ModelServer) -> Iterator[ModelServer]:
    """Serve a model; afterwards the product does with rules only, as before."""
    model_server.keys = {KEY}
    model_server.says({"reading": {"duration_text": "20 min"}, "reasoning": "Calls are short."})
    yield model_server
    visit.served.ask(
        "POST", "/settings/model", b"provider=none", Content_Type=FORM, HX_Request="true"
    )


def connect(visit: Visit, server: ModelServer, *, key: str = KEY) -> Page:
    page = visit.open("/settings")
    section = page.locator("#model")
    section.get_by_text("Any server").click()
    section.get_by_label("Address").fill(server.url)
    section.get_by_label("Model", exact=True).fill("small")
    section.get_by_label("Key", exact=True).fill(key)
    section.get_by_role("button", name="Save").click()
    return page


def test_a_model_is_connected_tested_asked_and_looked_at(
    visit: Visit, server: ModelServer
) -> None:
    page = connect(visit, server)
    state = page.locator("#model .state")
    expect(state).to_contain_text("small answers in", timeout=LOADING_MS)
    expect(page.locator("#model")).to_contain_text("A key is stored")
    expect(page.locator("#offered option")).to_have_count(2)
    assert KEY not in page.content()
    asked = len(server.chats)
    visit.add("Call Jonas about the roof")
    server.wait_for(asked + 1)
    page = visit.open("/inferences")
    call = page.locator(".calls a", has_text="Reading a task").first
    call.click()
    expect(page.locator("#inputs-title + pre")).to_contain_text("Call Jonas about the roof")
    expect(page.locator("#outputs-title + pre")).to_contain_text("Calls are short.")
    visit.settle()
    assert violations(page) == []
    assert KEY not in page.content()


def test_what_is_wrong_is_told_and_can_be_tested_again(visit: Visit, server: ModelServer) -> None:
    server.fault = Fault.NO_MODEL
    page = connect(visit, server)
    state = page.locator("#model .state[data-tone=bad]")
    expect(state).to_be_visible(timeout=LOADING_MS)
    server.fault = None
    page.locator("#model").get_by_role("button", name="Test connection").click()
    expect(page.locator("#model .state")).to_contain_text("small answers in", timeout=LOADING_MS)


def test_rules_only_hides_what_belongs_to_models(visit: Visit, server: ModelServer) -> None:
    page = connect(visit, server)
    section = page.locator("#model")
    expect(section.locator(".state")).to_contain_text("small answers in", timeout=LOADING_MS)
    section.get_by_text("Rules only", exact=True).click()
    expect(section.get_by_label("Address")).to_be_hidden()
    section.get_by_role("button", name="Save").click()
    expect(section.locator(".state")).to_contain_text("Rules only: your words are read by rules.")

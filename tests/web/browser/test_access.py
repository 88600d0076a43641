"""Every page in both themes and widths: no violation that axe finds, and no sideways scroll."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import Address, Visit
from tests.web.browser.pages import NO_PAGES, pages

pytestmark = pytest.mark.browser
RULES = {
    "runOnly": [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
    ]
}  # fmt: skip


def violations(page: Page) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rules that the page breaks, each with its elements and what axe says of them."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        (rule["id"], [(node["html"][:120], node["failureSummary"]) for node in rule["nodes"]])
        for rule in found
    ]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", pages())
def test_nothing_is_in_anybodys_way(
    visit: Visit, address: Address, path: str, theme: Any, width: int
) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page = visit.open(address(path))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_no_page_needs_one_around_it(visit: Visit, address: Address) -> None:
    """What the tests above leave out answers with a part, or leads to a page."""
    for path in sorted(NO_PAGES - {"/live"}):
        answer = visit.page.request.get(address(path), max_redirects=0)
        assert answer.status in (200, 303, 422), path
        assert answer.status == 422 or "<!doctype html>" not in answer.text(), path


def open_task(page: Page) -> None:
    page.locator("main a.t[hx-get^='/tasks/']").first.click()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("dialog", "opening"),
    [
        ("#task-dialog", open_task),
        ("#capture-dialog", lambda page: page.keyboard.press("q")),
        ("#palette", lambda page: page.keyboard.press("Control+k")),
        ("#keys-dialog", lambda page: page.keyboard.press("?")),
    ],
)
def test_no_dialog_is_in_anybodys_way(
    visit: Visit, dialog: str, opening: Callable[[Page], None], theme: Any, width: int
) -> None:
    visit.add("Write report 1 h p8 #work")
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page = visit.open("/tasks")
    opening(page)
    expect(page.locator(dialog)).to_be_visible()
    visit.settle()
    assert violations(page) == []


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_how_it_was_planned_is_in_nobodys_way(visit: Visit, theme: Any, width: int) -> None:
    task = visit.add("Write report 1 h, due today")
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    tomorrow = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    visit.served.post(f"/tasks/{task}/pin", {"start": tomorrow.isoformat()})
    page = visit.open("/plan/certificate")
    expect(page.get_by_role("heading", name="Checked again just now")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_block_that_becomes_the_running_one_is_legible_at_once(
    visit: Visit, motion: Any
) -> None:
    visit.add("Write report 1 h p8 #work")
    visit.page.emulate_media(color_scheme="light", reduced_motion=motion)
    block = visit.open("/").locator("#timeline .blk").first
    ground = block.evaluate(
        """block => {
            const now = () => getComputedStyle(block).backgroundColor;
            now();
            block.classList.add("live");
            const first = now();
            block.getAnimations().forEach(running => running.finish());
            return [first, now()];
        }"""
    )
    assert ground[0] == ground[1]


def test_without_scripts_a_day_can_be_lived(visit: Visit, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{visit.served.port}/")
    page.locator("#capture-text").fill("Write report 1 h")
    page.locator("#capture").get_by_role("button", name="Add").click()
    block = page.locator("#timeline .blk", has_text="Write report")
    block.get_by_role("button", name="Start").click()
    expect(page.locator("#running")).to_contain_text("Write report")
    page.locator("#running").get_by_role("button", name="Done").click()
    expect(page.locator("#folded")).to_contain_text("Write report")
    context.close()

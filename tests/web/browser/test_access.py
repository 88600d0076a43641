"""Every page in both themes and widths: no violation that axe finds, and no sideways scroll."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import Visit

pytestmark = pytest.mark.browser
RULES = {
    "runOnly": [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
    ]
}  # fmt: skip
PAGES = (
    "/",
    "/week",
    "/tasks",
    "/settings",
    "/tasks/{task}",
    "/inferences",
    "/chat",
    "/changes",
    "/history",
    "/insights",
    "/find?text=report",
)


def violations(page: Page) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rules that the page breaks, each with its elements and what axe says of them."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        (rule["id"], [(node["html"][:120], node["failureSummary"]) for node in rule["nodes"]])
        for rule in found
    ]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_in_anybodys_way(visit: Visit, path: str, theme: Any, width: int) -> None:
    task = visit.add("Write report 1 h p8 #work")
    visit.add("Call Jonas 20 min")
    visit.add("A book that fits nowhere 39 h, must be done by tomorrow")
    visit.press(f"/tasks/{task}/start")
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page = visit.open(path.format(task=task))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


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


def test_the_dialog_is_in_nobodys_way(visit: Visit) -> None:
    task = visit.add("Write report 1 h p8 #work")
    page = visit.open("/tasks")
    page.locator(f"#row-{task} a.t").click()
    expect(page.locator("#task-dialog")).to_be_visible()
    assert violations(page) == []


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

"""The price of a place, seen before anything is done: by mouse, by keys, and in the details."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.browser.conftest import STEADY, Visit
from tests.web.browser.test_access import violations

pytestmark = pytest.mark.browser


def block_of(page: Page, task: int) -> Locator:
    return page.locator(f"#timeline .blk[data-task='{task}']")


def carried(page: Page, block: Locator, onto: Locator) -> None:
    """Take a block by its top and hold it over another."""
    source, target = block.bounding_box(), onto.bounding_box()
    assert source is not None
    assert target is not None
    page.mouse.move(source["x"] + 150, source["y"] + 6)
    page.mouse.down()
    page.mouse.move(target["x"] + 150, target["y"] + 20, steps=4)
    page.mouse.move(target["x"] + 150, target["y"] + 6, steps=2)


def test_a_dragged_block_says_what_it_costs_and_shows_who_moves(visit: Visit) -> None:
    first, second = (
        visit.add(f"{title} 1 h {STEADY}") for title in ("Write report", "Call Jonas")
    )
    page = visit.open()
    before = block_of(page, second).get_attribute("data-start")
    carried(page, block_of(page, second), block_of(page, first))
    expect(page.locator("#drag-label span")).to_contain_text(f"moves #{first}")
    expect(page.locator(".ghost")).to_have_text("Write report")
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".ghost")).to_have_count(0)
    expect(page.locator("#drag-label")).to_be_hidden()
    expect(block_of(page, second)).to_have_attribute("data-start", before or "")


def test_keys_show_the_price_and_escape_takes_it_back(visit: Visit) -> None:
    first, second = (
        visit.add(f"{title} 1 h {STEADY}") for title in ("Write report", "Call Jonas")
    )
    page = visit.open()
    before = block_of(page, second).get_attribute("data-start")
    block_of(page, second).locator("a.t").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#drag-label span")).to_contain_text(f"moves #{first}")
    expect(page.locator("#say")).to_contain_text("moves")
    page.keyboard.press("Escape")
    expect(page.locator("#drag-label")).to_be_hidden()
    expect(block_of(page, second)).to_have_attribute("data-start", before or "")
    assert visit.served.get(f"/tasks/{second}")["pins"] == []


def test_the_details_answer_and_put_it_there(visit: Visit) -> None:
    task = visit.add("Write report 1 h")
    page = visit.open("/tasks")
    page.locator(f"#row-{task} a.t").click()
    page.get_by_label("What about").fill("2030-01-07T10:00")
    page.get_by_label("What about").press("Enter")
    expect(page.locator("#task-quote")).to_contain_text("Costs nothing")
    assert violations(page) == []
    page.get_by_role("button", name="Put it there").click()
    expect(page.locator(".toast")).to_contain_text("pinned")
    assert visit.served.get(f"/tasks/{task}")["pinned_start"].startswith("2030-01-07T10:00")

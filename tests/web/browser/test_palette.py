"""The palette by keys alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Visit

pytestmark = pytest.mark.browser


def call(page: Page, text: str, first: str) -> None:
    """Open the palette, write, and wait for the first line."""
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.type(text)
    expect(page.locator("#found [aria-selected=true]")).to_contain_text(first)


def test_it_leads_to_a_page(visit: Visit) -> None:
    page = visit.open("/")
    call(page, "insig", "Insights")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Insights")


def test_it_opens_a_task_from_anywhere(visit: Visit) -> None:
    visit.add("Write report 1 h")
    page = visit.open("/settings")
    call(page, "write", "Write report")
    page.keyboard.press("Enter")
    expect(page.locator("#task-dialog h2")).to_have_text("Write report")
    expect(page.locator("#palette")).not_to_be_visible()


def test_arrows_choose_and_orders_are_carried_out(visit: Visit) -> None:
    visit.add("Write report 1 h")
    page = visit.open("/")
    call(page, "report", "Write report")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#found [aria-selected=true]")).to_contain_text("Add “report”")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+a")
    page.keyboard.type("start report")
    expect(page.locator("#found [aria-selected=true]")).to_contain_text("Start “Write report”")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Started “Write report”")
    expect(page.locator("#running")).to_contain_text("Write report")


def test_it_adds_a_task_and_is_closed_by_escape(visit: Visit) -> None:
    page = visit.open("/week")
    call(page, "Ring Maya 30 min", "Add “Ring Maya 30 min”")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Ring Maya")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()


def test_the_phone_reaches_every_page_through_it(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("/")
    page.get_by_role("link", name="More").click()
    page.locator("#found").get_by_role("option", name="Settings").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Settings")

"""What runs is seen and steered from every page."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Visit
from tests.web.browser.hands import phone

pytestmark = pytest.mark.browser


def test_it_is_extended_stopped_and_finished_from_another_page(visit: Visit) -> None:
    task = visit.add("Write report 1 h")
    visit.press(f"/tasks/{task}/start")
    page = visit.open("/tasks")
    tracker = page.locator("#tracker")
    expect(tracker).to_contain_text("Write report")
    page.keyboard.press("+")
    expect(page.locator(".toast")).to_contain_text("15 minutes more for “Write report”")
    tracker.get_by_role("button", name="Stop").click()
    expect(tracker.locator(".tracking")).to_have_count(0)
    page.get_by_role("button", name="Go on").click()
    expect(tracker).to_contain_text("Write report")
    page.keyboard.press("d")
    expect(tracker.locator(".tracking")).to_have_count(0)


def test_its_clock_stands_in_the_title_of_the_tab(visit: Visit) -> None:
    visit.press(f"/tasks/{visit.add('Write report 1 h')}/start")
    page = visit.open("/week")
    page.wait_for_function("document.title.endsWith(' · Write report')")


def test_its_title_opens_the_task(visit: Visit) -> None:
    visit.press(f"/tasks/{visit.add('Write report 1 h')}/start")
    page = visit.open("/insights")
    page.locator("#tracker").get_by_role("link", name="Write report").click()
    expect(page.locator("#task-dialog h2")).to_have_text("Write report")
    page.locator("#task-dialog").get_by_role("button", name="+15 min").click()
    expect(page.locator(".toast")).to_contain_text("15 minutes more")


def test_beside_today_it_stands_once(visit: Visit) -> None:
    visit.press(f"/tasks/{visit.add('Write report 1 h')}/start")
    page = visit.open("/")
    expect(page.locator("#running")).to_be_visible()
    expect(page.locator("#tracker .tracking")).to_be_hidden()


@phone
def test_on_a_phone_it_is_a_bar_above_the_dock(visit: Visit) -> None:
    visit.press(f"/tasks/{visit.add('Write report 1 h')}/start")
    page = visit.open("/")
    expect(page.locator("#running")).to_be_hidden()
    bar, dock = page.locator("#tracker .tracking"), page.locator(".dock")
    expect(bar).to_be_visible()
    over, under = bar.bounding_box(), dock.bounding_box()
    assert over is not None
    assert under is not None
    assert over["y"] + over["height"] <= under["y"]
    bar.get_by_role("button", name="Done").click()
    expect(page.locator(".toast")).to_contain_text("Done: “Write report”")

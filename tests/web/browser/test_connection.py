"""Is what a page shows true now? One connection for all tabs, lost and found again."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.browser.browsers import READY
from tests.web.browser.conftest import Visit

pytestmark = pytest.mark.browser
TABS = 8  # two more than a browser opens connections to one host
BLOCK = "#timeline .blk a.t"


def holders(page: Page) -> int:
    """Return how many tabs hold the stream."""
    held = "navigator.locks.query().then(all => all.held.filter(l => l.name === 'live').length)"
    return int(page.evaluate(held))


def test_eight_tabs_are_all_told_of_a_change(visit: Visit) -> None:
    tabs = [visit.open(), *(visit.page.context.new_page() for _ in range(TABS - 1))]
    for tab in tabs[1:]:
        tab.goto("/")
        tab.locator(READY).wait_for(state="attached")
    assert holders(tabs[0]) == 1
    visit.add("Write report 1 h")
    for tab in tabs:
        expect(tab.locator(BLOCK, has_text="Write report")).to_be_visible()


def test_another_tab_listens_when_the_one_that_did_is_closed(visit: Visit) -> None:
    other = visit.page.context.new_page()
    first = visit.open()
    other.goto("/")
    other.locator(READY).wait_for(state="attached")
    first.close()
    other.wait_for_function(
        "navigator.locks.query().then(all => all.held.some(l => l.name === 'live'))"
    )
    visit.add("Write report 1 h")
    expect(other.locator(BLOCK, has_text="Write report")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_offline_it_says_so_and_back_it_fetches_what_is_true(
    visit: Visit, network: BrowserContext, width: int
) -> None:
    visit.page.set_viewport_size({"width": width, "height": 844})
    page = visit.open()
    expect(page.locator("#away")).to_be_hidden()
    network.set_offline(True)
    expect(
        page.get_by_role("status").filter(has_text="Offline. This is your plan")
    ).to_be_visible()
    visit.add("Write report 1 h")
    network.set_offline(False)
    expect(page.locator(BLOCK, has_text="Write report")).to_be_visible()
    expect(page.locator("#away")).to_be_hidden()
    expect(page.locator("#say")).to_have_text("Connected again.")


@pytest.mark.usefixtures("network")
def test_a_server_that_is_gone_is_looked_for_until_it_is_back(visit: Visit) -> None:
    page = visit.open()
    visit.served.kill_web()
    expect(page.locator("#away")).to_contain_text("Reconnecting …")
    visit.served.start()
    visit.served.wait_until_ready()
    visit.add("Write report 1 h")
    expect(page.locator("#away")).to_be_hidden(timeout=30_000)
    expect(page.locator(BLOCK, has_text="Write report")).to_be_visible()


def test_what_needs_the_server_is_refused_offline_and_goes_back(
    visit: Visit, network: BrowserContext
) -> None:
    visit.add("Write report 1 h")
    page = visit.open()
    block = page.locator("#timeline .blk", has=page.locator("a.t"))
    before = block.get_attribute("data-start")
    network.set_offline(True)
    block.get_by_role("button", name="Start").click()
    toast = page.locator(".toast", has_text="You are offline: that was not done")
    expect(toast).to_be_visible()
    expect(page.locator("#running")).to_have_count(0)
    box = block.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 200, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 300, steps=4)
    page.mouse.up()
    expect(block).to_have_attribute("data-start", before or "")
    assert visit.served.get("/tasks")["tasks"][0]["status"] != "started"


def test_a_new_version_is_told_to_pages_of_the_old_one(visit: Visit) -> None:
    page = visit.page
    page.add_init_script(
        """addEventListener('DOMContentLoaded', () => document.querySelector('[rel=stylesheet]')
            .setAttribute('href', document.querySelector('[rel=stylesheet]').href + '?old'))"""
    )
    visit.open()
    expect(page.locator("#away")).to_contain_text("A new version is here.")
    expect(page.locator("#away").get_by_role("link", name="Reload")).to_be_visible()
